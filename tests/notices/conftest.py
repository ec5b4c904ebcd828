"""The small city's ledger of the papers, for notices."""

from tests.papers.conftest import books, ledger

__all__ = ["books", "ledger"]
