"""A kept register as columns and orders, made once for each of its versions and caught up from the one before.

Records are numbered in the order in which they came. A choice of records is a mask: a byte for each, 1 where it is
chosen. So a filter, a count or a page of 50 walks no objects but a column, at the speed of the interpreter's own loops.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from itertools import compress, zip_longest
from operator import contains
from threading import RLock
from typing import Any

from duban.ledger import Book
from duban.ledger.shelf import values_of
from duban.ledger.year.records import RecordState
from duban.registers.expression import Value
from duban.registers.record import Row, reached_days, row, standing
from duban.registers.register import Register
from duban.web.kept import Kept
from duban.web.registers.drawer import Record, record, words

PARTS = 64  # columns and orders of one register in memory, those asked for last
MUCH = 4  # where one record in so many has changed, all is made anew
FEW = 200  # records that may change for orders to be mended instead of made anew
Column = list[Any]


class Index:
    """The records of one register in one book. What it gives out is not to be changed."""

    def __init__(self, register: Register, mark: object, states: list[RecordState]) -> None:
        self.register, self.mark, self.states = register, mark, states
        self.stands = bytes(not state.removed for state in states)
        self._parts: OrderedDict[tuple[object, ...], Any] = OrderedDict()
        self._lock = RLock()

    def column(self, name: str) -> Column:
        """For every record the stored text of a field, `id`, `stage`, `since`, `due` or `at_<stage>`; "" for nothing.

        `text.<level>` is what the searched fields of a level say.
        """
        return self._part(("column", name), lambda: list(map(_reader(self.register, name), self.states)))  # type: ignore[no-any-return]

    def rows(self) -> Column:
        """The typed rows of all records, of removed ones too."""
        return self._part(("rows",), lambda: [row(self.register, state) for state in self.states])  # type: ignore[no-any-return]

    def counts(self, name: str) -> Counter[str]:
        """How many of the records that stand have each text in a column."""
        return self._part(("counts", name), lambda: Counter(compress(self.column(name), self.stands)))  # type: ignore[no-any-return]

    def order(self, name: str, down: bool = False) -> "array[int]":
        """The numbers of the records that have a value in a column, by that value; of the same value as they came."""

        def made() -> "array[int]":
            column, key = self.column(name), self._key(name)
            there = [at for at, text in enumerate(column) if text]
            return array("I", sorted(there, key=key, reverse=down))

        return self._part(("order", name, down), made)  # type: ignore[no-any-return]

    def _part(self, name: tuple[object, ...], make: Callable[[], Any]) -> Any:
        with self._lock:
            if name not in self._parts:
                self._parts[name] = make()
            self._parts.move_to_end(name)
            while len(self._parts) > PARTS:
                self._parts.popitem(last=False)
            return self._parts[name]

    def _key(self, name: str) -> Callable[[int], Any]:
        """What a record's number sorts by in a column."""
        column, numeric = self.column(name), _numeric(self.register, name)
        return (lambda at: Decimal(column[at])) if numeric else column.__getitem__

    def same(self, name: str, text: str) -> bytes:
        """The records that have exactly this text in a column."""
        return self._part(("same", name, text), lambda: bytes(map(text.__eq__, self.column(name))))  # type: ignore[no-any-return]

    def given(self, name: str) -> bytes:
        """The records that have a text in a column."""
        return self._part(("given", name), lambda: bytes(map(bool, self.column(name))))  # type: ignore[no-any-return]

    def different(self, name: str) -> frozenset[str]:
        """The texts that a column has."""
        return self._part(("different", name), lambda: frozenset(self.column(name)))  # type: ignore[no-any-return]

    def of(self, name: str, chosen: Callable[[str], bool]) -> bytes:
        """The records of whose text in a column something holds; asked once for each different text."""
        told = {text: chosen(text) for text in self.different(name)}
        return bytes(map(told.__getitem__, self.column(name)))

    def saying(self, level: str, words: str) -> bytes:
        """The records whose searched fields of a level say these words, which are small letters."""
        return bytes(map(contains, self.column(f"text.{level}"), _forever(words)))

    def between(self, name: str, low: Value, high: Value) -> bytes:
        """The records that have a day or number from `low` to `high` in a column; None is no limit."""
        order, key = self.order(name), self._key(name)
        ends = [end.isoformat() if isinstance(end, date) else end for end in (low, high)]
        first = 0 if ends[0] is None else bisect_left(order, ends[0], key=key)
        last = len(order) if ends[1] is None else bisect_right(order, ends[1], key=key)
        return self.mask(order[first:last])

    def late(self, day: date) -> bytes:
        """The records over their deadline on a day."""
        return self._part(("late", day), lambda: self._late(day))  # type: ignore[no-any-return]

    def _late(self, day: date) -> bytes:
        order = self.order("due")
        return self.mask(order[: bisect_left(order, day.isoformat(), key=self._key("due"))])

    def mask(self, numbers: Iterable[int]) -> bytes:
        """These records."""
        found = bytearray(len(self.states))
        for at in numbers:
            found[at] = 1
        return bytes(found)

    def sorted(self, mask: bytes, name: str, down: bool = False) -> Iterator[int]:
        """The numbers of chosen records that have a value in a column, by that value."""
        order = self.order(name, down)
        return compress(order, map(mask.__getitem__, order))

    def numbers(self, mask: bytes) -> Iterator[int]:
        """The numbers of chosen records as they came."""
        return compress(range(len(mask)), mask)

    def record(self, at: int) -> Record:
        """The record of a number."""
        return record(self.register, self.states[at])

    def caught_up(self, mark: object, states: list[RecordState]) -> "Index":
        """The same of the next version: columns and orders are mended where records are new or otherwise."""
        found = Index(self.register, mark, states)
        pairs = enumerate(zip_longest(self.states, states))
        changed = [(at, new) for at, (old, new) in pairs if new is not old and new is not None]
        if len(states) < len(self.states) or len(changed) * MUCH > len(states):
            return found
        with self._lock:
            parts = list(self._parts.items())
        for name, part in parts:
            if name[0] == "column":
                found._parts[name] = _mended(part, changed, _reader(self.register, str(name[1])))
            elif name[0] == "rows":
                found._parts[name] = _mended(part, changed, lambda state: row(self.register, state))
        for name, part in parts:
            if name[0] == "counts":
                found._parts[name] = self._recounted(part, changed, _reader(self.register, str(name[1])))
            if name[0] == "order" and len(changed) <= FEW and ("column", name[1]) in found._parts:
                found._parts[name] = found._moved(
                    part, str(name[1]), bool(name[2]), [at for at, _ in changed]
                )
        return found

    def _recounted(
        self,
        counts: Counter[str],
        changed: Sequence[tuple[int, RecordState]],
        read: Callable[[RecordState], str],
    ) -> Counter[str]:
        """Counts after some records have changed."""
        found = counts.copy()
        for at, state in changed:
            before = self.states[at] if at < len(self.states) else None
            if before is not None and not before.removed:
                found[read(before)] -= 1
            if not state.removed:
                found[read(state)] += 1
        return +found

    def _moved(self, order: "array[int]", name: str, down: bool, changed: list[int]) -> "array[int]":
        """An order in which some records have found their new place."""
        column, key, found = self.column(name), self._key(name), order[:]
        for at in changed:
            with suppress(ValueError):  # it had no value before
                found.remove(at)
        for at in changed:
            if column[at]:
                low, high = 0, len(found)
                while low < high:
                    middle = (low + high) // 2
                    if _before(found[middle], at, key, down):
                        low = middle + 1
                    else:
                        high = middle
                found.insert(low, at)
        return found


