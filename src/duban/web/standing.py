"""How every item stands on a day, kept for the readers of the same book.

A new entry touches one item or two: the others keep the light that they had, since a light is a pure function
of the item's states, the rules and the day, and states are never changed in place.
"""

from collections import OrderedDict
from datetime import date
from threading import Lock
from typing import TypeVar

from duban.assess import Light, light_of, profile_of
from duban.assess.facts import open_matters
from duban.assess.ranking import WORST, tally, worst
from duban.ledger import Book

__all__ = ["WORST", "standing", "tally", "worst"]

_KEPT = 12  # days and as-of books
K = TypeVar("K")
V = TypeVar("V")
Cause = tuple[object, ...]  # the very objects that a light was judged from

_lock = Lock()
_known: OrderedDict[tuple[str | None, date], dict[str, tuple[Cause, Light]]] = OrderedDict()
_lights: OrderedDict[tuple[int, str | None, date], dict[str, Light]] = OrderedDict()


def standing(book: Book, day: date) -> dict[str, Light]:
    """The lights of all items of a book on a day, by item key, under the city's profile."""
    asked = (book.seq, book.as_of, day)
    if (found := _lights.get(asked)) is not None:
        return found
    with _lock:
        before = _known.get((book.as_of, day), {})
        judged = _judged(book, day, before)
        lights = {key: light for key, (_, light) in judged.items()}
        _keep(_known, (book.as_of, day), judged)
        _keep(_lights, asked, lights)
    return lights


def _judged(book: Book, day: date, before: dict[str, tuple[Cause, Light]]) -> dict[str, tuple[Cause, Light]]:
    """Each item's light with its cause: taken over where the cause is the same, judged anew elsewhere."""
    profile, matters = profile_of(book), open_matters(book)
    found = {}
    for key, item in book.items.items():
        if item.removed:
            continue
        about = [book.matters[number] for number in matters.get(key, ())]
        cause = (item, book.tasks.get(key), profile, book.rules.get("countersign"), *about)
        known = before.get(key)
        if known is None or not _same(known[0], cause):
            known = (cause, light_of(book, key, day, profile, matters))
        found[key] = known
    return found


def _same(one: Cause, other: Cause) -> bool:
    return len(one) == len(other) and all(
        a is b or (isinstance(a, str) and a == b) for a, b in zip(one, other, strict=True)
    )


def _keep(shelf: OrderedDict[K, V], key: K, value: V) -> None:
    """Keep the value; forget what was kept longest ago."""
    shelf[key] = value
    while len(shelf) > _KEPT:
        shelf.popitem(last=False)
