"""A citizen's remark or clue on a commitment becomes a case of the hotline; it is shown once the office has looked at it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from duban.actions.context import Writes, refused, require, words
from duban.actions.records import Told, put_record
from duban.actions.rules import has_rule
from duban.actions.tasks import commitment_of
from duban.core.rights import Thing
from duban.ledger import Book
from duban.ledger.year.records import RecordState
from duban.ledger.year.remarks import RemarkSent
from duban.registers.register import Register

RULES = ("remarks_daily", "remarks_all")  # of one address, and of all together; without both nobody may write
LONGEST = 1000  # characters


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said, of which kind of the hotline's; `name` and `phone` are for the call back and shown to nobody else."""

    kind: str
    told: str
    name: str = ""
    phone: str = ""


def are_on(book: Book, *, published: bool) -> bool:
    """Whether the city takes remarks: the pages are public, and both limits are set."""
    return published and all(has_rule(book, name) for name in RULES)


def send_remark(
    book: Book, register: Register, commitment: str, remark: Remark, *, published: bool, today: date
) -> Writes:
    """Enter what the public says on a commitment as a case; it gets the next number of the year.

    Raises `Refused` where remarks are off, for words that are missing, too long or marked secret, an unknown kind,
    and for what was said on this commitment already.
    """
    place = f"commitment/{commitment}"
    facts = frozenset({"published", "remarks"} if are_on(book, published=published) else ())
    require(book, "", "remark.send", Thing(place, facts=facts))
    head = commitment_of(book, commitment).read.head
    said = words(remark.told, "words", place, limit=LONGEST)
    if any(state.values.get("what") == said for state in cases_of(book, commitment)):
        raise refused("remark.said_already", place)
    values = {
        "number": _number(book, today), "received_on": today.isoformat(), "channel": "web", "kind": remark.kind,
        "what": said, "caller": words(remark.name, "name", place, limit=60, required=False),
        "phone": words(remark.phone, "phone", place, limit=40, required=False), "commitment": commitment, "theme": head[:40],
    }  # fmt: skip
    told = Told({name: value for name, value in values.items() if value}, place, source="web")
    made = put_record(book, "", register, told, today, by_act=True)
    return [*made, (place, RemarkSent(register.name, values["number"]))]


def _number(book: Book, today: date) -> str:
    """The next number: W2024-000017."""
    count = sum(len(some) for some in book.remarks.values()) + 1
    return f"W{today.year}-{count:06d}"


def cases_of(book: Book, commitment: str) -> Iterator[RecordState]:
    """The cases of the remarks on a commitment, the oldest first; what was struck off is passed over."""
    for sent in book.remarks.get(commitment, ()):
        state = book.registers.get(sent.register, {}).get(sent.case)
        if state is not None and not state.removed:
            yield state
