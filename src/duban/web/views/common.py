"""What pages share: the frame's context, and each page's JSON."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from duban.ledger import Book
from duban.web.nav import rooms
from duban.web.shelf import KINDS, MEASURES, STATES, Filters, Row, as_of
from duban.web.standing import WORST
from duban.web.today import today


def page(
    request: HttpRequest, template: str, book: Book, data: dict[str, Any], public: Any, as_json: bool
) -> HttpResponse:
    """The page, or with `.json` the same facts as JSON."""
    if as_json:
        return JsonResponse(public, json_dumps_params={"ensure_ascii": False}, safe=False)
    day = as_of(request)
    frame = {
        "book": book,
        "as_of": day.isoformat() if day else "",
        "keep": f"?as_of={day.isoformat()}" if day else "",  # the day goes along from page to page
        "kinds": KINDS,
        "measures": MEASURES,
        "states": STATES,
        "colours": WORST,
        "today": today(),
        "rooms": rooms(request, book),
    }
    return render(request, f"duban/{template}.html", {**frame, **data})


def actions(rows: list[Row]) -> list[tuple[int, str]]:
    """The plan's actions in order: (number, title)."""
    return list(dict.fromkeys((r.one.action_no, r.one.action or "总体要求和预期目标") for r in rows))


def plain(row: Row) -> dict[str, Any]:
    """A commitment as JSON."""
    one = row.one
    return {
        "id": one.id, "kind": one.kind, "head": one.head, "text": one.text, "due": one.due, "section": one.section,
        "state": row.state, "light": row.colour, "items": [i.account.partition("/")[2] for i in row.items], "start": one.start, "end": one.end, "claims": [claim_plain(c) for c in row.claims],
    }  # fmt: skip


def claim_plain(claim: Any) -> dict[str, Any]:
    """A claim as JSON; quantities as strings so that no digit is lost."""
    names = (
        "id",
        "start",
        "end",
        "number",
        "role",
        "tense",
        "indicator",
        "measure",
        "unit",
        "comparator",
        "due",
        "section",
    )
    shown = {name: getattr(claim, name) for name in names}
    return {
        **shown,
        "value": str(claim.value) if claim.value is not None else None,
        "high": str(claim.high) if claim.high is not None else None,
    }


def query(filters: Filters) -> str:
    """The filters as the rest of an address."""
    from urllib.parse import urlencode

    return urlencode({name: value for name in Filters.__slots__ if (value := getattr(filters, name))})
