"""An indicator's page: what it is in words, where it stands by period and by group, and the records behind each figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from duban.core.period import Period, chinese, period
from duban.packs import indicator_named
from duban.registers.amount import Quotient
from duban.registers.explain import explained
from duban.registers.indicator import Case, Indicator, Reckoned
from duban.registers.pack import Pack
from duban.registers.page import Bar, Bars, Line, Lines
from duban.registers.register import Register
from duban.web.registers.behind import address, disputed_behind
from duban.web.registers.binding import bound_items, candidates
from duban.web.registers.drawn import drawn
from duban.web.registers.plain import text
from duban.web.registers.sight import Sight
from duban.web.registers.words import head, value
from duban.web.shelf import book_for
from duban.web.today import looking_back
from duban.web.views.common import page

GROUPS = 40  # lines of a table of groups; the others are counted


@dataclass(frozen=True, slots=True)
class Row:
    """A figure with its name and the addresses of the records behind it and behind its two parts."""

    name: str
    found: Reckoned
    all: str
    top: str = ""
    bottom: str = ""
    cumulated: Reckoned | None = None
    cumulated_all: str = ""
    few: bool = False


@dataclass(frozen=True, slots=True)
class Grouped:
    """The figures by one field of the register."""

    name: str
    rows: tuple[Row, ...]
    more: int


def indicator(request: HttpRequest, name: str, as_json: bool = False) -> HttpResponse:
    """The page `/n/<pack>.<indicator>`, for the year of the day shown."""
    named = indicator_named(name)
    if named is None:
        raise Http404(name)
    pack, one = named
    sight = Sight.of(request, book_for(request))
    register, year = pack.registered[one.register], period(str(sight.day.year))
    links = Links(register, name, isinstance(one.figure, Quotient), sight)
    now = _row(one, "", sight.figures(register, one, year)[()], links, year)
    months = by_month(sight, register, one, links)
    groups = [by_group(sight, register, one, field, links, year) for field in grouping(sight, register)]
    data = {
        "pack": pack, "register": register, "one": one, "full_name": name, "words": explained(one, register, sight.language),
        "now": now, "year": year, "months": months, "groups": groups, "chart": drawn(_charts(one, sight, months, groups)),
        "disputed": disputed_behind(sight, register, one, year), "partial": not sight.whole(register, one.reads), "hidden": bool(sight.hidden(register, one.reads)), "quotient": links.quotient, "cases": [_case(register, case, one) for case in one.cases],
        "bound": bound_items(sight, pack, one, register), "candidates": [] if looking_back(request) else candidates(sight, name, one),
        "group_fields": [(field, head(register.named[field], sight.language)) for field in register.groups],
    }  # fmt: skip
    public = _plain(pack, one, year, now, months, groups, sight) if as_json else None
    return page(request, "register_indicator", sight.book, data, public, as_json)


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of lists of the records behind figures of one indicator."""

    register: Register
    name: str
    quotient: bool
    sight: Sight

    def to(self, when: Period, by: str = "", group: str = "", part: str = "") -> str:
        """The records behind the figure of a period and group, or behind one part of it."""
        return address(self.register.name, self.name, when, by, group, part, self.sight.book.as_of or "")


def _row(
    one: Indicator, name: str, found: Reckoned, links: Links, when: Period, by: str = "", group: str = ""
) -> Row:
    parts = ("top", "bottom") if links.quotient else ()
    top, bottom = (links.to(when, by, group, part) for part in parts) if parts else ("", "")
    few = found.denominator is not None and 0 < found.denominator < one.low
    return Row(name, found, links.to(when, by, group), top, bottom, few=few)


def by_month(sight: Sight, register: Register, one: Indicator, links: Links) -> list[Row]:
    """The months of the year until the day, each alone and with all before it."""
    year, rows = sight.day.year, []
    for month in range(1, sight.day.month + 1):
        alone = period(f"{year}-M{month:02d}")
        together = period(f"{year}-C{month:02d}") if month > 1 else alone
        row = _row(one, _named(alone, sight), sight.figures(register, one, alone)[()], links, alone)
        total = sight.figures(register, one, together)[()]
        rows.append(
            Row(row.name, row.found, row.all, row.top, row.bottom, total, links.to(together), row.few)
        )
    return rows


def _named(when: Period, sight: Sight) -> str:
    return when.code if sight.language == "en" else chinese(when)


def grouping(sight: Sight, register: Register) -> list[str]:
    """The fields by which the reader may see figures."""
    return [name for name in register.groups if sight.whole(register, (name,))]


def by_group(
    sight: Sight, register: Register, one: Indicator, field: str, links: Links, year: Period
) -> Grouped:
    """The year's figures for each value of a field, the best first; what is missing last."""
    found: Mapping[tuple[str, ...], Reckoned] = sight.figures(register, one, year, (field,))
    column = register.named[field]

    def place(pair: tuple[tuple[str, ...], Reckoned]) -> tuple[bool, Decimal, str]:
        told = pair[1].value
        sign = 1 if one.less_is_better else -1
        return told is None, sign * told if told is not None else Decimal(0), pair[0][0]

    ordered = sorted(found.items(), key=place)
    rows = tuple(
        _row(one, value(column, group, sight.language), figure, links, year, field, group)
        for (group,), figure in ordered[:GROUPS]
    )
    return Grouped(column.en if sight.language == "en" else column.zh, rows, max(0, len(ordered) - GROUPS))


def _charts(one: Indicator, sight: Sight, months: list[Row], groups: list[Grouped]) -> list[Lines | Bars]:
    names = tuple(str(n) for n in range(1, len(months) + 1))
    alone, together = ("month", "year to date") if sight.language == "en" else ("当月", "累计")
    lines = [Line(together, [row.cumulated.value if row.cumulated else None for row in months])]
    if one.measure != "level":
        lines.append(Line(alone, [row.found.value for row in months]))
    found: list[Lines | Bars] = [Lines(one.label(sight.language), names, tuple(lines), one.unit)]
    for group in groups:
        bars = tuple(Bar(row.name, row.found.value, link=row.all) for row in group.rows[:15])
        found.append(Bars(f"{one.label(sight.language)} · {group.name}", bars, one.unit))
    return found


def _case(register: Register, case: Case, one: Indicator) -> dict[str, Any]:
    """A worked case: the columns that the indicator reads, and what the records hold in them."""
    columns = ["id", *(name for name in register.columns if name in one.reads)]
    rows = [[row.get(name, "") or (row.get(register.key[0], "") if name == "id" and register.key else "") for name in columns] for row in case.rows]  # fmt: skip
    return {"columns": columns, "rows": rows, "case": case}


def _plain(
    pack: Pack, one: Indicator, year: Period, now: Row, months: list[Row], groups: list[Grouped], sight: Sight
) -> dict[str, Any]:
    disputed = disputed_behind(sight, pack.registered[one.register], one, year)
    return {
        "disputed": disputed, "name": f"{pack.name}.{one.name}", "title": one.label(sight.language), "measure": one.measure, "unit": one.unit,
        "source": one.source, "words": explained(one, pack.registered[one.register], sight.language), "period": year.code,
        **_figure(now), "months": [{"period": row.name, **_figure(row)} for row in months],
        "groups": {group.name: [{"group": row.name, **_figure(row)} for row in group.rows] for group in groups},
    }  # fmt: skip


def _figure(row: Row) -> dict[str, str | None]:
    found = row.found
    return {
        "value": text(found.value),
        "numerator": text(found.numerator),
        "denominator": text(found.denominator),
        "records": row.all,
    }
