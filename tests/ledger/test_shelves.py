"""What a copy of the book must copy: none of its shelves may be forgotten."""

from collections.abc import MutableMapping

from duban.ledger import Book
from duban.ledger.book import SHELVES


def test_every_shelf_of_the_book_is_copied():
    """`waiting` is copied by itself, as its lists grow in place."""
    shelves = {name for name, value in vars(Book()).items() if isinstance(value, MutableMapping)}
    assert shelves - {"waiting"} == set(SHELVES)


def test_a_copy_has_shelves_of_its_own():
    book = Book()
    twin = book.copy()
    for name in SHELVES:
        assert getattr(twin, name) is not getattr(book, name), name
        assert getattr(twin, name) == getattr(book, name), name
