"""Disputes on a record's page: what is disputed and by whom, what was decided, and the forms for those who may."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from duban.actions.context import Writes, refused
from duban.actions.records import (
    concerned,
    decide_record_dispute,
    dispute_record,
    dispute_thing,
    standing_entries,
)
from duban.core.rights import may
from duban.ledger import Book
from duban.ledger.entries import Body
from duban.ledger.year.dated import Case
from duban.ledger.year.record_disputes import RecordDecided, RecordDisputed, decision, marks
from duban.ledger.year.records import RecordMoved, RecordPut, account_of
from duban.packs import packs
from duban.registers.pack import Pack
from duban.registers.register import Register
from duban.web.history import person_name, unit_name
from duban.web.registers.named import named
from duban.web.registers.sight import Shown, Sight
from duban.web.registers.words import column, value
from duban.web.today import today


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute as a reader sees it: `was` is what the entry says, `own` what its disputer says; `why` of it and of
    its decision only for those who work on the record or are concerned by it."""

    column: str
    label: str
    about: int
    was: str
    own: str
    on: str
    by: str
    why: str
    source: str
    decided: bool
    upheld: bool
    decided_on: str
    decided_by: str
    decided_why: str
    marks: bool
    may_decide: bool


@dataclass(frozen=True, slots=True)
class Disputable:
    """A value that the reader may dispute, as the form offers it; `code` names its column and entry."""

    code: str
    label: str
    text: str


def worded(register: Register, name: str, stored: str, language: str) -> str:
    """A column's value in words; a stage's day as it is."""
    field = register.named.get(name)
    return value(field, stored, language) if field else stored


def disputes(sight: Sight, register: Register, shown: Shown, works: bool) -> list[Dispute]:
    """The disputes of a record, the oldest first, of columns that the reader sees."""
    state = shown.record.state
    cases = [case for case in state.disputes if case.opened.body.column not in shown.hidden]
    if not cases:
        return []
    said = {e.seq: e.body for e in sight.book.timeline(account_of(register.name, shown.id))}
    inside = works or bool(may(sight.who, "record.dispute", concerned(sight.book, register, state, known())))
    return [_told(sight, register, shown, case, said, inside) for case in cases]


def _told(
    sight: Sight, register: Register, shown: Shown, case: Case[RecordDisputed], said: Mapping[int, Body], inside: bool
) -> Dispute:  # fmt: skip
    opened, step = case.opened, decision(case)
    body, made = opened.body, step.body if step and isinstance(step.body, RecordDecided) else None
    named = person_name if inside else unit_name
    deciding = step is None and bool(
        may(sight.who, "record.decide", dispute_thing(sight.book, register, shown.record.state, case))
    )
    return Dispute(
        body.column, column(register, body.column, sight.language), body.about,
        worded(register, body.column, _was(said.get(body.about), body.column), sight.language),
        worded(register, body.column, body.value, sight.language), opened.on, named(sight.book, opened.actor),
        body.reason if inside else "", body.source if inside else "", step is not None, bool(made and made.upheld),
        step.on if step else "", named(sight.book, step.actor) if step else "", made.reason if made and inside else "",
        marks(case), deciding,
    )  # fmt: skip


def _was(body: Body | None, name: str) -> str:
    """What an entry says of a column, as stored."""
    if isinstance(body, RecordPut):
        return body.values.get(name, "") or (body.day if name == f"at_{body.stage}" else "")
    return body.day if isinstance(body, RecordMoved) else ""


def plain_disputes(every: Iterable[Dispute]) -> list[dict[str, Any]]:
    """Disputes as JSON."""
    return [
        {"column": d.column, "entry": d.about, "was": d.was, "should_be": d.own or None, "on": d.on, "by": d.by,
         "decided": d.decided_on or None, "upheld": d.upheld if d.decided else None, "marked": d.marks}
        for d in every
    ]  # fmt: skip


def disputable(sight: Sight, register: Register, shown: Shown) -> list[Disputable]:
    """The values of a record that the reader may dispute now."""
    state = shown.record.state
    if register.kind != "kept" or not may(
        sight.who, "record.dispute", concerned(sight.book, register, state, known())
    ):
        return []
    entries = standing_entries(sight.book, register, state)
    days = {f"at_{move.stage}": move.day for move in state.moves}
    order = [*register.named, *(f"at_{stage.name}" for stage in register.stages)]
    return [
        Disputable(f"{name}~{entries[name]}", column(register, name, sight.language),
                   worded(register, name, state.values.get(name, days.get(name, "")), sight.language))
        for name in order
        if name in entries and name not in shown.hidden and name not in shown.disputed
    ]  # fmt: skip


def known() -> Mapping[str, Register]:
    """All registers by name."""
    return {register.name: register for pack in packs().values() for register in pack.registers}


def disputed_by(book: Book, who: str, register: Register, id: str, form: Mapping[str, str]) -> Writes:
    """What the form of a new dispute writes."""
    name, about = _which(register, id, form)
    told = {field: form.get(field, "") for field in ("value", "reason", "source")}
    return dispute_record(book, who, register, id, name, about=about, others=known(), **told)


def decided_by(book: Book, who: str, register: Register, id: str, form: Mapping[str, str]) -> Writes:
    """What the form of a decision writes."""
    name, about = _which(register, id, form)
    upheld, reason = form.get("upheld") == "1", form.get("reason", "")
    return decide_record_dispute(
        book, who, register, id, name, today(), about=about, upheld=upheld, reason=reason
    )


def _which(register: Register, id: str, form: Mapping[str, str]) -> tuple[str, int]:
    name, _, about = form.get("of", "")[:200].rpartition("~")
    if not (about.isascii() and about.isdecimal() and len(about) < 16):
        raise refused("record.dispute_none", account_of(register.name, id), about=about[:20])
    return name, int(about)


def waiting(sight: Sight) -> list[dict[str, Any]]:
    """The records on which a dispute waits for a decision, as far as the reader sees them."""
    found = []
    for pack, register in _every():
        for state in sight.book.registers.disputed(register.name):
            if any(decision(case) is None for case in state.disputes):
                shown = sight.record(register, state.id)
                if shown is not None:
                    found.append({"pack": pack, "register": register, "id": state.id,
                                  "title": named(sight, register, shown)})  # fmt: skip
    return found


def _every() -> list[tuple[Pack, Register]]:
    return [(pack, register) for pack in packs().values() for register in pack.registers]
