"""The history of a thing as a reader may see it: what is still being worked out stays with those who work on it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from duban.actions.context import item_of, item_thing
from duban.actions.open_fields import OPEN
from duban.core.problem import Refused
from duban.core.rights import Actor, Thing, may
from duban.ledger import Book, Entry
from duban.ledger.year.filings import Evidence
from duban.ledger.year.people import OFFICE
from duban.web.proofs import is_proved
from duban.web.today import today
from duban.web.who import actor


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it is shown; `actor` is the account, a person or a unit, as far as the reader may know."""

    seq: int
    on: str
    at: str
    actor: str
    kind: str
    account: str
    seal: str
    evidence: tuple[Evidence, ...] = ()  # for those who work on it
    proved: bool = False  # whether a proof that it stood can be had

    @property
    def key(self) -> str:
        """The key of the item that it is about, under which its files are given out."""
        return self.account.partition("/")[2]


def lines(request: HttpRequest, book: Book, entries: Iterable[Entry]) -> list[Line]:
    """The entries that the reader may see, in their order."""
    who = actor(request, book)
    known: dict[str, bool] = {}
    found = []
    for entry in entries:
        if entry.account not in known:
            known[entry.account] = _works_on(who, book, entry.account)
        works = known[entry.account]
        if works or entry.kind in OPEN:
            name = person_name(book, entry.actor) if works else unit_name(book, entry.actor)
            proofs = getattr(entry.body, "evidence", ()) if works else ()
            proofs = tuple(proof for proof in proofs if isinstance(proof, Evidence))
            found.append(
                Line(
                    entry.seq,
                    entry.on,
                    entry.at,
                    name,
                    entry.kind,
                    entry.account,
                    entry.seal,
                    proofs,
                    is_proved(entry.at, entry.kind, today()),
                )
            )
    return found


def _works_on(who: Actor, book: Book, account: str) -> bool:
    """Whether someone may see the working papers of an account."""
    thing = Thing(account)
    kind, _, key = account.partition("/")
    if kind == "item":
        try:
            item_of(book, key)
        except Refused:
            return False
        thing = item_thing(book, key)
    return bool(may(who, "working.read", thing))


def person_name(book: Book, username: str) -> str:
    person = book.people.get(username)
    return person.placed.name or username if person else username


def unit_name(book: Book, username: str) -> str:
    """The unit that someone works for: the public sees offices, not persons."""
    person = book.people.get(username)
    unit = book.units.get(person.placed.unit) if person else None
    if username == OFFICE or (person and "office" in person.placed.roles):
        return _("督查室")
    return unit.name if unit else ""
