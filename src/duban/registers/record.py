"""A record as rules and indicators see it: typed values, its stage, and the day on which it last reached each."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from duban.ledger.year.dated import Case
from duban.ledger.year.record_disputes import RecordDisputed, marks
from duban.ledger.year.records import Move, RecordState
from duban.registers.expression import Value
from duban.registers.register import Due, Register, Stage, Values
from duban.registers.typed import stored, typed

Row = dict[str, Value]


def row(register: Register, state: RecordState) -> Row:
    """The record's columns: `id`, every field, `stage` and `at_<stage>`; what it does not have is None."""
    named, values = register.named, state.values
    found: Row = {name: typed(field, values.get(name, "")) for name, field in named.items()}
    found["id"] = state.id
    if register.stages:
        found["stage"] = state.stage or None
        found |= {f"at_{stage.name}": None for stage in register.stages}
        found |= {f"at_{name}": day for name, day in reached(register, state).items()}
    return found


def state_of(register: Register, row: Mapping[str, Value]) -> RecordState:
    """The record of a row: one that was fed has no history but the days of its stages, the one where it stands last."""
    values = {name: text for name in register.named if (text := stored(row.get(name)))}
    days = {name: row.get(f"at_{name}") for name in register.staged}
    moves = [Move(name, day.isoformat(), 0, "") for name, day in days.items() if isinstance(day, date)]
    stage = str(row.get("stage") or "")
    moves.sort(key=lambda move: move.stage == stage)
    return RecordState(str(row["id"]), values, stage, tuple(moves))


def told_row(register: Register, texts: Mapping[str, str]) -> Row:
    """A row from stored texts that give `stage` and `at_<stage>` themselves, as worked cases and files do."""
    found: Row = {name: typed(field, texts.get(name, "")) for name, field in register.named.items()}
    found["id"] = texts.get("id") or id_of(register, texts)
    if register.stages:
        found["stage"] = texts.get("stage") or None
        for stage in register.stages:
            day = texts.get(f"at_{stage.name}", "")
            found[f"at_{stage.name}"] = date.fromisoformat(day) if day else None
    return found


def typed_values(register: Register, texts: Mapping[str, str]) -> Values:
    """Stored texts as the values that rules work with."""
    return {name: typed(field, texts.get(name, "")) for name, field in register.named.items()}


def day_by(rule: Due, values: Values, since: date) -> date | None:
    """The day that a rule of deadlines gives; None where it has none, no number of it holds yet, or no calendar goes so far."""
    try:
        return rule(values, since)
    except (KeyError, OverflowError, ValueError):
        return None


def rows(register: Register, states: Iterable[RecordState]) -> Iterator[Row]:
    """The rows of records, in their order."""
    return (row(register, state) for state in states)


def reached(register: Register, state: RecordState) -> Mapping[str, date]:
    """The day on which the record last reached each stage; what it was moved back behind does not count any more."""
    return {name: date.fromisoformat(day) for name, day in reached_days(register, state).items()}


def reached_days(register: Register, state: RecordState) -> Mapping[str, str]:
    """The same days, as they are stored."""
    order = register.order
    found: dict[str, str] = {}
    for move in state.moves:
        at = order.get(move.stage)
        if at is None:
            continue  # a stage that the register has no more
        found = {name: day for name, day in found.items() if order[name] < at}
        found[move.stage] = move.day
    return found


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a record stands on a day: since when at its stage, until when it may be there, and how late it is."""

    stage: Stage | None
    since: date | None = None
    due: date | None = None
    late: int = 0


def standing(register: Register, state: RecordState, day: date) -> Standing:
    """The record's stage on `day`, with its deadline where the stage has one."""
    stage = register.staged.get(state.stage)
    if stage is None or not state.moves:
        return Standing(stage)
    since = date.fromisoformat(state.moves[-1].day)
    due = day_by(stage.due, row(register, state), since) if stage.due else None
    return Standing(stage, since, due, max(0, (day - due).days) if due else 0)


def disputed(register: Register, state: RecordState) -> Mapping[str, Case[RecordDisputed]]:
    """The columns whose value is to be marked as disputed, each with its latest dispute."""
    if not state.disputes:
        return {}
    found = {case.opened.body.column: case for case in state.disputes if marks(case)}
    last = {f"at_{name}": seq for name, seq in reached_by(register, state).items()}
    return {
        name: case
        for name, case in found.items()
        if not name.startswith("at_") or last.get(name) == case.opened.body.about
    }


def reached_by(register: Register, state: RecordState) -> Mapping[str, int]:
    """The entry that says when the record last reached each stage."""
    days = reached_days(register, state)
    return {move.stage: move.seq for move in state.moves if days.get(move.stage) == move.day}


def title(register: Register, state: RecordState) -> str:
    """What people call the record."""
    return state.values.get(register.title, "") or state.id


def id_of(register: Register, values: Mapping[str, str]) -> str:
    """The id that follows from the key's values; "" for a register whose records are numbered."""
    return joined(values.get(name, "") for name in register.key)


def joined(texts: Iterable[str]) -> str:
    """The id that these texts of a key make, by which a pack finds the record that another belongs to.

    Full-width and half-width signs make one id, as in the texts of references.
    """
    return "~".join(map(_part, texts))


def _part(text: str) -> str:
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return plain.replace("/", "∕").replace("~", "∼")


def next_id(taken: Iterable[str]) -> str:
    """The next number of a register whose records are numbered: six digits, in order."""
    return f"{max((int(id) for id in taken if id.isdecimal()), default=0) + 1:06d}"
