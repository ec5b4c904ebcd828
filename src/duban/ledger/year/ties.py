"""Ties between two governments' books: the upper one asks for a lower one's figures, the lower one grants them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duban.ledger.entries import Body, registered
from duban.ledger.postings import handles
from duban.ledger.store import Posting
from duban.ledger.year.dated import Dated

if TYPE_CHECKING:
    from duban.ledger.book import Book


class Tie(Body, frozen=True, gc=False):
    """The other side: the government whose book it is, and the item there; both "" end the tie, for a reason."""

    government: str
    item: str
    reason: str = ""


@registered("tie.asked")
class TieAsked(Tie, frozen=True, gc=False):
    """This item takes its figures from an item of a lower government's book."""


@registered("tie.granted")
class TieGranted(Tie, frozen=True, gc=False):
    """What is accepted here of this item may go to an item of the upper government's book."""


@handles("tie.asked")
def _asked(book: Book, posting: Posting, body: TieAsked) -> None:
    _put(book.ties, posting, body)


@handles("tie.granted")
def _granted(book: Book, posting: Posting, body: TieGranted) -> None:
    _put(book.grants, posting, body)


def _put(shelf: dict[str, Dated[Tie]], posting: Posting, body: Tie) -> None:
    key = posting[5].partition("/")[2]
    if body.government:
        shelf[key] = Dated.of(posting, body)
    else:
        shelf.pop(key, None)
