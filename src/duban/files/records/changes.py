"""What an import would change, before anything is written: records that are new, fields old → new, stages reached."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from duban.ledger import Book
from duban.ledger.entries import Body
from duban.ledger.year.records import RecordMoved, RecordPut, RecordState
from duban.registers.record import id_of, title
from duban.registers.register import Register
from duban.registers.told import Told


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would be different of a record. `how` is new, changed, moved, or back (it was struck off).

    `field` is a field's name or "stage"; `before` and `after` are as stored, stages by their name.
    """

    id: str
    title: str
    how: str
    field: str = ""
    before: str = ""
    after: str = ""
    day: str = ""


def changes_of(book: Book, register: Register, writes: Iterable[tuple[str, Body]]) -> Iterator[Change]:
    """The changes that entries of this register's records would make to the book, in their order."""
    shelf, at = book.registers.get(register.name, {}), dict[str, str]()
    names: dict[str, str] = {}
    for account, body in writes:
        id = account.split("/", 2)[2]
        state = shelf.get(id)
        if isinstance(body, RecordPut):
            for change in _put(register, id, state, body):
                names[id] = change.title
                yield change
            at.setdefault(id, body.stage or (state.stage if state else ""))
        elif isinstance(body, RecordMoved):
            before = at.get(id) or (state.stage if state else "")
            name = names.get(id) or (title(register, state) if state else id)
            yield Change(id, name, "moved", "stage", before, body.stage, body.day)
            at[id] = body.stage


def _put(register: Register, id: str, state: RecordState | None, body: RecordPut) -> Iterator[Change]:
    if state is None or state.removed:
        name = title(register, RecordState(id, {**(state.values if state else {}), **body.values}))
        yield Change(id, name, "back" if state else "new")
        return
    for field, value in body.values.items():
        yield Change(id, title(register, state), "changed", field, state.values.get(field, ""), value)


def kept_back(book: Book, register: Register, rows: Iterable[Told], fields: Iterable[str]) -> int:
    """How many values the book has and the file's cells leave empty: they stay unless the import clears them."""
    shelf, wanted = book.registers.get(register.name, {}), tuple(fields)
    count = 0
    for told in rows:
        state = shelf.get(told.id or id_of(register, told.values))
        if state is not None:
            count += sum(1 for name in wanted if name not in told.values and state.values.get(name))
    return count
