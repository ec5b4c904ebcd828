"""Where the office places a commitment among the four lists of a city's work, against what its words suggest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duban.ledger.entries import Body, registered
from duban.ledger.postings import handles
from duban.ledger.store import Posting
from duban.ledger.year.dated import Dated

if TYPE_CHECKING:
    from duban.ledger.book import Book

CATEGORIES = (
    "indicator",
    "quantified",
    "livelihood",
    "qualitative",
)  # 经济指标、量化任务、民生实事、定性任务


@registered("commitment.placed")
class CommitmentPlaced(Body, frozen=True, gc=False):
    """The commitment belongs to this category (of `CATEGORIES`), for a reason."""

    category: str
    reason: str


@handles("commitment.placed")
def _placed(book: Book, posting: Posting, body: CommitmentPlaced) -> None:
    book.placings[posting[5].partition("/")[2]] = Dated.of(posting, body)
