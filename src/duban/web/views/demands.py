"""A demand beyond the plan: first what it costs and what is known already, then, if still wanted, it is sent."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from duban.actions.demands import Demand, Preview, missing, preview, send_demand
from duban.assess.burden import Cost
from duban.assess.known import FIELDS
from duban.core.period import chinese, grid
from duban.core.problem import Refused
from duban.ledger import Book
from duban.web.shelf import book_for
from duban.web.today import today
from duban.web.views.common import page
from duban.web.views.written import written
from duban.web.who import guard, told, username


@dataclass(frozen=True, slots=True)
class Bill:
    """The cost of a demand, with the names of the units and the sum of the minutes."""

    lines: tuple[tuple[str, Cost], ...]
    fields: int
    minutes: Decimal
    unknown: int  # units without a pace of their own


def new(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/demands/new`: a form, and for a filled-in one its preview; sending is a form of its own."""
    book = book_for(request)
    guard(request, book, "demand.send")
    if request.method == "POST":
        demand = asked(book, request.POST)
        return written(request, lambda now, who: send_demand(now, who, demand, today=today()), "/demands/new")
    demand = asked(book, request.GET)
    shown, faults = None, list[str]()
    if demand.fields or demand.title:
        try:
            shown = preview(book, username(request), demand)
        except Refused as refusal:
            faults = told(refusal)
    data = {
        "demand": demand, "preview": shown, "bill": bill(book, shown) if shown else None, "faults": faults,
        "fields": FIELDS, "periods": [(p.code, chinese(p)) for p in grid(book.year, "month")],
        "units": _leads(book), "actions": _actions(book), "chosen": request.GET.getlist("unit"),
        "action": request.GET.get("action", ""), "sent": sent(book),
    }  # fmt: skip
    return page(request, "demands", book, data, _plain(book, demand, shown, faults), as_json)


def asked(book: Book, form: QueryDict) -> Demand:
    """The demand that a form asks for: its items by name, else all of the units and the action chosen."""
    items = tuple(form.get("items", "").split())
    if not items:
        units, action = set(form.getlist("unit")), form.get("action", "")
        items = (
            tuple(key for key in book.items if _chosen(book, key, units, action)) if units or action else ()
        )
    return Demand(
        form.get("title", ""), items, tuple(form.getlist("field")), form.get("period", ""), form.get("due", ""),
        form.get("authority", ""),
    )  # fmt: skip


def _chosen(book: Book, key: str, units: set[str], action: str) -> bool:
    item = book.items[key]
    number = str(book.commitments[item.commitment].read.action_no)
    of_unit = not units or item.item.lead in units
    return not item.removed and bool(item.item.lead) and of_unit and (not action or action == number)


def bill(book: Book, shown: Preview) -> Bill:
    """The preview's costs to be read."""
    lines = tuple((book.units[c.unit].name if c.unit in book.units else c.unit, c) for c in shown.costs)
    minutes = sum((c.minutes for c in shown.costs if c.minutes is not None), Decimal(0))
    return Bill(lines, sum(c.fields for c in shown.costs), minutes, sum(not c.own for c in shown.costs))


def sent(book: Book) -> list[dict[str, Any]]:
    """The demands that were sent, the newest first, with how many of their items still wait."""
    found = []
    for number, dated in reversed(book.demands.items()):
        waiting = [key for key in dated.body.items if key in book.items and missing(book, number, key)]
        found.append({"number": number, "dated": dated, "body": dated.body, "waiting": len(waiting)})
    return found


def _leads(book: Book) -> list[str]:
    return sorted({item.item.lead for item in book.items.values() if not item.removed and item.item.lead})


def _actions(book: Book) -> list[tuple[str, str]]:
    every = sorted({(c.read.action_no, c.read.action) for c in book.commitments.values() if not c.dropped})
    return [(str(number), title) for number, title in every if number and title]


def _plain(book: Book, demand: Demand, shown: Preview | None, faults: list[str]) -> dict[str, Any]:
    told = None if shown is None else {
        "costs": [{"unit": c.unit, "items": c.items, "fields": c.fields, "own": c.own,
                   "minutes": None if c.minutes is None else f"{c.minutes:.2f}"} for c in shown.costs],
        "known": [{"item": p.key, "field": p.field, "entry": p.entry, "period": p.period, "said": p.said,
                   "demand": p.demand} for p in shown.known],
        "left": list(shown.left),
    }  # fmt: skip
    sent_ = [{"number": s["number"], "title": s["body"].title, "waiting": s["waiting"]} for s in sent(book)]
    return {"items": list(demand.items), "preview": told, "problems": faults, "sent": sent_}
