"""One table (一张表): all commitments, filtered, sorted, grouped by action."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from duban.files import WRITERS
from duban.files.rows import title
from duban.web.shelf import Filters, as_of, book_for, maker, rows
from duban.web.templatetags.duban import category_word
from duban.web.today import shown_day
from duban.web.views.common import actions, page, plain, query


def table(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/table`. The count is the length of the very list that is shown."""
    book, filters = book_for(request), Filters.of(request)
    found = rows(book, shown_day(request))
    kept = filters.order([row for row in found if filters.keeps(row)])
    if filters.sort == "category":
        groups = [
            (category_word(name), list(some)) for name, some in groupby(kept, key=lambda r: r.category.name)
        ]
    elif filters.sort:
        groups = [("", kept)]
    else:
        groups = [(action, list(some)) for action, some in groupby(kept, key=lambda r: r.one.action)]
    data = {
        "groups": groups,
        "count": len(kept),
        "total": len(found),
        "filters": filters,
        "actions": actions(found),
        "units": sorted({unit for row in found for unit in row.units}),
        "formats": [suffix for suffix in WRITERS if suffix != ".json"],
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


TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
}


def download(request: HttpRequest, suffix: str) -> HttpResponse:
    """The whole table as a file, as of the request's date."""
    if suffix not in TYPES:
        raise Http404(suffix)
    book = book_for(request)
    raw = maker().made(f".{suffix}", as_of(request), shown_day(request))
    name = content_disposition_header(True, f"{title(book)}.{suffix}")
    return HttpResponse(
        raw, content_type=TYPES[suffix], headers={"Content-Disposition": name or "attachment"}
    )
