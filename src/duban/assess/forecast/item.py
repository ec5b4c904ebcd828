"""The forecast of an item of the book, from what the book knew on its day."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

import msgspec

from duban.assess.account import Account, Known
from duban.assess.forecast.families import counted, family_of
from duban.assess.forecast.goal import Goal
from duban.assess.forecast.method import MONTHS, Year, points_at, way_of
from duban.assess.forecast.record import Record
from duban.assess.forecast.year_end import Forecast, Now, forecast, silent
from duban.core.period import period
from duban.plan import Plan, expected, required_growth, required_pace
from duban.plan.required import Required
from duban.plan.trajectory import end_of

Years = Mapping[int, Year]
_EVEN = ("", "linear", "threshold", "profile")  # plans whose pace is n/12, or last year's own
_NONE: Years = {}


def forecast_item(
    account: Account,
    record: Record,
    *,
    slack: Decimal = Decimal(0),
    history: Years = _NONE,
    levels: Years = _NONE,
) -> Forecast:
    """How the item's year will end; use an as-of book for an earlier day.

    `history` are earlier years' figures of the same indicator beyond those of the book; `levels` the levels behind a
    growth, for what the rest of the year must grow by. `slack` is what "about" may miss by: the profile's.
    """
    plan, target = account.plan, account.target
    if plan.target is None:
        return silent("forecast.no_number")
    latest = account.latest
    if latest is None or latest.period.year != plan.year:
        return silent("forecast.no_data")
    if latest.period.end >= end_of(plan):
        return silent("forecast.over", period=latest.period.code)
    goal = Goal(plan.target, target.comparator or "ge", plan.measure, plan.base, slack)
    found = forecast(_now(account, latest, history), goal, record)
    return msgspec.structs.replace(found, required=_required(account, latest, goal, levels))


def _now(account: Account, latest: Known, history: Years) -> Now:
    plan, target = account.plan, account.target
    limit = plan.measure == "level" and plan.base is None and target.comparator == "le"
    way = "rate" if limit else way_of(plan.measure, plan.base)  # what must stay below a line is no sum
    month = (latest.period.end + timedelta(days=1)).month - 1 or MONTHS
    years = {**earlier(account), **history}
    past = [years[year] for year in sorted(years) if year < plan.year]
    family = "" if limit else family_of(plan.measure, target.comparator, plan.kind, based=way == "stock")
    base = plan.base if plan.measure != "change" else plan.base or Decimal(0)
    return Now(
        way, family, month, latest.period.code, latest.value, points_at(way, past, month), _share(plan, latest),
        None if base is None else float(base), grain_of(account, latest), target.unit,
        counted(plan.measure, target.unit),
    )  # fmt: skip


def _share(plan: Plan, latest: Known) -> float | None:
    """The part of the way (0 to 1) that the plan says has passed; None where that is n/12 of the year."""
    whole_month = (latest.period.end + timedelta(days=1)).day == 1
    if plan.kind in _EVEN and whole_month and end_of(plan).month == MONTHS and end_of(plan).year == plan.year:
        return None
    share = expected(plan, latest.period.end).share
    return None if share is None else float(share) / 100


def earlier(account: Account) -> dict[int, dict[int, Decimal]]:
    """Earlier years' figures that the book holds: readings of their periods, and the profile of the plan."""
    plan = account.plan
    found: dict[int, dict[int, Decimal]] = {}
    if plan.kind == "profile":
        for code, value in plan.data.items():
            which = period(code)
            found.setdefault(which.year, {})[which.end.month] = Decimal(value)
    for figure in account.figures:
        if figure.period.year < plan.year:
            found.setdefault(figure.period.year, {})[figure.period.end.month] = figure.value
    return found


def grain_of(account: Account, latest: Known) -> Decimal:
    """The step that the item's figures are told in: of its target or its latest figure, whichever is finer."""
    told = [latest.value] if account.plan.target is None else [latest.value, account.plan.target]
    return Decimal(1).scaleb(min(0, *(int(number.as_tuple().exponent) for number in told)))


def _required(account: Account, latest: Known, goal: Goal, levels: Years) -> Required:
    """What the rest of the year must bring to keep the goal."""
    plan, month = account.plan, latest.period.end.month
    if plan.measure == "growth":
        return required_growth(
            goal.bound, latest.value, month, plan.year, levels, real=latest.basis != "nominal"
        )
    within = msgspec.structs.replace(plan, target=goal.bound)
    grain = grain_of(account, latest)
    return required_pace(within, latest.value, month, grain, comparator=goal.comparator)
