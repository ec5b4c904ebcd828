"""Whether a figure keeps a number, by comparator: the arithmetic alone, whatever day it is of."""

from decimal import Decimal

from duban.assess.settle.figures import Aim, Outcome, Verdict
from duban.assess.settle.names import Names
from duban.assess.settle.tolerance import Tolerance

Sizes = tuple[Decimal, Decimal, Decimal | None]


def hold(aim: Aim, outcome: Outcome, sizes: Sizes, tolerance: Tolerance, names: Names) -> Verdict:
    """The verdict by the figures alone. `sizes` are outcome, promise and the upper end of its range, in one unit."""
    done, goal, high = sizes
    less = less_is_better(aim, names)
    if (
        less is None
        and done != goal
        and not (high is not None and min(goal, high) <= done <= max(goal, high))
    ):
        return Verdict("unclear", "settle.direction_unknown")
    if names.has("fall", aim.indicator) != names.has("fall", outcome.indicator) and aim.measure in (
        "growth", "change"):  # fmt: skip
        done = -done
    if high is not None and less:
        goal, high = max(goal, high), min(goal, high)
    over = (goal - done) if less else (done - goal)
    bound = _bound(outcome, over, bool(less))
    if bound is not None:
        return bound
    return by_gap(aim, over, None if high is None else abs(high - goal), tolerance)


def by_gap(aim: Aim, over: Decimal, width: Decimal | None, tolerance: Tolerance) -> Verdict:
    """The verdict by how far the outcome is beyond the promise (negative: short of it), in the promise's unit.

    `width` is that of the promised range. About (左右) reaches as far as the city's rule says; where it says nothing,
    a shortfall is left open between both readings.
    """
    data = {"gap": f"{abs(over).normalize():f}{_gap_unit(aim)}"}
    if aim.comparator != "approx":
        if over < 0:
            return Verdict("missed", "settle.short", data)
        beyond = over > (width or 0)
        return Verdict("exceeded" if beyond else "met", "settle.beyond" if beyond else "settle.reached", data)
    slack = tolerance.about.get(aim.measure)
    if slack is None:
        if over >= 0:
            return Verdict("met", "settle.about_reached", data)
        return Verdict("unclear", "settle.tolerance_decides", data, readings=("missed", "met"))
    data |= {"slack": f"{slack.normalize():f}{_gap_unit(aim)}", "rule": tolerance.source}
    if over < -slack:
        return Verdict("missed", "settle.about_short", data)
    return Verdict("exceeded" if over > slack else "met", "settle.about_within" if over <= slack else "settle.about_beyond", data)  # fmt: skip


def less_is_better(aim: Aim, names: Names) -> bool | None:
    """Whether a smaller figure keeps the promise better; None where neither is better of itself, or it does not say."""
    if aim.comparator == "le" or aim.measure == "rank":
        return True
    if aim.comparator in ("eq", "approx", "range") and names.has("near", aim.indicator):
        return None
    if aim.measure == "duration" and aim.comparator in ("eq", "approx"):
        if names.has("longer", aim.indicator):
            return False
        return True if names.has("shorter", aim.indicator) else None
    return False


def _bound(outcome: Outcome, over: Decimal, less: bool) -> Verdict | None:
    """What a bound (突破, 不超过) or an approximate figure (近, 左右) leaves open; None where it decides."""
    good = (outcome.comparator == "ge") != less
    if outcome.comparator in ("ge", "le"):
        if good and over < 0:
            return Verdict("unclear", "settle.bound_below")
        if not good and over >= 0:
            return Verdict("unclear", "settle.bound_above")
    if outcome.comparator == "approx" and over == 0:
        return Verdict("unclear", "settle.about_said")
    return None


def _gap_unit(aim: Aim) -> str:
    return "个百分点" if aim.unit == "%" else aim.unit
