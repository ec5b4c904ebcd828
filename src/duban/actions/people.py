"""People: placed in a unit with roles, moved, and closed; what they did stays."""

import re
from collections.abc import Iterable

from duban.actions.context import Writes, actor_of, refused, require, unit_thing, words
from duban.core.problem import Problem, Refused
from duban.core.rights import ROLES, Thing, may
from duban.ledger import Book
from duban.ledger.year.people import OFFICE, RESETS, PersonLeft, PersonPlaced, PersonReset, PersonState

USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,39}")


def place_person(book: Book, username: str, account: str, placed: PersonPlaced) -> Writes:
    """Say that `account` (a username) works for a unit in these roles from now on.

    Every role is asked for by itself, so that an account manager gives no role beyond its own say; and whoever
    changes an account must have a say over what it is now.
    """
    place = f"person/{account}"
    if not USERNAME.fullmatch(account):
        raise refused("person.username_wrong", account[:40])
    known = book.people.get(account)
    before = placed_now(book, account)
    if before is not None:
        _may_place(book, username, place, before)
    _may_place(book, username, place, placed)
    _check(book, place, placed)
    if twin := next(
        (name for name in (OFFICE, *book.people) if name != account and name.lower() == account.lower()), ""
    ):
        raise refused("person.username_taken", place, other=twin)
    _keep_an_office(book, account, placed.roles)
    if known is not None and known.placed == placed and not known.left:
        return []
    return [(place, placed)]


def import_people(book: Book, username: str, people: Iterable[tuple[str, PersonPlaced]]) -> Writes:
    """Place a whole list; all or nothing, with every fault told."""
    writes: Writes = []
    faults = list[Problem]()
    draft = book.copy()
    for account, placed in people:
        try:
            writes.extend(place_person(draft, username, account, placed))
        except Refused as refusal:
            faults.extend(refusal.problems)
        else:
            draft.people[account] = PersonState(account, placed)
    if faults:
        raise Refused(*faults)
    return writes


def close_person(book: Book, username: str, account: str, *, reason: str) -> Writes:
    """Close an account: it may do nothing any more; its history stays."""
    place = f"person/{account}"
    may_keep(book, username, account)
    _keep_an_office(book, account, ())
    return [(place, PersonLeft(words(reason, "reason", place)))]


def reset_person(book: Book, username: str, account: str, *, what: str, reason: str = "") -> Writes:
    """Say that an open account's `what` (RESETS) is made anew or taken away; passwords stay out of the ledger."""
    place = f"person/{account}"
    may_keep(book, username, account)
    if what not in RESETS:
        raise refused("person.reset_unknown", place, what=what[:40], known=", ".join(RESETS))
    return [(place, PersonReset(what, words(reason, "reason", place, required=False)))]


def may_keep(book: Book, username: str, account: str) -> None:
    """Raise `Refused` unless `account` is open and `username` has a say over every role that it holds."""
    known = book.people.get(account)
    placed = placed_now(book, account)
    if placed is None or (known is not None and known.left):
        raise refused("person.unknown", f"person/{account[:40]}")
    _may_place(book, username, f"person/{account}", placed)


def has_say(book: Book, username: str, placed: PersonPlaced) -> bool:
    """Whether `username` has a say over every role of somebody placed so."""
    thing = unit_thing(book, placed.unit) if placed.unit else Thing("person")
    who = actor_of(book, username)
    return all(may(who, "person.edit", thing, role) for role in placed.roles or ("none",))


def placed_now(book: Book, account: str) -> PersonPlaced | None:
    """How an account is placed, gone or not; the one that a book begins with is the office's. None: unknown."""
    known = book.people.get(account)
    if known is not None:
        return known.placed
    return PersonPlaced(OFFICE, roles=("office",)) if account == OFFICE else None


def office_accounts(book: Book) -> frozenset[str]:
    """The accounts that hold the office's role now."""
    accounts = {OFFICE, *book.people}
    return frozenset(name for name in accounts if "office" in actor_of(book, name).roles)


def _may_place(book: Book, username: str, place: str, placed: PersonPlaced) -> None:
    thing = unit_thing(book, placed.unit) if placed.unit else Thing(place)
    for role in placed.roles or ("none",):
        require(book, username, "person.edit", thing, role)


def _check(book: Book, place: str, placed: PersonPlaced) -> None:
    words(placed.name, "name", place, limit=40)
    for role in placed.roles:
        if role not in ROLES or role == "public":
            known = " ".join(f"role.{name}" for name in ROLES if name != "public")
            raise refused("person.role_unknown", place, role=role[:40], known=known)
    for code in (placed.unit, placed.territory):
        unit = book.units.get(code)
        if code and (unit is None or unit.closed is not None):
            raise refused("unit.unknown", f"unit/{code[:40]}")
    if not placed.unit and set(placed.roles) & {"reporter", "head", "checker"}:
        raise refused("person.unit_missing", place)
    if "manager" in placed.roles and not placed.territory:
        raise refused("person.territory_missing", place)
    if placed.territory and not set(placed.roles) & {"manager", "checker"}:
        raise refused("person.territory_unneeded", place)


def _keep_an_office(book: Book, account: str, roles: tuple[str, ...]) -> None:
    """Somebody must be left who can act for the office."""
    if "office" not in roles and office_accounts(book) == {account}:
        raise refused("person.last_office", f"person/{account}")
