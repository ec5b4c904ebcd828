"""Meetings of the leaders: what was decided, by whom to be done, and whether it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duban.ledger.entries import Body, registered
from duban.ledger.postings import handles
from duban.ledger.store import Posting
from duban.ledger.year.dated import Case, Dated

if TYPE_CHECKING:
    from duban.ledger.book import Book


@registered("meeting.held")
class MeetingHeld(Body, frozen=True, gc=False):
    """A meeting and its agenda in order: accounts ("item/p3-2/1", "matter/4", "decision/2")."""

    title: str
    agenda: tuple[str, ...] = ()


@registered("decision.recorded")
class DecisionRecorded(Body, frozen=True, gc=False):
    """What the meeting decided, for whom and by when; `items` are item keys it speaks of."""

    meeting: str
    words: str
    unit: str = ""
    due: str = ""
    items: tuple[str, ...] = ()


@registered("decision.followed")
class DecisionFollowed(Body, frozen=True, gc=False):
    """What became of it; `done` ends it. `meeting` is the one that asked, "" between meetings."""

    words: str
    done: bool = False
    meeting: str = ""


@registered("priority.set")
class PrioritySet(Body, frozen=True, gc=False):
    """The items that the office puts on top of the wall by hand; empty leaves the choice to the rule."""

    items: tuple[str, ...] = ()
    reason: str = ""


def is_done(decision: Case[DecisionRecorded]) -> bool:
    """Whether a follow-up ended it."""
    return any(isinstance(step.body, DecisionFollowed) and step.body.done for step in decision.steps)


@handles("meeting.held")
def _held(book: Book, posting: Posting, body: MeetingHeld) -> None:
    book.meetings[posting[5].partition("/")[2]] = Dated.of(posting, body)


@handles("decision.recorded")
def _recorded(book: Book, posting: Posting, body: DecisionRecorded) -> None:
    book.decisions[posting[5].partition("/")[2]] = Case(Dated.of(posting, body))


@handles("decision.followed")
def _followed(book: Book, posting: Posting, body: DecisionFollowed) -> None:
    number = posting[5].partition("/")[2]
    if number in book.decisions:
        book.decisions[number] = book.decisions[number].then(Dated.of(posting, body))


@handles("priority.set")
def _priority(book: Book, posting: Posting, body: PrioritySet) -> None:
    book.priority = body.items
