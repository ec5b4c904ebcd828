"""Give every claim of a sentence its indicator, clause by clause."""

import re

from duban.read.claims.heads import (
    MOVED,
    Head,
    clean_name,
    last_deed,
    ordinals,
    over_place,
    shape_of,
    split_list,
    spread,
    strip_lead,
    strip_link,
    town_and_country,
    verb_of,
    words,
)
from duban.read.claims.lists import LISTED, by_clause, share_right_heads
from duban.read.claims.mentions import Mention
from duban.read.claims.ranks import holder_of, is_rank
from duban.read.lexicon import alternation, load

_GROWS = re.compile(rf"^(?:{alternation(load('words')['link']['rise'])}|[、，和，])+$")
_FALL = alternation(load("words")["link"]["fall"])
_TAIL_FALL = re.compile(rf"{_FALL}了?$")
_LEANS = re.compile(
    r"^(?:分别|均|且)*(?:快于|高于|低于|优于|好于|领先|占|前进|上升|前移|净增加?$|降幅|增幅|增速|涨幅)"
)
_GOAL = re.compile(r"(?:的)?[一-龥]{0,6}(?:台阶|大关|关口|行列|水平|目标)")
_COMPARED = re.compile(
    r"(?<![占对环同配])(?:比|较)(?:(?:19|20)\d\d年(?:底|末|同期)?|上年(?:同期|底|末)?|上一年|[一二三四]季度|上半年|前一?[五三]?年|上一个五年|去年(?:同期)?|年初|同期|“[^”]{2,8}”(?:末|时期|同期)?)(?:大幅|实现|净|又)?"
)
_TO_YEAR = re.compile(r"(?:(?<=到)|(?<=至)|^|(?<=[、，从由]))(?:19|20)\d\d年(?:底|末)?的?$")
_OUTCOME = re.compile(r"(?:连跨|连续跨越|跨越|跨过|翻番|翻一番|再创新高|创新高|创历史新高)$")
_OF_PLAN = re.compile(
    r"^(?:超额)?完成(?:了)?(?:全年|年度|年|总|五年|当年|省定|市定|既定)?(?:目标|任务|计划)+"
)
_ENDS_IN_DEED = re.compile(rf"{alternation(load('words')['verb']['doing'])}$")
_AGAINST_PLAN = re.compile(r"(?P<name>.{2,}?)(?:占|完成)(?:全年|年度|年|总)?(?:计划|任务|目标)")
_HAS_OBJECT = re.compile(r"(?:投资|造林|绿化|融资|消费|节水|节能|就业|植树|游客|耕地|户厕|贷款|存栏|出栏)$")
_EACH = re.compile(r"^(?:均|都|双双|全部)")
_STOCK = re.compile(r"(?:总量|总数|余额|下降|增长|达到|完成)$")
_SUBJECT = re.compile(
    r"(?:^|[，。；“])(?:加快|大力|全力|积极|着力|加速|持续|推动|做大做强)*(?:发展|做大|做强|壮大|培育|打造|推进|建设|建强)+"
    r"(?P<subject>[^，。；、]{1,14}?(?:产业|业|经济|交易中心|集群))(?=[，、]|行动|$)"
)
_ASIDE = ("indicator.leans_on_last", "indicator.share_of_plan")
_NO_ANCHOR = (*_ASIDE, "indicator.duration", "indicator.carried", "indicator.fall")
_RATES = ("%", "‰", "个百分点", "百分点", "倍", "番", "个点")
_STOCKS = ("总数", "总量", "总户数", "保有量", "存量")
_GENERAL = set(load("words")["noun"]["general"])
_RIGHT = re.compile(r"^(?:[一-龥A-Za-z“《（]|\d+周?岁)")
_STOP = re.compile(r"[、，；。]|(?<=[一-龥”）])和(?=\d|以|“)")
_VERB_AFTER = re.compile(
    rf"(?:、|和(?=“)|并(?=[一-龥]{{2}}))(?={alternation(load('words')['verb']['doing'])}|“)"
)

