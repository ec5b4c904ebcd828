"""Series of figures as they became known: by year and month, each on its day, a revision beside what it revises."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import msgspec

from duban.assess.forecast.families import counted
from duban.assess.forecast.method import MONTHS, way_of
from duban.core.period import month_end

Years = Mapping[int, Mapping[int, Decimal]]  # year → month → the figure


class Seen(msgspec.Struct, frozen=True, gc=False):
    """A figure of January to the end of `month` (or as it stood then), as published on `day`."""

    day: date
    year: int
    month: int
    value: Decimal


class Series(msgspec.Struct, frozen=True, gc=False):
    """One indicator over years. `targets` by year: the figure and its comparator. The order of `seen` does not matter."""

    name: str
    family: str
    measure: str = "increment"
    unit: str = ""
    seen: tuple[Seen, ...] = ()
    targets: Mapping[int, tuple[Decimal, str]] = {}

    @property
    def way(self) -> str:
        """How it runs: see `way_of`. A level moves on from last year's end."""
        return way_of(self.measure, self.measure == "level")

    @property
    def counted(self) -> bool:
        """Whether it comes one by one."""
        return counted(self.measure, self.unit)

    def known(self, day: date) -> Years:
        """What was known at the end of `day`: of each month the figure published last."""
        return next(self.looks([day]))

    def looks(self, days: list[date]) -> Iterator[Years]:
        """What was known at the end of each of `days`, which are in order; the same mapping, as it grows."""
        found: dict[int, dict[int, Decimal]] = {}
        coming = sorted(self.seen, key=lambda one: one.day)
        at = 0
        for day in days:
            while at < len(coming) and coming[at].day <= day:
                one = coming[at]
                found.setdefault(one.year, {})[one.month] = one.value
                at += 1
            yield found

    def ends(self) -> Mapping[int, Decimal]:
        """How each year that is over ended, as published last."""
        return {year: months[MONTHS] for year, months in self.known(date.max).items() if MONTHS in months}


def at_once(years: Years) -> tuple[Seen, ...]:
    """Figures without a day of publication: taken as known at the end of their own month, and never revised."""
    return tuple(
        Seen(month_end(year, month), year, month, value)
        for year, months in years.items()
        for month, value in months.items()
    )
