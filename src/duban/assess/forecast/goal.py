"""What a year must come to: a target with its comparator and tolerance, and how likely it is to be kept."""

from decimal import Decimal

import msgspec

from duban.assess.forecast.method import Ways
from duban.assess.forecast.spread import Spread
from duban.assess.forecast.weigh import Estimate
from duban.core.measure import falling


class Goal(msgspec.Struct, frozen=True, gc=False):
    """A target as `duban.core.measure.met` reads it. `slack` is what "about" may miss by: the profile's."""

    target: Decimal
    comparator: str = "ge"
    measure: str = "increment"
    base: Decimal | None = None
    slack: Decimal = Decimal(0)

    @property
    def less(self) -> bool:
        """Whether less is better."""
        return falling(self.measure, self.comparator, self.base, self.target)

    @property
    def bound(self) -> Decimal:
        """The last value that still keeps it."""
        reach = self.slack if self.comparator == "approx" else Decimal(0)
        return self.target + reach if self.less else self.target - reach


def chance(goal: Goal, now: Ways, estimate: Estimate, spread: Spread, *, counted: bool = False) -> float:
    """How many of a hundred years that went like the family's would keep the goal: 1 to 99, but for what is done.

    What adds up and stands above its floor has kept it; above its ceiling, it has broken it.
    """
    bound = float(goal.bound)
    if now.way == "flow" and (now.value > bound or (now.value == bound and not goal.less)):
        return 0.0 if goal.less else 100.0
    if counted:
        bound += 0.5 if goal.less else -0.5  # whole numbers: three is kept from two and a half on
    above = spread.above((bound - estimate.end) / estimate.unit)
    return 100 - above if goal.less else above
