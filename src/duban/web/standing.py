"""How every item stands on a day, kept for the readers of the same book."""

from collections import OrderedDict
from collections.abc import Iterable
from datetime import date

from duban.assess import Light, profile_of
from duban.assess.lights import lights
from duban.ledger import Book

WORST = ("red", "orange", "yellow", "blue", "grey", "green")  # what a reader should see first
_KEPT = 12
_known: OrderedDict[tuple[int, str | None, date], dict[str, Light]] = OrderedDict()


def standing(book: Book, day: date) -> dict[str, Light]:
    """The lights of all items of a book on a day, by item key, under the city's profile."""
    key = (book.seq, book.as_of, day)
    found = _known.get(key)
    if found is None:
        found = lights(book, day, profile_of(book))
        _known[key] = found
        while len(_known) > _KEPT:
            _known.popitem(last=False)
    return found


def worst(found: Iterable[Light]) -> Light | None:
    """The light that a reader should see first; None of none."""
    return min(found, key=lambda light: WORST.index(light.colour), default=None)


def tally(found: Iterable[Light]) -> dict[str, int]:
    """How many lights of each colour, the worst first; colours that do not occur are left out."""
    counts = dict.fromkeys(WORST, 0)
    for light in found:
        counts[light.colour] += 1
    return {colour: n for colour, n in counts.items() if n}
