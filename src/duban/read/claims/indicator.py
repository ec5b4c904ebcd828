"""Give every claim of a sentence its indicator, clause by clause."""

import re
from itertools import pairwise

from duban.read.claims.heads import (
    Head,
    clean_name,
    ordinals,
    split_list,
    spread,
    strip_lead,
    strip_link,
    town_and_country,
    verb_of,
    words,
)
from duban.read.claims.mentions import Mention
from duban.read.lexicon import alternation, load

_GROWS = re.compile(rf"^(?:{alternation(load('words')['link']['rise'])}|[、，和，])+$")
_FALL = alternation(load("words")["link"]["fall"])
_TAIL_FALL = re.compile(rf"{_FALL}了?$")
_LEANS = re.compile(r"^(?:快于|高于|低于|占|前进|上升|前移|净增加?|降幅|增幅|增速|涨幅)")
_GOAL = re.compile(r"(?:台阶|大关|关口|行列|水平|目标)$")
_OF_PLAN = re.compile(
    r"^(?:超额)?完成(?:了)?(?:全年|年度|年|总|五年|当年|省定|市定|既定)?(?:目标|任务|计划)+"
)
_HAS_OBJECT = re.compile(r"(?:投资|造林|绿化|融资|消费|节水|节能|就业|植树|游客|耕地|户厕|贷款|存栏|出栏)$")
_EACH = re.compile(r"^(?:均|都|双双|全部)")
_STOCK = re.compile(r"(?:总量|总数|余额|下降|增长|达到|完成)$")
_SUBJECT = re.compile(
    r"(?:^|[，。；“])(?:加快|大力|全力|积极|着力|加速|持续|推动|做大做强)*(?:发展|做大|做强|壮大|培育|打造|推进|建设|建强)+"
    r"(?P<subject>[^，。；、]{1,14}?(?:产业|业|经济|交易中心|集群))(?=[，、]|行动|$)"
)
_GENERAL = set(load("words")["noun"]["general"])
_RIGHT = re.compile(r"^[一-龥A-Za-z“《（]")
_STOP = re.compile(r"[、，；。]|(?<=[一-龥”）])和(?=\d|以|“)")
_LISTED = re.compile(r"(?:[、和与及]|以及)+$")
_VERB_AFTER = re.compile(
    rf"(?:、|和(?=“)|并(?=[一-龥]{{2}}))(?={alternation(load('words')['verb']['doing'])}|“)"
)

_RATIO_VERB = re.compile(r"(?:^|(?<=[一-龥]))(?:由|从|调整|优化|演变|变化|转变)?(?:为|到|至|由|从)?$")
_RIGHT_NOUN = re.compile(r"(?:产能规模|产能|供应能力|处理能力|能力|装机规模|装机|库容)$")
_RANK_VERB = re.compile(
    r"(?:继续|连续|始终|稳定|持续|稳|均|分别|双双|跃|上|攀)*(?:保持|位居|位列|居|列|排名|排在|名列|进入|升至|达到|达|挺进|跻身|进|由|从|蝉联|升|至|到|位)+"
    r"(?:在)?(?:全国|全省|全区|全市|全球|世界|自治区|西部|同类|国内|地级市|省内|区内|盟市|[一-龥]{0,8}(?:城市|地区))?(?:首位|前列)?(?:第|前)?$"
)


def is_rank(mention: Mention) -> bool:
    """第一, 第13位, 前3: a place among others."""
    if mention.token.rule == "numeral.ordinal":
        return True
    return bool(re.search(r"[第前]$", mention.pre)) and mention.unit in ("", "位", "名", "位次")


