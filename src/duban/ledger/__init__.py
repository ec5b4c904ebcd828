"""The ledger: frozen, dated, sealed entries in one append-only chain, and the book they fold into."""

from pathlib import Path

from duban.core.problem import Problem, Refused
from duban.ledger import bodies as bodies
from duban.ledger import year as year
from duban.ledger.book import Book, fold
from duban.ledger.entries import Body, Draft, Entry, instant
from duban.ledger.keeper import BookKeeper
from duban.ledger.sqlite import SqliteStore
from duban.ledger.store import Head, Store, Verdict

__all__ = [
    "Body",
    "Book",
    "BookKeeper",
    "Draft",
    "Entry",
    "Head",
    "Store",
    "Verdict",
    "fold",
    "instant",
    "open_store",
]


def open_store(location: str | Path, *, create: bool = False, algorithm: str = "sha256") -> Store:
    """Open the ledger at a folder or a postgresql:// URL; `create` lays out a new one with that `algorithm`.

    An existing ledger keeps its own algorithm ("sha256" or "sm3"). Raises `Refused` with one Problem:
    missing, locked, newer, no_rights, not_a_ledger, disk_full, unreachable.
    """
    if str(location).startswith(("postgresql://", "postgres://")):
        try:
            from duban.ledger.postgres import PostgresStore
        except ImportError as fault:
            raise Refused(Problem("ledger.no_driver", "postgresql")) from fault
        return PostgresStore(str(location), create, algorithm)
    return SqliteStore(Path(location), create, algorithm)
