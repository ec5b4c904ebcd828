"""The ways put together: each counts by how seldom it was wrong, in this series' own earlier years and in its family.

The family counts as one year of the series' own, so that what a series has shown itself soon outweighs what others
have shown. A way's weight is one through the square of its mean error (Bates and Granger 1969, without correlations:
few years cannot tell them). What is counted one by one scatters by chance too: by the root of what is still to come.
"""

from collections.abc import Mapping, Sequence
from math import sqrt

import msgspec

from duban.assess.forecast.method import MONTHS, Point, Ways, ways

FAMILY = 1.0  # years that the family's errors count as; docs/forecast.md has what others would have done
LOOK = 5  # earlier years of its own that a way is judged by: a plan period's
TINY = 1e-9


class View(msgspec.Struct, frozen=True, gc=False):
    """A year as it looks at a month's end, and its earlier years as they looked then, each with how it ended.

    `counted`: it comes one by one.
    """

    now: Ways
    before: tuple[tuple[float, Ways], ...] = ()
    counted: bool = False


class Family(msgspec.Struct, frozen=True, gc=False):
    """Mean errors of a family at a month: of each way, of the ways put together, and of the pace where it is alone."""

    ways: Mapping[str, float] = {}
    together: float = 1.0
    alone: float = 1.0


class Estimate(msgspec.Struct, frozen=True, gc=False):
    """The year's end, what each way counts for (parts of 1), and the unit in which the error is to be expected."""

    end: float
    weights: Mapping[str, float]
    unit: float


def view(way: str, month: int, value: float, points: Sequence[Point], *, share: float | None = None,
         base: float | None = None, counted: bool = False) -> View:  # fmt: skip
    """The view at a month's end. `points`: see `method.points_at`; `share` is the plan's, n/12 where it has none."""
    even = month / MONTHS
    now = ways(way, value, points, share=even if share is None else share, base=base)
    first = max(1, len(points) - LOOK)
    before = tuple(
        (points[n][1], ways(way, points[n][0], points[:n], share=even)) for n in range(first, len(points))
    )
    return View(now, before, counted)


def together(seen: View, family: Family) -> Estimate | None:
    """The ways put together; None where none has an answer."""
    told = seen.now.told()
    if not told:
        return None
    weights = _weights([name for name, _end in told], seen, family)
    end = sum(weights[name] * end for name, end in told)
    return Estimate(end, weights, _unit(seen, family, weights, end))


def _unit(seen: View, family: Family, weights: Mapping[str, float], end: float) -> float:
    """The error that is to be expected of an end."""
    errors = [
        abs(error) for actual, then in seen.before if (error := _missed(actual, then, weights)) is not None
    ]
    of_family = family.together if seen.now.years else family.alone
    unit = (sum(errors) + FAMILY * of_family) / (len(errors) + FAMILY) * unit_of(seen.now.way, end)
    by_chance = max(end - seen.now.value, 0.0) if seen.counted else 0.0
    return max(sqrt(unit**2 + by_chance), TINY)


def _weights(names: Sequence[str], seen: View, family: Family) -> Mapping[str, float]:
    counts = {}
    for name in names:
        errors = [
            abs(error_of(then.way, actual, end))
            for actual, then in seen.before
            if (end := getattr(then, name)) is not None
        ]
        mean = (sum(errors) + FAMILY * family.ways.get(name, 1.0)) / (len(errors) + FAMILY)
        counts[name] = 1 / max(mean, TINY) ** 2
    total = sum(counts.values())
    return {name: count / total for name, count in counts.items()}


def _missed(actual: float, then: Ways, weights: Mapping[str, float]) -> float | None:
    """The error of the same weights in an earlier year, over the ways that had an answer in it."""
    told = then.told()
    whole = sum(weights.get(name, 0.0) for name, _end in told)
    if whole <= TINY:
        return None
    end = sum(weights.get(name, 0.0) * end for name, end in told) / whole
    return error_of(then.way, actual, end)


def error_of(way: str, actual: float, end: float) -> float:
    """How far an answer was off: points for rates, else a part of the greater of end and answer."""
    return (actual - end) / (1.0 if way == "rate" else max(abs(actual), abs(end), TINY))


def unit_of(way: str, end: float) -> float:
    """What the errors of an estimate are measured in: points for rates, parts of the estimate else."""
    return 1.0 if way == "rate" else max(abs(end), TINY)
