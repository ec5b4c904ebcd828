"""Records of registers: what they hold, the stages they went through, and files of records that were fed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from duban.ledger.entries import Body, registered
from duban.ledger.postings import handles
from duban.ledger.shelf import paged
from duban.ledger.store import Posting
from duban.ledger.year.dated import Case, Dated
from duban.ledger.year.filings import Evidence
from duban.ledger.year.record_disputes import (
    Disputes,
    RecordDecided,
    RecordDisputed,
    decided_by,
    replaced_by,
)

if TYPE_CHECKING:
    from duban.ledger.book import Book


@registered("record.put")
class RecordPut(Body, frozen=True, gc=False):
    """Fields of a record as they are from now on; "" clears one. The first put makes the record.

    `stage` is where the first put, and one that brings back what was struck off, begins, reached on `day`; `source` names the file and row that it came from.
    """

    values: dict[str, str]
    stage: str = ""
    day: str = ""
    source: str = ""


@registered("record.moved")
class RecordMoved(Body, frozen=True, gc=False):
    """The record reached a stage on `day`, as is known from the entry's date on, by this proof."""

    stage: str
    day: str
    evidence: tuple[Evidence, ...] = ()
    note: str = ""


@registered("record.removed")
class RecordRemoved(Body, frozen=True, gc=False):
    """The record is struck off, for a reason; its history stays. A later put brings it back."""

    reason: str


@registered("feed.taken")
class FeedTaken(Body, frozen=True, gc=False):
    """A file from another system became the register's next vintage: how many rows, and how many were refused."""

    vintage: int
    name: str
    sha256: str
    rows: int
    refused: int
    accepted: str = ""


@registered("feed.held")
class FeedHeld(Body, frozen=True, gc=False):
    """A file that looks wrong as a whole (`why`) waits for a person; the register stays as it was."""

    name: str
    sha256: str
    rows: int
    before: int
    why: str


@registered("indicator.bound")
class IndicatorBound(Body, frozen=True, gc=False):
    """The office binds an item to an indicator ("pack.indicator"; "" unbinds), grouped where `group` is given."""

    indicator: str
    group: str = ""
    reason: str = ""


class Move(msgspec.Struct, frozen=True, gc=False):
    """A stage that was reached: on which day, and which entry says so."""

    stage: str
    day: str
    seq: int
    actor: str
    evidence: tuple[Evidence, ...] = ()
    note: str = ""


class RecordState(msgspec.Struct, frozen=True, gc=False):
    """A record as it stands. `values` are texts as stored; `seq` is the last entry about it, `since` the first date."""

    id: str
    values: Mapping[str, str]
    stage: str = ""
    moves: tuple[Move, ...] = ()
    removed: str = ""
    seq: int = 0
    since: str = ""
    disputes: Disputes = ()


class Registers(dict[str, MutableMapping[str, RecordState]]):
    """The records of every register by id."""

    def __init__(
        self, shelves: Mapping[str, MutableMapping[str, RecordState]] = MappingProxyType({})
    ) -> None:
        super().__init__(shelves)
        self._marks: dict[str, object] = {}
        self._disputed: dict[
            str, dict[str, None]
        ] = {}  # ids by register, in the order in which they were disputed

    def mark(self, register: str) -> object:
        """Stands for the register as it is: the same one for the same records, and for no others in this process."""
        return self._marks.get(register)

    def note(self, register: str) -> None:
        """The register has changed."""
        self._marks[register] = object()

    def of(self, register: str) -> Iterator[RecordState]:
        """The records of one register that stand, in the order in which they came."""
        return (state for state in self.get(register, {}).values() if not state.removed)

    def disputed(self, register: str) -> Iterator[RecordState]:
        """The records of one register that stand and of which a value was ever disputed."""
        for id in self._disputed.get(register, ()):
            if not (state := self[register][id]).removed:
                yield state

    def dispute(self, register: str, id: str) -> None:
        """Note that a value of this record is disputed."""
        self._disputed.setdefault(register, {})[id] = None

    def copy(self) -> Registers:
        """The same registers, each a shelf of its own."""
        twin = Registers({name: _copy(shelf) for name, shelf in self.items()})
        twin._marks = self._marks.copy()
        twin._disputed = {name: ids.copy() for name, ids in self._disputed.items()}
        return twin

    def settle(self) -> None:
        """Put shelves that have grown large into pages."""
        for name, shelf in self.items():
            self[name] = paged(shelf)


