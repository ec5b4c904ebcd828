"""One table (一张表): all commitments, filtered, sorted, grouped by action."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse

from duban.web.shelf import Filters, book_for, rows
from duban.web.views.common import actions, page, plain, query


def table(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/table`. The count is the length of the very list that is shown."""
    book, filters = book_for(request), Filters.of(request)
    found = rows(book)
    kept = filters.order([row for row in found if filters.keeps(row)])
    if filters.sort:
        groups = [("", kept)]
    else:
        groups = [(action, list(some)) for action, some in groupby(kept, key=lambda r: r.one.action)]
    data = {
        "groups": groups,
        "count": len(kept),
        "total": len(found),
        "filters": filters,
        "actions": actions(found),
        "query": query(filters),
    }
    return page(
        request,
        "table",
        book,
        data,
        {"count": len(kept), "commitments": [plain(r) for r in kept]} if as_json else None,
        as_json,
    )
