"""Which leader answers for an item: chosen by account, since two may have one name."""

from collections.abc import Sequence

from duban.actions.context import Writes, item_of, item_thing, refused, require
from duban.actions.tasks import changed
from duban.core.rights import Thing
from duban.ledger import Book
from duban.ledger.year.people import LEADER, PersonState, is_ambiguous


def choose_leader(book: Book, username: str, keys: Sequence[str], account: str) -> Writes:
    """Put items under the leader of this account, whose name then stands in the table; "" takes their leader away.

    Raises `Refused`: no right, no such item, or an account that is no leader's now.
    """
    person = book.people.get(account)
    if account and (person is None or person.left or LEADER not in person.placed.roles):
        raise refused("leader.unknown", "leader", account=account[:40])
    name, writes = person.placed.name if person is not None and account else "", Writes()
    if not keys:
        require(book, username, "item.edit", Thing("table"), "leader")
    for key in keys:
        require(book, username, "item.edit", item_thing(book, key), "leader")
        item = item_of(book, key).item
        if (item.leader, item.leader_account) != (name, account):
            writes.append((f"item/{key}", changed(item, leader=name, leader_account=account)))
    return writes


def leaders_now(book: Book) -> list[PersonState]:
    """The leaders who can be chosen, by name and account."""
    found = [p for p in book.people.values() if LEADER in p.placed.roles and not p.left]
    return sorted(found, key=lambda p: (p.placed.name, p.username))


def unclear(book: Book) -> dict[str, list[str]]:
    """The names that several leaders share, each with the keys of the items that do not say which is meant."""
    found: dict[str, list[str]] = {}
    for key, state in book.items.items():
        if not state.removed and is_ambiguous(book, state.item):
            found.setdefault(state.item.leader, []).append(key)
    return found
