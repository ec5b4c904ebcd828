"""What is needed from here: 以周保月、以月保季、以季保年, as arithmetic (the report's own phrase)."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from duban.core.measure import falling
from duban.core.period import month_end
from duban.plan.trajectory import Plan, end_of, expected

HORIZONS = ("week", "month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class Need:
    """To stand at the plan's value at the end of a horizon, `gap` must still come, `weekly` of it each week."""

    horizon: str
    until: date
    goal: Decimal
    gap: Decimal
    weekly: Decimal


def needs(plan: Plan, value: Decimal, day: date) -> tuple[Need, ...]:
    """What must come by the end of this week, month, quarter and year, seen at the end of `day`.

    The week's goal is the largest share that month, quarter and year ask of it, so that keeping each week keeps
    them all. Past its deadline all of it is still owed. () where nothing adds up to the target (rates, limits,
    ranks) or there is no number to reach.
    """
    kind = expected(plan, day).kind
    if (
        plan.target is None
        or kind in ("threshold", "stage")
        or falling(plan.measure, "", plan.base, plan.target)
    ):
        return ()
    later = [need for horizon in HORIZONS[1:] if (need := _need(plan, value, day, horizon)) is not None]
    if not later:
        return ()
    week = day + timedelta(days=7 - day.isoweekday() or 7)  # at the end of a Sunday, the week to come
    left = Decimal((week - day).days) / 7
    most = max(need.weekly for need in later) * left
    return (Need("week", week, value + most, most, max(need.weekly for need in later)), *later)


def _need(plan: Plan, value: Decimal, day: date, horizon: str) -> Need | None:
    until = _end(day, horizon)
    if day < end_of(plan):
        until = min(until, end_of(plan))
    if until <= day or day.year > plan.year:
        return None
    goal = expected(plan, until).value
    if goal is None:
        return None
    gap = max(goal - value, Decimal(0))
    return Need(horizon, until, goal, gap, gap * 7 / (until - day).days)


def _end(day: date, horizon: str) -> date:
    month = {"month": day.month, "quarter": (day.month + 2) // 3 * 3, "year": 12}[horizon]
    return month_end(day.year, month)