_RATIO_VERB = re.compile(rf"(?:^|(?<=[一-龥]))(?:由|从)?(?:{MOVED})*(?:为|到|至|由|从)?$")
_STRUCTURE = re.compile(r"(?P<name>[一-龥]{0,6}(?:产业结构|产业比例?|收入比|结构))[^，。；]{0,6}[，、]$")
_FROM_WHAT = re.compile(r"(?:由|从)[^，]{0,6}的-?$")
_COMPARES = re.compile("[比较]")
_RUN_UNIT = re.compile(r"个?(?:年|季度|月)|届|天|次|周")
_NO_THING = re.compile(
    rf"{MOVED}(?:到|至|为)|{alternation(load('words')['link']['rise'])}|{_FALL}[至到为]|左右|之多|的?[一-龥]{{0,4}}(?:目标|水平|增速|速度)|和(?![美谐平睦])|[与及以并，、（为是]"
)
_WHEN = re.compile(
    r"(?:\d{1,2}月|[一二三四]季度|上半年|下半年)(?:底|末|[上中下]旬)?(?:之?前|内)?|(?<![一二两三四五六七八九十几半\d])年(?:内|底前?|末前)"
)
_ONLY_WHEN = {
    "力争",
    "确保",
    "预计",
    "计划",
    "努力",
    "全年",
    "年内",
    "今年",
    "累计",
    "先后",
    "共",
    "其中",
    "同时",
    "今年将",
    "将",
}
_USED = re.compile(r"^(?:仅)?用(?:不到|不足|时)?$|^锚定")
_PREPOSITION = re.compile(r"^(?:在|依托)")
_SHORT_PREPOSITION = re.compile(
    r"(?:在|对|将|为|让|使|向|把|有|共有|依托|涉及)$|^(?:在|对|将|让|使|把|依托|全市)"
)
_BOUND_BEFORE = re.compile(r"(?:约|近|超过?|不少于|不低于|至少|突破)$")
_INTENDS = re.compile(rf"(?:都?要|拟|再)+(?={_FALL}了?$)")
_BOUND_TAIL = re.compile(r"(?:近|超|约|超过|突破)$")
_PUSHES = re.compile(r"^(?:推动|推进|促进|支持|引导)(?=[^，]*(?:率|占比|比重)$)")
_LISTED_AFTER = re.compile(r"^[、和与及]")


