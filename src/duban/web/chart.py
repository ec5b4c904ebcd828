"""A trajectory as a picture: what the plan lets expect, what came, and the target. Readable in print."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duban.assess import Account
from duban.core.period import grid, month_end
from duban.plan import expected

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 720, 260, 64, 30, 16, 16


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure's place in the picture, and what to say of it."""

    x: str
    y: str
    origin: str
    label: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything the template draws, in units of the view box."""

    plan: str
    actual: str
    marks: tuple[Mark, ...]
    target_y: str
    ticks: tuple[tuple[str, str], ...]
    months: tuple[tuple[str, int], ...]
    today_x: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    base: int = HEIGHT - BOTTOM
    right: int = WIDTH - RIGHT


def chart(account: Account, day: date) -> Chart | None:
    """The picture of an item that has a number to reach and a plan with values; None for others."""
    plan = account.plan
    if plan.target is None or plan.kind == "stage":
        return None
    ends = [month_end(plan.year, month) for month in range(1, 13)]
    goals = [(end, expected(plan, end).value) for end in (date(plan.year, 1, 1), *ends)]
    known = [(end, goal) for end, goal in goals if goal is not None]
    figures = (*account.figures, *account.others)
    values = [goal for _, goal in known] + [f.value for f in figures] + [plan.target]
    low, high = _span(values)
    x, y = _scales(plan.year, low, high)
    counted = {f.seq for f in account.figures}
    marks = tuple(
        Mark(x(f.period.end), y(f.value), f.origin, f"{f.period.code}: {f.value}", f.seq in counted)
        for f in sorted(figures, key=lambda f: f.period.end)
    )
    return Chart(
        plan=" ".join(f"{x(end)},{y(goal)}" for end, goal in known),
        actual=" ".join(f"{x(f.period.end)},{y(f.value)}" for f in account.figures),
        marks=marks,
        target_y=y(plan.target),
        ticks=tuple((y(tick), f"{tick.normalize():f}") for tick in _ticks(low, high)),
        months=tuple((x(p.end), p.end.month) for p in grid(plan.year, "month", cumulated=False)),
        today_x=x(min(max(day, date(plan.year, 1, 1)), ends[-1])),
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
