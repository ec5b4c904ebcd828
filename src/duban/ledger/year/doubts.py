"""What people say of a contradiction that the book's figures show: explained, confirmed, or to be supervised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from duban.ledger.entries import Body, registered
from duban.ledger.postings import handles
from duban.ledger.store import Posting
from duban.ledger.year.dated import Dated

if TYPE_CHECKING:
    from duban.ledger.book import Book

VERDICTS = ("explained", "confirmed", "supervise")


@registered("doubt.judged")
class DoubtJudged(Body, frozen=True, gc=False):
    """A person's verdict on a doubt, with the figures that it had: other figures make it new again."""

    code: str
    period: str
    figures: Mapping[str, str]
    verdict: str
    reason: str


@handles("doubt.judged")
def _judged(book: Book, posting: Posting, body: DoubtJudged) -> None:
    name = f"{posting[5]}#{body.code}#{body.period}"
    book.doubts[name] = (*book.doubts.get(name, ()), Dated.of(posting, body))
