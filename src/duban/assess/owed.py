"""What a unit is asked for, with what is known of it: the calendar's open periods beside plan and last figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duban.assess.account import Account, Known
from duban.assess.calendar import Due, owed_of
from duban.assess.lights import Light
from duban.core.period import Period
from duban.ledger import Book
from duban.plan import expected


@dataclass(frozen=True, slots=True)
class Asked:
    """A period that can be reported now, until when, and what the plan lets expect at its end."""

    period: Period
    due: date
    goal: Decimal | None


def asked(book: Book, account: Account, day: date) -> tuple[Asked, ...]:
    """The periods that can be reported on `day`, the newest first."""
    return tuple(_asked(account, due) for due in owed_of(book, account, day).open)


def _asked(account: Account, due: Due) -> Asked:
    return Asked(due.period, due.by, expected(account.plan, due.period.end).value)


def last_figure(account: Account, before: Period) -> Known | None:
    """The figure that counts for the latest period that ended before this one."""
    return next((f for f in reversed(account.figures) if f.period.end < before.end), None)


def owed_by(book: Book, lights: Mapping[str, Light], unit: str, day: date) -> dict[str, Asked]:
    """What the unit of this name owes on `day`, by item: the newest period of each running item that it leads."""
    found = {}
    for key, light in lights.items():
        newest = owed_of(book, light.account, day).next if light.account.state.item.lead == unit else None
        if newest is not None:
            found[key] = _asked(light.account, newest)
    return found
