"""What a meeting of the leaders should speak of: a suggestion from the book, in the order of what cannot wait."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from duban.assess.doubts import Doubt
from duban.assess.lights import Light
from duban.ledger import Book
from duban.ledger.year.meetings import is_done


@dataclass(frozen=True, slots=True)
class Point:
    """One point: the account it is about ("decision/2", "matter/4", "item/p3-2/1"), and why, as a sentence's code."""

    account: str
    code: str
    data: Mapping[str, str] = field(default_factory=dict)


def agenda(
    book: Book, day: date, lights: Mapping[str, Light], doubts: Iterable[Doubt] = ()
) -> tuple[Point, ...]:
    """Decisions that are not done (the overdue first), matters without an answer in time, reds furthest behind first,
    then contradictions nobody has judged. Each account once, for the first of its reasons."""
    found: dict[str, Point] = {}
    for point in (*_decisions(book, day), *_matters(book, day), *_reds(lights), *_doubts(doubts, lights)):
        found.setdefault(point.account, point)
    return tuple(found.values())


def _decisions(book: Book, day: date) -> Iterator[Point]:
    now = day.isoformat()
    undone = [
        (case.opened.body.due or "9", int(n)) for n, case in book.decisions.items() if not is_done(case)
    ]
    for due, number in sorted(undone):
        code = "agenda.decision_late" if due < now else "agenda.decision"
        yield Point(f"decision/{number}", code, {"due": due if due != "9" else ""})


def _matters(book: Book, day: date) -> Iterator[Point]:
    late = [m for m in book.matters.values() if m.overdue(day.isoformat())]
    for matter in sorted(late, key=lambda m: (m.deadline, int(m.number))):
        yield Point(f"matter/{matter.number}", "agenda.matter_late", {"due": matter.deadline})


def _reds(lights: Mapping[str, Light]) -> Iterator[Point]:
    reds = [light for light in lights.values() if light.colour == "red"]
    for light in sorted(reds, key=lambda one: (-(one.facts.points_behind or Decimal(0)), one.key)):
        yield Point(f"item/{light.key}", "agenda.red")


def _doubts(doubts: Iterable[Doubt], lights: Mapping[str, Light]) -> Iterator[Point]:
    for doubt in doubts:
        if doubt.key in lights:
            yield Point(f"item/{doubt.key}", doubt.sentence, doubt.figures)
