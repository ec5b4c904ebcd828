"""An item's account on a day: its target, its plan, and which figure counts for each period.

Official statistics stand above a register, a register above the unit's own figure; of the same origin the later
published one counts. Nothing is dropped: figures that do not count are kept beside those that do.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import msgspec

from duban.core.period import Period, Schedule, period
from duban.ledger import Book
from duban.ledger.states import ItemState
from duban.ledger.year.dated import Case, Dated
from duban.ledger.year.filings import ORIGINS, DisputeDecided, DisputeRaised, Filing, Reading, is_day
from duban.ledger.year.tasks import Target, Task
from duban.plan import Plan

_RANK = {origin: rank for rank, origin in enumerate(ORIGINS)}
_NO_TASK = Task()
_NO_TARGET = Target()
_USUAL = Schedule()
_NO_DISPUTES: Mapping[int, Case[DisputeRaised]] = {}


class Known(msgspec.Struct, frozen=True, gc=False):
    """One figure for one period: where it comes from, and the number of its entry."""

    period: Period
    value: Decimal
    origin: str
    source: str
    seq: int
    on: str
    actor: str
    vintage: str = ""
    disputed: bool = False
    basis: str = ""
    scope: str = ""

    @property
    def published(self) -> str:
        """The day of its publication; of its entry where the vintage is no day ("final" in older ledgers)."""
        return self.vintage if is_day(self.vintage) else self.on


class Account(msgspec.Struct, frozen=True, gc=False):
    """What counts for an item on a day. `figures` are in order of their periods' ends, one for each period."""

    key: str
    state: ItemState
    task: Task
    plan: Plan
    schedule: Schedule
    figures: tuple[Known, ...]
    others: tuple[Known, ...]

    @property
    def target(self) -> Target:
        """The target that counts now; an empty one where there is no number."""
        return self.task.target or _NO_TARGET

    @property
    def latest(self) -> Known | None:
        """The figure of the latest period."""
        return self.figures[-1] if self.figures else None

    @property
    def received(self) -> date | None:
        """The end of the latest period that is reported: by a figure, or where there is no number, by a note."""
        if self.plan.target is not None:
            return self.figures[-1].period.end if self.figures else None
        return period(self.filing.opened.body.period).end if self.filing else None

    @property
    def filing(self) -> Filing | None:
        """The unit's latest filing that was not returned."""
        kept = [f for f in self.task.filings.values() if f.stage != "returned"]
        return max(kept, key=lambda f: (period(f.opened.body.period).end, f.n), default=None)


def account_of(book: Book, key: str) -> Account:
    """The account of an item as `book` knows it; use an as-of book for an earlier day. KeyError: no such item."""
    state, task = book.items[key], book.tasks.get(key) or _NO_TASK
    countersign = book.rules.get("countersign", "yes") == "yes"
    counted, others = _chosen(_figures(task, countersign))
    return Account(key, state, task, _plan(book.year, state, task), _schedule(task), counted, others)


def _plan(year: int, state: ItemState, task: Task) -> Plan:
    target, made = task.target or _NO_TARGET, task.plan
    kind, data = (made.body.kind, made.body.data) if made else ("", {})
    due = target.due or state.item.due or ""
    return Plan(kind, year, target.value, target.measure, target.base, due, data)  # type: ignore[arg-type]


def _schedule(task: Task) -> Schedule:
    made = task.plan
    if made is None:
        return _USUAL
    return _scheduled(made.body.frequency, made.body.lag, made.body.workdays, made.body.cumulative)


@lru_cache(maxsize=1024)
def _scheduled(frequency: str, lag: int, workdays: bool, cumulative: bool) -> Schedule:
    return Schedule(frequency, lag, workdays, cumulative)


def _figures(task: Task, countersign: bool) -> list[Known]:
    """Every figure that was said and counts; plain loops, since a page asks this of every item."""
    disputes = {case.opened.body.about: case for case in task.disputes} if task.disputes else _NO_DISPUTES
    found = []
    for posted in task.readings:
        reading = posted.body
        if reading.value is not None:
            found.append(_known(reading, reading.value, reading.origin, posted, disputes))
    for filing in task.filings.values():
        filed = filing.opened
        body = filed.body
        if body.value is not None and counts(filing, countersign):
            found.append(_known(body, body.value, "unit", filed, disputes))
    return found


def counts(filing: Filing, countersign: bool) -> bool:
    """Whether a filing's figure counts: never when returned; submitted only where no countersignature is asked."""
    stage = filing.stage
    return stage != "returned" and (stage != "submitted" or not countersign)


def _known(
    body: Reading, value: Decimal, origin: str, said: Dated[Any], disputes: Mapping[int, Case[DisputeRaised]]
) -> Known:
    """The figure; where a dispute of it was upheld, the disputing unit's value in its place."""
    case = disputes.get(said.seq)
    if case is not None and isinstance(case.last.body, DisputeDecided) and case.last.body.upheld:
        value = case.opened.body.value
    waits = case is not None and not case.steps
    which = period(body.period)
    return Known(
        which, value, origin, body.source, said.seq, said.on, said.actor, body.vintage, waits, body.basis, body.scope
    )  # fmt: skip


def _chosen(figures: Iterable[Known]) -> tuple[tuple[Known, ...], tuple[Known, ...]]:
    """For each span of days the figure that counts, and all others; the order of arrival does not matter."""
    best: dict[date, Known] = {}
    others: list[Known] = []
    for figure in figures:
        end = figure.period.end
        known = best.get(end)
        if known is None:
            best[end] = figure
        elif _stands_above(figure, known):
            others.append(known)
            best[end] = figure
        else:
            others.append(figure)
    return tuple(best[end] for end in sorted(best)), tuple(others)


def _stands_above(one: Known, other: Known) -> bool:
    if one.origin != other.origin:
        return _RANK[one.origin] < _RANK[other.origin]
    return (one.published, one.seq) > (other.published, other.seq)