def _copy(shelf: MutableMapping[str, RecordState]) -> MutableMapping[str, RecordState]:
    copied: MutableMapping[str, RecordState] = shelf.copy()  # type: ignore[attr-defined]
    return copied


def account_of(register: str, id: str) -> str:
    """The account of a record in the ledger."""
    return f"record/{register}/{id}"


def _place(posting: Posting) -> tuple[str, str]:
    _, register, id = posting[5].split("/", 2)
    return register, id


@handles("record.put")
def _put(book: Book, posting: Posting, body: RecordPut) -> None:
    register, id = _place(posting)
    shelf = book.registers.setdefault(register, {})
    book.registers.note(register)
    known = shelf.get(id)
    if known is None:
        moves = (Move(body.stage, body.day, posting[0], posting[3]),) if body.stage else ()
        values = {name: value for name, value in body.values.items() if value}
        shelf[id] = RecordState(id, values, body.stage, moves, "", posting[0], posting[2])
        return
    merged = {name: value for name, value in {**known.values, **body.values}.items() if value}
    disputes = replaced_by(known.disputes, body.values, Dated.of(posting, body))
    state = replace(known, values=merged, removed="", seq=posting[0], disputes=disputes)
    if known.removed and body.stage:  # it begins anew, its history stays
        again = Move(body.stage, body.day, posting[0], posting[3])
        state = replace(state, stage=body.stage, moves=(*known.moves, again))
    shelf[id] = state


@handles("record.moved")
def _moved(book: Book, posting: Posting, body: RecordMoved) -> None:
    register, id = _place(posting)
    known = book.registers.get(register, {}).get(id)
    if known is None:
        return  # an as-of book that does not reach back to the record's own date
    book.registers.note(register)
    move = Move(body.stage, body.day, posting[0], posting[3], body.evidence, body.note)
    book.registers[register][id] = replace(
        known, stage=body.stage, moves=(*known.moves, move), seq=posting[0]
    )


@handles("record.removed")
def _removed(book: Book, posting: Posting, body: RecordRemoved) -> None:
    register, id = _place(posting)
    known = book.registers.get(register, {}).get(id)
    if known is not None:
        book.registers.note(register)
        book.registers[register][id] = replace(known, removed=body.reason, seq=posting[0])


@handles("record.disputed")
def _disputed(book: Book, posting: Posting, body: RecordDisputed) -> None:
    register, id = _place(posting)
    known = book.registers.get(register, {}).get(id)
    if known is not None:
        book.registers.note(register)
        book.registers.dispute(register, id)
        disputes = (*known.disputes, Case(Dated.of(posting, body)))
        book.registers[register][id] = replace(known, disputes=disputes, seq=posting[0])


@handles("record.decided")
def _decided(book: Book, posting: Posting, body: RecordDecided) -> None:
    register, id = _place(posting)
    known = book.registers.get(register, {}).get(id)
    if known is not None:
        book.registers.note(register)
        disputes = decided_by(known.disputes, Dated.of(posting, body))
        book.registers[register][id] = replace(known, disputes=disputes, seq=posting[0])


@handles("feed.taken")
def _taken(book: Book, posting: Posting, body: FeedTaken) -> None:
    name = posting[5].partition("/")[2]
    book.feeds[name] = (*book.feeds.get(name, ()), Dated.of(posting, body))
    book.held.pop(name, None)


@handles("feed.held")
def _held(book: Book, posting: Posting, body: FeedHeld) -> None:
    name = posting[5].partition("/")[2]
    book.held[name] = Dated.of(posting, body)


@handles("indicator.bound")
def _bound(book: Book, posting: Posting, body: IndicatorBound) -> None:
    key = posting[5].partition("/")[2]
    if body.indicator:
        book.bound[key] = Dated.of(posting, body)
    else:
        book.bound.pop(key, None)
