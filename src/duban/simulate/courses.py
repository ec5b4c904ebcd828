"""The true courses of made-up series: what stood at the end of each month, by family, for forecasts to be tried on.

Every number here is made up (docs/simulated-year.md); the shapes follow what is known of such series: building
stops in winter, energy is used for heating, counts come in batches, a rate is made of two levels.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise
from math import exp, prod

import msgspec

Year = list[float]  # twelve figures, each of January to the end of its month, or as it stands then
Course = Callable[[random.Random, int], list[Year]]

EVEN = (1.0,) * 12
BUILDING = (0.1, 0.1, 0.5, 0.9, 1.3, 1.5, 1.4, 1.4, 1.5, 1.3, 1.0, 1.0)
QUARTERS = (0.7, 0.7, 1.3, 0.9, 0.9, 1.3, 0.9, 0.9, 1.2, 1.0, 1.0, 1.2)
HEATING = (1.6, 1.5, 1.2, 0.9, 0.7, 0.7, 0.8, 0.8, 0.7, 0.8, 1.1, 1.4)
BATCHES = ((5, 0.2), (8, 0.3), (10, 0.3), (11, 0.2))  # month of a milestone, and the part that is due at it


class Family(msgspec.Struct, frozen=True, gc=False):
    """A kind of series: its measure and unit, how its target compares, and how a true course of it is made.

    `grain` is how many decimals are published, `ambition` by how much (as a part; for a rate or a share in points)
    a target differs from last year's end on average, and `spread` how far around that.
    """

    name: str
    measure: str
    unit: str
    grain: int
    comparator: str
    ambition: float
    spread: float
    course: Course


def flow(shape: Sequence[float], trend: float, swing: float, noise: float = 0.1) -> Course:
    """What adds up in a year: a total that grows, in a shape of its own that is a little other every year.

    `trend` and `swing` of the total from year to year, and `noise` of each month, as parts.
    """

    def course(chance: random.Random, years: int) -> list[Year]:
        own = [weight * exp(chance.gauss(0, 0.15)) for weight in shape]
        size = exp(chance.uniform(2, 7))
        found = []
        for _ in range(years):
            size *= 1 + chance.gauss(trend, swing)
            found.append(list(accumulate(_months(chance, own, size, noise))))
        return found

    return course


def _months(chance: random.Random, own: Sequence[float], size: float, noise: float) -> Iterator[float]:
    """A year's months: earlier or later than usual, each off by itself, now and then one that stands still."""
    tilt, whole = chance.gauss(0, noise), sum(own)
    for n, weight in enumerate(own):
        still = 0.3 if chance.random() < noise / 5 else 1.0
        yield size * weight / whole * exp(tilt * (n - 5.5) / 6 + chance.gauss(0, noise)) * still


def counts(chance: random.Random, years: int) -> list[Year]:
    """Things that are due in batches, each late by itself; what is not done by December is not done in the year."""
    size = chance.uniform(15, 300)
    skill = chance.uniform(0.45, 0.9)  # how likely a thing that is due is done within a month
    found = []
    for _ in range(years):
        size *= 1 + chance.gauss(0.03, 0.1)
        done = [0] * 13
        for month, part in BATCHES:
            for _ in range(round(size * part)):
                done[min(month - 1 + _wait(chance, skill), 12)] += 1
        found.append([float(n) for n in accumulate(done[:12])])
    return found


def _wait(chance: random.Random, skill: float) -> int:
    months = 0
    while chance.random() > skill and months < 12:
        months += 1
    return months


def growth(chance: random.Random, years: int) -> list[Year]:
    """The rate, in percent, by which what adds up stands above the same months of the year before."""
    flows = flow(QUARTERS, chance.uniform(0.02, 0.09), 0.015, 0.02)(chance, years + 1)
    return [[(now / then - 1) * 100 for now, then in zip(b, a, strict=True)] for a, b in pairwise(flows)]


def share(chance: random.Random, years: int) -> list[Year]:
    """A share in percent since January: months with a season, around a level that moves a little every year."""
    level, season = chance.uniform(70, 97), chance.gauss(0, 2.5)
    found = []
    for _ in range(years):
        level = min(level + chance.gauss(0.4, 0.8), 99)
        months = [min(level + season * (HEATING[n] - 1) + chance.gauss(0, 1.2), 100) for n in range(12)]
        found.append([total / (n + 1) for n, total in enumerate(accumulate(months))])
    return found


def level(chance: random.Random, years: int) -> list[Year]:
    """What stands at a month's end: it goes on from last year's, faster at the ends of quarters."""
    stock = exp(chance.uniform(4, 9))
    speed = chance.uniform(0.02, 0.09) / 12
    found = []
    for _ in range(years):
        pace = speed * exp(chance.gauss(0, 0.35))
        steps = [1 + pace * QUARTERS[n] + chance.gauss(0, pace / 2) for n in range(12)]
        found.append([stock * prod(steps[: n + 1]) for n in range(12)])
        stock = found[-1][-1]
    return found


FAMILIES = (
    Family("investment", "increment", "亿元", 2, "ge", 0.08, 0.04, flow(BUILDING, 0.05, 0.09)),
    Family("output", "increment", "亿元", 2, "ge", 0.07, 0.02, flow(QUARTERS, 0.06, 0.04)),
    Family("use", "increment", "万吨标准煤", 2, "le", 0.02, 0.02, flow(HEATING, 0.02, 0.03)),
    Family("count", "increment", "个", 0, "ge", 0.03, 0.06, counts),
    Family("growth", "growth", "%", 1, "ge", 0.3, 1.0, growth),
    Family("share", "share", "%", 1, "ge", 0.3, 0.5, share),
    Family("level", "level", "户", 0, "ge", 0.05, 0.02, level),
)
