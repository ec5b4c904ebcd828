"""Days that come near: what a unit owes within the week ahead, or owed already. A week, since the mail is weekly."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from duban.actions.context import code_of
from duban.assess import account_of
from duban.core.period import period
from duban.core.rights import Actor
from duban.ledger import Book
from duban.ledger.year.meetings import DecisionFollowed

WEEK = timedelta(days=7)
_CLEARED = ("clearing.closed", "clearing.confirmed")


@dataclass(frozen=True, slots=True)
class Near:
    """Something owed by a day; `data` is what its sentence `near.<kind>` tells."""

    on: str
    kind: str
    address: str
    late: bool
    data: Mapping[str, str] = field(default_factory=dict)


def near(book: Book, who: Actor, day: date) -> list[Near]:
    """What the person's unit owes by a week after `day`, the earliest first; nothing without a unit that reports."""
    if not who.unit or not who.roles & {"reporter", "head"}:
        return []
    found = [*_filings(book, who.unit, day), *_matters(book, who.unit), *_decisions(book, who.unit)]
    last, today = (day + WEEK).isoformat(), day.isoformat()
    kept = [Near(n.on, n.kind, n.address, n.on < today, n.data) for n in found if n.on and n.on <= last]
    return sorted(kept, key=lambda n: (n.on, n.kind, n.address))


def _filings(book: Book, unit: str, day: date) -> Iterator[Near]:
    """The newest period that is owed and not there, else the next one."""
    for key, item in book.items.items():
        if item.removed or code_of(book, item.item.lead) != unit:
            continue
        account = account_of(book, key)
        clearing = account.task.clearing
        if account.task.halt is not None or (clearing is not None and clearing.last.kind in _CLEARED):
            continue
        told = [f.opened.body.period for f in account.task.filings.values() if f.stage != "returned"]
        told += [figure.period.code for figure in account.figures]  # what is known is not asked for
        newest = max((period(code).end for code in told), default=None)
        owed = account.schedule.owed(account.plan.year, day)
        which = owed[-1] if owed else None
        if which is None or (newest is not None and newest >= which.end):
            which = account.schedule.next(account.plan.year, day + timedelta(days=bool(owed)))
        if which is not None and (newest is None or newest < which.end):
            due = account.schedule.due(which).isoformat()
            yield Near(
                due, "filing", f"/i/{key}", False, {"head": item.item.head, "period": which.code, "due": due}
            )


def _matters(book: Book, unit: str) -> Iterator[Near]:
    for number, matter in book.matters.items():
        opened = matter.opened.body
        if matter.open and not matter.answered and code_of(book, opened.unit) == unit:
            data = {"head": opened.title, "matter": number, "due": matter.deadline}
            yield Near(matter.deadline, "matter", f"/matters/{number}", False, data)


def _decisions(book: Book, unit: str) -> Iterator[Near]:
    for case in book.decisions.values():
        opened = case.opened.body
        done = any(isinstance(step.body, DecisionFollowed) and step.body.done for step in case.steps)
        if not done and opened.unit and code_of(book, opened.unit) == unit:
            data = {"head": opened.words, "due": opened.due}
            yield Near(opened.due, "decision", f"/meetings/{opened.meeting}", False, data)
