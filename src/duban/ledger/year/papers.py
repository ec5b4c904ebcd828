"""Documents as they were issued: the whole paper is kept, so that it never reads otherwise later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duban.ledger.entries import Body, registered
from duban.ledger.postings import handles
from duban.ledger.store import Posting
from duban.ledger.year.dated import Dated

if TYPE_CHECKING:
    from duban.ledger.book import Book


@registered("paper.issued")
class PaperIssued(Body, frozen=True, gc=False):
    """A document goes out under the office's `number` (文号).

    `day` is the day whose book it tells of, `about` a matter's number or a leader's account or name, `unit` the code of the
    unit that it is for ("" for all), `words` the paper as canonical JSON (`duban.papers.model.Paper`).
    """

    kind: str
    number: str
    day: str
    words: str
    about: str = ""
    unit: str = ""


@handles("paper.issued")
def _issued(book: Book, posting: Posting, body: PaperIssued) -> None:
    book.papers[posting[5].partition("/")[2]] = Dated.of(posting, body)
