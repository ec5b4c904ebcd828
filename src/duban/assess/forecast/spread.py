"""How far estimates were off, kept as percentiles, and the interval and chances that follow.

The interval is the middle four fifths of the errors that the same method made on years that were over (a split conformal
interval), in units of the error that was to be expected: a series whose years resemble one another has a narrower one. It
promises nothing about a figure that behaves unlike its family.
"""

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from duban.assess.forecast.method import Ways
from duban.assess.forecast.weigh import Estimate

LEVELS = (1, *range(5, 100, 5), 99)  # percentiles that are kept of the errors
LOW, HIGH = 10, 90  # the interval's ends: 80 % between them
INNER = (25, 75)  # the half of all ends that lies in the middle, for the picture
FEWEST = 9  # errors without which no tenth can be cut off at either end


class Spread(msgspec.Struct, frozen=True, gc=False):
    """The errors of `n` years that were over, as percentiles at `LEVELS`, in units of the estimate (see `Estimate`)."""

    n: int
    errors: tuple[float, ...]

    def at(self, level: int) -> float:
        """The error at one of `LEVELS`."""
        return self.errors[LEVELS.index(level)]

    def above(self, error: float) -> float:
        """The percentage of years that ended above `error`, from 1 to 99: straight between the percentiles kept."""
        place = bisect_right(self.errors, error)
        if place in (0, len(LEVELS)):
            return 99.0 if place == 0 else 1.0
        low, high = self.errors[place - 1], self.errors[place]
        below = LEVELS[place - 1] + (LEVELS[place] - LEVELS[place - 1]) * (error - low) / (high - low)
        return float(100 - below)


def spread_of(errors: list[float]) -> Spread:
    """Percentiles by rank (n + 1) · p, which leave a new error of the same kind outside as often as they say."""
    errors = sorted(errors)
    return Spread(len(errors), tuple(significant(_ranked(errors, level / 100)) for level in LEVELS))


def _ranked(errors: Sequence[float], part: float) -> float:
    at = min(max((len(errors) + 1) * part - 1, 0.0), len(errors) - 1.0)
    low = int(at)
    high = min(low + 1, len(errors) - 1)
    return errors[low] + (errors[high] - errors[low]) * (at - low)


def significant(error: float) -> float:
    """Four digits: more say nothing, and the record stays short."""
    return float(f"{error:.4g}")


def between(
    now: Ways, estimate: Estimate, spread: Spread, ends: tuple[int, int] = (LOW, HIGH)
) -> tuple[float, float]:
    """The interval around an estimate, between two of `LEVELS`; what adds up ends at no less than what has come."""
    low, high = (estimate.end + spread.at(level) * estimate.unit for level in ends)
    return (max(low, now.value), max(high, now.value)) if now.way == "flow" else (low, high)
