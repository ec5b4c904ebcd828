"""Whom to call about what a page shows: the units of a commitment, an item, a matter or a unit itself."""

import re
from collections.abc import Iterator

from duban.actions.context import code_of, unit_thing
from duban.core.rights import Actor, may
from duban.ledger import Book
from duban.ledger.states import ItemState
from duban.ledger.year.units import UnitState

Part = tuple[str, UnitState]  # the code of its part ("relation.lead", …) and the unit

_PAGE = re.compile(r"/(?P<room>c|i|units|matters)/(?P<id>[^/]+)(?:/(?P<n>\d+))?(?:/.*)?")
_ROOMS = {"c": "c", "i": "i", "units": "u", "matters": "m"}


def about(path: str) -> str:
    """What the page at this address speaks of: "c:p3-2", "i:p3-2/1", "u:jiaoyuju", "m:4"; "" for no one thing."""
    found = _PAGE.fullmatch(path)
    if found is None or (found["room"] == "i") is not bool(found["n"]):
        return ""
    number = f"/{found['n']}" if found["n"] else ""
    return f"{_ROOMS[found['room']]}:{found['id']}{number}"


def parts_of(book: Book, who: Actor, text: str) -> list[Part]:
    """The units of what `about` names, each once with its first part; a matter's only for those who may see it."""
    room, _, name = text.partition(":")
    found: dict[str, str] = {}
    for part, unit in _named(book, who, room, name):
        code = code_of(book, unit)
        if code:
            found.setdefault(code, part)
    return [(f"relation.{part}", book.units[code]) for code, part in found.items()]


def _named(book: Book, who: Actor, room: str, name: str) -> Iterator[tuple[str, str]]:
    """Part and name of every unit."""
    if room == "u" and name in book.units:
        yield "own", name
    elif room == "i" and name in book.items:
        yield from _of_item(book.items[name])
    elif room == "c" and name in book.commitments:
        for item in book.commitments[name].items:
            yield from _of_item(item)
    elif room == "m" and name in book.matters:
        opened = book.matters[name].opened.body
        if may(who, "working.read", unit_thing(book, opened.unit)):
            yield "own", opened.unit
            for key in opened.items:
                yield from _of_item(book.items[key])


def _of_item(state: ItemState) -> Iterator[tuple[str, str]]:
    item = state.item
    yield "lead", item.lead
    yield from (("partner", name) for name in item.partners)
    yield "checker", item.checker


def heading(book: Book, text: str) -> str:
    """The words of what `about` names, as the directory puts them over its units; "" for what is not there."""
    room, _, name = text.partition(":")
    if room == "i" and name in book.items:
        return book.items[name].item.head
    if room == "c" and name in book.commitments:
        return book.commitments[name].read.head
    return ""


def search(found: UnitState, text: str, *, told: bool) -> bool:
    """Whether a unit answers to a search: by name, short names and code, by whom to call only for those `told` it."""
    unit = found.unit
    words = [found.code, found.name, *unit.aliases, *((unit.contact, unit.phone) if told else ())]
    return any(text.casefold() in word.casefold() for word in words)