class Assembler:
    """Assembles indicators along one sentence; remembers what later clauses may refer to."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.last = ""  # the indicator before
        self.verb = ""  # the verb phrase of the list that is open
        self.object = ""  # the object before, for 其中
        self.listed: list[str] = []  # members of the enumeration before
        self.anchor = ""  # the last indicator that the text words in full
        self.run = ""  # the subject of the last 连续… run
        self.consumed = ""  # the right head of the number before in this clause
        self.before: list[str] = []  # the indicators of the clause before
        self.all: list[str] = []  # the sentence's indicators so far, each once
        self.units: list[str] = []  # the units of the clause before

    def assemble(self, mentions: list[Mention]) -> None:
        """Set `indicator` on every claim among `mentions` (all of one sentence)."""
        claims = [m for m in mentions if m.fields["role"] == "claim"]
        for group in _by_clause(claims):
            self._clause(group)
            self.before = [str(m.fields.get("indicator") or "") for m in group]
            self.all += [name for name in self.before if name and name not in self.all]
            self.units = [m.unit for m in group]

    def _clause(self, group: list[Mention]) -> None:
        if self._shared_list(group):
            return
        for place, mention in enumerate(group):
            head = self._one(mention, place, group)
            mention.fields["indicator"], mention.fields["indicator_rule"] = head.text, head.rule
            mention.fields["indicator_sure"] = head.sure
            if head.text:
                self.last = head.text
                if head.rule not in ("indicator.duration", "indicator.carried"):
                    self.anchor = head.text

        _share_right_heads(group)

    def _left(self, mention: Mention) -> str:
        return self.text[mention.clause[0] : mention.token.start]

    def _shared_list(self, group: list[Mention]) -> bool:
        """ "A、B分别达到x和y": as many heads as numbers."""
        left = self._left(group[0])
        at = left.find("分别")
        if at < 0 or len(group) < 2:
            return False
        subject, verb = strip_lead(left[:at]), strip_lead(left[at + 2 :])
        heads = self._heads_of(subject, len(group))
        if heads is None:
            return False
        doing = verb_of(verb)
        noun = strip_link(verb[len(doing) :]) if doing else strip_link(verb)
        middle = doing + noun if doing and doing not in load("words")["link"]["verbs"] and noun else ""
        fall = _TAIL_FALL.search(verb) or re.search(rf"{_FALL}(?=到|至|$)", verb)
        for mention, head in zip(group, heads, strict=True):
            name = head + (middle or (fall[0] if fall else ""))
            mention.fields.update(
                indicator=name, indicator_rule="indicator.respectively", indicator_sure=0.93
            )
            self.last = name
        return True

    def _heads_of(self, subject: str, count: int) -> list[str] | None:
        if not subject:
            last = self.all[-count:]
            return next((heads for heads in (self.listed, self.before, last) if len(heads) == count), None)
        if heads := town_and_country(subject, count) or ordinals(subject, count):
            return heads
        doing = verb_of(subject)
        heads = split_list(subject)
        if len(heads) > count:
            heads = split_list(subject[len(doing) :])
        return spread(heads) if len(heads) == count else None

    def _one(self, mention: Mention, place: int, group: list[Mention]) -> Head:
        first = place == 0
        if first:
            self.verb = self.consumed = ""
        before = strip_lead(mention.pre)
        before = re.sub(r"(?:由|从)[^，]{0,6}的-?$", "", before)  # 由年初的-3.2%
        before = re.sub(r"^(?:比|较)(?:\d{4}年|上年|年初)(?=[^一-龥]*$)", "", before)
        if mention.token.rule == "number.ratio" and not mention.unit:
            return self._ratio(mention, before)
        if is_rank(mention):
            return self._rank(mention, before)
        if mention.token.rule == "numeral.two_digit":
            return Head(self.anchor, "indicator.carried", 0.8)
        if re.fullmatch(r"个?(?:年|季度|月)|届|天", mention.unit) and mention.pre.endswith("连续"):
            return self._run(mention, before)
        right = self._right(mention)
        if right:
            return self._right_headed(mention, before, right, first)
        return self._left_headed(mention, before, first)

    def _ratio(self, mention: Mention, before: str) -> Head:
        """ "三次产业结构由8∶40∶52调整为7∶41∶52": every member belongs to the structure."""
        head = strip_link(_RATIO_VERB.sub("", before)).strip("∶:：")
        return (
            Head(head, "indicator.ratio", 0.8) if len(head) > 1 else Head(self.last, "indicator.ratio", 0.75)
        )

    def _run(self, mention: Mention, before: str) -> Head:
        """ "增速连续12个季度保持第一": what has lasted."""
        subject = before.removesuffix("连续")
        if subject in ("增速", "增幅", "总量", "规模"):
            subject = self.anchor + subject
        self.run = subject or self.anchor
        return Head(
            subject + self.text[mention.tail : mention.clause[1]].split("、")[0], "indicator.duration"
        )

    def _right(self, mention: Mention) -> str:
        """The noun that follows the number, up to the next separator."""
        if _GOAL.search(mention.post):  # "跨上万亿元台阶": the step is no thing that is counted
            return ""
        post = clean_name(mention.post)
        if not _RIGHT.match(post) or post[0] in "和与及以并，、（":
            return ""
        if re.match(
            rf"(?:{alternation(load('words')['link']['rise'])}|{_FALL}[至到为]|左右|之多|的?[一-龥]{{0,4}}(?:目标|水平|增速|速度)|和|为|是)",
            post,
        ):
            return ""
        follows = mention.tail + len(mention.post) < mention.clause[1]
        if follows and _LISTED.search(post):  # the next number heads the next member of the list
            text = _LISTED.sub("", post)
        elif follows:
            stop = _STOP.search(post) or words().middle.search(post)
            text = post[: stop.start()] if stop else post
        else:
            stop = _VERB_AFTER.search(post)
            text = post[: stop.start()] if stop else post
        return text.removeprefix("的")

    def _rank(self, mention: Mention, before: str) -> Head:
        text = _RANK_VERB.sub("", before)
        if text in ("增速", "增幅", "总量"):
            return Head(_STOCK.sub("", self.anchor) + text, "indicator.rank", 0.8)
        head = strip_link(text)
        if len(head) < 2:
            return Head(self.run or self.anchor, "indicator.carried", 0.75)
        return Head(head, "indicator.rank", 0.85)

    def _right_headed(self, mention: Mention, before: str, right: str, first: bool) -> Head:
        listed = not first and (not before or _LISTED.search(mention.pre) is not None)
        taken = mention.pre.find(self.consumed) + len(self.consumed) if self.consumed in mention.pre else 0
        if self.consumed and taken:
            before = strip_lead(mention.pre[taken:])
        pre = "" if listed else clean_name(before)
        pre = re.sub(r"^(?:仅)?用(?:不到|不足|时)?$|^锚定", "", pre)
        pre = (
            re.sub(
                r"(?:在|对|将|为|让|使|向|把|有|共有|依托|涉及)$|^(?:在|对|将|让|使|把|依托|全市)", "", pre
            )
            if len(pre) < 4
            else re.sub(r"^(?:在|依托)", "", pre)
        )
        if first:
            self.verb = verb_of(pre)
        elif not pre and self.verb:
            pre = self.verb
        pre = re.sub(
            r"(?:约|近|超|超过|不少于|不低于|至少|突破|等)$", lambda m: m[0] if m[0] == "等" else "", pre
        )
        self.consumed = right
        self.object = right
        self.listed = split_list(right)
        return Head(pre + right, "indicator.right_head")

    def _left_headed(self, mention: Mention, before: str, first: bool) -> Head:
        where = "其中" in mention.pre[:4]
        head = before
        if _OF_PLAN.match(head) and self.anchor:
            return Head(self.anchor + head.rstrip("的"), "indicator.share_of_plan", 0.75)
        if _EACH.match(head) and _GROWS.match(_EACH.sub("", head)) and len(self.before) > 1:
            return Head("、".join(self.before), "indicator.each_of_before", 0.8)
        fall = _TAIL_FALL.search(head.rstrip("了约近超"))
        if _GROWS.match(head) or (fall and not head[: fall.start()]):
            kept = self.last + (fall[0] if fall and self.last else "")
            return Head(kept, "indicator.carried", 0.85)
        head = clean_name(head) if not fall else clean_name(head[: fall.end()])
        if not fall:
            head = strip_link(head)
            inner = _TAIL_FALL.search(head)
            head = head if not inner or len(head) > len(inner[0]) else ""
        if not head:
            return Head(self.last, "indicator.carried", 0.75)
        return self._with_context(mention, head, first, where)

    def _with_context(self, mention: Mention, head: str, first: bool, where: bool) -> Head:
        verb = verb_of(head)
        if verb == head and len(head) > 1 and self._lacks_object(head):
            return self._deed_on_object(head)
        head = re.sub(r"^(?:推动|推进|促进|支持|引导)(?=[^，]*(?:率|占比|比重)$)", "", head)
        listed = bool(re.match(r"^[、和与及]", mention.pre))
        if first and not where:
            self.verb = verb
        elif (listed and not verb and self.verb and self.verb != head) or (where and not verb and self.verb):
            head = self.verb + head
        elif verb:
            self.verb = verb
        bare = head[len(verb) :] if verb else head
        self.object = bare
        self.listed = split_list(bare)
        if _LEANS.match(head) and self.anchor and head not in ("占比",):
            return Head(_STOCK.sub("", self.anchor) + head, "indicator.leans_on_last", 0.75)
        if head in _GENERAL and (subject := self._subject(mention)):
            return Head(subject + head, "indicator.with_subject", 0.8)
        return Head(head, "indicator.left_head")

    def _lacks_object(self, verb: str) -> bool:
        """A deed whose thing was named before; "节能改造" beside "数字化改造" is a thing itself."""
        return bool(self.object) and not _HAS_OBJECT.search(verb) and not self.object.endswith(verb[-2:])

    def _deed_on_object(self, verb: str) -> Head:
        """ "新建高标准农田25万亩、改造提升15万亩": the deed is done to the object before."""
        things = re.sub(r"(?<=.)面积$", "", self.object)
        name = things + verb if verb.endswith(("工", "产", "用", "运", "牌")) else verb + things
        return Head(name, "indicator.deed_on_object", 0.75)

    def _subject(self, mention: Mention) -> str:
        found = next(reversed(list(_SUBJECT.finditer(self.text, 0, mention.clause[0]))), None)
        if found:
            return found["subject"]
        noun = words().measure.search(self.anchor)
        bare = re.sub(
            r"(?:净增加?|新增|累计|播种)$", "", self.anchor[: noun.start()] if noun else self.anchor
        )
        plain = bare.removeprefix(verb_of(bare)) if not noun or verb_of(bare) else bare
        return plain if noun or plain != self.anchor else ""


def _share_right_heads(group: list[Mention]) -> None:
    """What the last of "4个甲级、2个乙级园区" or "1万吨甲、2万吨乙产能" names holds for those before it."""
    for here, after in reversed(list(pairwise(group))):
        if not _LISTED.search(here.post) or after.fields["indicator_rule"] != "indicator.right_head":
            continue
        name, object_ = (
            str(here.fields["indicator"]),
            _RIGHT_NOUN.search(clean_name(after.post).split("，")[0]),
        )
        if len(clean_name(here.post).strip("、和与及")) == 0:
            here.fields["indicator"] = after.fields["indicator"]
        elif object_ and not words().measure.search(name):
            here.fields["indicator"] = name + object_[0]


def _by_clause(claims: list[Mention]) -> list[list[Mention]]:
    groups: list[list[Mention]] = []
    for mention in claims:
        if groups and groups[-1][0].clause == mention.clause:
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups
