"""Citizens' remarks on a commitment: each is a case of the hotline; the commitment knows which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duban.ledger.entries import Body, registered
from duban.ledger.postings import handles
from duban.ledger.store import Posting

if TYPE_CHECKING:
    from duban.ledger.book import Book


@registered("remark.sent")
class RemarkSent(Body, frozen=True, gc=False):
    """Somebody of the public said something on this commitment: its words stand in the record `case`."""

    register: str
    case: str


@handles("remark.sent")
def _sent(book: Book, posting: Posting, body: RemarkSent) -> None:
    key = posting[5].partition("/")[2]
    book.remarks[key] = (*book.remarks.get(key, ()), body)
