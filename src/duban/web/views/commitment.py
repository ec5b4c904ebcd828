"""A commitment's page: its words, its claims, its history."""

import re
from dataclasses import asdict

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from duban.actions.placings import place_commitment
from duban.core.rights import Thing, may
from duban.ledger import Book
from duban.web.history import Line, lines
from duban.web.inbox import following
from duban.web.remarks import remarks_on
from duban.web.settling import plain as settled
from duban.web.shelf import Row, book_for, figure, locale
from duban.web.today import looking_back, shown_day
from duban.web.views.common import page, plain
from duban.web.views.settlement import found_on
from duban.web.views.written import written
from duban.web.who import actor


def around(text: str, start: int, end: int) -> list[str]:
    """The words before, the promise itself, the words after."""
    parts = (text[max(0, start - 90) : start], text[start:end], text[end : end + 90])
    return [re.sub(r"\s+", "", part) for part in parts]


def last_year(book: Book, claims: tuple[str, ...]) -> list[dict[str, object]]:
    """The review's results that speak of the same indicators."""
    found = [link for link in book.links.values() if link.plan in claims and link.review in book.claims]
    results = [(link.movement, book.claims[link.review].claim) for link in found]
    return [{"movement": movement, "claim": claim, "figure": figure(claim)} for movement, claim in results]


def _line(line: Line) -> dict[str, object]:
    return {name: getattr(line, name) for name in ("seq", "on", "at", "actor", "kind", "seal")}


def commitment(request: HttpRequest, id: str, as_json: bool = False) -> HttpResponse:
    """The page `/c/<id>`."""
    book = book_for(request)
    state = book.commitments.get(id)
    if state is None or book.document is None:
        raise Http404(id)
    one = state.read
    row = Row.of(book, state, shown_day(request))
    story = lines(request, book, book.story(id))
    who = actor(request, book)
    found = found_on(book, who, id)
    said = remarks_on(book, who, id, locale())
    mine = may(who, "item.edit", Thing(f"commitment/{id}"), "category")
    data = {
        "may_place": bool(mine) and not looking_back(request) and not state.dropped,
        "row": row,
        "around": around(book.document.text, one.start, one.end),
        "story": story,
        "f": found,
        "remarks": said,
        "may_follow": said.open and following.is_on(),
        "links": last_year(book, one.claims),
        "figures": [(c, figure(c), c.confidence, c.rules) for c in row.claims],
    }
    public = {
        **plain(row),
        "history": [_line(e) for e in story],
        "settlement": settled(found) if found else None,
        "remarks": [asdict(one) for one in said.shown],
    }
    return page(request, "commitment", book, data, public, as_json)


@require_POST
def place(request: HttpRequest, id: str) -> HttpResponse:
    """Place the commitment in another list of work."""
    given = {"category": request.POST.get("category", ""), "reason": request.POST.get("reason", "")}
    return written(request, lambda book, who: place_commitment(book, who, id, **given), f"/c/{id}")
