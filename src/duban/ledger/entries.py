"""An entry: who said what about which account, when, for which date; and the body that each kind carries.

A body is an immutable value whose class is registered for its kind. An unknown kind or field is refused,
never dropped: a ledger that holds what we cannot read must not look as if it held less.
Fields that have their default are not written, so a field added later leaves old entries as they are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, ClassVar, TypeVar

import msgspec

from duban.core.canonical import NotCanonicalError, canonical
from duban.core.problem import Problem, Refused


class Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """A part of a body. `value["field"]` reads as `value.field` does."""

    def __getitem__(self, name: str) -> Any:
        try:
            return getattr(self, name)
        except AttributeError:
            raise KeyError(name) from None

    def get(self, name: str, default: Any = None) -> Any:
        """The field, or `default` where this kind has no such field."""
        return getattr(self, name, default)

    def keys(self) -> tuple[str, ...]:
        """The names of the fields, in the order in which they are declared."""
        return self.__struct_fields__

    def plain(self) -> dict[str, Any]:
        """The value as it is written: dicts, lists, texts; decimals are texts, defaults are left out."""
        written: dict[str, Any] = msgspec.to_builtins(self)
        return written


class Body(Value, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """What an entry says. `KIND` is the entry kind it is written under."""

    KIND: ClassVar[str] = ""


B = TypeVar("B", bound=type[Body])
Decoder = Callable[[bytes | str], Body]
BODIES: dict[str, type[Body]] = {}
DECODERS: dict[str, Decoder] = {}


def registered(kind: str) -> Callable[[B], B]:
    """Class decorator: `kind` is written with this body from now on. A kind has one body."""

    def register(body: B) -> B:
        if kind in BODIES:
            raise ValueError(f"{kind} has a body already")
        body.KIND = kind
        BODIES[kind] = body
        DECODERS[kind] = msgspec.json.Decoder(body).decode
        return body

    return register


def decoded(kind: str, raw: bytes | str, place: str) -> Body:
    """The body written in `raw`; raises `Refused` for an unknown kind, field or a wrong type."""
    decoder = DECODERS.get(kind)
    if decoder is None:
        raise Refused(Problem("ledger.kind_unknown", place, {"kind": kind}))
    try:
        return decoder(raw)
    except (msgspec.MsgspecError, UnicodeError) as fault:
        raise Refused(Problem("ledger.body_wrong", place, {"kind": kind, "fault": str(fault)})) from None


def body_form(body: Body) -> str:
    """The canonical form of a body; raises `NotCanonicalError`."""
    return canonical(body.plain())


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger, as written: never changed, corrected only by a later entry.

    `at` is the instant of writing (UTC, milliseconds), `on` the date it counts for,
    `account` what it speaks of.
    """

    seq: int
    at: str
    on: str
    actor: str
    kind: str
    account: str
    body: Body
    seal: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry that is not written yet: it gets its number and its seal from the ledger."""

    at: str
    on: str
    actor: str
    account: str
    body: Body

    @property
    def kind(self) -> str:
        """The kind of entry this will be."""
        return self.body.KIND


def instant(at: datetime) -> str:
    """An aware datetime as the ledger writes it: "2024-03-01T02:03:04.567Z"."""
    if at.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def check_stamp(at: str, on: str, actor: str, account: str, place: str) -> Problem | None:
    """What is wrong with the outside of an entry, or None."""
    try:
        whole = instant(datetime.fromisoformat(at)) == at and date.fromisoformat(on).isoformat() == on
    except ValueError:
        whole = False
    if not whole:
        return Problem("ledger.date_wrong", place, {"at": at, "on": on})
    for field, text in (("actor", actor), ("account", account)):
        if not text or not text.isprintable():
            return Problem("ledger.name_wrong", place, {"field": field})
    return None


def written(draft: Draft, place: str) -> str:
    """The body of a draft in canonical form; raises `Refused` if the draft cannot be written as it is."""
    if BODIES.get(draft.kind) is not type(draft.body):
        raise Refused(
            Problem("ledger.kind_unknown", place, {"kind": draft.kind or type(draft.body).__name__})
        )
    fault = check_stamp(draft.at, draft.on, draft.actor, draft.account, place)
    if fault:
        raise Refused(fault)
    try:
        form = body_form(draft.body)
    except NotCanonicalError as why:
        raise Refused(Problem("ledger.body_wrong", place, {"kind": draft.kind, "fault": str(why)})) from None
    decoded(draft.kind, form, place)
    return form
