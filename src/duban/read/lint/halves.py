"""Review and plan held against each other: the base a target starts from, the step it takes, where it ends."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from duban.read.links import size_of
from duban.read.lint.places import Placed, finding
from duban.read.model import Claim, Finding, Link


def check_halves(placed: Sequence[Placed], links: Sequence[Link]) -> Iterator[Finding]:
    """Targets whose base or step does not fit last year's result, and targets below it."""
    by_id = {p.claim.id: p.claim for p in placed}
    done = {link.plan: by_id[link.review] for link in links if link.review in by_id}
    yield from _bases(placed, done)
    yield from _steps(placed, done)
    for link in links:
        aim, result = by_id.get(link.plan), by_id.get(link.review)
        if aim and result and link.movement == "lowered" and _falls_short(aim, result):
            yield finding(
                "lint.below_result", aim.id, aim.start, aim.end, "info",
                indicator=aim.indicator or "", aim=_value(aim), result=_value(result),
            )  # fmt: skip


def _falls_short(aim: Claim, result: Claim) -> bool:
    """A lower aim is worth a word for totals and shares; a slower growth or a smaller yearly count is a choice.

    A value of quite another size is another thing, and less of what should fall is no retreat.
    """
    falls = re.search(r"缩小|下降|降低|减少|压减|失业|能耗|浓度|事故", aim.indicator or "")
    if aim.measure not in ("level", "share") or aim.comparator == "le" or falls:
        return False
    return aim.value is not None and result.value is not None and aim.value * 3 > result.value


def _bases(placed: Sequence[Placed], done: dict[str, Claim]) -> Iterator[Finding]:
    """ "由54%提高到56%" where the review says 55%."""
    for base, aim in pairwise(placed):
        result = done.get(aim.claim.id)
        if result is None or base.number != aim.number or base.claim.tense != "background":
            continue
        if aim.sentence.section.part != "plan" or not _differs(aim.claim, result):
            continue
        tie = base.sentence.text[max(0, base.at - 14) : base.at]
        if re.search(r"[由从][^，。；]*$", tie) and _differs(base.claim, result):
            yield finding(
                "lint.base_differs", aim.claim.id, base.claim.start, aim.claim.end,
                indicator=aim.claim.indicator or "", base=_value(base.claim), result=_value(result),
            )  # fmt: skip


def _steps(placed: Sequence[Placed], done: dict[str, Claim]) -> Iterator[Finding]:
    """ "达到56%，比上年提高3个百分点" where the review says 54%."""
    for aim, step in pairwise(placed):
        result = done.get(aim.claim.id)
        if result is None or result.value is None or aim.claim.value is None or step.claim.value is None:
            continue
        if aim.number != step.number or step.claim.unit != "个百分点" or aim.claim.unit != "%":
            continue
        if not re.search(r"[比较](?:上年|去年)", step.words) or step.claim.high is not None:
            continue
        moved = abs(aim.claim.value - result.value)
        if abs(moved - step.claim.value) > Decimal("0.05"):
            yield finding(
                "lint.step_from_result", step.claim.id, aim.claim.start, step.claim.end,
                indicator=aim.claim.indicator or "", said=_value(step.claim), result=_value(result),
                aim=_value(aim.claim), step=f"{moved.normalize():f}个百分点",
            )  # fmt: skip


def _differs(one: Claim, other: Claim) -> bool:
    if one.value is None or other.value is None:
        return False
    (a, base), (b, other_base) = size_of(one.unit or ""), size_of(other.unit or "")
    return base == other_base and one.value * a != other.value * b


def _value(claim: Claim) -> str:
    return f"{claim.value}{claim.unit or ''}"
