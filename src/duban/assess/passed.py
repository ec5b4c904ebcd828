"""Deadlines that passed and days that came: what waits for someone on a day, from the book alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from duban.assess.ladder import Ladder
from duban.ledger import Book
from duban.ledger.year.clearing import clearing_stage, look_back_on, notice_until
from duban.ledger.year.meetings import is_done
from duban.ledger.year.units import unit_named


@dataclass(frozen=True, slots=True)
class Passed:
    """Something whose day `due` has passed: `code` says what, `account` about what, `unit` (a code) who owes it."""

    code: str
    account: str
    due: str
    unit: str = ""


def passed(book: Book, day: date, ladder: Ladder) -> list[Passed]:
    """What is overdue at the end of `day`, the oldest first."""
    found = [*_matters(book, day, ladder), *_decisions(book, day), *_clearings(book, day)]
    return sorted(found, key=lambda one: (one.due, one.account, one.code))


def _matters(book: Book, day: date, ladder: Ladder) -> Iterator[Passed]:
    now = day.isoformat()
    for number, matter in book.matters.items():
        unit = matter.opened.body.unit
        if matter.overdue(now):
            yield Passed("passed.answer", f"matter/{number}", matter.deadline, unit)
        for time, until in ladder.timetable(matter):
            if matter.open and time.startswith("solve") and until < day:
                yield Passed("passed.solve", f"matter/{number}", until.isoformat(), unit)


def _decisions(book: Book, day: date) -> Iterator[Passed]:
    for number, case in book.decisions.items():
        body = case.opened.body
        if body.due and body.due < day.isoformat() and not is_done(case):
            yield Passed("passed.decision", f"decision/{number}", body.due, body.unit)


def _clearings(book: Book, day: date) -> Iterator[Passed]:
    now = day.isoformat()
    for key, task in book.tasks.items():
        case, item = task.clearing, book.items.get(key)
        if case is None or item is None or item.removed:
            continue
        stage = clearing_stage(case)
        unit = unit_named(book, item.item.lead) if item.item.lead else None
        code = unit.code if unit else ""
        if stage in ("published", "objected") and notice_until(case) < now:
            what = "passed.notice" if stage == "published" else "passed.objection"
            yield Passed(what, f"item/{key}", notice_until(case), code)
        elif stage == "closed" and look_back_on(case) <= now:
            yield Passed("passed.look_back", f"item/{key}", look_back_on(case), code)
