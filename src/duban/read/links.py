"""Results of the review and targets of the plan that speak of the same indicator."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from rapidfuzz import fuzz, process

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
_NO_CONTRAST: frozenset[str] = frozenset()
_FACTOR = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_CONTRASTS = re.compile("|".join(_CONTRAST))
_NOISE = re.compile(
    r"全市|全年|年内|今年|我市|共|累计|总量|新增|完成|实施|建成|新建|达到|以上|各类|组织|的|重点"
)


def plain(name: str) -> str:
    """The characters of `name` that tell it from others, sorted: what is compared with `fuzz.ratio`."""
    return "".join(sorted(_NOISE.sub("", name)))


@cache
def size_of(unit: str) -> tuple[Decimal, str]:
    """(factor, base unit): 万人 is 10000 人."""
    factor, rest = Decimal(1), unit
    while rest and rest[0] in _FACTOR and len(rest) > 1:
        factor *= _FACTOR[rest[0]]
        rest = rest[1:]
    return factor, {"家": "户", "名": "人", "处": "个", "位": "人"}.get(rest, rest)


def contrasts(name: str) -> frozenset[str]:
    """The words in `name` that make it another indicator than one without them."""
    return frozenset(word for word in _CONTRAST if word in name) if _CONTRASTS.search(name) else _NO_CONTRAST


_Kind = tuple[str | None, str, frozenset[str]]


def _kind(claim: Claim) -> _Kind:
    """What must agree before two names are compared at all: measure, base unit, contrast words."""
    return claim.measure, size_of(claim.unit or "")[1], contrasts(claim.indicator or "")


def _movement(done: Claim, aim: Claim) -> str:
    if done.value is None or aim.value is None:
        return "unknown"
    before = done.value * size_of(done.unit or "")[0]
    after = aim.value * size_of(aim.unit or "")[0]
    return "same" if before == after else ("raised" if after > before else "lowered")


def link_halves(claims: Sequence[Claim]) -> tuple[Link, ...]:
    """One link at most for each target: the result whose name is most alike, when it is alike enough."""
    aims = [(claim, _kind(claim)) for claim in claims if claim.tense == "target" and claim.indicator]
    done: dict[_Kind, list[tuple[Claim, str]]] = {kind: [] for _, kind in aims}
    for claim in claims:
        if claim.tense == "actual" and claim.indicator and (alike := done.get(_kind(claim))) is not None:
            alike.append((claim, plain(claim.indicator)))
    links = []
    for aim, kind in aims:
        rivals = done[kind]
        name = plain(aim.indicator or "") if rivals else ""
        if len(name) < 3:
            continue
        likest = process.extractOne(
            name, [other for _, other in rivals], scorer=fuzz.ratio, score_cutoff=CERTAIN
        )
        if likest:
            _, score, place = likest
            best, _ = rivals.pop(place)
            told = f"{best.indicator} ≈ {aim.indicator} ({score:.0f})"
            links.append(Link(best.id, aim.id, _movement(best, aim), told))
    return tuple(links)
