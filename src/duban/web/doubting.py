"""The doubts of a book, kept for the readers: only the items whose account is another one are looked at again."""

from datetime import date

from duban.assess import Account
from duban.assess.doubts import Doubt, Limits, of_book, of_item, ordered
from duban.ledger import Book
from duban.web.kept import Kept
from duban.web.standing import standing

_KEPT = 20_000  # items of all books and days together
_lists: Kept[tuple[Doubt, ...]] = Kept(12)  # of a book on a day
_known: dict[int, tuple[Account, Limits, tuple[Doubt, ...]]] = {}


def doubts_on(book: Book, day: date) -> tuple[Doubt, ...]:
    """Every doubt of the book, as `assess.doubts` gives them."""
    return _lists.get((book.as_of, day), (book.seq,), lambda: _found(book, day))


def _found(book: Book, day: date) -> tuple[Doubt, ...]:
    limits = Limits.of(book.rules)
    accounts = {key: light.account for key, light in standing(book, day).items()}
    found = list(of_book(book, accounts, limits))
    for account in accounts.values():
        found += _of_item(account, limits)
    return ordered(found)


def _of_item(account: Account, limits: Limits) -> tuple[Doubt, ...]:
    """The item's own doubts; an account is never changed in place, so the same one has the same doubts."""
    known = _known.get(id(account))
    if known is not None and known[0] is account and known[1] == limits:
        return known[2]
    if len(_known) > _KEPT:
        _known.clear()
    found = tuple(of_item(account, limits))
    _known[id(account)] = (account, limits, found)
    return found
