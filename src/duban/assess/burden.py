"""Burden (报送负担): for every unit and month what was asked, what was known already, and the minutes it took.

Counts of units, never of persons: the State Council's rules of 2026 for government apps (国办函〔2026〕12号) bar
assessing people by what they do in one. Minutes run from the opening of a form, or from the same
person's filing before it where that came later, to the filing: many filings from one page are not counted twice.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from statistics import median

from duban.ledger import Book
from duban.ledger.year.dated import Dated
from duban.ledger.year.filings import FilingSubmitted
from duban.ledger.year.units import unit_named

CUT = 30  # minutes: the usual limit of a session in web analytics; a form left open longer was not being filled in
TARGET = 10  # minutes a month for the median unit: our own target


@dataclass(frozen=True, slots=True)
class Session:
    """One filing: whose, in which month, its fields, and its minutes; None where no opening is known."""

    unit: str
    month: str
    asked: int
    known: int
    minutes: Decimal | None


@dataclass(frozen=True, slots=True)
class UnitMonth:
    """A unit's month. `minutes` adds up the `timed` filings; those of more than the cut are `dropped`.

    `asked` and `known` are fields of its own forms, `demanded` those that demands asked for beyond the plan.
    """

    unit: str
    month: str
    filings: int
    asked: int
    known: int
    demanded: int
    minutes: Decimal
    timed: int
    dropped: int


@dataclass(frozen=True, slots=True)
class Month:
    """All units' month: the median over the `units` with timed filings, and how many needed more than the target.

    `fields` is the median over all units that filed of the fields that their forms asked.
    """

    month: str
    units: int
    filings: int
    asked: int
    known: int
    demanded: int
    median: Decimal | None
    most: Decimal | None
    over: int
    dropped: int
    fields: Decimal | None = None

    @property
    def within(self) -> int:
        """How many units met the target."""
        return self.units - self.over

    def pace(self, target: int = TARGET) -> Decimal | None:
        """The seconds that a field may take for the median unit, by fields, to meet the target."""
        return Decimal(target) * 60 / self.fields if self.fields else None


def sessions(book: Book) -> Iterator[Session]:
    """Every filing with its minutes, in order of time."""
    last: dict[str, str] = {}
    for filing in sorted(_filings(book), key=lambda filed: (filed.at, filed.seq)):
        body = filing.body
        began = max(body.began, last.get(filing.actor, "")) if body.began else ""
        last[filing.actor] = filing.at
        yield Session(body.unit_code, filing.on[:7], body.asked, body.known, _minutes(began, filing.at))


def _filings(book: Book) -> Iterator[Dated[FilingSubmitted]]:
    for task in book.tasks.values():
        for filing in task.filings.values():
            yield filing.opened


def _minutes(began: str, at: str) -> Decimal | None:
    """Minutes between two instants as the ledger writes them; None where the first is none or comes later."""
    try:
        passed = datetime.fromisoformat(at) - datetime.fromisoformat(began)
    except (ValueError, TypeError):
        return None
    seconds = Decimal(str(passed.total_seconds()))
    return seconds / 60 if seconds >= 0 else None


def by_unit(book: Book, cut: int = CUT) -> tuple[UnitMonth, ...]:
    """The months of every unit that filed or was asked for more than its plan, by month and unit."""
    found: dict[tuple[str, str], list[Session]] = defaultdict(list)
    for session in sessions(book):
        found[session.month, session.unit].append(session)
    more = _demanded(book)
    return tuple(
        _unit_month(unit, month, found.get((month, unit), []), more[month, unit], cut)
        for month, unit in sorted({*found, *more})
    )


def _demanded(book: Book) -> Counter[tuple[str, str]]:
    """How many fields demands asked for, by the month in which they were sent and the unit that leads the item."""
    count: Counter[tuple[str, str]] = Counter()
    for sent in book.demands.values():
        for key in sent.body.items:
            lead = unit_named(book, book.items[key].item.lead) if key in book.items else None
            if lead is not None:
                count[sent.on[:7], lead.code] += len(sent.body.fields)
    return count


def _unit_month(unit: str, month: str, some: list[Session], demanded: int, cut: int) -> UnitMonth:
    timed = [s.minutes for s in some if s.minutes is not None]
    kept = [minutes for minutes in timed if minutes <= cut]
    return UnitMonth(
        unit, month, len(some), sum(s.asked for s in some), sum(s.known for s in some), demanded,
        sum(kept, Decimal(0)), len(kept), len(timed) - len(kept),
    )  # fmt: skip


def by_month(rows: Iterable[UnitMonth], target: int = TARGET) -> tuple[Month, ...]:
    """The months of all units together."""
    found: dict[str, list[UnitMonth]] = defaultdict(list)
    for row in rows:
        found[row.month].append(row)
    return tuple(_month(month, some, target) for month, some in sorted(found.items()))


def _month(month: str, some: list[UnitMonth], target: int) -> Month:
    minutes = [row.minutes for row in some if row.timed]
    fields = [Decimal(row.asked) for row in some if row.filings]
    return Month(
        month, len(minutes), sum(r.filings for r in some), sum(r.asked for r in some), sum(r.known for r in some),
        sum(r.demanded for r in some), median(minutes) if minutes else None, max(minutes, default=None), sum(m > target for m in minutes),
        sum(r.dropped for r in some), median(fields) if fields else None,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cost:
    """What a demand costs one unit: the fields it would fill in, its own median minutes a field, and both multiplied.

    `own` is False where the unit has no timed filing yet: then the median of all units stands in; None of none.
    """

    unit: str
    items: int
    fields: int
    each: Decimal | None
    own: bool

    @property
    def minutes(self) -> Decimal | None:
        """Fields times minutes a field."""
        return None if self.each is None else self.each * self.fields


def costs(book: Book, asked: Iterable[tuple[str, int]], cut: int = CUT) -> tuple[Cost, ...]:
    """The cost of asking: `asked` gives for each item its lead's code and how many fields it would fill in."""
    paces = _paces(book, cut)
    usual = median(paces.values()) if paces else None
    items: dict[str, list[int]] = defaultdict(list)
    for unit, fields in asked:
        items[unit].append(fields)
    return tuple(
        Cost(unit, len(some), sum(some), paces.get(unit, usual), unit in paces)
        for unit, some in sorted(items.items())
    )


def _paces(book: Book, cut: int) -> dict[str, Decimal]:
    """Each unit's median minutes a field, of its timed filings."""
    found: dict[str, list[Decimal]] = defaultdict(list)
    for session in sessions(book):
        if session.minutes is not None and session.minutes <= cut and session.asked:
            found[session.unit].append(session.minutes / session.asked)
    return {unit: median(some) for unit, some in found.items()}
