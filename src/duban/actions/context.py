"""What every action shares: who asks, about what, whether they may, and the one way to write.

An action is a pure function of the book that gives the entries to write or raises `Refused`; `perform` runs it
on the book as it is and appends what it gives, all or nothing, again if someone else wrote in between.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime

from duban.core.problem import Problem, Refused
from duban.core.rights import Actor, Thing, may
from duban.core.rights.decide import PUBLIC
from duban.core.secrecy import secret_mark
from duban.ledger import Book, BookKeeper, Draft, Entry, instant
from duban.ledger.entries import Body
from duban.ledger.states import ItemState
from duban.ledger.year.people import OFFICE, leader_of
from duban.ledger.year.tasks import Task
from duban.ledger.year.units import above, unit_named

Writes = list[tuple[str, Body]]  # account and body, in order
_SPACES = {0x3000: " ", 0xA0: " "}  # full-width and unbroken blanks, as they come with pasted text
_TRIES = 50  # times that another writer may come first


def perform(
    keeper: BookKeeper, decide: Callable[[Book], Writes], *, actor: str, at: datetime, on: date
) -> list[Entry]:
    """Run an action and write what it decides in one transaction. Raises `Refused`, and then nothing is written."""
    for attempt in range(_TRIES):
        book = keeper.book()
        writes = decide(book)
        refuse_secrets(writes)
        drafts = [Draft(instant(at), on.isoformat(), actor, account, body) for account, body in writes]
        if not drafts:
            return []
        try:
            return keeper.store.append(drafts, expect=book.seq)
        except Refused as refusal:
            if refusal.problems[0].code != "ledger.moved" or attempt == _TRIES - 1:
                raise
    raise AssertionError("unreachable")


def actor_of(book: Book, username: str) -> Actor:
    """The person behind an account as the book places them; without roles when unknown or gone.

    The account `office` that a book begins with holds the office's role until it is placed otherwise.
    """
    if not username:
        return PUBLIC
    person = book.people.get(username)
    if person is None:
        return Actor(username, username, frozenset({"office"} if username == OFFICE else ()))
    if person.left:
        return Actor(username, person.placed.name)
    placed = person.placed
    return Actor(username, placed.name, frozenset(placed.roles), placed.unit, placed.territory)


def code_of(book: Book, name: str) -> str:
    """The code of the unit of this name, alias or code; "" when there is none."""
    unit = unit_named(book, name) if name else None
    return unit.code if unit else ""


def item_thing(book: Book, key: str, *, doers: Iterable[str] = (), facts: Iterable[str] = ()) -> Thing:
    """An item as rights see it: its units by code, who has acted on it, and the facts that hold."""
    item = item_of(book, key).item
    lead = code_of(book, item.lead)
    done = frozenset(doers)
    return Thing(
        place=f"item/{key}",
        unit=lead,
        lead=lead,
        partners=frozenset(code for name in item.partners if (code := code_of(book, name))),
        checker=code_of(book, item.checker),
        leader=leader_of(book, item),
        path=above(book, lead),
        doers=done,
        doer_units=units_of(book, done) | ({lead} if lead else frozenset()),
        facts=frozenset(facts),
    )


def unit_thing(book: Book, code: str, *, facts: Iterable[str] = ()) -> Thing:
    """A unit as rights see it."""
    return Thing(f"unit/{code}", unit=code, path=above(book, code), facts=frozenset(facts))


def units_of(book: Book, usernames: Iterable[str]) -> frozenset[str]:
    """The codes of the units that these people work for."""
    people = (book.people.get(name) for name in usernames)
    return frozenset(p.placed.unit for p in people if p is not None and p.placed.unit)


def item_of(book: Book, key: str) -> ItemState:
    """The item on the table under this key ("p3-2/1"); raises `Refused` when there is none."""
    item = book.items.get(key)
    if item is None or item.removed:
        raise refused("item.unknown", f"item/{key}")
    return item


def task_of(book: Book, key: str) -> Task:
    """What was said about an item so far; raises `Refused` for an item that is not on the table."""
    item_of(book, key)
    return book.tasks.get(key) or Task()


def require(book: Book, username: str, action: str, thing: Thing, field: str = "") -> Actor:
    """The actor, if they may; else raises `Refused` with the reason."""
    actor = actor_of(book, username)
    decision = may(actor, action, thing, field)
    if not decision:
        raise Refused(Problem(decision.code, thing.place, decision.data))
    return actor


def refused(code: str, place: str = "", **data: str | int) -> Refused:
    """A refusal with one problem, to be raised."""
    return Refused(Problem(code, place, data))


def words(text: str, field: str, place: str, *, limit: int = 2000, required: bool = True) -> str:
    """`text` without outer blanks; raises `Refused` when it is empty where required, endless, or unprintable."""
    text = text.translate(_SPACES).strip()
    if required and not text:
        raise refused("field.missing", place, field=f"field.{field}")
    if len(text) > limit:
        raise refused("field.long", place, field=f"field.{field}", limit=limit, found=len(text))
    if not all(c.isprintable() or c in "\n\t" for c in text):
        raise refused("field.unprintable", place, field=f"field.{field}")
    if fault := secret(text, field, place):
        raise Refused(fault)
    return text


def secret(text: str, field: str, place: str) -> Problem | None:
    """What is wrong with a text that carries the mark of a state secret, or None."""
    mark = secret_mark(text)
    data: dict[str, str | int] = {"field": f"field.{field}"}
    return Problem("field.secret", place, data | {"mark": mark.text, "at": mark.at}) if mark else None


def refuse_secrets(writes: Iterable[tuple[str, Body]]) -> None:
    """Raise `Refused` with every text that carries the mark of a state secret, in whatever field of whatever kind."""
    faults = [
        fault
        for account, body in writes
        for field, text in _texts(body.plain(), "text")
        if (fault := secret(text, field, account))
    ]
    if faults:
        raise Refused(*faults)


def _texts(value: object, field: str) -> Iterator[tuple[str, str]]:
    """Every text inside a written value, with the name of the field that holds it."""
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, name)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner, field)


def next_number(shelf: Mapping[str, object]) -> str:
    """The number that the next thing on a shelf of numbered things gets."""
    return str(max(map(int, shelf), default=0) + 1)
