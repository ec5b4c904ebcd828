"""What of supervision, clearing and meetings waits for one person, and whose days have passed for the office to see."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from duban.actions.clearing import to_be_drawn
from duban.actions.matters import matter_thing, review_due
from duban.actions.rules import has_rule
from duban.assess.ladder import ladder_of
from duban.assess.passed import passed
from duban.core.rights import Actor, Thing, may
from duban.ledger import Book
from duban.ledger.year.meetings import is_done
from duban.web.views.clearing import forms

STEPS = ("sign", "check", "verify", "publish", "answer", "close", "confirm")


@dataclass(frozen=True, slots=True)
class Wait:
    """A step that someone may take now: its code's words, about what, where, and by when."""

    code: str
    title: str
    address: str
    due: str = ""


def waits(book: Book, who: Actor, day: date) -> list[Wait]:
    """What waits for a person, the nearest day first."""
    if not who.username:
        return []
    found = [*_matters(book, who), *_clearings(book, who), *_decisions(book, who)]
    return sorted(found, key=lambda one: (one.due or "9", one.code))


def _matters(book: Book, who: Actor) -> Iterator[Wait]:
    for number, matter in book.matters.items():
        thing, title, address = matter_thing(book, matter), matter.opened.body.title, f"/matters/{number}"
        if matter.open and not matter.answered and may(who, "matter.reply", thing):
            yield Wait("waits.reply", title, address, matter.deadline)
        elif matter.open and matter.answered and may(who, "matter.conclude", thing):
            yield Wait("waits.conclude", title, address)
        elif matter.appeal is not None and may(who, "matter.review", thing):
            yield Wait("waits.review", title, address, review_due(book, matter))


def _clearings(book: Book, who: Actor) -> Iterator[Wait]:
    if may(who, "clearing.draw", Thing("draw")) and has_rule(book, "sample_share"):
        for name in to_be_drawn(book):
            head = book.items[name.partition("#")[0]].item.head
            yield Wait("waits.draw", head, "/clearing#draws")
    for key, task in book.tasks.items():
        item = book.items.get(key)
        if task.clearing is None or item is None or item.removed:
            continue
        steps = forms(book, who, key)
        for step in STEPS:
            if steps[step]:
                yield Wait(f"waits.{step}", item.item.head, f"/i/{key}#clearing")


def _decisions(book: Book, who: Actor) -> Iterator[Wait]:
    for case in book.decisions.values():
        body = case.opened.body
        if who.unit and body.unit == who.unit and not is_done(case):
            yield Wait("waits.decision", body.words, "/meetings", body.due)


PASSED = (
    "passed.answer",
    "passed.solve",
    "passed.decision",
)  # what others owe; the rest waits for the office itself


def late(book: Book, who: Actor, day: date) -> list[Wait]:
    """What units have not done by its day, for those who take matters up; the oldest first."""
    if not may(who, "matter.open", Thing("matter")):
        return []
    found = []
    for one in passed(book, day, ladder_of(book)):
        if one.code in PASSED:
            shelf, _, number = one.account.partition("/")
            address = f"/matters/{number}" if shelf == "matter" else "/meetings"
            unit = book.units[one.unit].name if one.unit in book.units else ""
            found.append(Wait(f"late.{one.code.partition('.')[2]}", unit, address, one.due))
    return found


def last_meeting(book: Book, day: date) -> date | None:
    """The day of the latest meeting before a day; None where there was none."""
    before = [held.on for held in book.meetings.values() if held.on < day.isoformat()]
    return date.fromisoformat(max(before)) if before else None
