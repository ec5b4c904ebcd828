"""The measure decides the arithmetic: how values add over time and over units, and how one meets a target.

Growth is never summed and never derived from two levels; shares add by numerator and denominator; a zero is a
value and what is missing is not zero. What is held against a target: Xuancheng (docs/sources.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

MEASURES = ("level", "increment", "growth", "change", "share", "rank", "duration")

# How values of successive periods make one of the whole span; and how values of units make one of them all.
OVER_TIME = {
    "level": "last", "increment": "sum", "growth": "never", "change": "sum", "share": "ratio", "rank": "last",
    "duration": "never",
}  # fmt: skip
OVER_UNITS = {
    "level": "sum", "increment": "sum", "growth": "never", "change": "never", "share": "ratio", "rank": "never",
    "duration": "never",
}  # fmt: skip
# Where no plan says otherwise: what may be expected of it in the course of the year.
PACE = {
    "level": "linear", "increment": "linear", "growth": "threshold", "change": "linear", "share": "threshold",
    "rank": "threshold", "duration": "threshold",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A value, and for a share what it is made of."""

    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A value and how it came: `code` names the operation, or says why there is none."""

    value: Decimal | None
    code: str
    inputs: tuple[Decimal, ...] = ()


def over_time(measure: str, figures: Sequence[Figure]) -> Result:
    """One value of successive periods' figures, in order of time. None of them may be missing."""
    return _combined(OVER_TIME.get(measure, "never"), figures)


def over_units(measure: str, figures: Sequence[Figure]) -> Result:
    """One value of several units' figures for the same period. None of them may be missing."""
    return _combined(OVER_UNITS.get(measure, "never"), figures)


def _combined(how: str, figures: Sequence[Figure]) -> Result:
    values = [figure.value for figure in figures if figure.value is not None]
    if how == "ratio":
        return _ratio(figures)
    if how == "never":
        return Result(None, "measure.never_adds")
    if not figures or len(values) < len(figures):
        return Result(None, "measure.missing")
    if how == "last":
        return Result(values[-1], "measure.last", (values[-1],))
    return Result(sum(values, Decimal(0)), "measure.sum", tuple(values))


def _ratio(figures: Sequence[Figure]) -> Result:
    tops = [f.numerator for f in figures if f.numerator is not None]
    bottoms = [f.denominator for f in figures if f.denominator is not None]
    if not figures or len(tops) < len(figures) or len(bottoms) < len(figures):
        return Result(None, "measure.parts_missing")
    if not (bottom := sum(bottoms, Decimal(0))):
        return Result(None, "measure.denominator_zero")
    top = sum(tops, Decimal(0))
    return Result(top / bottom * 100, "measure.ratio", (top, bottom))


def share_of(numerator: Decimal, denominator: Decimal, unit: str = "%") -> Decimal:
    """A share in the unit of its target, to four decimals; the exact one stays in its parts. The denominator is not 0."""
    times = 1000 if unit == "‰" else 100
    return (numerator * times / denominator).quantize(Decimal("0.0001")).normalize() + 0


def falling(
    measure: str, comparator: str, base: Decimal | None = None, target: Decimal | None = None
) -> bool:
    """Whether less is better: a ceiling, a rank, or a target below where it began."""
    if comparator == "le" or measure == "rank":
        return True
    return comparator in ("", "eq", "approx") and base is not None and target is not None and target < base


def met(
    value: Decimal | None, target: Decimal | None, *, comparator: str = "ge", high: Decimal | None = None,
    measure: str = "level", slack: Decimal = Decimal(0), base: Decimal | None = None,
) -> bool | None:  # fmt: skip
    """Whether a final value keeps the promise; None where value or target is missing.

    `slack` is how far "about" (左右) reaches, in the target's unit: the city's rule, none by default. An exact
    target counts as a floor, or as a ceiling where less is better: offices do not punish doing more (Xuancheng).
    """
    if value is None or target is None:
        return None
    if comparator == "range" and high is not None:
        return value >= target
    reach = slack if comparator == "approx" else Decimal(0)
    if falling(measure, comparator, base, target):
        return value <= target + reach
    return value >= target - reach


def distance(value: Decimal, expected: Decimal, *, less_is_better: bool) -> Decimal:
    """How far `value` is ahead of `expected` (negative: behind), in the measure's unit."""
    return expected - value if less_is_better else value - expected


def completion(value: Decimal, target: Decimal, base: Decimal | None = None) -> Decimal | None:
    """The share of the way from `base` (0 where none is given) to `target` that is done, in percent."""
    start = base or Decimal(0)
    return None if target == start else (value - start) / (target - start) * 100
