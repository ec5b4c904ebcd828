"""Trajectories (序时): the value that may be expected by a day. A light always names the kind it used.

Linear (n/12) and threshold all year (rates and limits) are Xuancheng's (docs/sources.md); last year's profile,
seasonal weights, milestones, batch dates (纳统, 认定) and stages are ours, for what does not come evenly.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import accumulate, pairwise

import msgspec

from duban.core.measure import PACE, falling
from duban.core.period import month_end, period

MONTHS = 12
DATED = ("milestone", "batch", "stage")  # kinds whose data begins with a day


class Plan(msgspec.Struct, frozen=True, gc=False):
    """What shall be reached and how. `data` by kind:

    profile   period code → last year's cumulated value ("2023-C02" … "2023-C12")
    seasonal  month "1" … "12" → weight
    milestone, batch  day → cumulated value expected from that day on
    stage     day → name of the stage to be reached by it
    """

    kind: str
    year: int
    target: Decimal | None = None
    measure: str = "level"
    base: Decimal | None = None
    due: str = ""
    data: Mapping[str, str] = {}


class Expected(msgspec.Struct, frozen=True, gc=False):
    """What may be expected: a value or a stage; `share` of the way in percent; `kind` says by which rule."""

    kind: str
    value: Decimal | None = None
    share: Decimal | None = None
    stage: str = ""
    code: str = "plan.expected"


def expected(plan: Plan, day: date) -> Expected:
    """What the plan lets expect at the end of `day`; nothing before its year, all of it after its end."""
    kind = plan.kind or PACE.get(plan.measure, "linear")
    return KINDS[kind](plan, day) if kind in KINDS else Expected(kind, code="plan.kind_unknown")


def _on_the_way(plan: Plan, kind: str, share: Decimal) -> Expected:
    """The value at this share (0 to 1) of the way from the base to the target."""
    if plan.target is None:
        return Expected(kind, share=share * 100, code="plan.no_target")
    start = plan.base or Decimal(0)
    return Expected(kind, start + (plan.target - start) * share, share * 100)


def end_of(plan: Plan) -> date:
    """The day by which the target is promised: its deadline where that is a date, else the year's end."""
    return _promised(plan.due, plan.year)


@lru_cache(maxsize=4096)
def _promised(due: str, year: int) -> date:
    try:
        return date.fromisoformat(due)
    except ValueError:
        return date(year, 12, 31)


def _linear(plan: Plan, day: date) -> Expected:
    """n/12 at the end of month n (Xuancheng); within a month by its days, up to the deadline's month."""
    return _on_the_way(plan, "linear", _passed_by(plan.year, _promised(plan.due, plan.year), day))


@lru_cache(maxsize=16_384)
def _passed_by(year: int, end: date, day: date) -> Decimal:
    """The share of the way from the year's beginning to `end` that has passed by `day`, by months."""
    whole = _months(year, end)
    passed = min(max(_months(year, day), Decimal(0)), whole)
    return passed / whole if whole > 0 else Decimal(1)


@lru_cache(maxsize=4096)
def _months(year: int, day: date) -> Decimal:
    """Months passed since the year began at the end of `day`; a month's end is a whole number."""
    length = month_end(day.year, day.month).day
    return Decimal((day.year - year) * MONTHS + day.month - 1) + Decimal(day.day) / length


def _profile(plan: Plan, day: date) -> Expected:
    """The share of last year's total that stood at the same time last year, between month ends by days."""
    points = sorted((period(code).end.month, Decimal(value)) for code, value in plan.data.items())
    if not points or points[-1][0] != MONTHS or not points[-1][1]:
        return Expected("profile", code="plan.profile_short")
    total = points[-1][1]
    shares = {0: Decimal(0)} | {month: value / total for month, value in points}
    return _on_the_way(plan, "profile", _between(shares, _clamped(plan.year, day)))


def _seasonal(plan: Plan, day: date) -> Expected:
    """Weights by month; what a month has not got weighs nothing."""
    passed = _passed(tuple(plan.data.items()))
    if not passed:
        return Expected("seasonal", code="plan.weights_wrong")
    at = _clamped(plan.year, day)
    whole = int(at)
    begun = (passed[whole + 1] - passed[whole]) * (at - whole) if whole < MONTHS else Decimal(0)
    return _on_the_way(plan, "seasonal", (passed[whole] + begun) / passed[-1])


