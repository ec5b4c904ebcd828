"""Keeps books in memory and brings them up to date by entry number before handing them out."""

import gc
import threading
from collections import OrderedDict
from datetime import date

from duban.ledger.book import Book, without_collection
from duban.ledger.store import Store

DATES_KEPT = 4
_MANY = 100_000  # entries


class BookKeeper:
    """The current book and the last few as-of books of one store. Safe to use from several threads."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._lock = threading.Lock()
        self._books: OrderedDict[str | None, Book] = OrderedDict()

    def book(self) -> Book:
        """The book with every entry committed so far. It does not change afterwards; ask again for news."""
        return self._current(None)

    def as_of(self, day: date) -> Book:
        """The book of the entries that count by the end of `day`."""
        return self._current(day.isoformat())

    def _current(self, day: str | None) -> Book:
        with self._lock:
            known = self._books.get(day)
            book = self._caught_up(known or Book(day, self.store.timeline), handed_out=known is not None)
            self._books[day] = book
            self._books.move_to_end(day)
            dated = [kept for kept in self._books if kept is not None]
            for old in dated[:-DATES_KEPT]:
                del self._books[old]
            return book

    def _caught_up(self, book: Book, *, handed_out: bool) -> Book:
        """The same book if nothing is new, else a newer one; the old one stays as it is for its readers."""
        fresh: Book | None = None
        before = book.seq
        with without_collection():
            for page in self.store.postings(book.seq, book.as_of):
                fresh = fresh or (book.copy() if handed_out else book)
                fresh.post(page)
            if fresh is not None:
                fresh.settle()
        if fresh is not None and fresh.seq - before > _MANY:
            gc.freeze()  # what was just read stays for good: never look through it for cycles
        return fresh or book