class Assembler:
    """Assembles indicators along one sentence; remembers what later clauses may refer to."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.last = ""  # the indicator before
        self.verb = ""  # the verb phrase of the list that is open
        self.object = ""  # the object before, for 其中
        self.listed: list[str] = []  # members of the enumeration before
        self.anchor = ""  # the last indicator that the text words in full
        self.aside = False  # whether `last` only relates the anchor to something else
        self.run = ""  # the subject of the last 连续… run
        self.consumed = ""  # the right head of the number before in this clause
        self.before: list[str] = []  # the indicators of the clause before
        self.all: list[str] = []  # the sentence's indicators so far, each once
        self.at = 0  # where the clause at hand begins

    def assemble(self, mentions: list[Mention]) -> None:
        """Set `indicator` on every claim among `mentions` (all of one sentence)."""
        claims = [m for m in mentions if m.fields["role"] == "claim"]
        for group in by_clause(claims):
            self.at = group[0].clause[0]
            self._clause(group)
            self.before = [str(m.fields.get("indicator") or "") for m in group]
            self.all += [name for name in self.before if name and name not in self.all]

    def _clause(self, group: list[Mention]) -> None:
        if self.aside:  # "占计划的100%，同比下降2%": it is the indicator that falls
            self.last, self.aside = self.anchor, False
        if self._shared_list(group):
            return
        if self._one_each(group):
            return
        for place, mention in enumerate(group):
            head = self._one(mention, place, group)
            mention.fields["indicator"], mention.fields["indicator_rule"] = head.text, head.rule
            mention.fields["indicator_sure"] = min(head.sure, shape_of(head.text))
            if head.text:
                runs = head.rule == "indicator.duration" and self.run
                self.last, self.aside = runs or head.text, head.rule in _ASIDE
                if of_plan := _AGAINST_PLAN.match(head.text):
                    self.anchor, self.aside = of_plan["name"], True
                elif head.rule not in _NO_ANCHOR:
                    self.anchor = head.text

        share_right_heads(group)

    def _one_each(self, group: list[Mention]) -> bool:
        """ "增长9%和7%" after two indicators: one each."""
        if len(group) < 2 or len(self.before) != len(group) or len(set(self.before)) < 2:
            return False
        if not all(m.unit == group[0].unit and re.fullmatch("[、和及与]+", m.pre) for m in group[1:]):
            return False
        head = _COMPARED.sub("", strip_lead(group[0].pre))
        fall, leans = _TAIL_FALL.fullmatch(head), _LEANS.match(head)
        if not (_GROWS.match(head) or fall or leans):
            return False
        for mention, name in zip(group, self.before, strict=True):
            tail = head.removeprefix("分别") if leans else fall[0] if fall else ""
            mention.fields.update(
                indicator=name + tail, indicator_rule="indicator.one_each_of_before", indicator_sure=0.85
            )
        return True

    def _left(self, mention: Mention) -> str:
        return self.text[mention.clause[0] : mention.token.start]

    def _shared_list(self, group: list[Mention]) -> bool:
        """ "A、B分别达到x和y": as many heads as numbers."""
        left = self._left(group[0])
        at = left.find("分别")
        if at < 0 or len(group) < 2:
            return False
        subject, verb = strip_lead(_COMPARED.sub("", left[:at])), strip_lead(left[at + 2 :])
        heads = self._heads_of(strip_link(subject), len(group))
        if heads is None and len(group) % 2 == 0 and re.match(r"从|由", verb):  # 分别从a、b提高到c、d
            heads = self._heads_of(subject, len(group) // 2)
            heads = heads and heads * 2
        if heads is None:
            return False
        doing = verb_of(verb)
        rate = group[0].unit in _RATES
        noun = strip_link(verb[len(doing) :], rate) if doing else strip_link(verb, rate)
        if re.match(r"从|由", verb) or re.search(r"(?:从|由)$", subject):
            noun = doing = ""
        if not strip_link(verb, rate):
            doing = noun = ""
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
            before = list(dict.fromkeys(self.before))
            return next((heads for heads in (self.listed, before, last) if len(heads) == count), None)
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
        before = strip_lead(_TO_YEAR.sub("", mention.pre))
        before = _FROM_WHAT.sub("", before)  # 由年初的-3.2%
        if _COMPARES.search(before):
            before = strip_lead(_COMPARED.sub("", before))
        if mention.token.rule == "number.ratio" and not mention.unit:
            return self._ratio(mention, before)
        if is_rank(mention):
            return self._rank(mention, before)
        if mention.token.rule == "numeral.two_digit":
            return Head(strip_link(before, True).rstrip("、") or self.anchor, "indicator.carried", 0.8)
        if _RUN_UNIT.fullmatch(mention.unit) and mention.pre.endswith("连续"):
            return self._run(mention, before, first)
        right = self._right(mention)
        if right:
            return self._right_headed(mention, before, right, first)
        return self._left_headed(mention, before, first)

    def _ratio(self, mention: Mention, before: str) -> Head:
        """ "三次产业结构由8∶40∶52调整为7∶41∶52": every member belongs to the structure."""
        head = strip_link(_RATIO_VERB.sub("", before)).strip("∶:：")
        if len(head) < 3 and (found := _STRUCTURE.search(self.text, 0, mention.clause[0])):
            head = found["name"]
        return Head(head if len(head) > 1 else self.last, "indicator.ratio", 0.8)

    def _run(self, mention: Mention, before: str, first: bool) -> Head:
        """ "增速连续12个季度保持第一": what has lasted."""
        subject = before.removesuffix("连续")
        if subject in ("增速", "增幅", "总量", "规模") or not (subject or first):
            subject = self.anchor + subject
        self.run = subject or self.anchor
        return Head(
            subject + self.text[mention.tail : mention.clause[1]].split("、")[0], "indicator.duration"
        )

    def _right(self, mention: Mention) -> str:
        """The noun that follows the number, up to the next separator."""
        post = clean_name(mention.post)
        if not _RIGHT.match(post) or _NO_THING.match(post):
            return ""
        if mention.unit != "个" and _GOAL.fullmatch(
            mention.post
        ):  # "跨上万亿元台阶": nothing that is counted
            return ""
        follows = mention.tail + len(mention.post) < mention.clause[1]
        if follows and LISTED.search(post):  # the next number heads the next member of the list
            text = _BOUND_TAIL.sub("", LISTED.sub("", post))
        elif follows:
            stop = _STOP.search(post) or words().middle.search(post, 2)
            text = post[: stop.start()] if stop else post
        else:
            stop = _VERB_AFTER.search(post) if mention.unit != "%" else None
            text = post[: stop.start()] if stop else post
        return text.removeprefix("的")

    def _rank(self, mention: Mention, before: str) -> Head:
        """ "增速居全省第3位": who holds the place, without the verb and those it is compared with."""
        text = _COMPARED.sub("", holder_of(before))
        if text.endswith("、"):
            text = "" if mention.pre.startswith(self.consumed) and self.consumed else text[:-1]
        if self.consumed and text == self.consumed:
            text = ""
        if (text in _GENERAL or text in ("增速", "增幅", "数量")) and self.anchor:
            return Head(_STOCK.sub("", self.anchor) + text, "indicator.rank", 0.8)
        head = _OUTCOME.sub("", text)
        if len(head) < 2:
            return Head(self.run or self.anchor, "indicator.carried", 0.75)
        return Head(head, "indicator.rank", 0.85)

    def _right_headed(self, mention: Mention, before: str, right: str, first: bool) -> Head:
        listed = not first and (not before or LISTED.search(mention.pre) is not None)
        taken = mention.pre.find(self.consumed) + len(self.consumed) if self.consumed in mention.pre else 0
        if self.consumed and taken:
            before = strip_lead(mention.pre[taken:])
        if before in _ONLY_WHEN:
            before = ""
        pre = "" if listed else last_deed(clean_name(before).removeprefix("其中"))
        pre = (_SHORT_PREPOSITION if len(pre) < 4 else _PREPOSITION).sub("", _USED.sub("", pre))
        if first:
            self.verb = verb_of(pre) or (pre if len(pre) <= 6 and _ENDS_IN_DEED.search(pre) else "")
        elif not pre and self.verb:
            pre = self.verb
        pre = _BOUND_BEFORE.sub("", pre)
        self.consumed = right
        self.object = right
        self.listed = split_list(right)
        ends = (
            mention.tail + len(mention.post) == mention.clause[1]
        )  # else another number follows, and a verb
        sure = 0.95 if ends or LISTED.search(mention.post) else 0.8
        return Head(pre + _WHEN.sub("", right), "indicator.right_head", sure)

    def _left_headed(self, mention: Mention, before: str, first: bool) -> Head:
        where = "其中" in mention.pre[:4]
        head = before
        if _OF_PLAN.match(head) and self.anchor:
            return Head(self.anchor + head.rstrip("的"), "indicator.share_of_plan", 0.75)
        if _EACH.match(head) and _GROWS.match(_EACH.sub("", head)) and len(self.before) > 1:
            return Head("、".join(self.before), "indicator.each_of_before", 0.8)
        if "百分点" in mention.unit and (name := over_place(self.last, mention.pre)):
            return Head(name, "indicator.leans_on_last", 0.87)
        rate = mention.unit in _RATES
        fall = _TAIL_FALL.search(head.rstrip("了约近超"))
        if _GROWS.match(head) or (fall and not head[: fall.start()]):
            kept = self.last + (fall[0] if fall and self.last else "")
            return Head(kept, "indicator.fall" if fall else "indicator.carried", 0.85)
        head = clean_name(_INTENDS.sub("", head[: fall.end()]) if fall else head)
        if not fall:
            head = _OUTCOME.sub("", strip_link(head, rate))
            if head.endswith("、"):
                head = _OUTCOME.sub("", strip_link(head[:-1], rate)) if first else ""
            if re.match(
                r"(?:实现|达成)[一-龥“]{2}", head
            ):  # ties as a link does, and takes no verb before it
                head, self.verb = head[2:], ""
            inner = _TAIL_FALL.search(head)
            head = head if not inner or len(head) > len(inner[0]) else ""
        if not head or head == "其中":
            return self._carried(mention, before, where)
        return self._with_context(mention, head, first, where)

    def _carried(self, mention: Mention, before: str, where: bool) -> Head:
        """The words before only tie the number to what was named earlier."""
        if where:
            state = re.match(r"(?:为|获|入选|达|纳入|属)[^，。]*", mention.post)
            return Head((self.object or self.last) + (state[0] if state else ""), "indicator.carried", 0.75)
        kept = self.last
        if re.match(rf"{_FALL}(?:至|到|为)", before):
            kept = _TAIL_FALL.sub("", kept) or kept
        elif re.search(r"达到?$|总数|共", before):
            kept = re.sub(r"^(?:新增|净增|新培育|新认定)(?=.{2})", "", kept)
        return Head(kept, "indicator.carried", 0.87)

    def _with_context(self, mention: Mention, head: str, first: bool, where: bool) -> Head:
        verb = verb_of(head)
        if verb == head and len(head) > 1 and self._lacks_object(head):
            return self._deed_on_object(head)
        head = _PUSHES.sub("", head)
        listed = bool(_LISTED_AFTER.match(mention.pre))
        if head in _GENERAL and (subject := self._subject(head)):
            return Head(subject + head, "indicator.with_subject", 0.8)
        if first and not where:
            self.verb = verb
        elif (listed and not verb and self.verb and self.verb != head) or (where and not verb and self.verb):
            head = self.verb + head
        elif verb:
            self.verb = verb
        bare = head[len(verb) :].lstrip("、和") if verb else head
        if not (
            self.object and mention.unit.endswith("元")
        ):  # money is spent on the thing before, it is none itself
            self.object = bare
        self.listed = split_list(bare)
        if _LEANS.match(head) and (self.anchor or self.run) and head not in ("占比",):
            runs = mention.pre.startswith(("占", "位", "居")) and self.run
            stem = runs or re.sub(r"(?:下降|增长|达到|完成)$", "", self.anchor)
            return Head(stem + head.removeprefix("分别"), "indicator.leans_on_last", 0.87)
        return Head(head, "indicator.left_head")

    def _lacks_object(self, verb: str) -> bool:
        """A deed whose thing was named before; "节能改造" beside "数字化改造" is a thing itself."""
        return bool(self.object) and not _HAS_OBJECT.search(verb) and not self.object.endswith(verb[-2:])

    def _deed_on_object(self, verb: str) -> Head:
        """ "新建高标准农田25万亩、改造提升15万亩": the deed is done to the object before."""
        if verb in ("惠及", "受益", "带动", "拉动", "覆盖", "吸引"):  # whom the deed before reached
            return Head(self.anchor + verb, "indicator.deed_reaches", 0.75)
        things = re.sub(r"(?<=.)(?:面积|总量|总数)$", "", self.object)
        name = things + verb if verb.endswith(("工", "产", "用", "运", "牌")) else verb + things
        return Head(name, "indicator.deed_on_object", 0.75)

    def _subject(self, general: str) -> str:
        """What a general name such as 产值 or 总数 belongs to."""
        found = next(reversed(list(_SUBJECT.finditer(self.text, 0, self.at))), None)
        if found:
            return found["subject"]
        bare = re.sub(r"^(?:新增|净增加?|累计|新登记|新培育)|(?:净增加?|新增|累计)$", "", self.anchor)
        if general in _STOCKS:
            return re.sub(rf"{alternation(_STOCKS)}$", "", bare.removeprefix(verb_of(bare)))
        noun = words().measure.last(bare)
        stem = re.sub(r"(?:净增加?|新增|累计|播种|种植)$", "", bare[: -len(noun)] if noun else bare)
        plain = stem.removeprefix(verb_of(stem)) if not noun or verb_of(stem) else stem
        plain = re.sub(r"^(?:.*[元级]以上|亿元以上)", "", plain)
        return "" if general.startswith(plain) or not (noun or plain != self.anchor) else plain
