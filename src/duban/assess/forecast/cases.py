"""Years that are over, seen again at each month's end with what was known then."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

import msgspec

from duban.assess.forecast.method import MONTHS, points_at
from duban.assess.forecast.series import Series
from duban.assess.forecast.weigh import View, view
from duban.core.period import month_end


class Case(msgspec.Struct, frozen=True, gc=False):
    """One year of a series as it looked on one day, and how it ended. `month` is that of the latest figure, `value`."""

    series: str
    family: str
    measure: str
    unit: str
    year: int
    month: int
    value: Decimal
    view: View
    actual: float
    target: tuple[Decimal, str] | None = None
    base: Decimal | None = None

    @property
    def way(self) -> str:
        """How the series runs: see `method.way_of`."""
        return self.view.now.way


def cases(one: Series) -> Iterator[Case]:
    """Each year that is over, looked at on the last day of each month in which something of it was known."""
    ends = one.ends()
    days = [month_end(year, month) for year in sorted(ends) for month in range(2, MONTHS + 1)]
    for day, known in zip(days, one.looks(days), strict=True):
        months = known.get(day.year)
        if months and (month := max(months)) < MONTHS:
            yield _case(one, day.year, month, known, float(ends[day.year]))


def _case(
    one: Series, year: int, month: int, known: Mapping[int, Mapping[int, Decimal]], actual: float
) -> Case:
    years = [known[y] for y in sorted(known) if y < year]
    base = known.get(year - 1, {}).get(MONTHS)
    value = known[year][month]
    found = view(one.way, month, float(value), points_at(one.way, years, month), counted=one.counted)
    target = one.targets.get(year)
    return Case(one.name, one.family, one.measure, one.unit, year, month, value, found, actual, target, base)
