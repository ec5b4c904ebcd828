"""Apply the changes of a decomposition table: all in one transaction, or none."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import msgspec

from duban.actions.context import Writes, actor_of, item_thing, refuse_secrets, require
from duban.actions.tasks import assigned
from duban.core.problem import Problem, Refused
from duban.core.rights import Thing, may
from duban.ledger import Book, Draft, Entry, Store, instant
from duban.ledger.bodies import TABLED, Item, ItemAdded, ItemChanged, ItemRemoved
from duban.ledger.entries import Body
from duban.ledger.items import ItemChange
from duban.ledger.values import is_due, is_words
from duban.ledger.year.people import leader_of
from duban.ledger.year.units import unit_named


def table_problems(book: Book, changes: Iterable[ItemChange]) -> tuple[Problem, ...]:
    """Everything that keeps these changes from being applied to `book`; empty when all is right."""
    faults: list[Problem] = []
    seen: set[tuple[str, int]] = set()
    for change in changes:
        faults.extend(_faults(book, change))
        key = (change.commitment, change.n)
        if change.n and key in seen:
            faults.append(_problem("table.item_twice", change))
        seen.add(key)
    return tuple(faults)


def apply_table(
    store: Store, book: Book, changes: Sequence[ItemChange], *, actor: str, at: datetime, on: date
) -> list[Entry]:
    """Enter the changes; an item that already reads so adds no entry.

    Raises `Refused` with every problem there is, and then nothing was applied; "ledger.moved" when someone
    wrote after `book` was folded.
    """
    writes = apply_items(book, actor, changes, today=on)
    drafts = [Draft(instant(at), on.isoformat(), actor, account, body) for account, body in writes]
    return store.append(drafts, expect=book.seq) if drafts else []


def apply_items(book: Book, username: str, changes: Sequence[ItemChange], *, today: date) -> Writes:
    """What the changes write: the items, and an assignment for each lead that is new and a unit of the book."""
    _require_each(book, username, changes)
    faults = table_problems(book, changes)
    if faults:
        raise Refused(*faults)
    writes: Writes = []
    for account, body in _bodies(book, changes):
        writes.append((account, body))
        if isinstance(body, Item) and _newly_led(book, account, body):
            require(book, username, "assignment.make", Thing(account))
            writes.append((account, assigned(book, body, today)))
    refuse_secrets(writes)
    return writes


def _require_each(book: Book, username: str, changes: Iterable[ItemChange]) -> None:
    """Raise `Refused` unless every field that changes may be changed by this person; adding is the office's."""
    if may(actor_of(book, username), "item.edit", Thing("table"), "item"):
        return
    for change in changes:
        state = book.items.get(f"{change.commitment}/{change.n}")
        if change.how != "change" or state is None or state.removed:
            require(book, username, "item.edit", Thing("table"), "item")
            continue
        thing = item_thing(book, f"{change.commitment}/{change.n}")
        for field in TABLED:
            if state.item[field] != getattr(change, field):
                require(book, username, "item.edit", thing, field)


def _newly_led(book: Book, account: str, item: Item) -> bool:
    before = book.items.get(account.partition("/")[2])
    return unit_named(book, item.lead) is not None and (before is None or before.item.lead != item.lead)


def _bodies(book: Book, changes: Iterable[ItemChange]) -> Iterable[tuple[str, Body]]:
    """What to write, by account; new items get the next free numbers."""
    following: dict[str, int] = {}
    for change in changes:
        owner = change.commitment
        if change.how == "add":
            n = following.get(owner, book.commitments[owner].next_item)
            following[owner] = n + 1
            yield f"item/{owner}/{n}", _item(book, ItemAdded, change)
            continue
        account = f"item/{owner}/{change.n}"
        if change.how == "remove":
            yield account, ItemRemoved(owner, change.note)
        elif not _same(book.items[account[5:]].item, change):
            yield account, _item(book, ItemChanged, change)


def _item(book: Book, kind: type[Item], change: ItemChange) -> Item:
    """The item as it is written. A leader that is named anew is held by account where the name says which."""
    item = kind(**{name: getattr(change, name) for name in TABLED})
    state = book.items.get(f"{change.commitment}/{change.n}")
    same = state is not None and state.item.leader == item.leader
    account = state.item.leader_account if state is not None and same else leader_of(book, item)
    return msgspec.structs.replace(item, leader_account=account)


def _same(item: Item, change: ItemChange) -> bool:
    return all(item[name] == getattr(change, name) for name in TABLED)


def _faults(book: Book, change: ItemChange) -> Iterable[Problem]:
    commitment = book.commitments.get(change.commitment)
    if change.how not in ("add", "change", "remove"):
        yield _problem("table.change_unknown", change, how=change.how)
        return
    if commitment is None or commitment.dropped:
        yield _problem("table.commitment_unknown", change)
    elif change.how != "add":
        item = commitment.numbered.get(change.n)
        if item is None or item.removed:
            yield _problem("table.item_unknown", change)
    if change.how != "remove":
        yield from _wrong_fields(change)


def _wrong_fields(change: ItemChange) -> Iterable[Problem]:
    if not any(c.isprintable() and not c.isspace() for c in change.head):
        yield _problem("table.head_missing", change)
    if change.due is not None and not is_due(change.due):
        yield _problem("table.due_wrong", change, due=change.due[:40])
    units = [unit for unit in (change.lead, change.leader, *change.partners) if unit]
    for unit in units:
        if not is_words(unit):
            yield _problem("table.unit_wrong", change, unit=unit[:40])


def _problem(code: str, change: ItemChange, **data: str) -> Problem:
    return Problem(code, change.place, {"commitment": change.commitment, "item": change.n, **data})
