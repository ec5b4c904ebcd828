"""The ledger's tree behind the pages: the roots of ended days, and proofs for entries that everybody may see."""

from datetime import date
from functools import cache
from threading import Lock
from typing import Any

from duban.actions.open_fields import open_fields
from duban.ledger import Book
from duban.ledger.witness import Witness, day_of, published
from duban.web.shelf import store

_lock = Lock()


@cache
def _witness() -> Witness:
    return Witness(store().algorithm)


def _caught_up() -> Witness:
    """The tree with every entry; the first call walks the whole ledger, later ones what is new. Under the lock."""
    for _ in _witness().catch_up(store()):
        pass
    return _witness()


def roots(book: Book, today: date) -> dict[str, Any]:
    """The roots of all days before `today`, as they are published."""
    with _lock:
        return published(_caught_up(), book.government, book.year, today)


def proof(seq: int, today: date) -> dict[str, Any]:
    """The proof for an entry with its open fields; raises `Refused` where there is no entry, or its day has not ended."""
    with _lock:
        witness = _caught_up()
        witness.day_for(seq, today)
        row = next(store().rows(after=seq - 1, upto=seq))
        return witness.proof(row, open_fields(row[4]), today)


def is_proved(at: str, kind: str, today: date) -> bool:
    """Whether the proof for an entry written at `at` can be had and shows something."""
    return open_fields(kind) is not None and day_of(at) < today.isoformat()
