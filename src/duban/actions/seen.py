"""Which fields of a record a person sees: the one way by which records leave for a page, a file or the API."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from duban.actions.records import record_thing
from duban.core.rights import Actor, Thing, may
from duban.ledger import Book
from duban.ledger.year.records import RecordState
from duban.registers.field import LEVELS, Field
from duban.registers.register import Register
from duban.registers.veil import Veil


@dataclass(frozen=True, slots=True)
class Seen:
    """A record and the fields of it that may be shown, in order."""

    state: RecordState
    fields: tuple[Field, ...]

    def value(self, field: Field) -> str:
        """A field's stored text; "" where it is missing or not to be shown."""
        return self.state.values.get(field.name, "") if field in self.fields else ""


def seen(
    book: Book, actor: Actor, register: Register, states: Iterable[RecordState], *, published: bool
) -> Iterator[Seen]:
    """The records that the actor may see, each with the fields that they may see of it.

    A record without one field to be seen is left out. `published` says whether public pages are on.
    """
    facts = frozenset({"published"} if published else ())
    known: dict[str, tuple[Field, ...]] = {}  # by the record's unit
    for state in states:
        unit = state.values.get(register.unit, "") if register.unit else ""
        if unit not in known:
            known[unit] = _fields(actor, register, record_thing(book, register, state, state.values), facts)
        if known[unit]:
            yield Seen(state, known[unit])


def veil(book: Book, actor: Actor, register: Register, units: Iterable[str], *, published: bool) -> Veil:
    """The same for engines: which fields the actor sees, by the texts that records have in the field of their unit."""
    facts = frozenset({"published"} if published else ())

    def names(unit: str) -> frozenset[str]:
        thing = record_thing(book, register, None, {register.unit: unit})
        return frozenset(field.name for field in _fields(actor, register, thing, facts))

    rest = names("")
    told = {unit: names(unit) for unit in units if unit} if register.unit else {}
    return Veil(rest, {unit: fields for unit, fields in told.items() if fields != rest})


def _fields(actor: Actor, register: Register, thing: Thing, facts: frozenset[str]) -> tuple[Field, ...]:
    """The fields whose level the actor may see on this thing; none where the register itself is kept closer."""
    about = Thing(thing.place, thing.unit, thing.lead, path=thing.path, facts=facts)
    levels = {level for level in LEVELS if _may_see(actor, about, level)}
    if register.seen not in levels:
        return ()
    return tuple(field for field in register.fields if field.seen in levels)


def _may_see(actor: Actor, thing: Thing, level: str) -> bool:
    named = f"seen_{level}"
    return bool(may(actor, "record.see", thing, named))
