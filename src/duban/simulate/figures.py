"""The figures of the simulated year: each by its item's own pace, with the habits that make them contradict."""

import random
from decimal import ROUND_HALF_EVEN, Decimal

from duban.assess import Account, account_of
from duban.core.period import Period
from duban.ledger import Book
from duban.plan import expected
from duban.simulate.items import Actor

_TENTH = Decimal("0.1")  # rates are published with one decimal at least
_HUNDRED = Decimal(100)


def value_of(book: Book, chance: random.Random, actor: Actor, month: Period) -> Decimal | None:
    """The figure of a month by the item's own pace, in the grain of its target; None for words only."""
    account = account_of(book, actor.key)
    target = account.plan.target
    if target is None:
        return None
    goal = expected(account.plan, month.end)
    grain = Decimal(1).scaleb(min(0, int(target.as_tuple().exponent)))
    if goal.kind == "threshold":
        value = target * (1 + (actor.pace - 1) / 4) + _noise(chance, target / 40)
        return value.quantize(min(grain, _TENTH) if account.target.unit == "%" else grain)
    if actor.does("copies", month):
        return (goal.value or Decimal(0)).quantize(grain, ROUND_HALF_EVEN)
    value = _paced(goal.value, actor, month)
    if actor.does("misadds", month):
        value *= Decimal("1.2")
    return _after(account, actor, month, value.quantize(grain), grain)


def paced(book: Book, key: str, actor: Actor | None, month: Period) -> Decimal:
    """What an item's register counts at a month's end, by the item's own pace; without an actor what is planned."""
    goal = expected(account_of(book, key).plan, month.end)
    return (_paced(goal.value, actor, month) if actor else goal.value or Decimal(0)).quantize(Decimal(1))


def _paced(planned: Decimal | None, actor: Actor, month: Period) -> Decimal:
    value = (planned or Decimal(0)) * actor.pace
    return value * Decimal("0.7") if month.end.month in actor.bad else value


def _after(account: Account, actor: Actor, month: Period, value: Decimal, grain: Decimal) -> Decimal:
    """What adds up does not fall; but for the one month in which it is written down wrongly."""
    latest = account.latest
    if latest is None:
        return max(Decimal(0), value)
    if actor.habit == "slips" and latest.period.end.month < actor.since <= month.end.month and latest.value:
        return (latest.value * Decimal("0.9")).quantize(grain) - grain
    return max(latest.value, value)


def parts_of(key: str, value: Decimal, unit: str) -> tuple[Decimal, Decimal]:
    """Numerator and denominator that make a share of `value`, per cent or per mille, of a whole that is the item's."""
    whole = Decimal(200 + number_of(key) % 4800)
    times = 1000 if unit == "‰" else 100
    return (whole * value / times).quantize(Decimal(1)), whole


def levels_of(key: str, value: Decimal) -> tuple[Decimal, Decimal]:
    """This year's and last year's level with a growth of `value` per cent between them."""
    before = Decimal(1000 + number_of(key) % 9000)
    return (before * (1 + value / _HUNDRED)).quantize(Decimal("0.01")), before


def _noise(chance: random.Random, width: Decimal) -> Decimal:
    return width * Decimal(str(round(chance.gauss(0, 1), 3)))


def number_of(key: str) -> int:
    """A number of a key that is the same in every process, unlike its hash."""
    return sum(ord(c) * n for n, c in enumerate(key, 1))
