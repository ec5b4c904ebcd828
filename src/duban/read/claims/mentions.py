"""A number with what belongs to it: unit, bound, and the words on both sides within its clause."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise, zip_longest

import msgspec

from duban.read.claims.heads import MOVED, apart
from duban.read.claims.tokens import Token, find_tokens
from duban.read.lexicon import alternation, load

# one class of characters, no alternation: a search leaps to the next of them
_MARKS = re.compile(r"[（(《“）)》”，；。！？：,;]")
_CLAUSE = re.compile(r"[^，；。！？：]+")
# a mark that may stand inside a number, a dash, or a bracket with a mark or another bracket inside it
_NESTS = re.compile(r"[（(《“,:;—](?:(?<=[,:;—])|[^）)》”]*[，；。！？：（(《“])")
_MARKS_AND_DASHES = re.compile(rf"{_MARKS.pattern}|——")
_MANY = 40  # characters: a longer quotation is no name, and its clauses stand on their own
_AND = re.compile(r"[、和及与或]+")
_TO_ANOTHER = re.compile(r"[、和]全?[一-龥]{0,4}")


class Mention(msgspec.Struct, gc=False):
    """A number in its clause, and what is found out about it; positions count characters of the sentence."""

    token: Token
    clause: tuple[int, int]
    unit: str = ""
    tail: int = 0  # where the number's own words (unit, bound) end
    comparator: str = "eq"
    comparator_rule: str = "comparator.plain"
    unit_rule: str = "unit.none"
    pre: str = ""  # words between the number before (or the clause's start) and this one
    post: str = ""  # words from this number's tail to the next number (or the clause's end)
    role: str = ""
    role_rule: str = ""
    indicator: str = ""
    indicator_rule: str = ""
    indicator_sure: float = 0.0
    tense: str = ""
    tense_rule: str = ""
    tense_sure: float = 0.0
    measure: str = ""
    measure_rule: str = ""
    measure_sure: float = 0.0
    due: str | None = None
    due_rule: str = ""
    due_sure: float = 0.0

    def name(self, indicator: str, rule: str, sure: float) -> None:
        """Note what the number counts."""
        self.indicator, self.indicator_rule, self.indicator_sure = indicator, rule, sure

    @property
    def value(self) -> Decimal | None:
        return self.token.value


@dataclass(frozen=True, slots=True)
class _Patterns:
    unit: re.Pattern[str]
    after: re.Pattern[str]
    before: re.Pattern[str]
    before_ends: frozenset[str]
    sides: dict[str, str]


@cache
def _patterns() -> _Patterns:
    units, words = load("units"), load("words")["comparator"]
    kinds = ("percent", "points", "money", "time", "size", "count", "rung", "run")
    guarded = units["not_before"]
    plain = alternation(u for kind in kinds for u in units[kind] if u not in guarded)
    base = f"(?:{plain}|{'|'.join(f'{u}(?![{after}])' for u, after in guarded.items())})"
    sides = {word: side.split("_")[1] for side, listed in words.items() for word in listed}
    after = alternation(
        w
        for w in sides
        if w in {*words["after_ge"], *words["after_le"], *words["after_approx"]} and w not in "多余强内"
    )
    bounds = [*words["before_ge"], *words["before_le"], *words["before_approx"]]
    unit = re.compile(
        rf"(?P<more>多|余)?(?:(?P<mult>[十百千万亿]*?)(?P<more2>多|余)?(?P<base>{base}(?:/(?:立方米|平方米|平方公里|升|人|千克|公斤|斤|万人|亩|吨|千瓦时|度|公里|户|次|月|年|天|日))?(?:[（(](?:次|间|套|户|点|所|园|街|个|家|处|栋|张|部|辆|群|艘、架、列)[）)]次?)?)|(?P<alone>[百千万亿]+))(?P<more3>(?:(?<=[百千万亿])|(?=多(?:[，。；、）的]|$)))多(?=[^少元样种方]|$)|余)?"
    )
    return _Patterns(
        unit,
        re.compile(rf"(?:[（(][^）)]{{1,8}}[）)])?(?P<word>{after})(?:的)?"),
        re.compile(
            rf"(?P<word>{apart(bounds)})(?:了|到|达|至|为|每[一-龥]{{1,4}}|(?:去年|上年)的?)?$|(?P<share>不低于|不少于|不超过|不高于)[^，、\d]{{2,10}}的$"
        ),
        frozenset("了到达至为年的").union(word[-1] for word in bounds),
        sides,
    )


@cache  # claims, commitments and checks ask for the same ones; `read_source` forgets those of the report before
def clauses(text: str) -> tuple[tuple[int, int], ...]:
    """The clauses of a sentence as (start, end), split at commas, semicolons and dashes outside brackets and quotes."""
    if not _NESTS.search(text):
        return tuple([found.span() for found in _CLAUSE.finditer(text)])  # no mark stands inside brackets
    spans, start, depth = [], 0, 0
    for found in (_MARKS_AND_DASHES if "——" in text else _MARKS).finditer(text):
        mark, at = found[0], found.start()
        if mark in "（(《":
            depth += 1
        elif mark == "“":
            depth += text.find("”", found.end(), found.end() + _MANY) > 0
        elif mark in "）)》”":
            depth = max(0, depth - 1)
        elif not depth and not (mark in ",:;" and text[at - 1 : at].isdigit()):
            if at > start:
                spans.append((start, at))
            start = found.end()
    if len(text) > start:
        spans.append((start, len(text)))
    return tuple(spans)


def _read_unit(text: str, mention: Mention, limit: int) -> None:
    patterns = _patterns()
    end = mention.token.end
    found = patterns.unit.match(text, end, limit)
    if found and found.end() > end:
        mention.unit = found["alone"] or (found["mult"] or "") + found["base"]
        more = found["more"] or found["more2"] or found["more3"]
        if mention.unit:
            mention.tail = found.end()
            mention.unit_rule = "unit.lexicon" if found["base"] else "unit.multiplier"
        if more and mention.unit:
            mention.comparator, mention.comparator_rule = "ge", "comparator.more_than"
    elif mention.token.inner_unit:
        mention.unit, mention.unit_rule = mention.token.inner_unit, "unit.inside_range"


def _per_many(text: str, mentions: list[Mention]) -> None:
    """ "6.2/10万": of so many."""
    for here, after in pairwise(mentions):
        if after.token.start == here.token.end + 1 and text[here.token.end] == "/" and not here.unit:
            here.unit, here.unit_rule, here.tail = (
                text[here.token.end : after.tail],
                "unit.per_many",
                after.tail,
            )


def _read_bounds(text: str, mention: Mention, limit: int) -> None:
    patterns = _patterns()
    if mention.token.rule == "numeral.two_digit":  # 两位数增长 is at least 10 %
        mention.unit, mention.comparator, mention.comparator_rule = "%", "ge", "comparator.two_digit"
        mention.tail = mention.token.end + len("位数")
        return
    if mention.token.high is not None:
        mention.comparator, mention.comparator_rule = "range", "comparator.range"
    if found := patterns.after.match(text, mention.tail, limit):
        mention.tail = found.end()
        if mention.comparator != "range":
            mention.comparator, mention.comparator_rule = patterns.sides[found["word"]], "comparator.after"
        return
    if mention.comparator == "eq" and (word := _bound_before(text, mention)):
        if mention.unit == "个" and word.endswith(("过", "上")) and word not in ("超过", "不超过"):
            return  # "连续跨过3个关口" counts them
        mention.comparator, mention.comparator_rule = patterns.sides[word], "comparator.before"


def _bound_before(text: str, mention: Mention) -> str:
    """The words before the number that bound it, or nothing."""
    patterns, end = _patterns(), mention.token.start
    start = max(mention.clause[0], end - 12)
    if text[end - 1 : end] not in patterns.before_ends and text.find("每", start, end) < 0:
        return ""
    found = patterns.before.search(text, start, end)
    return (found["word"] or found["share"]) if found else ""


def _share_units(mentions: list[Mention], text: str) -> None:
    """ "800、600、300公里": a bare number takes the unit of the next one it is listed with."""
    for here, after in reversed(list(pairwise(mentions))):
        if not here.unit and after.unit and _listed(here, after, text):
            here.unit, here.unit_rule = after.unit, "unit.shared"


def _share_points(mentions: list[Mention], text: str) -> None:
    """ "高于全国2.1个、全省1.3个百分点": the first count is of points too."""
    for here, after in reversed(list(pairwise(mentions))):
        points = here.unit == "个" and after.unit == "个百分点"
        if points and _TO_ANOTHER.fullmatch(text, here.tail, after.token.start):
            here.unit, here.unit_rule = after.unit, "unit.shared"


def _share_bounds(mentions: list[Mention], text: str) -> None:
    """A bound governs its list: one behind the last number, or one before the first number of a 分别 list."""
    pairs = [pair for pair in pairwise(mentions) if _listed(*pair, text)]
    if not pairs:
        return
    for here, after in pairs:
        each = "分别" in text[here.clause[0] : here.token.start]
        if each and here.comparator_rule == "comparator.before" and after.comparator == "eq":
            after.comparator, after.comparator_rule = here.comparator, here.comparator_rule
    for here, after in reversed(pairs):
        alike = here.unit == after.unit
        behind = alike and after.comparator_rule in ("comparator.after", "comparator.shared")
        if here.comparator == "eq" and behind:
            here.comparator, here.comparator_rule = after.comparator, "comparator.shared"


def _listed(here: Mention, after: Mention, text: str) -> bool:
    return here.clause == after.clause and bool(_AND.fullmatch(text, here.tail, after.token.start))


def _placed(tokens: list[Token], text: str) -> list[Mention]:
    """Each token in its clause, walking both once; in the whole sentence for one that stands in none."""
    spans, at, mentions = clauses(text), 0, []
    for token in tokens:
        while at < len(spans) and spans[at][1] <= token.start:
            at += 1
        inside = at < len(spans) and spans[at][0] <= token.start
        mentions.append(Mention(token, spans[at] if inside else (0, len(text)), tail=token.end))
    return mentions


def find_mentions(text: str) -> list[Mention]:
    """All numbers of one sentence with units, bounds and the words around them."""
    tokens = find_tokens(text)
    if not tokens:
        return []
    mentions = _placed(tokens, text)
    for mention, follower in zip_longest(mentions, mentions[1:]):
        limit = mention.clause[1]
        if follower and follower.token.start < limit:
            limit = follower.token.start
        _read_unit(text, mention, max(limit, mention.token.end))
        _read_bounds(text, mention, max(limit, mention.tail))
    if "/" in text:
        _per_many(text, mentions)
    if len(mentions) > 1:
        _share_units(mentions, text)
        _share_points(mentions, text)
        _share_bounds(mentions, text)
    return mentions


_BASE = re.compile(
    rf"(?:由|从)(?P<base>(?:(?:19|20)\d\d年的?)?[^，。；\d]{{0,12}}[-\d][^，。；]{{0,40}}?)(?:预计|双双|分别|大幅|逐步|历史性)*{MOVED}[一-龥]{{0,3}}?(?:到|至|为|居|第|入)"
)


def moves_from(text: str, mention: Mention) -> bool:
    """Whether the number is what a rise or fall began from: "由12%提高到18%"."""
    at, (start, end) = mention.token.start, mention.clause
    if text.find("由", start, at) < 0 and text.find("从", start, at) < 0:
        return False
    return any(found.start("base") <= at < found.end("base") for found in _BASE.finditer(text, start, end))


def place_words(mentions: list[Mention], text: str) -> None:
    """Give every mention its `pre` and `post`, once names and attributes are set aside."""
    for index, mention in enumerate(mentions):
        before = mentions[index - 1] if index else None
        after = mentions[index + 1] if index + 1 < len(mentions) else None
        start = before.tail if before and before.clause == mention.clause else mention.clause[0]
        end = after.token.start if after and after.clause == mention.clause else mention.clause[1]
        mention.pre, mention.post = text[start : mention.token.start], text[mention.tail : end]
