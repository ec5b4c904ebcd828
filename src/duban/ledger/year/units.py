"""Units: who owes what. A unit is never deleted; a closed one keeps its history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from duban.ledger.entries import Body, registered
from duban.ledger.postings import handles
from duban.ledger.store import Posting

if TYPE_CHECKING:
    from duban.ledger.book import Book

UNIT_KINDS = ("government", "department", "district", "park", "enterprise", "other")


@registered("unit.entered")
class UnitEntered(Body, frozen=True, gc=False):
    """A unit reads so from now on. `parent` is the code of the unit above it ("" for the root)."""

    name: str
    kind: str = "department"
    parent: str = ""
    aliases: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""
    duties: tuple[str, ...] = ()


@registered("unit.closed")
class UnitClosed(Body, frozen=True, gc=False):
    """The unit is no more; `successor` is the code of the unit that took its tasks over, if one did."""

    reason: str = ""
    successor: str = ""


@dataclass(frozen=True, slots=True)
class UnitState:
    """A unit as it stands."""

    code: str
    unit: UnitEntered
    closed: UnitClosed | None = None

    @property
    def name(self) -> str:
        """The unit's full name."""
        return self.unit.name


@handles("unit.entered")
def _entered(book: Book, posting: Posting, body: UnitEntered) -> None:
    code = posting[5].partition("/")[2]
    put_unit(book, UnitState(code, body))


@handles("unit.closed")
def _closed(book: Book, posting: Posting, body: UnitClosed) -> None:
    code = posting[5].partition("/")[2]
    if code in book.units:
        put_unit(book, replace(book.units[code], closed=body))


def put_unit(book: Book, state: UnitState) -> None:
    """Keep the unit, and its names for looking it up; a name that it no longer has is given to whoever has it."""
    before = book.units.get(state.code)
    book.units[state.code] = state
    if before is None and state.closed is None:
        for name in _names(state):
            holder = book.units.get(book.unit_names.get(name, ""))
            if holder is None or holder.closed is not None:
                book.unit_names[name] = state.code
        return
    book.unit_names.clear()
    for unit in sorted(book.units.values(), key=lambda u: u.closed is not None):
        for name in _names(unit):
            book.unit_names.setdefault(name, unit.code)


def _names(state: UnitState) -> tuple[str, ...]:
    return (state.unit.name, *state.unit.aliases)


def unit_named(book: Book, text: str) -> UnitState | None:
    """The unit with this code, name or alias; open units before closed ones. None when there is none."""
    return book.units.get(text) or book.units.get(book.unit_names.get(text, ""))


def above(book: Book, code: str) -> tuple[str, ...]:
    """The codes from this unit up to the root, itself first; stops where a code repeats or is unknown."""
    path: list[str] = []
    while code in book.units and code not in path:
        path.append(code)
        code = book.units[code].unit.parent
    return tuple(path)
