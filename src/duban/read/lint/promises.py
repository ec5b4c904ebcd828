"""Promises that will be hard to check: no bound, no date, a date gone by, nothing that could be verified."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from duban.read.commitments.lines import concrete
from duban.read.lexicon import alternation
from duban.read.lint.places import Placed, finding
from duban.read.model import Clean, Commitment, Finding, Outline

_VAGUE = re.compile(
    r"^(?:进一步|不断|持续|大力|积极|切实|着力|全面|深入|加快|统筹)?(?:加强|强化|提升|提高|优化|深化|促进|推动|推进|扩大|增强|完善|改善|加大|引导|鼓励|支持|提振|激发)"
)
_MARKED = re.compile(r"[\d“《]")
_CHECKABLE = re.compile(
    alternation(
        [
            *(number + counter for number in "一二三四五六七八九十" for counter in "项个家条"),
            "建成", "开工", "竣工", "投产", "出台", "编制", "设立", "组建", "创建", "共建", "全覆盖", "清零", "等", "完成", "机制",
            "制度", "平台", "体系", "代办", "改造", "上市", "落户", "挂牌",
        ]
    )
)  # fmt: skip
# a quality that may always be said to have grown, and always not to have
_QUALITY = re.compile(
    r"(?:发展|水平|能力|质量|质效|效能|效益|效率|成效|实效|活力|动力|动能|合力|潜力|能量|竞争力|影响力|吸引力|软实力|带动力|承载力|韧性"
    r"|融合|协调|协同|联动|结合|衔接|互动|循环|作用|意识|素质|素养|思维|本领|觉悟|氛围|风尚|优势|力度|提升|优化|升级|转型|突破|振兴|繁荣"
    r"|稳定|和谐|向好|现代化|新型工业化|提质|增效|扩容|导向|精神|跃升|台阶|成果|形象|格局|统筹|引导)$"
)
_BY_YEAR = re.compile(r"(?P<year>20\d\d)年(?:\d{1,2}月)?(?:底|末)?(?:之?前|以前)")
_STEP = re.compile(r"竣工|投产|通车|投用|投运|建成|完工|并网|开业|落地|开工")


def check_promises(
    placed: Sequence[Placed],
    commitments: Sequence[Commitment],
    year: int | None,
    clean: Clean,
    outline: Outline,
) -> Iterator[Finding]:
    """A date gone by is a fault; missing bounds, dates and results are for information."""
    for one in placed:
        c = one.claim
        if c.tense != "target":
            continue
        if c.comparator == "eq" and c.measure in ("growth", "share") and c.value and c.unit:
            yield finding(
                "lint.no_comparator", c.id, c.start, c.end, "info",
                indicator=c.indicator or "", value=f"{c.value}{c.unit}",
            )  # fmt: skip
    for promise in commitments:
        gone = _BY_YEAR.search(promise.text) if "20" in promise.text else None
        if gone and year and int(gone["year"]) < year:
            key = promise.id + promise.text
            yield finding("lint.past_due", key, promise.start, promise.end, head=promise.head, due=gone[0])
        if promise.kind == "project" and not promise.due and _STEP.search(promise.text):
            key = promise.id + promise.text
            yield finding("lint.no_date", key, promise.start, promise.end, "info", head=promise.head)
    for promise in _unverifiable(commitments, clean, outline):
        key = promise.id + promise.text
        yield finding("lint.unverifiable", key, promise.start, promise.end, "info", head=promise.head)


def _unverifiable(commitments: Sequence[Commitment], clean: Clean, outline: Outline) -> Iterator[Commitment]:
    """The first promise of every sentence that only says that a quality will grow, while nothing in the whole
    sentence could be checked: no number, date, name, project or rule."""
    starts = [clean.offsets[s.clean.start] for s in outline.sentences]
    together: dict[int, list[Commitment]] = {}
    for one in commitments:
        together.setdefault(bisect_right(starts, one.start) - 1, []).append(one)
    for promises in together.values():
        if not any(map(_checkable, promises)):
            vague = (p for p in promises if _VAGUE.match(p.text) and _QUALITY.search(p.text))
            yield from list(vague)[:1]


def _checkable(one: Commitment) -> bool:
    """Whether somebody could tell at year's end that this was done."""
    if one.kind != "work" or one.due or one.claims or one.text.endswith("建设"):
        return True
    return bool(_MARKED.search(one.text) or _CHECKABLE.search(one.text)) or concrete(one.text, listed=False)
