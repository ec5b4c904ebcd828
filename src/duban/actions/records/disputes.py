"""A value of a record is disputed by those whom the record concerns; another decides, and both stay to be seen."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from duban.actions.context import Writes, actor_of, code_of, refused, require, units_of, words
from duban.actions.records.put import put_record
from duban.actions.records.reading import Memo, read_told
from duban.actions.records.rights import record_of, record_thing
from duban.core.rights import Thing, may
from duban.ledger import Book
from duban.ledger.year.dated import Case
from duban.ledger.year.filings import is_day
from duban.ledger.year.record_disputes import RecordDecided, RecordDisputed, decision, marks
from duban.ledger.year.records import RecordPut, RecordState, account_of
from duban.registers.record import reached_by
from duban.registers.register import Register
from duban.registers.told import Told

_BETWEEN = re.compile(r"[、，,；;\s]+")  # units named one after the other in a text


def concerned(book: Book, register: Register, state: RecordState, others: Mapping[str, Register]) -> Thing:
    """A record as those whom it concerns see it: its unit, and as partners the units that it, or a record that it
    points to, names. `others` are the registers by name.
    """
    thing = record_thing(book, register, state, state.values)
    names = set(_units_named(register, state.values))
    for field in register.fields:
        other = book.registers.get(field.to, {}).get(state.values.get(field.name, "")) if field.to else None
        if other is not None and field.to in others:
            names |= set(_units_named(others[field.to], other.values))
    partners = frozenset(code for name in names if (code := code_of(book, name))) - {thing.unit}
    return Thing(thing.place, thing.unit, thing.lead, partners, path=thing.path)


def _units_named(register: Register, values: Mapping[str, str]) -> Iterator[str]:
    for field in register.fields:
        if field.type in ("unit", "text") and (told := values.get(field.name)):
            yield from (told,) if field.type == "unit" else _BETWEEN.split(told)


def standing_entries(book: Book, register: Register, state: RecordState) -> dict[str, int]:
    """The entry that gave each column the value that stands: of fields that are filled, and of stages reached."""
    found = {f"at_{stage}": seq for stage, seq in reached_by(register, state).items()}
    for entry in book.timeline(account_of(register.name, state.id)):
        if isinstance(entry.body, RecordPut):
            found |= dict.fromkeys(entry.body.values, entry.seq)
    return {name: seq for name, seq in found.items() if name.startswith("at_") or state.values.get(name)}


def dispute_record(
    book: Book, username: str, register: Register, id: str, column: str, *, about: int, reason: str, source: str,
    value: str = "", others: Mapping[str, Register] = MappingProxyType({}),
) -> Writes:  # fmt: skip
    """Say that what entry `about` gives as a record's `column` (a field, or `at_<stage>`) is wrong.

    Only of a value that stands and that one sees. `value` is one's own as it was typed, a day for a stage; "" where
    one has none. Raises `Refused`.
    """
    state, place = record_of(book, register, id), account_of(register.name, id)
    thing = concerned(book, register, state, others)
    require(book, username, "record.dispute", thing)
    if standing_entries(book, register, state).get(column) != about or not _sees(
        book, username, register, thing, column
    ):
        raise refused("record.dispute_stale", place, about=about)
    if any(_about(case) == (about, column) and marks(case) for case in state.disputes):
        raise refused("record.dispute_there", place, about=about)
    told = _own(book, register, column, value, place)
    if told and told == state.values.get(column, ""):
        raise refused("record.dispute_same", place)
    reason, source = words(reason, "reason", place), words(source, "source", place, limit=200)
    return [(place, RecordDisputed(about, column, told, reason, source))]


def _sees(book: Book, username: str, register: Register, thing: Thing, column: str) -> bool:
    field = register.named.get(column)
    level = f"seen_{field.seen if field else register.seen}"
    return bool(may(actor_of(book, username), "record.see", thing, level))


def _own(book: Book, register: Register, column: str, value: str, place: str) -> str:
    """The disputer's value as it would be stored."""
    if not value.strip():
        return ""
    if column in register.named:
        return read_told(book, register, Told({column: value}, place), True, Memo())[column]
    if not is_day(value.strip()):
        raise refused("form.not_a_day", place, value=value[:40])
    return value.strip()


def _about(case: Case[RecordDisputed]) -> tuple[int, str]:
    return case.opened.body.about, case.opened.body.column


def dispute_thing(book: Book, register: Register, state: RecordState, case: Case[RecordDisputed]) -> Thing:
    """A dispute as rights see it: who raised it and who entered the value have a hand in it, and so do the units of
    the record and of who raised it.
    """
    thing = record_thing(book, register, state, state.values)
    raised = case.opened.actor
    entries = book.timeline(account_of(register.name, state.id))
    author = {entry.actor for entry in entries if entry.seq == case.opened.body.about}
    units = units_of(book, {raised}) | ({thing.unit} if thing.unit else frozenset())
    return Thing(
        thing.place,
        thing.unit,
        thing.lead,
        path=thing.path,
        doers=frozenset({raised, *author}),
        doer_units=units,
    )


def decide_record_dispute(
    book: Book, username: str, register: Register, id: str, column: str, day: date, *, about: int, upheld: bool,
    reason: str,
) -> Writes:  # fmt: skip
    """Decide a dispute. One that is upheld puts the disputer's value, where it has one and the field is kept by
    people; else the value stays marked until it is put right.
    """
    state, place = record_of(book, register, id), account_of(register.name, id)
    cases = [c for c in state.disputes if _about(c) == (about, column) and decision(c) is None]
    if not cases:
        raise refused("record.dispute_none", place, about=about)
    require(book, username, "record.decide", dispute_thing(book, register, state, cases[0]))
    writes: Writes = [(place, RecordDecided(about, column, upheld, words(reason, "reason", place)))]
    opened = cases[0].opened
    field = register.named.get(column)
    stands = standing_entries(book, register, state).get(column) == about
    if upheld and stands and opened.body.value and field and field.asked and column not in register.key:
        told = Told({column: opened.body.value}, place, id=id, source=f"#{opened.seq}")
        writes += put_record(book, username, register, told, day)
    return writes
