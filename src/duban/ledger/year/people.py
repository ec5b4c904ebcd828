"""People: who works for which unit in which roles. An account that leaves is closed; its entries stay."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from duban.ledger.entries import Body, registered
from duban.ledger.postings import handles
from duban.ledger.store import Posting

if TYPE_CHECKING:
    from duban.ledger.bodies import Item
    from duban.ledger.book import Book

LEADER = "leader"
OFFICE = "office"  # the account that a new book begins with
RESETS = ("password", "second_factor", "lock", "sessions", "subject")


@registered("person.placed")
class PersonPlaced(Body, frozen=True, gc=False):
    """From now on this person works for `unit` (a code) in these roles.

    `territory` is the code of the unit over whose branch a checker or account manager has a say ("" for none;
    the code of the government itself for all).
    """

    name: str
    unit: str = ""
    roles: tuple[str, ...] = ()
    territory: str = ""


@registered("person.left")
class PersonLeft(Body, frozen=True, gc=False):
    """The account is closed: no more sign-in, the history stays."""

    reason: str = ""


@registered("person.reset")
class PersonReset(Body, frozen=True, gc=False):
    """`what` (RESETS) of the account was made anew or taken away by whoever has a say over it."""

    what: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PersonState:
    """A person as placed."""

    username: str
    placed: PersonPlaced
    left: bool = False


def leader_of(book: Book, item: Item) -> str:
    """The account of the leader who answers for an item: the one chosen, else the only leader who ever had the
    name that the table gives; "" where there is none or the name is that of several."""
    named = book.leaders.get(item.leader, ())
    return item.leader_account or (named[0] if len(named) == 1 else "")


def is_ambiguous(book: Book, item: Item) -> bool:
    """Whether the name alone does not say which of several leaders is meant: then nobody has a leader's rights."""
    return not item.leader_account and len(book.leaders.get(item.leader, ())) > 1


@handles("person.placed")
def _placed(book: Book, posting: Posting, body: PersonPlaced) -> None:
    username = posting[5].partition("/")[2]
    before = book.people.get(username)
    if before is not None and LEADER in before.placed.roles:
        rest = tuple(one for one in book.leaders.get(before.placed.name, ()) if one != username)
        book.leaders[before.placed.name] = rest
    if LEADER in body.roles:
        book.leaders[body.name] = (*book.leaders.get(body.name, ()), username)
    book.people[username] = PersonState(username, body)


@handles("person.left")
def _left(book: Book, posting: Posting, body: PersonLeft) -> None:
    username = posting[5].partition("/")[2]
    known = book.people.get(username) or PersonState(username, PersonPlaced(username))
    book.people[username] = replace(known, left=True)
