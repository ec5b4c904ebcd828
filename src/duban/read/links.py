"""Results of the review and targets of the plan that speak of the same indicator."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from rapidfuzz import fuzz

from duban.read.model import Claim, Link

# Below this likeness of the normalised names nothing is linked: a wrong link costs more than a missing one.
CERTAIN = 88.0
_CONTRAST = (
    "存量",
    "城镇",
    "农村",
    "城市",
    "产能",
    "产值",
    "产业类",
    "工业",
    "服务业",
    "贸易",
    "国家级",
    "自治区",
    "省级",
    "市级",
    "数字化服务",
    "创新型",
    "投产",
    "竣工",
    "开工",
    "新型",
    "高技能",
    "专技",
    "小学",
    "幼儿园",
    "示范",
    "特色",
)
_FACTOR = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_NOISE = re.compile(
    r"全市|全年|年内|今年|我市|共|累计|总量|新增|完成|实施|建成|新建|达到|以上|各类|组织|的|重点"
)


@cache
def _plain(name: str) -> str:
    return "".join(sorted(_NOISE.sub("", name)))


@cache
def _size(unit: str) -> tuple[Decimal, str]:
    """(factor, base unit): 万人 is 10000 人."""
    factor, rest = Decimal(1), unit
    while rest and rest[0] in _FACTOR and len(rest) > 1:
        factor *= _FACTOR[rest[0]]
        rest = rest[1:]
    return factor, {"家": "户", "名": "人", "处": "个", "位": "人"}.get(rest, rest)


def _same_kind(one: Claim, other: Claim) -> bool:
    if one.measure != other.measure or _size(one.unit or "")[1] != _size(other.unit or "")[1]:
        return False
    a, b = one.indicator or "", other.indicator or ""
    return all((word in a) == (word in b) for word in _CONTRAST)


def _movement(done: Claim, aim: Claim) -> str:
    if done.value is None or aim.value is None:
        return "unknown"
    before = done.value * _size(done.unit or "")[0]
    after = aim.value * _size(aim.unit or "")[0]
    return "same" if before == after else ("raised" if after > before else "lowered")


def link_halves(claims: Sequence[Claim]) -> tuple[Link, ...]:
    """One link at most for each target: the result whose name is most alike, when it is alike enough."""
    done = [c for c in claims if c.tense == "actual" and c.indicator]
    links, taken = [], set()
    for aim in (c for c in claims if c.tense == "target" and c.indicator):
        ranked = [
            (fuzz.ratio(_plain(aim.indicator or ""), _plain(c.indicator or "")), c)
            for c in done
            if c.id not in taken and _same_kind(c, aim)
        ]
        if not ranked:
            continue
        score, best = max(ranked, key=lambda pair: pair[0])
        if score >= CERTAIN and len(_plain(aim.indicator or "")) >= 3:
            taken.add(best.id)
            links.append(
                Link(
                    best.id, aim.id, _movement(best, aim), f"{best.indicator} ≈ {aim.indicator} ({score:.0f})"
                )
            )
    return tuple(links)
