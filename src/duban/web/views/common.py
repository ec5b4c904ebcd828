"""What pages share: the frame's context, and each page's JSON."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from duban.assess import Light
from duban.assess.category import CATEGORIES
from duban.files.rows import PREFACE
from duban.ledger import Book
from duban.web.about import about
from duban.web.nav import rooms
from duban.web.shelf import KINDS, MEASURES, STATES, Filters, Row
from duban.web.standing import WORST
from duban.web.today import looking_back, shown_day, today


def page(
    request: HttpRequest, template: str, book: Book, data: dict[str, Any], public: Any, as_json: bool
) -> HttpResponse:
    """The page, or with `.json` the same facts as JSON."""
    if as_json:
        return JsonResponse(public, json_dumps_params={"ensure_ascii": False}, safe=False)
    day = shown_day(request).isoformat() if looking_back(request) else ""
    asked = {name: value for name, value in request.GET.items() if name != "as_of" and value}
    frame = {
        "book": book,
        "as_of": day,
        "past": bool(day),  # nothing can be written into another day than today: no forms
        "keep": f"?as_of={day}" if day else "",  # the day goes along from page to page
        "directory": directory(request.path, day),
        "also": f"&as_of={day}" if day else "",  # the same after other questions of an address
        "asked": asked,
        "asked_query": f"?{urlencode(asked)}" if asked else "",
        "today_text": today().isoformat(),
        "kinds": KINDS,
        "measures": MEASURES,
        "states": STATES,
        "categories": CATEGORIES,
        "colours": WORST,
        "today": today(),
        "rooms": rooms(request, book),
    }
    return render(request, f"duban/{template}.html", {**frame, **data})


def directory(path: str, day: str) -> str:
    """The address of the directory of units, opened at those that the page at `path` speaks of."""
    asked = {name: value for name, value in (("about", about(path)), ("as_of", day)) if value}
    return f"/units?{urlencode(asked, safe='/:')}" if asked else "/units"


def actions(rows: list[Row]) -> list[tuple[int, str]]:
    """The plan's actions in order: (number, title)."""
    return list(dict.fromkeys((r.one.action_no, r.one.action or PREFACE) for r in rows))


def plain(row: Row) -> dict[str, Any]:
    """A commitment as JSON."""
    one = row.one
    return {
        "id": one.id, "kind": one.kind, "head": one.head, "text": one.text, "due": one.due, "section": one.section,
        "category": row.category.name, "state": row.state, "light": row.colour, "items": [i.account.partition("/")[2] for i in row.items], "start": one.start, "end": one.end, "claims": [claim_plain(c) for c in row.claims],
        "targets": [target_plain(light) for light in row.lights if light.account.target.value is not None],
    }  # fmt: skip


def target_plain(light: Light) -> dict[str, Any]:
    """An item's target as JSON: what counts now, what it began with, and every change with its authority."""
    task = light.account.task
    now, began = light.account.target, task.original
    changes = [
        {
            "on": a.on,
            "value": str(a.body.target.value),
            "authority": a.body.authority,
            "reason": a.body.reason,
        }
        for a in task.adjustments
    ]
    return {
        "item": light.key, "value": str(now.value), "unit": now.unit, "due": now.due,
        "original": str(began.value) if began and began.value is not None else None, "adjustments": changes,
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
    return urlencode({name: value for name in Filters.__slots__ if (value := getattr(filters, name))})
