"""Give every claim of a sentence its indicator, clause by clause."""

import re

from duban.read.claims.ends import Opening
from duban.read.claims.heads import (
    MOVED,
    Head,
    clean_name,
    last_deed,
    over_place,
    shape_of,
    strip_lead,
    strip_link,
    verb_of,
    words,
)
from duban.read.claims.lists import LISTED, by_clause, share_right_heads
from duban.read.claims.mentions import Mention
from duban.read.claims.named import (
    counterpart,
    done_to,
    graded,
    object_before,
    of_class,
    plain,
    subject_of,
    went_before,
)
from duban.read.claims.ranks import holder_of, is_rank
from duban.read.claims.together import (
    COMPARED,
    FALL,
    GROWS,
    LEANS,
    OUTCOME,
    RATES,
    STOCK,
    TAIL_FALL,
    Together,
)
from duban.read.lexicon import alternation, load

_GOAL = re.compile(r"(?:的)?[一-龥]{0,6}(?:台阶|大关|关口|行列|水平|目标)")
_TO_YEAR = re.compile(r"(?:(?<=到)|(?<=至)|^|(?<=[、，从由]))(?:19|20)\d\d年(?:底|末)?的?$")
_OF_PLAN = re.compile(
    r"^(?:超额)?完成(?:了)?(?:全年|年度|年|总|五年|当年|省定|市定|既定)?(?:目标|任务|计划)+"
)
_ENDS_IN_DEED = re.compile(rf"{alternation(load('words')['verb']['doing'])}$")
_AGAINST_PLAN = re.compile(r"(?P<name>.{2,}?)(?:占|完成)(?:全年|年度|年|总)?(?:计划|任务|目标)")
_HAS_OBJECT = re.compile(r"(?:投资|造林|绿化|融资|消费|节水|节能|就业|植树|游客|耕地|户厕|贷款|存栏|出栏)$")
_EACH = Opening(r"(?:均|都|双双|全部)", "均都双全")
_TIES = Opening(r"(?:实现|达成)[一-龥“]{2}", "实达")
_ASIDE = ("indicator.leans_on_last", "indicator.share_of_plan")
_NO_ANCHOR = (*_ASIDE, "indicator.duration", "indicator.carried", "indicator.fall")
_GENERAL = set(load("words")["noun"]["general"])
_RIGHT = re.compile(r"^(?:[一-龥A-Za-z“《（]|\d+周?岁)")
_STOP = re.compile(r"[、，；。]|(?<=[一-龥”）])和(?=\d|以|“)")
_VERB_AFTER = re.compile(
    rf"(?:、|和(?=“)|并(?=[一-龥]{{2}}))(?={alternation(load('words')['verb']['doing'])}|“)"
)

