"""How every item stands on a day, kept for the readers of the same book.

A new entry touches one item or two: the others keep the light that they had, since a light is a pure function
of the item's states, the rules and the day.
"""

from datetime import date

from duban.assess import Light, light_of, profile_of
from duban.assess.facts import open_matters
from duban.assess.ranking import WORST, tally, worst
from duban.ledger import Book
from duban.web.kept import Cause, Kept

__all__ = ["WORST", "standing", "tally", "worst"]

_lights: Kept[Light] = Kept(100_000)  # one for each item of a day or of an as-of book
_standings: Kept[dict[str, Light]] = Kept(12)


def standing(book: Book, day: date) -> dict[str, Light]:
    """The lights of all items of a book on a day, by item key, under the city's profile."""
    return _standings.get((book.as_of, day), (book.seq,), lambda: _judged(book, day))


def _judged(book: Book, day: date) -> dict[str, Light]:
    """Each item's light: the one that it had where nothing that it was judged from has changed."""
    profile, matters = profile_of(book), open_matters(book)
    rules: Cause = (profile, book.rules.get("countersign"))
    found = {}
    for key, item in book.items.items():
        if not item.removed:
            about = (book.matters[number] for number in matters.get(key, ()))
            cause = (item, book.tasks.get(key), *rules, *about)
            found[key] = _lights.get(
                (book.as_of, day, key), cause, lambda key=key: light_of(book, key, day, profile, matters)
            )
    return found
