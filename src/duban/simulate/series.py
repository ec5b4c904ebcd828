"""Made-up series of several years whose true course is known, for trying out forecasts: what was known on which day.

Simulated for good: no figure of it is anybody's. The same seed gives the same series, in every process.
"""

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from duban.core.period import month_end
from duban.simulate.courses import FAMILIES, Family, Year

MISSING = 0.04  # of the months before December that are never published
REVISED = 0.15  # of the figures that are published again, a month or two later
OFF = 0.02  # how far a first figure that is revised is off: a part of it
OFF_POINTS = 0.3  # and of a rate or a share, in points
POINTS = ("growth", "share")


class Known(msgspec.Struct, frozen=True, gc=False):
    """A figure of January to the end of `month`, as published on `day`; a later one of the same month revises it."""

    day: date
    year: int
    month: int
    value: Decimal


class SimulatedSeries(msgspec.Struct, frozen=True, gc=False):
    """One made-up series. `months` in order of their days; `truth` by year and month, December's is the year's end.

    `target` by year: the figure and its comparator, "ge" or "le". January is not published alone.
    """

    name: str
    family: str
    measure: str
    unit: str
    target: Mapping[int, tuple[Decimal, str]]
    months: tuple[Known, ...]
    truth: Mapping[int, Mapping[int, Decimal]]

    def known(self, day: date) -> Mapping[int, Mapping[int, Decimal]]:
        """What one knew at the end of `day`: by year and month the latest published figure."""
        found: dict[int, dict[int, Decimal]] = {}
        for one in self.months:
            if one.day <= day:
                found.setdefault(one.year, {})[one.month] = one.value
        return found


def series(seed: int, years: int, *, each: int = 20, last: int = 2023) -> Iterator[SimulatedSeries]:
    """`each` series of every family, over `years` years up to `last`; a target stands from the second year on."""
    if years < 1 or each < 0:
        raise ValueError("a series has one year or more")
    for family in FAMILIES:
        for n in range(each):
            yield _one(family, f"模拟·{family.name}·{n + 1}", f"{seed}·{family.name}·{n + 1}", years, last)


def _one(family: Family, name: str, seed: str, years: int, last: int) -> SimulatedSeries:
    chance = random.Random(seed)
    told = [_told(family, year) for year in family.course(chance, years)]
    truth = {last - years + 1 + n: months for n, months in enumerate(told)}
    target = {
        year: (_target(family, chance, truth[year - 1][12]), family.comparator)
        for year in list(truth)[1:]
    }  # fmt: skip
    months = sorted(_published(family, chance, truth), key=lambda one: (one.day, one.year, one.month))
    return SimulatedSeries(name, family.name, family.measure, family.unit, target, tuple(months), truth)


def _told(family: Family, year: Year) -> Mapping[int, Decimal]:
    return {month: _rounded(value, family.grain) for month, value in enumerate(year, 1) if month > 1}


def _target(family: Family, chance: random.Random, before: Decimal) -> Decimal:
    """A target as plans set one: last year's end and something more, in a round figure."""
    more = chance.gauss(family.ambition, family.spread)
    if family.measure in POINTS:
        wanted = float(before) + more
        return _rounded(min(wanted, 100) if family.measure == "share" else wanted, 1)
    return _rounded(float(before) * (1 + more), 0 if before >= 10 else family.grain)


def _published(
    family: Family, chance: random.Random, truth: Mapping[int, Mapping[int, Decimal]]
) -> Iterator[Known]:
    """The figures as they come out: some months never, some wrong at first."""
    for year, months in truth.items():
        for month, value in months.items():
            day = month_end(year, month) + timedelta(days=chance.randint(12, 25))
            if chance.random() < MISSING and month < 12:
                continue
            if chance.random() < REVISED:
                yield Known(day, year, month, _first(family, chance, value))
                day += timedelta(days=chance.randint(28, 60))
            yield Known(day, year, month, value)


def _first(family: Family, chance: random.Random, value: Decimal) -> Decimal:
    """A first figure that is put right later."""
    if family.measure in POINTS:
        return _rounded(float(value) + chance.gauss(0, OFF_POINTS), family.grain)
    return _rounded(max(float(value) * (1 + chance.gauss(0, OFF)), 0), family.grain)


def _rounded(value: float, places: int) -> Decimal:
    return Decimal(f"{value:.{places}f}")
