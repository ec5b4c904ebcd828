"""Clauses in which each of several numbers has an indicator of its own: A、B分别达到x和y."""

import re

from duban.read.claims.ends import Closing, Opening
from duban.read.claims.heads import (
    ordinals,
    split_list,
    spread,
    strip_lead,
    strip_link,
    town_and_country,
    verb_of,
)
from duban.read.claims.mentions import Mention
from duban.read.claims.named import list_before, over_each
from duban.read.claims.ranks import holder_of, is_rank
from duban.read.lexicon import alternation, load

_RISES, _FALLS = load("words")["link"]["rise"], load("words")["link"]["fall"]
GROWS = Opening(rf"(?:{alternation(_RISES)}|[、，和，])+$", [*_RISES, *"、，和"])
FALL = alternation(_FALLS)
TAIL_FALL = Closing(rf"{FALL}了?$", [*_FALLS, "了"])
_ONLY_FALLS = re.compile(f"{FALL}了?")
LEANS = Opening(
    r"(?:分别|均|且)*(?:快于|高于|低于|优于|好于|高出|低出|超出|超计划|领先|(?:比|较)全[国省市区县州盟旗]|占|前进|上升|前移|净增加?$|降幅|增幅|增速|涨幅)",
    "分均且快高低优好超领比较占前上净降增涨",
)
COMPARED = re.compile(
    r"(?<![占对环同配])(?:比|较)(?:(?:19|20)\d\d年(?:底|末|同期)?|上年(?:同期|底|末)?|上一年|[一二三四]季度|上半年|前一?[五三]?年|[一二三四五六七八九十\d]+年前|上一个五年|去年(?:同期)?|年初|同期|“[^”]{2,8}”(?:末|时期|同期)?)(?:大幅|实现|净|又)?"
)
OUTCOME = Closing(r"(?:连跨|连续跨越|跨越|跨过|翻番|翻一番|再创新高|创新高|创历史新高)$", "跨越过番高")
STOCK = re.compile(r"(?:总量|总数|余额|下降|增长|达到|完成)$")
RATES = ("%", "‰", "个百分点", "百分点", "倍", "番", "个点")
_LISTED_ONLY = re.compile(r"[、和及与]+")


TOTALS = ("总数", "总量", "总户数", "累计")
_NEW = re.compile(r"^(?:新增|净增加?|新培育|新认定|新引进)")


class Together:
    """What one sentence has named so far, and the clauses that name several indicators at once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.last = ""  # the indicator before
        self.verb = ""  # the verb phrase of the list that is open
        self.object = ""  # the object before, for 其中
        self.unit = ""  # the unit of that object's number
        self.listed: str | list[str] = []  # the enumeration before, or its members
        self.anchor = ""  # the last indicator that the text words in full
        self.aside = False  # whether `last` only relates the anchor to something else
        self.run = ""  # the subject of the last 连续… run
        self.consumed = ""  # the right head of the number before in this clause
        self.before: list[str] = []  # the indicators of the clause before
        self.all: list[str] = []  # the sentence's indicators so far, each once
        self.at = 0  # where the clause at hand begins

    def _one_each(self, group: list[Mention]) -> bool:
        """ "增长9%和7%" after two indicators: one each."""
        if len(group) < 2 or len(self.before) != len(group) or len(set(self.before)) < 2:
            return False
        if not all(m.unit == group[0].unit and re.fullmatch("[、和及与]+", m.pre) for m in group[1:]):
            return False
        head = COMPARED.sub("", strip_lead(group[0].pre))
        if is_rank(group[0]):  # "居全省第一、第二位"
            head = "" if holder_of(head) else "增长"
        fall, leans = _ONLY_FALLS.fullmatch(head), LEANS.match(head)
        if not (GROWS.match(head) or fall or leans):
            return False
        for mention, name in zip(group, self.before, strict=True):
            tail = head.removeprefix("分别") if leans else fall[0] if fall else ""
            mention.name(name + tail, "indicator.one_each_of_before", 0.85)
        return True

    def _over_each(self, group: list[Mention]) -> bool:
        """ "分别高于全国、全省3.2和1.1个百分点": the indicator before, compared with each."""
        if not self.anchor or not all(_LISTED_ONLY.fullmatch(m.pre) for m in group[1:]):
            return False
        each = over_each(group[0].pre, len(group))
        stem = STOCK.sub("", self.anchor)
        for mention, compared in zip(group, each, strict=False):
            mention.name(stem + compared, "indicator.over_each", 0.87)
            self.last, self.aside = stem + compared, True
        return bool(each)

    def _left(self, mention: Mention) -> str:
        return self.text[mention.clause[0] : mention.token.start]

    def _shared_list(self, group: list[Mention]) -> bool:
        """ "A、B分别达到x和y": as many heads as numbers."""
        left = self._left(group[0])
        at = left.find("分别")
        if at < 0:
            return self._town_and_country(group, left)
        subject, verb = strip_lead(COMPARED.sub("", left[:at])), strip_lead(left[at + 2 :])
        heads = self._heads_of(strip_link(subject), len(group))
        if heads is None and len(group) % 2 == 0 and re.match(r"从|由", verb):  # 分别从a、b提高到c、d
            heads = self._heads_of(subject, len(group) // 2)
            heads = heads and heads * 2
        if heads is None:
            return False
        doing = verb_of(verb)
        rate = group[0].unit in RATES
        noun = strip_link(verb[len(doing) :], rate) if doing else strip_link(verb, rate)
        if re.match(r"从|由", verb) or re.search(r"(?:从|由)$", subject):
            noun = doing = ""
        if not strip_link(verb, rate):
            doing = noun = ""
        middle = doing + noun if doing and doing not in load("words")["link"]["verbs"] and noun else ""
        fall = TAIL_FALL.search(verb) or re.search(rf"{FALL}(?=到|至|$)", verb)
        for mention, head in zip(group, heads, strict=True):
            name = head + (middle or (fall[0] if fall else ""))
            mention.name(name, "indicator.respectively", 0.93)
            self.last = name
        self.listed = heads
        return True

    def _town_and_country(self, group: list[Mention], left: str) -> bool:
        """ "城镇和农村居民收入29000元、17000元": one each although 分别 is not said."""
        if len(group) != 2 or not left.startswith("城") or not _LISTED_ONLY.fullmatch(group[1].pre):
            return False
        heads = town_and_country(OUTCOME.before(strip_link(left, group[0].unit in RATES)), 2)
        for mention, name in zip(group, heads or (), strict=False):
            mention.name(name, "indicator.respectively", 0.85)
            self.last = self.anchor = name
        self.listed = heads or self.listed
        return heads is not None

    def _heads_of(self, subject: str, count: int) -> list[str] | None:
        if not subject:
            last = self.all[-count:]
            before = list(dict.fromkeys(self.before))
            listed = split_list(self.listed) if isinstance(self.listed, str) else self.listed
            named = (listed, before, last, list_before(self.text, self.at))
            return next((heads for heads in named if len(heads) == count), None)
        if subject in TOTALS and len(self.before) == count:  # "新增A 3家、B 2家，总数分别达到…"
            return [_NEW.sub("", name) + subject for name in self.before]
        if heads := town_and_country(subject, count) or ordinals(subject, count):
            return heads
        doing = verb_of(subject)
        heads = split_list(subject)
        if len(heads) > count:
            heads = split_list(subject[len(doing) :])
        return spread(heads) if len(heads) == count else None
