"""Charts of a list: how many, or how much, by a field and by month, of exactly the records that were asked for."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from duban.registers.field import Field
from duban.registers.page import Bar, Bars, Line, Lines
from duban.registers.register import Register
from duban.web.registers.asked import changed
from duban.web.registers.drawn import Drawn, drawn
from duban.web.registers.found import Found
from duban.web.registers.plain import plain_block
from duban.web.registers.sight import Sight
from duban.web.registers.words import column, head, value

BARS = 30
MONTHS = 24


def charts(request: HttpRequest, sight: Sight, register: Register, found: Found) -> dict[str, Any]:
    """The two charts with what may be chosen for them: `of` a number (or how many), `group`, and `by` a day."""
    groups = [f for f in register.fields if f.name in register.groups or f.type in ("choice", "yes", "unit")]
    numbers = [f for f in register.fields if f.numeric]
    days = [name for name, kind in register.columns.items() if kind == "date"]
    group = _chosen(request, "group", [f.name for f in groups])
    of = request.GET.get("of_number", "")
    measured = next((f for f in numbers if f.name == of), None)
    day = _chosen(request, "month", days)
    blocks: list[Bars | Lines] = []
    if group:
        blocks.append(_by_group(request, sight, register.named[group], measured, found))
    if day:
        blocks.append(_by_month(sight, register, day, measured, found))
    return {
        "drawn": drawn(blocks), "group": group, "of": of if measured else "", "month": day,
        "groups": [(f.name, _label(f, sight)) for f in groups], "numbers": [(f.name, _label(f, sight)) for f in numbers],
        "months": [(name, column(register, name, sight.language)) for name in days],
    }  # fmt: skip


def _chosen(request: HttpRequest, name: str, allowed: list[str]) -> str:
    told = request.GET.get(name, "")
    return told if told in allowed else allowed[0] if allowed else ""


def _label(field: Field, sight: Sight) -> str:
    return head(field, sight.language)


def _by_group(request: HttpRequest, sight: Sight, group: Field, measured: Field | None, some: Found) -> Bars:
    found = some.amounts(group.name, measured.name if measured else "")
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    bars = [
        Bar(value(group, name, sight.language) or _("未填"), amount, "" if name else _("未填"), "" if name else "quiet",
            link=changed(request.GET, view="", **{group.name: name}) if name else "")
        for name, amount in ordered[:BARS]
    ]  # fmt: skip
    rest = sum((amount for _name, amount in ordered[BARS:]), Decimal(0))
    if rest:
        bars.append(Bar(_("其他"), rest, tone="quiet"))
    title = f"{_label(measured, sight) if measured else _('记录数')} · {_label(group, sight)}"
    return Bars(title, tuple(bars), measured.unit if measured else "")


def _by_month(sight: Sight, register: Register, day: str, measured: Field | None, some: Found) -> Lines:
    found: dict[str, Decimal] = {}
    for on, amount in some.days(day, measured.name if measured else "").items():
        found[on[:7]] = found.get(on[:7], Decimal(0)) + amount
    months = _months(found)[-MONTHS:]
    title = (
        f"{_label(measured, sight) if measured else _('记录数')} · {column(register, day, sight.language)}"
    )
    values = tuple(found.get(month, Decimal(0)) for month in months)
    return Lines(title, tuple(months), (Line(title, values),), measured.unit if measured else "")


def _months(found: Iterable[str]) -> list[str]:
    """Every month from the first to the last that has something."""
    told = sorted(found)
    if not told:
        return []
    year, month = int(told[0][:4]), int(told[0][5:7])
    months = []
    while (name := f"{year:04d}-{month:02d}") <= told[-1] and len(months) < 1200:
        months.append(name)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return months


def plain(found: dict[str, Any]) -> list[Any]:
    """The charts as JSON."""
    return [plain_block(one.block) for one in found["drawn"] if isinstance(one, Drawn)]
