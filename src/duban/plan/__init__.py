"""Plans: what may be expected of a target by a day, by kind of trajectory, and what is needed from here."""

from duban.plan.needs import Need, needs
from duban.plan.required import Required, required_growth, required_pace, year_growth
from duban.plan.trajectory import KINDS, Expected, Plan, expected

__all__ = [
    "KINDS",
    "Expected",
    "Need",
    "Plan",
    "Required",
    "expected",
    "needs",
    "required_growth",
    "required_pace",
    "year_growth",
]
