"""How near the name of what is promised is to a name of an indicator, in hundredths; a person decides.

A report says what will be done with the thing (安排…, …新增, 净增…), an indicator only names it: the words of doing, signs
and 的 do not count. Names that speak of other amounts (10亿元以上, 亿元以上) or of other opposites (城镇, 农村) are never near.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

SAME, HOLDS = 100, 90  # the same name; one name within the other
_WHOLE = 3  # signs that a name has at least: "项目" is in every name and names nothing
_SIGNS = re.compile(r"[\W_的]+")
_DOING = (
    "安排", "实施", "推进", "推动", "完成", "实现", "确保", "力争", "新增", "净增", "新认定", "认定", "新培育", "培育",
    "新引进", "引进", "建成", "开展", "组织", "达到", "增加", "全年", "累计", "计划", "数量", "总数", "个数",
)  # fmt: skip
_BEFORE = re.compile(f"^(?:{'|'.join(_DOING)})+")
_AFTER = re.compile(f"(?:{'|'.join(_DOING)}|(?<=项目|企业)数)+$")
_MONEY = re.compile(r"(\d+(?:\.\d+)?)?([百千]?[万亿])元")
_OPPOSITES = (
    ("城镇", "农村"), ("新建", "续建"), ("开工", "竣工"), ("投产", "竣工"), ("开工", "投产"), ("产业类", "基础设施"),
    ("产业类", "民生"), ("基础设施", "民生"), ("规上", "限上"), ("规模以上", "限额以上"),
)  # fmt: skip


def bare(name: str) -> str:
    """A name without signs, 的, and the words of doing at its ends."""
    told = _SIGNS.sub("", unicodedata.normalize("NFKC", name)).lower()
    return _AFTER.sub("", _BEFORE.sub("", told)) or told


def likeness(told: str, name: str) -> int:
    """0 to 100; 100 only for the same bare name, 0 where the two cannot mean the same."""
    one, other = bare(told), bare(name)
    if one == other:
        return SAME
    if _apart(one, other):
        return 0
    short, long = sorted((one, other), key=len)
    return HOLDS if len(short) >= _WHOLE and short in long else _pairs(one, other)


def nearest(told: str, names: Iterable[str]) -> tuple[int, str]:
    """The nearest of several names, and how near it is; (0, "") of none."""
    return max(((likeness(told, name), name) for name in names), default=(0, ""))


def _pairs(one: str, other: str) -> int:
    """The share of neighbouring signs that two names have in common (Dice), which short Chinese names need."""
    found = [Counter(pairwise(name)) for name in (one, other)]
    every = sum(map(Counter.total, found))
    return round(200 * (found[0] & found[1]).total() / every) if every else 0


def _apart(one: str, other: str) -> bool:
    """Whether both name an amount, each another one, or each one of two opposites."""
    amounts = [{(number or "1", unit) for number, unit in _MONEY.findall(name)} for name in (one, other)]
    if all(amounts) and amounts[0] != amounts[1]:
        return True
    return any(_only(a, b, one, other) or _only(b, a, one, other) for a, b in _OPPOSITES)


def _only(this: str, that: str, one: str, other: str) -> bool:
    return this in one and that not in one and that in other and this not in other
