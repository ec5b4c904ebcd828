"""What everybody may see of a book on a day, gathered once for pages and data."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from msgspec.structs import replace

from duban.actions.open_fields import open_fields
from duban.assess import Light
from duban.assess.account import Account
from duban.ledger import Book, Head, Store
from duban.ledger.store import Row as LedgerRow
from duban.ledger.witness import Witness, published
from duban.ledger.year.settlements import Settlement
from duban.ledger.year.units import UnitState, unit_named
from duban.web.history import unit_name
from duban.web.shelf import Row, rows
from duban.web.standing import standing
from duban.web.views.units import lights_by_lead


@dataclass(frozen=True, slots=True)
class Line:
    """An entry of a commitment's history: no account, no name of a person."""

    seq: int
    on: str
    at: str
    kind: str
    account: str
    unit: str
    proved: bool


def opened(account: Account) -> Account:
    """An account's figures as everybody may see them: of what a unit sent, the value alone, not what it typed beside it."""
    shown = tuple(
        replace(f, source="", scope="", vintage="", actor="") if f.origin == "unit" else f
        for f in account.figures
    )
    return replace(account, figures=shown, others=tuple(f for f in account.others if f.origin != "unit"))


@dataclass
class Gathered:
    """The open part of a book. `own` are the ledger's rows that are open at all, by commitment."""

    book: Book
    day: date
    head: Head
    witness: Witness
    own: dict[str, list[LedgerRow]] = field(default_factory=dict)

    @cached_property
    def rows(self) -> list[Row]:
        """The commitments in the order of the text."""
        return rows(self.book, self.day)

    @cached_property
    def lights(self) -> dict[str, Light]:
        """Every item's light."""
        return standing(self.book, self.day)

    @cached_property
    def led(self) -> dict[str, list[Light]]:
        """The lights of what a unit leads, by its code."""
        return lights_by_lead(self.book, self.lights)

    @cached_property
    def units(self) -> list[UnitState]:
        """The units in the order of their codes."""
        return [unit for _, unit in sorted(self.book.units.items())]

    @cached_property
    def roots(self) -> dict[str, Any]:
        """The published roots of all days before the day of the site."""
        return published(self.witness, self.book.government, self.book.year, self.day)

    def unit_code(self, name: str) -> str:
        """The code of the unit of this name, "" where the book has none."""
        unit = unit_named(self.book, name) if name else None
        return unit.code if unit else ""

    def verdict(self, id: str) -> Settlement | None:
        """How a commitment was settled."""
        return self.book.verdicts.get(id)

    def lines(self, id: str) -> list[Line]:
        """The history of a commitment as everybody may see it."""
        ended = self.roots["roots"][-1]["size"] if self.roots["roots"] else 0
        return [
            Line(seq, on, at, kind, account, unit_name(self.book, actor), seq <= ended)
            for seq, at, on, actor, kind, account, *_ in self.own.get(id, ())
        ]

    def proofs(self, id: str) -> list[dict[str, Any]]:
        """The proofs of every line of that history whose day has ended."""
        ended = self.roots["roots"][-1]["size"] if self.roots["roots"] else 0
        return [
            self.witness.proof(row, open_fields(row[4]), self.day)
            for row in self.own.get(id, ())
            if row[0] <= ended
        ]


def gather(store: Store, book: Book, day: date, last: int) -> Iterator[int | Gathered]:
    """Read the ledger up to entry `last` once: gives entries' numbers for a progress bar, and last what was gathered."""
    witness, claims = Witness(store.algorithm), _by_claim(book)
    own: dict[str, list[LedgerRow]] = defaultdict(list)
    head, until = Head(0, ""), book.as_of or "9999"
    for row in store.rows(upto=last):
        for _ in witness.take([row]):
            pass
        head = Head(row[0], row[7]) if row[2] <= until else head
        if row[2] <= until and open_fields(row[4]) is not None:
            for id in _commitments(row[5], claims):
                own[id].append(row)
        yield row[0]
    yield Gathered(book, day, head, witness, own)


def _by_claim(book: Book) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for id, state in book.commitments.items():
        for claim in dict.fromkeys(state.read.claims):
            found[claim].append(id)
    return found


def _commitments(account: str, claims: dict[str, list[str]]) -> list[str]:
    """The commitments in whose history an account's entries stand."""
    kind, _, key = account.partition("/")
    if kind == "claim":
        return claims.get(key, [])
    return [key.partition("/")[0]] if kind in ("item", "commitment") else []
