"""A trajectory as a picture: what the plan lets expect, what came, the target and the deadline.

Kinds of lines and marks differ in shape, not in colour alone; the same facts stand in a table beside the picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duban.assess import Account
from duban.assess.account import Known
from duban.assess.forecast import Forecast
from duban.core.period import Period, grid, month_end
from duban.plan import expected
from duban.plan.trajectory import Plan, end_of

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 720, 260, 64, 30, 16, 16


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure's place in the picture; one that a later or an official figure stands above does not count."""

    x: str
    y: str
    figure: Known
    counts: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A period in words: what the plan lets expect at its end, the figure that counts, and those beside it."""

    period: Period
    goal: Decimal | None
    figure: Known | None
    others: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class Fan:
    """The forecast: where the year is expected to end, and between which ends four and two in five lie."""

    path: str
    wide: str
    inner: str
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything the template draws, in units of the view box; `id` names it among other pictures of a page."""

    id: str
    lines: tuple[Line, ...]
    due_x: str
    plan: str
    actual: str
    marks: tuple[Mark, ...]
    target_y: str
    ticks: tuple[tuple[str, str], ...]
    months: tuple[tuple[str, int], ...]
    today_x: str
    fan: Fan | None = None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    base: int = HEIGHT - BOTTOM
    right: int = WIDTH - RIGHT


def chart(
    account: Account, day: date, *, working: bool = False, forecast: Forecast | None = None
) -> Chart | None:
    """The picture of an item that has a number to reach and a plan with values; None for others.

    A unit's figures that do not count are drawn only for those who may see `working` papers.
    """
    plan = account.plan
    if plan.target is None or not 1 < plan.year < 9999:
        return None
    known = _goals(plan)
    others = tuple(f for f in account.others if working or f.origin != "unit")
    figures = (*account.figures, *others)
    values = [goal for _, goal in known] + [f.value for f in figures] + [plan.target, *_ends(forecast)]
    low, high = _span(values)
    x, y = _scales(plan.year, low, high)
    first, last = date(plan.year, 1, 1), date(plan.year, 12, 31)
    told = [(f, False) for f in others] + [(f, True) for f in account.figures]  # what counts lies on top
    return Chart(
        id=f"chart-{account.key.replace('/', '-')}",
        lines=_lines(account, others),
        due_x=x(end_of(plan)) if first <= end_of(plan) <= last else "",
        plan=" ".join(f"{x(end)},{y(goal)}" for end, goal in known),
        actual=" ".join(f"{x(f.period.end)},{y(f.value)}" for f in account.figures),
        marks=tuple(Mark(x(f.period.end), y(f.value), f, counts) for f, counts in told),
        target_y=y(plan.target),
        ticks=tuple((y(tick), f"{tick.normalize():f}") for tick in _ticks(low, high)),
        months=tuple((x(p.end), p.end.month) for p in grid(plan.year, "month", cumulated=False)),
        today_x=x(min(max(day, first), last)),
        fan=_fan(account, forecast, x, y),
    )


def _ends(forecast: Forecast | None) -> list[Decimal]:
    """The forecast's values that the picture must hold."""
    told = () if forecast is None else (forecast.end, forecast.low, forecast.high)
    return [end for end in told if end is not None]


def _fan(account: Account, forecast: Forecast | None, x, y) -> Fan | None:  # type: ignore[no-untyped-def]
    """From the latest figure to the year's end, or to the deadline."""
    latest = account.latest
    if (
        forecast is None
        or forecast.end is None
        or latest is None
        or end_of(account.plan).year != account.plan.year
    ):
        return None
    begin, end = f"{x(latest.period.end)},{y(latest.value)}", x(end_of(account.plan))

    def wedge(ends: tuple[Decimal | None, Decimal | None] | None) -> str:
        low, high = ends or (None, None)
        return "" if low is None or high is None else f"{begin} {end},{y(high)} {end},{y(low)}"

    ahead = f"{begin} {end},{y(forecast.end)}"
    return Fan(ahead, wedge((forecast.low, forecast.high)), wedge(forecast.inner), end, y(forecast.end))


def _goals(plan: Plan) -> list[tuple[date, Decimal]]:
    """The plan's value at the year's beginning and at the end of each month, where it has one."""
    days = (date(plan.year, 1, 1), *(month_end(plan.year, month) for month in range(1, 13)))
    return [(day, goal) for day in days if (goal := expected(plan, day).value) is not None]


def _lines(account: Account, others: Sequence[Known]) -> tuple[Line, ...]:
    """A line for each period that has a figure, in order of their ends."""
    found = {f.period.end: f for f in account.figures}
    ends = sorted({f.period.end: f.period for f in (*others, *account.figures)}.items())
    return tuple(
        Line(which, expected(account.plan, end).value, found.get(end), tuple(f for f in others if f.period.end == end))
        for end, which in ends
    )  # fmt: skip


def _span(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """From zero, unless all values lie in a narrow band far from it, to the highest with a little air."""
    low, high = min(values), max(values)
    if low >= 0 and low < (high - low) * 3:
        low = Decimal(0)
    air = (high - low) / 10 or Decimal(1)
    return (low if low == 0 else low - air), high + air


def _scales(year: int, low: Decimal, high: Decimal):  # type: ignore[no-untyped-def]
    days = (date(year, 12, 31) - date(year, 1, 1)).days

    def x(day: date) -> str:
        return f"{LEFT + (WIDTH - LEFT - RIGHT) * (day - date(year, 1, 1)).days / days:.1f}"

    def y(value: Decimal) -> str:
        share = float((value - low) / (high - low))
        return f"{HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * share:.1f}"

    return x, y


def _ticks(low: Decimal, high: Decimal) -> list[Decimal]:
    """About four round values between the ends."""
    rough = (high - low) / 4
    size = Decimal(1).scaleb(rough.adjusted())
    step = next(size * n for n in (1, 2, 5, 10) if size * n >= rough)
    first = (low / step).to_integral_value(rounding="ROUND_CEILING") * step
    return [first + step * n for n in range(6) if first + step * n <= high]
