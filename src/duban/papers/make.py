"""Which papers there are, and how one is made from books and an order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from duban.core.problem import Problem, Refused
from duban.ledger import Book
from duban.ledger.book import require_book
from duban.papers.body import MARKS
from duban.papers.brief import brief
from duban.papers.bulletin import bulletin
from duban.papers.model import Paper
from duban.papers.notice import notice
from duban.papers.settlement import settlement
from duban.papers.sheet import sheet
from duban.papers.sight import Sight

KINDS = ("monthly", "quarterly", "brief", "notice", "sheet", "settlement")
COMPARING = ("monthly", "quarterly", "brief")
Books = Callable[[date], Book]  # the book as of the end of a day


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for. `about` is a matter's number for a sheet, a leader's account or name (or "") for a brief.

    `since` is the day with which a bulletin or brief compares: the last one issued, else the end of the period
    before. `mark` says what stands on a paper that is not issued.
    """

    kind: str
    day: date
    about: str = ""
    since: date | None = None
    locale: str = "zh"
    mark: str = "draft"


def make_paper(books: Books, order: Order) -> Paper:
    """The paper that is ordered. Raises `Refused`: an unknown kind or mark, no such matter, a comparison with a
    later day, or no account in the book."""
    if order.kind not in KINDS:
        raise Refused(Problem("papers.kind_unknown", order.kind[:40], {"known": ", ".join(KINDS)}))
    if order.mark not in MARKS:
        raise Refused(Problem("papers.mark_unknown", order.mark[:40], {"known": ", ".join(MARKS)}))
    now = Sight.of(require_book(books(order.day)), order.day, order.locale)
    if order.kind == "sheet":
        return sheet(now, order.about, order.mark)
    if order.kind == "notice":
        return notice(now, order.mark)
    if order.kind == "settlement":
        return settlement(now, order.mark)
    since = order.since or last_day(now.book, order.kind, order.day)
    if since >= order.day:
        days = {"since": since.isoformat(), "day": order.day.isoformat()}
        raise Refused(Problem("papers.since_later", order.kind, days))
    before = Sight.of(books(since), since, order.locale, now.profile)
    if order.kind == "brief":
        return brief(now, before, order.mark, order.about)
    return bulletin(now, before, order.kind, order.mark)


def last_day(book: Book, kind: str, day: date) -> date:
    """The day of the last issued paper of this kind before `day`; else the end of the month (quarter) before."""
    issued = [
        date.fromisoformat(paper.body.day)
        for paper in book.papers.values()
        if paper.body.kind == kind and paper.body.day < day.isoformat()
    ]
    if issued:
        return max(issued)
    first_month = (day.month - 1) // 3 * 3 + 1 if kind == "quarterly" else day.month
    return date(day.year, first_month, 1) - timedelta(days=1)


def papers_of(book: Book, day: date) -> list[Order]:
    """What can be made on a day: the bulletins, the brief, the notice, the book of a settled year, and a sheet for
    each open matter."""
    whole = [Order(k, day) for k in KINDS if k != "sheet" and (k != "settlement" or book.verdicts)]
    return whole + [Order("sheet", day, number) for number, matter in book.matters.items() if matter.open]
