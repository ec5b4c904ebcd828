"""What packs do on request: a short form, a look at what would change, and then the change itself."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from duban.actions.context import Writes
from duban.core.problem import Problem, Refused, both
from duban.core.rights import Thing, may
from duban.ledger import Book
from duban.ledger.year.records import RecordMoved, RecordPut
from duban.packs import packs
from duban.registers.pack import Act, Desk, Pack
from duban.registers.record import Row
from duban.registers.register import Register, Values
from duban.registers.typed import read, typed
from duban.web.registers.forms import Input, inputs
from duban.web.registers.index import rows_of
from duban.web.registers.named import named, worded
from duban.web.registers.sight import Sight, full_engine
from duban.web.registers.words import head
from duban.web.shelf import locale
from duban.web.today import today


@dataclass(frozen=True, slots=True)
class Offer:
    """An act that the reader may ask for, and its form."""

    act: Act
    inputs: tuple[Input, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Planned:
    """One change that an act would make: of which record, and what of it becomes what."""

    register: Register
    id: str
    name: str
    new: bool
    steps: tuple[tuple[str, str, str], ...]  # label, before, after


def offered(sight: Sight, pack: Pack, asked: str, answers: Mapping[str, str]) -> list[Offer]:
    """The acts of a pack that the reader may ask for; the one that was `asked` with the answers already given."""
    given = {name.removeprefix("f."): text for name, text in answers.items() if name.startswith("f.")}
    return [
        Offer(act, inputs(sight, act.asks, given if act.name == asked else {}), act.name == asked)
        for act in pack.acts
        if asks(sight, pack, act)
    ]


def asks(sight: Sight, pack: Pack, act: Act) -> bool:
    """Whether the reader may ask for an act."""
    level = f"kept_{act.keeper}"
    return bool(may(sight.who, "pack.act", Thing(f"pack/{pack.name}/{act.name}"), level))


def answered(act: Act, form: Mapping[str, str]) -> Values:
    """The answers of a form as values. Raises `Refused` with all that cannot be read or is missing."""
    faults, found = [], Values()
    for field in act.asks:
        stored, fault = read(field, form.get(f"f.{field.name}", "")[:4000], act.label(locale()))
        if fault is None and field.required and not stored:
            fault = Problem("record.missing", act.label(locale()), {"field": both(field.zh, field.en)})
        if fault:
            faults.append(fault)
        found[field.name] = typed(field, stored)
    if faults:
        raise Refused(*faults)
    return found


def full_desk(book: Book, pack: Pack) -> Desk:
    """The pack's desk over all records of a book: whoever may ask for an act has it look at all of them."""

    def rows(name: str) -> list[Row]:
        return rows_of(book, pack.registered[name])

    return Desk(pack, today(), lambda name: full_engine(book, pack.registered[name]), rows, locale())


def mark(writes: Writes) -> str:
    """Tells one set of changes from another."""
    told = [(account, body.KIND, body.plain()) for account, body in writes]
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()[:20]


def planned(sight: Sight, writes: Writes) -> list[Planned]:
    """The changes as people read them; fields that the reader may not see are left out."""
    found: dict[str, Planned] = {}
    for account, body in writes:
        _, name, id = account.split("/", 2)
        register = _register(name)
        state = sight.book.registers.get(name, {}).get(id)
        before = found.get(account)
        shown = sight.record(register, id)
        known = before.name if before else (named(sight, register, shown) if shown else id)
        steps = (before.steps if before else ()) + _steps(sight, register, id, body)
        if state is None and isinstance(body, RecordPut):
            known = _called(sight, register, body.values) or id
        found[account] = Planned(register, id, known, state is None, steps)
    return list(found.values())


def _called(sight: Sight, register: Register, values: Mapping[str, str]) -> str:
    """What a record that is still to be made will be called."""
    stored = values.get(register.title, "")
    return worded(sight, register.named[register.title], stored) if stored else ""


def _steps(sight: Sight, register: Register, id: str, body: object) -> tuple[tuple[str, str, str], ...]:
    state = sight.book.registers.get(register.name, {}).get(id)
    if isinstance(body, RecordMoved):
        stage = register.staged[body.stage].label(sight.language)
        was = register.staged.get(state.stage) if state else None
        return ((_("阶段"), was.label(sight.language) if was else "", f"{stage} {body.day}"),)
    assert isinstance(body, RecordPut)
    levels, found = sight.levels, []
    for name, after in body.values.items():
        field = register.named.get(name)
        if field is not None and field.seen in levels:
            before = state.values.get(name, "") if state else ""
            shown = (worded(sight, field, before), worded(sight, field, after))
            found.append((head(field, sight.language), *shown))
    return tuple(found)


def _register(name: str) -> Register:
    return next(pack.registered[name] for pack in packs().values() if name in pack.registered)
