"""How a year may end, seen from a month's end: three plain ways. Estimates are floats; accounts stay decimal.

pace    what has come goes on evenly (n/12), or as the item's own plan says; a rate stays where it is
own     the rest comes as it did in earlier years, on the mean of the last three
anchor  the rest brings what it brought last year; a rate ends where it ended last year

How they are put together is `weigh`'s business: each counts by how seldom it was wrong.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import msgspec

from duban.core.measure import PACE

MONTHS = 12
PAST = (
    3  # earlier years that a profile is the mean of: as many as practice looks for the best rest of a year in
)
NAMES = ("pace", "own", "anchor")
Year = Mapping[int, Decimal]  # month → value from January to its end, or as it stood then
Point = tuple[float, float]  # an earlier year's value at the same month's end, and its end


class Ways(msgspec.Struct, frozen=True, gc=False):
    """The year's end by each way; None where a way has nothing to go on. `plain` is last year's profile alone.

    `plain` is there to be measured against. `years` is how many earlier years were looked at, at most three; `part` is
    the part of the year's total that had come by this month in those years, for flows.
    """

    way: str
    value: float
    pace: float | None = None
    own: float | None = None
    anchor: float | None = None
    plain: float | None = None
    years: int = 0
    part: float | None = None

    def told(self) -> list[tuple[str, float]]:
        """The ways that have an answer, with it."""
        found = zip(NAMES, (self.pace, self.own, self.anchor), strict=True)
        return [(name, end) for name, end in found if end is not None]


def way_of(measure: str, base: object = None) -> str:
    """flow (adds up from nothing), stock (moves on from a base), or rate (what stands, stands)."""
    if PACE.get(measure) == "threshold":
        return "rate"
    return "stock" if base or measure == "change" else "flow"


def ways(way: str, value: float, points: Sequence[Point], *, share: float, base: float | None = None) -> Ways:
    """The ways on from `value`. `points`: earlier years, oldest first; `share`: the part of the way (0 to 1) that the
    pace or the plan says has passed; `base`: where a stock began, if not at last year's end."""
    points = points[-PAST:]
    if way == "flow":
        return _flow(value, points, share)
    drift = [end - then for then, end in points]
    own = value + sum(drift) / len(drift) if drift else None
    plain = value + drift[-1] if drift else None
    if way == "rate":
        return Ways(way, value, value, own, points[-1][1] if points else None, plain, len(points))
    start = points[-1][1] if base is None and points else base
    pace = None if start is None or share <= 0 else start + (value - start) / share
    return Ways(way, value, pace, own, None, plain, len(points))


def _flow(value: float, points: Sequence[Point], share: float) -> Ways:
    pace = value / share if value > 0 and share > 0 else None
    parts = [then / end for then, end in points if end > 0 and 0 <= then <= end]
    if not parts:
        return Ways("flow", value, pace)
    part = sum(parts) / len(parts)
    own = value / part if value > 0 and part > 0 else None
    plain = value / parts[-1] if value > 0 and parts[-1] > 0 else None
    return Ways("flow", value, pace, own, value + (1 - part) * points[-1][1], plain, len(parts), part)


def points_at(way: str, years: Sequence[Year], month: int) -> list[Point]:
    """Of each year that is over, its value at a month's end and its end; a year without either is left out."""
    return [
        (float(then), float(year[MONTHS]))
        for year in years
        if MONTHS in year and (then := _at(way, year, month)) is not None
    ]


def _at(way: str, year: Year, month: int) -> Decimal | None:
    """A year's value at a month's end; a month that is missing lies straight between those beside it."""
    if month in year:
        return year[month]
    before = max((n for n in year if n < month), default=None)
    after = min((n for n in year if n > month), default=None)
    if after is None or (before is None and way != "flow"):
        return None
    start, low = (before, year[before]) if before is not None else (0, Decimal(0))
    return low + (year[after] - low) * (month - start) / (after - start)
