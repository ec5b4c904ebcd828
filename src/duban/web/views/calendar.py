"""The calendar of filings: what each unit owes on a day, what of it is late, and where no fresh data is."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from duban.assess.calendar import Owed, UnitCalendar, by_unit
from duban.core.period import chinese
from duban.ledger import Book
from duban.ledger.year.units import unit_named
from duban.web.shelf import book_for
from duban.web.standing import standing
from duban.web.today import shown_day
from duban.web.views.common import page
from duban.web.who import guard


@dataclass(frozen=True, slots=True)
class Row:
    """A unit with whom to call, and its items that owe something, each with its words."""

    calendar: UnitCalendar
    contact: str
    phone: str
    items: tuple[dict[str, Any], ...]


def calendar(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/calendar`."""
    book, day = book_for(request), shown_day(request)
    guard(request, book, "working.read")
    accounts = [light.account for light in standing(book, day).values()]
    units = by_unit(book, accounts, day)
    rows = [_row(book, unit) for unit in units]
    data = {
        "rows": [row for row in rows if row.items], "quiet": [row for row in rows if not row.items], "day": day,
        "late": sum(len(u.late) for u in units), "due": sum(len(u.due) for u in units),
        "stale": sum(len(u.stale) for u in units),
    }  # fmt: skip
    public = {"day": day.isoformat(), "units": [_plain(unit) for unit in units]}
    return page(request, "calendar", book, data, public, as_json)


def _row(book: Book, calendar: UnitCalendar) -> Row:
    unit = unit_named(book, calendar.unit) if calendar.unit else None
    told = (unit.unit.contact, unit.unit.phone) if unit else ("", "")
    owing = sorted((o for o in calendar.items if o.next is not None or o.stale), key=_order)
    return Row(calendar, *told, tuple(_item(book, owed) for owed in owing))


def _order(owed: Owed) -> tuple[str, str]:
    return owed.next.by.isoformat() if owed.next else "9", owed.key


def _item(book: Book, owed: Owed) -> dict[str, Any]:
    return {"owed": owed, "head": book.items[owed.key].item.head,
            "period": chinese(owed.next.period) if owed.next else ""}  # fmt: skip


def _plain(unit: UnitCalendar) -> dict[str, Any]:
    items = [
        {"key": o.key, "state": o.state, "stale": o.stale, "period": o.next.period.code if o.next else None,
         "by": o.next.by.isoformat() if o.next else None, "next": o.after.by.isoformat() if o.after else None}
        for o in unit.items
    ]  # fmt: skip
    return {
        "unit": unit.unit,
        "late": len(unit.late),
        "due": len(unit.due),
        "stale": len(unit.stale),
        "items": items,
    }
