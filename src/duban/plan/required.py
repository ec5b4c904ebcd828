"""What the rest of the year must bring: the growth or the monthly figure that keeps the target.

With W the share of last year's total that stood at the end of month t, g the growth so far and G* the target:
the rest must grow by (G* - W·g) / (1 - W), and the year ends at W·g + (1 - W)·r if the rest grows by r. Exact for
nominal flows of one scope; an approximation for growth at constant prices, and labelled so.
"""

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import msgspec

from duban.core.measure import falling
from duban.plan.trajectory import MONTHS, Plan, end_of, expected

Year = Mapping[int, Decimal]  # month → value cumulated from January; 12 is the year's
BACK = 3  # how many earlier years the best rest of a year is looked for in (practice: the past three)


class Required(msgspec.Struct, frozen=True, gc=False):
    """What is needed (percent, or a monthly figure), None where it cannot be said; `code` says how or why not.

    `weight` is W, `best` the best growth of the same rest of the year in the past: both for growth only.
    `months` are left until the deadline.
    """

    value: Decimal | None
    code: str
    weight: Decimal | None = None
    best: Decimal | None = None
    months: int = 0

    @property
    def never_yet(self) -> bool:
        """Whether more growth is needed than the same months brought in any of the earlier years looked at."""
        return self.value is not None and self.best is not None and self.value > self.best


def weight(base: Year, month: int) -> Decimal | None:
    """The share (0 to 1) of the year's total at the end of `month`; None where a figure is missing or cannot be."""
    done, total = base.get(month), base.get(MONTHS)
    if done is None or total is None or total <= 0 or not 0 <= done <= total:
        return None
    return done / total


def rest_growth(target: Decimal, so_far: Decimal, share: Decimal) -> Decimal | None:
    """The growth in percent that the rest of the year needs; None when no year is left."""
    return None if share >= 1 else (target - share * so_far) / (1 - share)


def year_growth(so_far: Decimal, rest: Decimal, share: Decimal) -> Decimal:
    """The year's growth in percent if the rest of it grows by `rest`."""
    return share * so_far + (1 - share) * rest


def best_rest(years: Mapping[int, Year], month: int, year: int, back: int = BACK) -> Decimal | None:
    """The best growth in percent of the months after `month` over the `back` years before `year`; None: none known."""
    rests = {y: v[MONTHS] - v[month] for y, v in years.items() if MONTHS in v and month in v}
    found = [
        (rests[y] / rests[y - 1] - 1) * 100
        for y in range(year - back, year)
        if y in rests and rests.get(y - 1, Decimal(0)) > 0
    ]
    return max(found, default=None)


def required_growth(
    target: Decimal, so_far: Decimal, month: int, year: int, years: Mapping[int, Year], *, real: bool
) -> Required:
    """The growth that the rest of `year` needs after its first `month` months grew by `so_far` percent.

    `years` hold levels, of which last year's are the weights; without them every month weighs the same, which the code
    says. `real`: growth at constant prices, so approximate.
    """
    known = weight(years.get(year - 1, {}), month)
    share = Decimal(month) / MONTHS if known is None else known
    if (needed := rest_growth(target, so_far, share)) is None:
        return Required(None, "required.year_over", known)
    if known is None:
        return Required(needed, "required.growth_even", months=MONTHS - month)
    code = "required.growth_approximate" if real else "required.growth"
    return Required(needed, code, share, best_rest(years, month, year), MONTHS - month)


def required_pace(
    plan: Plan, value: Decimal, month: int, grain: Decimal, *, comparator: str = "ge"
) -> Required:
    """The smallest figure a month, in multiples of `grain`, that reaches the target by its deadline's month.

    For a ceiling it is the largest a month that keeps below it. None where nothing adds up to the target: rates,
    ranks, words, and what shall come down. `grain` is above 0.
    """
    if plan.target is None or expected(plan, end_of(plan)).kind in ("threshold", "stage"):
        return Required(None, "required.adds_nothing")
    ceiling = comparator == "le"
    if ceiling and plan.measure == "level" and plan.base is None:
        return Required(None, "required.adds_nothing")  # a state that must stay below a line, no sum
    if falling(plan.measure, "" if ceiling else comparator, plan.base, plan.target):
        return Required(None, "required.adds_nothing")
    end = end_of(plan)
    gap, left = plan.target - value, (end.year - plan.year) * MONTHS + end.month - month
    if gap <= 0:
        return Required(
            Decimal(0), "required.used_up" if ceiling else "required.reached", months=max(left, 0)
        )
    if left <= 0:
        return Required(None, "required.year_over")
    rounding = ROUND_FLOOR if ceiling else ROUND_CEILING
    steps = (gap / left / grain).to_integral_value(rounding)
    return Required(steps * grain, "required.room" if ceiling else "required.pace", months=left)
