"""A commitment's page: its words, its claims, its history."""

import re

from django.http import Http404, HttpRequest, HttpResponse

from duban.web.shelf import Row, book_for, figure
from duban.web.views.common import page, plain


def commitment(request: HttpRequest, id: str, as_json: bool = False) -> HttpResponse:
    """The page `/c/<id>`."""
    book = book_for(request)
    state = book.commitments.get(id)
    if state is None or book.document is None:
        raise Http404(id)
    one = state.read
    row = Row(one, tuple(book.claims[c].claim for c in one.claims if c in book.claims), state.state)
    text = book.document.text
    around = [
        re.sub(r"\s+", "", part)
        for part in (
            text[max(0, one.start - 90) : one.start],
            text[one.start : one.end],
            text[one.end : one.end + 90],
        )
    ]
    story = book.story(id)
    links = [
        {
            "movement": link.movement,
            "claim": book.claims[link.review].claim,
            "figure": figure(book.claims[link.review].claim),
        }
        for link in book.links.values()
        if link.plan in one.claims and link.review in book.claims
    ]
    data = {
        "row": row,
        "around": around,
        "story": story,
        "links": links,
        "figures": [(c, figure(c), c.confidence, c.rules) for c in row.claims],
    }
    public = {
        **plain(row),
        "history": [
            {"seq": e.seq, "on": e.on, "at": e.at, "actor": e.actor, "kind": e.kind, "seal": e.seal}
            for e in story
        ],
    }
    return page(request, "commitment", book, data, public, as_json)