def _before(one: int, other: int, key: Callable[[int], Any], down: bool) -> bool:
    first, second = key(one), key(other)
    return one < other if first == second else bool((first > second) if down else (first < second))


def _mended(
    part: Column, changed: Sequence[tuple[int, RecordState]], read: Callable[[RecordState], Any]
) -> Column:
    found = part.copy()
    for at, state in changed:
        found[at : at + 1] = [read(state)]
    return found


def _forever(words: str) -> Iterator[str]:
    while True:
        yield words


def _numeric(register: Register, name: str) -> bool:
    return name in register.named and register.named[name].numeric


def _reader(register: Register, name: str) -> Callable[[RecordState], str]:
    """What a column says of a record."""
    if name in register.named:
        return lambda state: state.values.get(name, "")
    if name.startswith("text."):
        return _sayer(register, name[5:])
    if name.startswith("at_"):
        return lambda state: reached_days(register, state).get(name[3:], "")
    if name == "due":
        return lambda state: _iso(standing(register, state, date.min).due)
    if name == "since":
        return lambda state: state.moves[-1].day if state.moves and state.stage in register.staged else ""
    return lambda state: str(getattr(state, name))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _sayer(register: Register, level: str) -> Callable[[RecordState], str]:
    """What searching looks through: the id, or the words of the searched fields of a level, in small letters."""
    if level == "id":
        return lambda state: state.id.casefold()
    named = [register.named[name] for name in register.searched]
    fields = [field for field in named if field.seen == level]

    def said(state: RecordState) -> str:
        values = state.values
        told = [words(field, text) for field in fields if (text := values.get(field.name))]
        return "\n".join(told).casefold()

    return said


def both(*masks: bytes) -> bytes:
    """The records that all masks choose."""
    first, *others = masks
    if not others:
        return first
    found = int.from_bytes(first, "little")
    for mask in others:
        found &= int.from_bytes(mask, "little")
    return found.to_bytes(len(first), "little")


def either(*masks: bytes) -> bytes:
    """The records that one of the masks chooses."""
    found = 0
    for mask in masks:
        found |= int.from_bytes(mask, "little")
    return found.to_bytes(len(masks[0]), "little")


def without(mask: bytes, other: bytes) -> bytes:
    """The records of a mask that the other does not choose."""
    found = int.from_bytes(mask, "little")
    return (found & ~int.from_bytes(other, "little")).to_bytes(len(mask), "little")


_indexes: Kept[Index] = Kept(200)  # of the book as it is, one for each register
_past: Kept[Index] = Kept(12)  # of earlier days, whose records are others' copies: few at a time
_latest: dict[str, Index] = {}
_lock = RLock()


def index(book: Book, register: Register) -> Index:
    """The register's records in a book; only what changed since the last call is made anew."""
    mark = book.registers.mark(register.name)
    with _lock:
        kept = _indexes if book.as_of is None else _past
        return kept.get((register.name, book.as_of), (mark,), lambda: _filled(book, register, mark))


def rows_of(book: Book, register: Register) -> list[Row]:
    """The typed rows of the records that stand, in the order in which they came."""
    found = index(book, register)
    return list(compress(found.rows(), found.stands))


def mark(book: Book, register: Register) -> object:
    """Stands for the register as it is in the book: its records, or the file that was fed last."""
    if register.kind == "fed":
        vintages = book.feeds.get(register.name, ())
        return vintages[-1].body.sha256 if vintages else ""
    return book.registers.mark(register.name)


def _filled(book: Book, register: Register, mark: object) -> Index:
    states = list(values_of(book.registers.get(register.name, {})))
    known = _latest.get(register.name) if book.as_of is None else None
    if known is not None and known.register is register:
        found = known.caught_up(mark, states)
    else:
        found = Index(register, mark, states)
    if book.as_of is None:
        _latest[register.name] = found
    return found