@lru_cache(maxsize=1024)
def _passed(weights: tuple[tuple[str, str], ...]) -> tuple[Decimal, ...]:
    """The weight that has passed at the beginning of the year and at each month's end; () where they make no season."""
    told = dict(weights)
    months = [Decimal(told.get(str(month), "0")) for month in range(1, MONTHS + 1)]
    if min(months) < 0 or sum(months) <= 0:
        return ()
    return (Decimal(0), *accumulate(months))


def _clamped(year: int, day: date) -> Decimal:
    return min(max(_months(year, day), Decimal(0)), Decimal(MONTHS))


def _between(shares: Mapping[int, Decimal], at: Decimal) -> Decimal:
    """The share at a time in months, straight between the known ones."""
    before = max(n for n in shares if n <= at)
    after = min((n for n in shares if n >= at), default=before)
    if after == before:
        return shares[before]
    return shares[before] + (shares[after] - shares[before]) * (at - before) / (after - before)


def _steps(plan: Plan, day: date) -> Expected:
    """The value of the last date that has come: nothing may be expected in between."""
    past = [value for when, value in sorted(plan.data.items()) if when <= day.isoformat()]
    value = Decimal(past[-1]) if past else plan.base or Decimal(0)
    start = plan.base or Decimal(0)
    share = None
    if plan.target is not None and plan.target != start:
        share = (value - start) / (plan.target - start) * 100
    return Expected(plan.kind, value, share)


def _threshold(plan: Plan, day: date) -> Expected:
    """The target itself, all year: growth rates, shares, limits, ranks (Xuancheng)."""
    return Expected("threshold", plan.target, Decimal(100) if plan.target is not None else None)


def _stages(plan: Plan, day: date) -> Expected:
    """The stage that should have been reached, "" for none yet; its share is that of stages passed."""
    past = [name for when, name in sorted(plan.data.items()) if when <= day.isoformat()]
    share = Decimal(len(past)) / len(plan.data) * 100 if plan.data else None
    return Expected("stage", share=share, stage=past[-1] if past else "")


KINDS: Mapping[str, Callable[[Plan, date], Expected]] = {
    "linear": _linear, "profile": _profile, "seasonal": _seasonal, "milestone": _steps, "batch": _steps,
    "threshold": _threshold, "stage": _stages,
}  # fmt: skip


def plan_fault(plan: Plan) -> str:
    """The code of what is wrong with a plan's data, "" when nothing is."""
    if plan.kind and plan.kind not in KINDS:
        return "plan.kind_unknown"
    if not all(
        isinstance(value, str) and _readable(plan.kind, key, value) for key, value in plan.data.items()
    ):
        return "plan.data_wrong"
    if plan.kind in DATED and not plan.data:
        return "plan.data_missing"
    code = expected(plan, date(plan.year, 12, 31)).code
    if code not in ("plan.expected", "plan.no_target"):
        return code
    return _steps_fault(plan) if plan.kind in ("milestone", "batch") else ""


def _readable(kind: str, key: str, value: str) -> bool:
    """Whether one entry of a plan's data is what its kind needs."""
    try:
        if kind == "profile":
            period(key)
        elif (kind == "seasonal" and not (key.isdecimal() and 1 <= int(key) <= MONTHS)) or (
            kind in DATED and date.fromisoformat(key).isoformat() != key
        ):
            return False
        return bool(value.strip()) if kind == "stage" else Decimal(value).is_finite()
    except (ValueError, InvalidOperation):
        return False


def _steps_fault(plan: Plan) -> str:
    """Steps go one way, from the base to the target, and reach it."""
    values = [Decimal(value) for _day, value in sorted(plan.data.items())]
    down = falling(plan.measure, "", plan.base, plan.target)
    way = [-v for v in values] if down else values
    if any(later < earlier for earlier, later in pairwise(way)):
        return "plan.data_back"
    if plan.target is not None and way[-1] < (-plan.target if down else plan.target):
        return "plan.data_short"
    return ""
