"""A record of a register as pages need it: its row, its stage and its deadline."""

from dataclasses import dataclass
from datetime import date

from duban.ledger.year.records import RecordState
from duban.registers.field import Field
from duban.registers.record import Row, disputed, row, standing, state_of
from duban.registers.register import Register, Stage


@dataclass(frozen=True, slots=True)
class Record:
    """A record with its typed row, the stage where it stands since a day, and until when it may stand there.

    `disputed` are the columns whose value is to be marked.
    """

    state: RecordState
    row: Row
    stage: Stage | None
    since: date | None
    due: date | None
    disputed: frozenset[str] = frozenset()

    def late(self, day: date) -> int:
        """By how many days it is over its deadline; 0 in time or without one."""
        return max(0, (day - self.due).days) if self.due else 0


def record(register: Register, state: RecordState) -> Record:
    """The record of a state."""
    stands = standing(register, state, date.min)
    return Record(
        state,
        row(register, state),
        stands.stage,
        stands.since,
        stands.due,
        frozenset(disputed(register, state)),
    )


def record_of(register: Register, row: Row) -> Record:
    """The record of a row that an engine gives."""
    return record(register, state_of(register, row))


def words(field: Field, stored: str) -> str:
    """What a value says in both languages."""
    return f"{field.shown(stored, 'zh')} {field.shown(stored, 'en')}" if field.type == "choice" else stored
