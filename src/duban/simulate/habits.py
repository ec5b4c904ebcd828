"""Habits: the few simulated items whose figures or words contradict each other, one habit for each kind of doubt.

`RATES` says how many of the items that a habit suits have it; one at least, so that a small year shows every kind.
The shares are made up (docs/simulated-year.md); nobody has counted them in a real city.
"""

import random
from collections.abc import Callable, Mapping
from decimal import Decimal

from duban.assess import Account, account_of
from duban.assess.doubts.model import grain
from duban.core.measure import falling
from duban.ledger import Book
from duban.simulate.items import Actor

RATES: Mapping[str, str] = {
    "boasts": "0.01",  # reports that all is done while the figure falls short
    "modest": "0.01",  # reports that it lags while the figure is ahead
    "copies": "0.01",  # reports what the plan says, to the digit
    "slips": "0.05",  # one month a cumulated figure lower than the month before
    "mislevels": "0.2",  # statistics give a rate of growth with levels that make another one
    "misparts": "0.05",  # statistics give a share with parts that make another one
    "misadds": "0.2",  # a part of a divided number reports more than the whole has for it
}
BEGIN = (4, 7)  # the months in which a habit may set in: late enough to have a past, early enough to be seen


def deal(book: Book, actors: list[Actor], chance: random.Random) -> None:
    """Give habits to actors, at most one each, and the month in which it sets in."""
    for habit, rate in RATES.items():
        suited = [a for a in actors if not a.habit and SUITS[habit](account_of(book, a.key), a)]
        many = min(len(suited), max(1, round(Decimal(rate) * len(suited))))
        for actor in chance.sample(suited, many):
            actor.habit, actor.since = habit, chance.randint(*BEGIN)


def _counts(account: Account, least: int) -> bool:
    """An amount that grows from nothing in the course of the year, of `least` units of its last digit or more."""
    plan = account.plan
    if plan.target is None or plan.measure != "increment" or plan.base is not None:
        return False
    rising = not falling(plan.measure, account.target.comparator, plan.base, plan.target)
    return rising and plan.target >= least * grain(plan.target)


def _monthly(account: Account) -> bool:
    return account.schedule.frequency == "month"


SUITS: Mapping[str, Callable[[Account, Actor], bool]] = {
    "boasts": lambda account, actor: _counts(account, 10) and actor.pace < Decimal("0.8"),
    "modest": lambda account, actor: _counts(account, 10) and actor.pace > Decimal("1.1"),
    "copies": lambda account, actor: _counts(account, 1000) and _monthly(account) and not actor.parts,
    "slips": lambda account, actor: _counts(account, 50) and _monthly(account) and not account.plan.kind and not actor.parts,
    "mislevels": lambda account, actor: account.plan.measure == "growth",
    "misparts": lambda account, actor: account.plan.measure == "share" and account.target.unit == "%",
    "misadds": lambda account, actor: actor.of is not None and _counts(account, 20),
}  # fmt: skip
