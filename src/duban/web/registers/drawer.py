"""The records of registers as the pages need them: rows, stages and deadlines, worked out once for every change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from duban.ledger import Book
from duban.ledger.year.records import RecordState
from duban.registers.field import Field
from duban.registers.record import Row, disputed, row, standing
from duban.registers.register import Register, Stage
from duban.web.kept import Kept


@dataclass(frozen=True, slots=True)
class Record:
    """A record with its typed row, the stage where it stands since a day, and until when it may stand there.

    `text` is everything that it says, as searching wants it; `disputed` are the columns whose value is to be marked.
    """

    state: RecordState
    row: Row
    stage: Stage | None
    since: date | None
    due: date | None
    text: str
    disputed: frozenset[str] = frozenset()

    def late(self, day: date) -> int:
        """By how many days it is over its deadline; 0 in time or without one."""
        return max(0, (day - self.due).days) if self.due else 0


@dataclass(frozen=True, slots=True)
class Drawer:
    """The records of one register that stand in one book. `mark` is another object whenever a record is."""

    mark: object
    every: Mapping[str, Record]


_drawers: Kept[Drawer] = Kept(200)  # of the book as it is, one for each register
_past: Kept[Drawer] = Kept(24)  # of earlier days, whose records are others' copies: few at a time
_latest: dict[str, Drawer] = {}  # by register: records that did not change are taken over from here


def drawer(book: Book, register: Register) -> Drawer:
    """The register's records in a book; only what changed since the last call is made anew."""
    fed = register.kind == "fed"
    mark = len(book.feeds.get(register.name, ())) if fed else book.registers.mark(register.name)
    kept = _drawers if book.as_of is None else _past
    return kept.get((register.name, book.as_of), (mark,), lambda: _filled(book, register, mark))


def _filled(book: Book, register: Register, mark: object) -> Drawer:
    known = _latest[register.name].every if register.name in _latest else {}
    every = {}
    for state in book.registers.of(register.name):
        before = known.get(state.id)
        every[state.id] = before if before is not None and before.state is state else _record(register, state)
    found = Drawer(mark, every)
    if book.as_of is None:
        _latest[register.name] = found
    return found


def _record(register: Register, state: RecordState) -> Record:
    stands = standing(register, state, date.min)
    told = [
        state.id,
        *(words(register.named[name], v) for name, v in state.values.items() if name in register.named),
    ]
    return Record(
        state,
        row(register, state),
        stands.stage,
        stands.since,
        stands.due,
        "\n".join(told).casefold(),
        frozenset(disputed(register, state)),
    )


def words(field: Field, stored: str) -> str:
    """What a value says in both languages."""
    return f"{field.shown(stored, 'zh')} {field.shown(stored, 'en')}" if field.type == "choice" else stored
