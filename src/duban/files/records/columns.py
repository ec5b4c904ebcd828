"""The columns in which records leave: their fields, the day of each stage, and the paper that shows it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from duban.files.records.heads import bare, entered, names_of
from duban.ledger.year.records import RecordState
from duban.registers.field import Field
from duban.registers.record import reached
from duban.registers.register import Register
from duban.registers.typed import typed

Shown = str | Decimal | int | date  # a value as a workbook holds it


class SeenRecord(Protocol):
    """A record with the fields that may be shown of it, as `actions.seen` gives it."""

    @property
    def state(self) -> RecordState:
        """The record."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """What may be shown."""

    def value(self, field: Field) -> str:
        """A field's stored text; "" where it is missing or not to be shown."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its `name` (a field's, `at_<stage>`, `proof_<stage>`, `id`, `stage`) and its head."""

    name: str
    head: str
    field: Field | None = None


def columns_of(register: Register, language: str, *, proofs: bool = False) -> tuple[Column, ...]:
    """All columns of a register: what a reader may not see of it stays empty. `proofs` adds the papers of stages."""
    found = [] if register.key else [Column("id", "record id" if language == "en" else "记录号")]
    found += [Column(f.name, f.label(language), f) for f in register.fields]
    if register.stages:
        found.append(Column("stage", "stage" if language == "en" else "阶段"))
    found += stage_columns(register, language, proofs=proofs)
    return tuple(found)


def stage_columns(register: Register, language: str, *, proofs: bool) -> Iterator[Column]:
    """A column for the day of each stage, and for the paper that it takes."""
    names = names_of(register)
    for stage in register.stages[
        bool(register.began) :
    ]:  # the first one begins on the day that a field tells
        plain = f"{stage.en} date" if language == "en" else f"{stage.zh}日期"
        mine = names.get(bare(plain)) == f"at_{stage.name}"
        yield Column(f"at_{stage.name}", plain if mine else entered(stage, language))
        if stage.proof and proofs:
            proof = stage.proof[1] if language == "en" else f"{stage.proof[0]}编号"
            free = names.get(bare(proof)) == f"proof_{stage.name}"
            yield Column(f"proof_{stage.name}", proof if free else f"proof_{stage.name}")


def stored_cells(register: Register, seen: SeenRecord, columns: Iterable[Column]) -> dict[str, str]:
    """A record's cells as stored texts by column, those that are filled."""
    state = seen.state
    days = reached(register, state) if register.stages else {}
    proofs = {move.stage: _paper(move.evidence) for move in state.moves}
    found = {}
    for column in columns:
        if column.field is not None:
            text = seen.value(column.field)
        elif column.name == "id":
            text = state.id
        elif column.name == "stage":
            text = state.stage
        else:
            kind, _, stage = column.name.partition("_")
            text = (
                (days[stage].isoformat() if kind == "at" else proofs.get(stage, "")) if stage in days else ""
            )
        if text:
            found[column.name] = text
    return found


def _paper(evidence: Sequence[object]) -> str:
    return next(
        (text for e in evidence if (text := getattr(e, "reference", "") or getattr(e, "name", ""))), ""
    )


def shown(register: Register, column: Column, text: str, language: str) -> Shown:
    """A stored text as people read it: choices and stages in words, numbers and dates as such."""
    if column.field is not None:
        if column.field.numeric or column.field.type == "date":
            value = typed(column.field, text)
            return value if isinstance(value, Decimal | int | date) else text
        return column.field.shown(text, language)
    if column.name == "stage":
        stage = register.staged.get(text)
        return stage.label(language) if stage else text
    return date.fromisoformat(text) if column.name.startswith("at_") else text
