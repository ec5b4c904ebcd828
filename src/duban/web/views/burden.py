"""What the year's filing costs the units: minutes, fields asked and known, by month and by unit."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from duban.actions.context import unit_thing
from duban.actions.rules import rule
from duban.assess.burden import Month, UnitMonth, by_month, by_unit
from duban.core.rights import Actor, may
from duban.ledger import Book
from duban.ledger.year.simulation import SimulationMarked
from duban.web.shelf import book_for
from duban.web.views.common import page
from duban.web.who import actor

WIDTH, HEIGHT, LEFT, BASE, TOP = 720, 200, 44, 172, 14


@dataclass(frozen=True, slots=True)
class Bar:
    """A month in the picture: the median unit's minutes."""

    x: str
    y: str
    width: str
    height: str
    label: str
    told: str
    over: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """Median minutes by month against the target, in units of the view box."""

    bars: tuple[Bar, ...]
    target_y: str
    target: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    base: int = BASE


def burden(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/burden`: the office, leaders and auditors see every unit, a unit's people see their own."""
    book = book_for(request)
    who = actor(request, book)
    cut, target = int(rule(book, "burden_cut")), int(rule(book, "monthly_minutes"))
    every = by_unit(book, cut)
    rows = [row for row in every if may(who, "working.read", unit_thing(book, row.unit))]
    if not rows and not who.unit and not may(who, "working.read", unit_thing(book, "")):
        raise PermissionDenied(_("报送负担只给督查室和各单位自己看。"))
    months = by_month(every, target)
    data = {
        "months": months, "units": units(book, who, rows), "target": target, "cut": cut,
        "picture": picture(months, target), "latest": months[-1] if months else None,
        "field_seconds": simulated(book), "pace": months[-1].pace(target) if months else None,
    }  # fmt: skip
    public = {
        "target": target,
        "cut": cut,
        "simulated_field_seconds": data["field_seconds"],
        "months": [_plain(m) for m in months],
        "units": [_unit(r) for r in rows],
    }
    return page(request, "burden", book, data, public, as_json)


def simulated(book: Book) -> int | None:
    """The seconds that the simulation takes a field to need; None of a book that is not simulated, 0 unsaid."""
    marks = [e.body for e in book.timeline("simulation") if isinstance(e.body, SimulationMarked)]
    return marks[0].field_seconds if marks else None


def units(book: Book, who: Actor, rows: list[UnitMonth]) -> list[dict[str, Any]]:
    """One line a unit: its months together, the unit with most minutes in a month first."""
    found: dict[str, list[UnitMonth]] = {}
    for row in rows:
        found.setdefault(row.unit, []).append(row)
    lines = [{"name": book.units[code].name if code in book.units else code or "—", **_sums(some)}
             for code, some in found.items()]  # fmt: skip
    return sorted(lines, key=lambda line: -line["most"].minutes)


def _sums(some: list[UnitMonth]) -> dict[str, Any]:
    """What a unit's months come to; the mean is of the months with timed filings."""
    timed = [row.minutes for row in some if row.timed]
    return {
        "filings": sum(r.filings for r in some), "asked": sum(r.asked for r in some),
        "known": sum(r.known for r in some), "demanded": sum(r.demanded for r in some),
        "dropped": sum(r.dropped for r in some), "most": max(some, key=lambda r: r.minutes),
        "mean": sum(timed, Decimal(0)) / len(timed) if timed else None,
    }  # fmt: skip


def picture(months: tuple[Month, ...], target: int) -> Picture | None:
    """The bars of the months that have a median; None of none."""
    known = [(month, month.median) for month in months if month.median is not None]
    if not known:
        return None
    top = max([median for _month, median in known] + [Decimal(target)]) * Decimal("1.15")
    step = (WIDTH - LEFT - 10) / len(known)

    def y(value: Decimal) -> float:
        return BASE - float(value / top) * (BASE - TOP)

    bars = tuple(
        Bar(f"{LEFT + step * n + step * 0.2:.1f}", f"{y(median):.1f}", f"{step * 0.6:.1f}", f"{BASE - y(median):.1f}",
            month.month[5:], f"{median:.1f}", median > target)
        for n, (month, median) in enumerate(known)
    )  # fmt: skip
    return Picture(bars, f"{y(Decimal(target)):.1f}", target)


def _plain(month: Month) -> dict[str, Any]:
    return {"month": month.month, "units": month.units, "filings": month.filings, "asked": month.asked,
            "known": month.known, "demanded": month.demanded, "median": _number(month.median), "most": _number(month.most), "over": month.over,
            "within": month.within, "fields": _number(month.fields), "dropped": month.dropped}  # fmt: skip


def _unit(row: UnitMonth) -> dict[str, Any]:
    return {"unit": row.unit, "month": row.month, "filings": row.filings, "asked": row.asked, "known": row.known, "demanded": row.demanded,
            "minutes": _number(row.minutes), "timed": row.timed, "dropped": row.dropped}  # fmt: skip


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"
