"""Promises that will be hard to check: no bound, no date, a date gone by, nothing that could be verified."""

import re
from collections.abc import Iterator, Sequence

from duban.read.commitments.lines import concrete
from duban.read.lint.places import Placed, finding
from duban.read.model import Commitment, Finding

_VAGUE = re.compile(
    r"^(?:进一步|不断|持续|大力|积极|切实|着力|全面|深入|加快|统筹)?(?:加强|强化|提升|提高|优化|深化|促进|推动|推进|扩大|增强|完善|改善|加大|引导|鼓励|支持|提振|激发)"
)
_CHECKABLE = re.compile(
    r"[\d“《]|[一二三四五六七八九十]+[项个家条]|建成|开工|竣工|投产|出台|编制|设立|组建|创建|共建|全覆盖|清零|等|完成|机制|制度|平台|体系|代办|改造|建设$|上市|落户|挂牌"
)
_BY_YEAR = re.compile(r"(?P<year>20\d\d)年(?:\d{1,2}月)?(?:底|末)?(?:之?前|以前)")
_STEP = re.compile(r"竣工|投产|通车|投用|投运|建成|完工|并网|开业|落地|开工")


def check_promises(
    placed: Sequence[Placed], commitments: Sequence[Commitment], year: int | None
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
        gone = _BY_YEAR.search(promise.text)
        if gone and year and int(gone["year"]) < year:
            key = promise.id + promise.text
            yield finding("lint.past_due", key, promise.start, promise.end, head=promise.head, due=gone[0])
        yield from _unclear(promise)


def _unclear(one: Commitment) -> Iterator[Finding]:
    key = one.id + one.text
    if one.kind == "project" and not one.due and _STEP.search(one.text):
        yield finding("lint.no_date", key, one.start, one.end, "info", head=one.head)
    vague = one.kind == "work" and not one.due and _VAGUE.match(one.text)
    if vague and not _CHECKABLE.search(one.text) and not concrete(one.text, listed=False):
        yield finding("lint.unverifiable", key, one.start, one.end, "info", head=one.head)
