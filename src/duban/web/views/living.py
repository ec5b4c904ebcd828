"""The living report: the text as it was read, every commitment marked in place."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from duban.ledger import Book
from duban.ledger.bodies import Passage
from duban.web.shelf import KINDS, Filters, Row, book_for, rows
from duban.web.standing import WORST
from duban.web.templatetags.duban import lamp as letter
from duban.web.templatetags.pieces import tip
from duban.web.today import looking_back, shown_day
from duban.web.views.common import actions, page, plain

_BREAK = re.compile(r"\s*\n\s*|(?<=[^\x00-\x7f])[ \t]+|[ \t]+(?=[^\x00-\x7f])")
_rendered: dict[tuple[object, ...], str] = {}


@dataclass(frozen=True, slots=True)
class Drawn:
    """How a commitment's words and its place in the margin are drawn; what is not shown is drawn as plain text and ""."""

    mark: Callable[[Row, str], str]
    dot: Callable[[Row], str]


def plain_text(source: str) -> str:
    """A piece of the report as HTML: escaped, without the breaks of its layout."""
    return escape(_BREAK.sub("", source))


def _mark(row: Row, source: str, shown: bool, keep: str) -> str:
    one = row.one
    if not shown:
        return plain_text(source)
    look = f"lit l-{row.colour}" if row.colour else f"k-{one.kind}"
    lamp = f' data-lamp="{letter(row.colour)}"' if row.colour else ""
    return (
        f'<a class="mark {look}" id="{one.id}" href="/c/{one.id}{keep}"'
        f' data-state="{row.state}" data-light="{row.colour}"{lamp}>{plain_text(source)}{tip(row)}</a>'
    )


def _paragraph(book: Book, passage: Passage, inside: list[Row], drawn: Drawn) -> str:
    """One paragraph with its commitments marked; marks never overlap because clauses do not."""
    text = book.document.text if book.document else ""
    out, at = [], passage.start
    for row in inside:
        if row.one.start < at:
            continue
        out.append(plain_text(text[at : row.one.start]))
        end = min(row.one.end, passage.end)
        out.append(drawn.mark(row, text[row.one.start : end]))
        at = end
    out.append(plain_text(text[at : passage.end]))
    margin = "".join(map(drawn.dot, inside))
    tag = {"title": "h1", "heading": "h2"}.get(passage.kind, "p")
    anchor = (
        f' id="action-{passage.section.action_no}"'
        if passage.section.action_no and not passage.section.work_no
        else ""
    )
    return (
        f'<div class="para"{anchor}><{tag}>{"".join(out)}</{tag}><aside class="margin">{margin}</aside></div>'
    )


def _dot(row: Row) -> str:
    """The margin shows the light, by its letter too, where there is one; the kind where there is none yet."""
    look = f"lamp l-{row.colour}" if row.colour else f"dot k-{row.one.kind}"
    return f'<a href="#{row.one.id}" class="{look}" tabindex="-1" aria-hidden="true">{letter(row.colour)}</a>'


def body(book: Book, found: list[Row], filters: Filters, day: date, keep: str) -> str:
    """The whole text as HTML; kept for the next reader of the same book, filters and language."""
    key = (id(book), book.seq, book.as_of, day, filters, keep, get_language())
    if key not in _rendered:
        if len(_rendered) > 64:
            _rendered.clear()
        _rendered[key] = _compose(book, found, filters, keep)
    return _rendered[key]


def _compose(book: Book, found: list[Row], filters: Filters, keep: str) -> str:
    drawn = Drawn(
        lambda row, source: _mark(row, source, filters.keeps(row), keep),
        lambda row: _dot(row) if filters.keeps(row) else "",
    )
    return compose(book, found, drawn)


def compose(book: Book, found: list[Row], drawn: Drawn) -> str:
    """The whole text with its commitments, drawn so; `found` in the order of the text."""
    if book.document is None:
        return ""
    out, at = [], 0
    for passage in book.document.paragraphs:
        inside = []
        while at < len(found) and found[at].one.start < passage.end:
            if found[at].one.start >= passage.start:
                inside.append(found[at])
            at += 1
        out.append(_paragraph(book, passage, inside, drawn))
    return "".join(out)


@lru_cache(maxsize=16)
def _chart(counts: tuple[tuple[str, tuple[int, ...]], ...]) -> list[dict[str, object]]:
    """Bars of the actions: each kind's share of the widest bar, in per cent."""
    top = max((sum(c) for _, c in counts), default=1) or 1
    bars = []
    for name, numbers in counts:
        at, parts = 0.0, []
        for kind, number in zip(KINDS, numbers, strict=True):
            width = number / top * 100
            parts.append({"kind": kind, "x": f"{at:.2f}", "width": f"{width:.2f}", "count": number})
            at += width
        bars.append({"name": name, "total": sum(numbers), "parts": parts})
    return bars


def living(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/`."""
    book, filters = book_for(request), Filters.of(request)
    day = shown_day(request)
    keep = f"?as_of={day.isoformat()}" if looking_back(request) else ""
    found = rows(book, day)
    kept = [row for row in found if filters.keeps(row)]
    listed = actions(found)
    tallies = {
        number: Counter(r.one.kind for r in found if r.one.action_no == number) for number, _ in listed
    }
    counts = tuple((title, tuple(tallies[number][kind] for kind in KINDS)) for number, title in listed)
    data = {
        "body": mark_safe("" if as_json else body(book, found, filters, day, keep)),  # every piece was escaped above
        "filters": filters, "actions": listed, "count": len(kept), "total": len(found), "bars": _chart(counts),
        "lamps": [(c, n) for c in WORST if (n := sum(any(i.colour == c for i in row.lights) for row in found))],
    }  # fmt: skip
    public = (
        {
            "government": book.government,
            "year": book.year,
            "seq": book.seq,
            "commitments": [plain(r) for r in kept],
        }
        if as_json
        else None
    )
    return page(request, "living", book, data, public, as_json)
