"""What is due, what is late, what is stale on a day: for an item, and for every unit. One reckoning for all pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from duban.assess.account import Account
from duban.core.period import Period, period
from duban.ledger import Book
from duban.ledger.year.filings import Filing
from duban.ledger.year.units import unit_named

OPEN_STAGES = ("returned", "reopened")  # a filing at these leaves its period free for a new one


@dataclass(frozen=True, slots=True)
class Due:
    """A period that can be reported, and the day by which it is owed."""

    period: Period
    by: date

    def late(self, day: date) -> bool:
        """Whether that day is over."""
        return self.by < day


@dataclass(frozen=True, slots=True)
class Owed:
    """An item's calendar on a day.

    `open`   the periods that can be reported now, the newest first: those owed that have not come, and the one
             that has ended and is not owed yet
    `next`   the newest of them, where nothing newer is there: what the unit should do now. A gap before a later
             figure that runs from January is not asked for any more
    `state`  late, due, or done (nothing is to be done now)
    `stale`  the newest period that is owed has not come, or does not count yet: no fresh data
    `after`  the next period that will be owed
    """

    key: str
    open: tuple[Due, ...]
    next: Due | None
    state: str
    stale: bool
    after: Due | None


@dataclass(frozen=True, slots=True)
class UnitCalendar:
    """What a unit owes on a day: the items it leads that are due, late, or without fresh data."""

    unit: str
    items: tuple[Owed, ...]

    @property
    def due(self) -> tuple[Owed, ...]:
        """Still in time."""
        return tuple(owed for owed in self.items if owed.state == "due")

    @property
    def late(self) -> tuple[Owed, ...]:
        """Past their day."""
        return tuple(owed for owed in self.items if owed.state == "late")

    @property
    def stale(self) -> tuple[Owed, ...]:
        """Without fresh data."""
        return tuple(owed for owed in self.items if owed.stale)


def owed_of(book: Book, account: Account, day: date) -> Owed:
    """An item's calendar at the end of `day`. Nothing is owed of what is cleared or halted.

    What statistics or a register already say is not asked of the unit; a partner's note is none of the lead's.
    """
    if _at_rest(account):
        return Owed(account.key, (), None, "done", False, None)
    year, schedule = account.plan.year, account.schedule
    there = _there(book, account)
    ends = {(p.start, p.end) for p in there}
    owed = [p for p in schedule.owed(year, day) if (p.start, p.end) not in ends]
    after = schedule.next(year, day)
    if after is not None and after.end <= day and (after.start, after.end) not in ends and after not in owed:
        owed.append(after)
    open_ = tuple(Due(p, schedule.due(p)) for p in reversed(owed))
    newest = open_[0] if open_ and not any(p.end >= open_[0].period.end for p in there) else None
    state = "done" if newest is None else "late" if newest.late(day) else "due"
    stale = schedule.missing(year, day, account.received)
    return Owed(account.key, open_, newest, state, stale, Due(after, schedule.due(after)) if after else None)


def by_unit(book: Book, accounts: Iterable[Account], day: date) -> tuple[UnitCalendar, ...]:
    """The calendars of all lead units, those with most that is late, stale or due first; items without a lead are under ""."""
    found: dict[str, list[Owed]] = {}
    for account in accounts:
        found.setdefault(account.state.item.lead, []).append(owed_of(book, account, day))
    made = [UnitCalendar(unit, tuple(items)) for unit, items in found.items()]
    return tuple(sorted(made, key=lambda one: (-len(one.late), -len(one.stale), -len(one.due), one.unit)))


def _at_rest(account: Account) -> bool:
    clearing = account.task.clearing
    closed = clearing is not None and clearing.last.kind in ("clearing.closed", "clearing.confirmed")
    return closed or account.task.halt is not None


def _there(book: Book, account: Account) -> tuple[Period, ...]:
    """The periods of which something counts: the lead's own filings on their way, and every figure that is known."""
    lead = unit_named(book, account.state.item.lead) if account.state.item.lead else None
    code = lead.code if lead else ""
    filed = [f.opened.body.period for f in account.task.filings.values() if _of_lead(f, code)]
    return (*map(period, filed), *(figure.period for figure in account.figures))


def _of_lead(filing: Filing, code: str) -> bool:
    return filing.stage not in OPEN_STAGES and filing.opened.body.unit_code == code