_RATIO_VERB = re.compile(rf"(?:^|(?<=[一-龥]))(?:由|从)?(?:{MOVED})*(?:为|到|至|由|从)?$")
_STRUCTURE = re.compile(r"(?P<name>[一-龥]{0,6}(?:产业结构|产业比例?|收入比|结构))[^，。；]{0,6}[，、]$")
_FROM_WHAT = re.compile(r"(?:由|从)[^，]{0,6}的-?$")
_RUN_UNIT = re.compile(r"个?(?:年|季度|月)|届|天|次|周")
_NO_THING = re.compile(
    rf"{MOVED}(?:到|至|为)|{alternation(load('words')['link']['rise'])}|{FALL}[至到为]|左右|之多|的?[一-龥]{{0,4}}(?:目标|水平|增速|速度)(?![一-龥])|和(?![美谐平睦])|[与及以并，、（是]|为(?!民)"
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
_HOW_FALLS = re.compile(rf"(?:(?:都?要|将|拟|再|又)|分别|同比|环比|年均)+(?={FALL}了?$)")
_BOUND_TAIL = re.compile(r"(?:近|超|约|超过|突破)$")
_PUSHES = Opening(r"(?:推动|推进|促进|支持|引导)(?=[^，]*(?:率|占比|比重)$)", "推促支引")
_DOING = frozenset(load("words")["verb"]["doing"])
_ITS_PLACE = Opening(
    r"(?:总量|增速|增幅|规模)(?:在|居|位|全[国省市区县]|[一二三四五六七八九十两][县区市省])", "总增规"
)
_RANKS = re.compile(r"(?:居|列|排名|位|保持|跻身|进入)全[国省市区县州盟]$|前$")
_HERD = ("存栏", "出栏")
_NO_LESS = re.compile(r"(?<=[一-龥]{2})(?:不低于|不少于|不超过|不高于)[^，、]{2,10}$")
_SHARE_OF = re.compile(r"占[^，、占由从比\d]{1,12}的$")
_PER_ONE = ("人均", "户均", "亩均")
_NO_ACTOR = re.compile(r"[向对为在将于]|(?:累计|先后|基本|全部|再次|平均)$")
_AMONG_THEM = re.compile(r"(?<![高初集其华心空水途手当设])(?<![过进]程)中$")
_LISTED_AFTER = frozenset("、和与及")


_LEFT_OUT = re.compile(
    r"^(?:扣除|剔除)[^，]{1,14}?(?:因素(?:影响)?|影响)?后?[，]?(?=同口径|可比|实际|增长|下降)"
)


def _inside(pre: str) -> str:
    """The words of an open bracket: "（剔除减税因素，同口径增长" is 同口径增长."""
    at = pre.rfind("（")
    return pre if at < pre.rfind("）") else pre[at + 1 :].rsplit("，", 1)[-1]


class Assembler(Together):
    """Assembles indicators along one sentence; remembers what later clauses may refer to."""

    def assemble(self, mentions: list[Mention]) -> None:
        """Set `indicator` on every claim among `mentions` (all of one sentence)."""
        claims = [m for m in mentions if m.role == "claim"]
        for group in by_clause(claims):
            self.at = group[0].clause[0]
            self._clause(group)
            self.before = [m.indicator for m in group]
            self.all += [name for name in self.before if name and name not in self.all]

    def _clause(self, group: list[Mention]) -> None:
        if self.aside:  # "占计划的100%，同比下降2%": it is the indicator that falls
            self.last, self.aside = self.anchor, False
        several = len(group) > 1
        if several and (self._over_each(group) or self._shared_list(group) or self._one_each(group)):
            return
        for place, mention in enumerate(group):
            head = self._one(mention, place, group)
            mention.name(head.text, head.rule, min(head.sure, shape_of(head.text)))
            if head.text:
                runs = head.rule == "indicator.duration" and self.run
                goes_on = self.aside and place > 0 and head.rule == "indicator.carried"
                self.last, self.aside = runs or head.text, goes_on or head.rule in _ASIDE
                holds = "占" in head.text or "完成" in head.text
                if holds and (of_plan := _AGAINST_PLAN.match(head.text)):
                    self.anchor, self.aside = of_plan["name"], True
                elif head.rule not in _NO_ANCHOR:
                    self.anchor = head.text

        share_right_heads(group)

    def _one(self, mention: Mention, place: int, group: list[Mention]) -> Head:
        first = place == 0
        if first:
            self.verb = self.consumed = ""
        if "（" in mention.pre:
            mention.pre = _inside(mention.pre)
        before = mention.pre
        if before.endswith(("年", "底", "末", "的")):
            before = _TO_YEAR.sub("", before)
        before = strip_lead(before)
        if before.endswith(("的", "的-")):  # 由年初的-3.2%
            before = _FROM_WHAT.sub("", before)
        if "比" in before or "较" in before:
            before = strip_lead(COMPARED.sub("", before))
        if "除" in before:
            before = strip_lead(_LEFT_OUT.sub("", before))
        if mention.token.rule == "number.ratio" and not mention.unit:
            return self._ratio(mention, before)
        if is_rank(mention):
            return self._rank(mention, before)
        if mention.token.rule == "numeral.two_digit":
            return Head(strip_link(before, True).rstrip("、") or self.anchor, "indicator.carried", 0.8)
        if mention.pre.endswith("连续") and _RUN_UNIT.fullmatch(mention.unit):
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
        if mention.token.rule == "numeral.double":
            return ""
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
            deed = "" if stop else words().deed.last(text)  # "15个乡镇建成90个站点": it belongs to the next
            if deed and len(text) > len(deed) + 1 and not _NO_ACTOR.match(text[: -len(deed)]):
                text = text[: -len(deed)]
            text = (
                holder_of(text) if _RANKS.search(text) else strip_link(text) if text.endswith("为") else text
            )
        else:
            stop = _VERB_AFTER.search(post) if mention.unit != "%" else None
            text = post[: stop.start()] if stop else post
        if text.endswith("中"):  # "40个项目中，36个已开工"
            text = _AMONG_THEM.sub("", text)
        return text.removeprefix("的")

    def _rank(self, mention: Mention, before: str) -> Head:
        """ "增速居全省第3位": who holds the place, without the verb and those it is compared with."""
        text = COMPARED.sub("", holder_of(before))
        if text.endswith("、"):
            text = "" if mention.pre.startswith(self.consumed) and self.consumed else text[:-1]
        if self.consumed and text == self.consumed:
            text = ""
        if (text in _GENERAL or text in ("增速", "增幅", "数量")) and self.anchor:
            return Head(STOCK.sub("", self.anchor) + text, "indicator.rank", 0.8)
        head = OUTCOME.before(text)
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
        pre = "" if listed else plain(last_deed(clean_name(before).removeprefix("其中")))
        pre = pre.removeprefix("免费") if pre.startswith(("免费为", "免费向", "免费给")) else pre
        pre = (_SHORT_PREPOSITION if len(pre) < 4 else _PREPOSITION).sub("", _USED.sub("", pre))
        pre = _BOUND_BEFORE.sub("", pre)
        pre = pre.removesuffix("的") if mention.unit in RATES else pre
        if first:
            self.verb = verb_of(pre) or (pre if len(pre) <= 6 and _ENDS_IN_DEED.search(pre) else "")
            self.verb = self.verb or (pre if pre.endswith("了") and len(pre) < 8 else words().deed.last(pre))
        elif not pre and self.verb:
            pre = self.verb
        right = (
            graded(right, self.object)
            or (not pre and self.unit == mention.unit and done_to(right, self.object))
            or right
        )
        self.consumed = right
        self.object, self.unit = right, mention.unit
        self.listed = right
        ends = (
            mention.tail + len(mention.post) == mention.clause[1]
        )  # else another number follows, and a verb
        sure = 0.95 if ends or LISTED.search(mention.post) else 0.8
        return Head(pre + _WHEN.sub("", right), "indicator.right_head", sure)

    def _left_headed(self, mention: Mention, before: str, first: bool) -> Head:
        where = "其中" in mention.pre[:4]
        head = before
        if self.consumed and mention.pre.startswith(self.consumed + "、"):
            head = strip_lead(mention.pre[len(self.consumed) :])
        if "完成" in head and _OF_PLAN.match(head) and self.anchor:
            return Head(self.anchor + head.rstrip("的"), "indicator.share_of_plan", 0.75)
        if _EACH.match(head) and GROWS.match(_EACH.past(head)) and len(self.before) > 1:
            return Head("、".join(self.before), "indicator.each_of_before", 0.8)
        if "百分点" in mention.unit and (name := over_place(self.last, mention.pre)):
            return Head(name, "indicator.leans_on_last", 0.87)
        if len(head) < 7 and words().lead.is_all(head):  # "五年内翻一番"
            head = ""
        rate = mention.unit in RATES
        fall = TAIL_FALL.search(head.rstrip("了约近超"))
        if GROWS.match(head) or (fall and not head[: fall.start()]):
            kept = self._kept(first)
            kept = kept + fall[0] if fall and kept else TAIL_FALL.before(kept)
            return Head(kept, "indicator.fall" if fall else "indicator.carried", 0.85)
        head = clean_name(_HOW_FALLS.sub("", head[: fall.end()]) if fall else head)
        if not fall:
            head = OUTCOME.before(strip_link(head, rate))
            head = plain(head)
            head = _NO_LESS.sub("", head) if "不" in head else head
            if head.endswith("、"):
                head = OUTCOME.before(strip_link(head[:-1], rate)) if first else ""
            if _TIES.match(head):  # ties as a link does, and takes no verb before it
                head, self.verb = head[2:], ""
            inner = TAIL_FALL.search(head)
            head = head if not inner or len(head) > len(inner[0]) else ""
        if not head or head == "其中":
            return self._carried(mention, before, where, first)
        return self._with_context(mention, head, first, where)

    def _kept(self, first: bool) -> str:
        """The indicator that the words before speak of, where they name none."""
        went = went_before(self.text, self.at) if first else ""
        return went or self.last or object_before(self.text, self.at)

    def _carried(self, mention: Mention, before: str, where: bool, first: bool) -> Head:
        """The words before only tie the number to what was named earlier."""
        if where:
            state = re.match(r"(?:为|获|入选|达|纳入|属)[^，。]*", mention.post)
            return Head((self.object or self.last) + (state[0] if state else ""), "indicator.carried", 0.75)
        kept = self._kept(first)
        if re.match(rf"{FALL}(?:至|到|为)", before):
            kept = TAIL_FALL.before(kept) or kept
        elif re.search(r"达到?$|总数|共", before):
            kept = re.sub(r"^(?:新增|净增|新培育|新认定)(?=.{2})", "", kept)
        return Head(kept, "indicator.carried", 0.87)

    def _with_context(self, mention: Mention, head: str, first: bool, where: bool) -> Head:
        verb = verb_of(head)
        if verb in _HERD and self.object.endswith(_HERD):
            return Head(self.object[:-2] + head, "indicator.deed_on_object", 0.8)
        if verb == head and len(head) > 1 and self._lacks_object(head):
            return self._deed_on_object(head)
        head = _PUSHES.past(head)
        head = (
            counterpart(head, self.last) or graded(head, self.object) or of_class(head, self.object) or head
        )
        if _ITS_PLACE.match(head) and self.anchor:
            return Head(STOCK.sub("", self.anchor) + head, "indicator.leans_on_last", 0.8)
        if head in _PER_ONE and self.anchor:
            return Head(head + self.anchor, "indicator.with_subject", 0.75)
        listed = mention.pre[:1] in _LISTED_AFTER
        if head in _GENERAL and (subject := subject_of(head, self.text, self.at, self.anchor)):
            return Head(subject + head, "indicator.with_subject", 0.8)
        if first and not where:
            self.verb = verb[:2] if verb == head and verb[:2] in _DOING else verb
        elif self.verb == "接待" and mention.unit.endswith("元"):
            pass  # "接待游客3万人次、旅游收入2亿元"
        elif (listed and not verb and self.verb and self.verb != head) or (where and not verb and self.verb):
            head = self.verb + head
        elif verb:
            self.verb = verb
        bare = head[len(verb) :].lstrip("、和") if verb else head
        if not (
            self.object and mention.unit.endswith("元")
        ):  # money is spent on the thing before, it is none itself
            self.object = bare
        self.listed, self.unit = bare, mention.unit
        if LEANS.match(head) and (self.anchor or self.run) and head not in ("占比",):
            runs = mention.pre.startswith(("占", "位", "居")) and self.run
            if head.startswith("占") and (share := _SHARE_OF.search(mention.pre)):
                head = share[0].rstrip("的")  # 年计划 is no link here
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
        done = words().deed.last(things)
        if len(things) > len(done) + 1 and done not in ("", verb):  # 土地收储、供应: it is the land
            things = re.sub(r"(?:基本|已|累计|全部|全面)$", "", things[: -len(done)])
        name = things + verb if verb.endswith(("工", "产", "用", "运", "牌")) else verb + things
        return Head(name, "indicator.deed_on_object", 0.75)
