"""Meetings of the leaders: held with an agenda, decisions with who and by when, each followed up until it is done."""

from collections.abc import Mapping
from datetime import date

from duban.actions.context import Writes, item_of, next_number, refused, require, words
from duban.actions.tasks import later_day
from duban.core.rights import Thing
from duban.ledger import Book
from duban.ledger.year.meetings import DecisionFollowed, DecisionRecorded, MeetingHeld, PrioritySet, is_done

ON_TOP = 5  # few things on top of the wall, so that leaders look at each


def hold_meeting(book: Book, username: str, *, title: str, agenda: tuple[str, ...]) -> Writes:
    """Open a meeting with its agenda: accounts of items, matters and earlier decisions, each once."""
    require(book, username, "meeting.record", Thing("meeting"))
    shelves: dict[str, Mapping[str, object]] = {
        "item": book.items, "matter": book.matters, "decision": book.decisions,
    }  # fmt: skip
    for account in agenda:
        shelf, _, number = account.partition("/")
        known = shelves.get(shelf)
        if known is None or number not in known:
            raise refused("meeting.agenda_unknown", "meeting", account=account[:60])
    body = MeetingHeld(words(title, "title", "meeting", limit=200), tuple(dict.fromkeys(agenda)))
    return [(f"meeting/{next_number(book.meetings)}", body)]


def record_decision(
    book: Book, username: str, meeting: str, *, told: str, unit: str = "", due: str = "",
    items: tuple[str, ...] = (), today: date,
) -> Writes:  # fmt: skip
    """Write down what a meeting decided: for which unit (a code), by when, about which items."""
    place = f"meeting/{meeting[:20]}"
    require(book, username, "meeting.record", Thing(place))
    if meeting not in book.meetings:
        raise refused("meeting.unknown", place)
    if unit and (unit not in book.units or book.units[unit].closed is not None):
        raise refused("unit.unknown", f"unit/{unit[:40]}")
    for key in items:
        item_of(book, key)
    body = DecisionRecorded(meeting, words(told, "words", place), unit, later_day(due, today, place), items)
    return [(f"decision/{next_number(book.decisions)}", body)]


def follow_up(
    book: Book, username: str, decision: str, *, told: str, done: bool, meeting: str = ""
) -> Writes:
    """Say what became of a decision; until one says that it is done it stands on the next agenda."""
    place = f"decision/{decision[:20]}"
    require(book, username, "meeting.record", Thing(place))
    case = book.decisions.get(decision)
    if case is None:
        raise refused("decision.unknown", place)
    if is_done(case):
        raise refused("decision.done_already", place)
    if meeting and meeting not in book.meetings:
        raise refused("meeting.unknown", f"meeting/{meeting[:20]}")
    return [(place, DecisionFollowed(words(told, "words", place), done, meeting))]


def set_priority(book: Book, username: str, items: tuple[str, ...], *, reason: str = "") -> Writes:
    """Put items on top of the wall by hand, five at most, with the reason; none leaves the choice to the rule."""
    require(book, username, "priority.set", Thing("priority"))
    items = tuple(dict.fromkeys(items))
    for key in items:
        item_of(book, key)
    if len(items) > ON_TOP:
        raise refused("priority.too_many", "priority", limit=ON_TOP, found=len(items))
    if items == book.priority:
        return []
    told = words(reason, "reason", "priority", required=bool(items))
    return [("priority", PrioritySet(items, told))]
