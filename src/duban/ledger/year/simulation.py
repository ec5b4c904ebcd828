"""A mark that what follows was made up by a program: shown on every page, for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duban.ledger.entries import Body, registered
from duban.ledger.postings import handles
from duban.ledger.store import Posting

if TYPE_CHECKING:
    from duban.ledger.book import Book


@registered("simulation.marked")
class SimulationMarked(Body, frozen=True, gc=False):
    """The units, people, figures and notes of this book are simulated, by this program with this seed.

    `field_seconds` is what the program takes a person to need for one field of a form (0: it says nothing of it).
    """

    program: str
    seed: int
    field_seconds: int = 0


@handles("simulation.marked")
def _marked(book: Book, posting: Posting, body: SimulationMarked) -> None:
    book.simulated = f"{body.program} #{body.seed}"
