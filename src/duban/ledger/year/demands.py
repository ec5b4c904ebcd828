"""What units are asked for beyond the plan: counted before it is sent, refused where it is known already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duban.ledger.entries import Body, registered
from duban.ledger.postings import handles
from duban.ledger.store import Posting
from duban.ledger.year.dated import Dated

if TYPE_CHECKING:
    from duban.ledger.book import Book


@registered("demand.sent")
class DemandSent(Body, frozen=True, gc=False):
    """The office asks units for fields of items for a period, by a day, on an authority."""

    title: str
    units: tuple[str, ...]
    items: tuple[str, ...]
    fields: tuple[str, ...]
    period: str
    due: str
    authority: str = ""


@handles("demand.sent")
def _sent(book: Book, posting: Posting, body: DemandSent) -> None:
    book.demands[posting[5].partition("/")[2]] = Dated.of(posting, body)
