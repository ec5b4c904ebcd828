"""A register's list, board, map and chart: one set of filters, and counts that are the length of what is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from duban.core.problem import Problem, Refused
from duban.packs import pack_of
from duban.registers.field import Field
from duban.registers.pack import Pack
from duban.registers.register import Register
from duban.web.registers import board, charted, feeds, places, saved
from duban.web.registers.asked import PAGE, VIEWS, Asked, changed
from duban.web.registers.fed import DEEP, found_by
from duban.web.registers.forms import kept
from duban.web.registers.found import Found, Listed
from duban.web.registers.named import named as called
from duban.web.registers.named import worded
from duban.web.registers.plain import plain_record
from duban.web.registers.question import exact, spanned
from duban.web.registers.sight import Shown, Sight
from duban.web.registers.words import column, head
from duban.web.shelf import book_for
from duban.web.today import looking_back
from duban.web.views.common import page
from duban.web.who import told
from duban.words import say

COLUMNS = 6  # of a list, beside the title, the stage and the deadline
CHOICES = 60  # values that a filter offers as a list to choose from
WIDE = 80  # letters of a cell
KINDS = {"number": "num", "integer": "num", "date": "date"}  # of cells, for the style sheet


@dataclass(frozen=True, slots=True)
class Filter:
    """A field to filter by: its values with how many records of the whole list have each, or none to choose from."""

    field: Field
    label: str
    value: str
    choices: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A record in the list; cells are (label, text, kind of cell, whether it is disputed) of the columns."""

    shown: Shown
    title: str
    stage: str
    stage_disputed: bool
    late: int
    cells: tuple[tuple[str, str, str, bool], ...]


def register_named(name: str) -> tuple[Pack, Register]:
    """The register of this name with its pack, else a page not found."""
    pack = pack_of(name)
    if pack is None:
        raise Http404(name)
    return pack, pack.registered[name]


def guard_register(sight: Sight, register: Register) -> None:
    """PermissionDenied where the register is kept closer than the reader may see, unless a unit has its own in it."""
    if register.seen not in sight.levels and not (sight.who.unit and register.unit):
        decision = sight.sees(register.seen, f"register/{register.name}")
        raise PermissionDenied(say(Problem(decision.code, register.name, decision.data), sight.language))


def listing(request: HttpRequest, name: str, as_json: bool = False) -> HttpResponse:
    """The page `/r/<register>` in one of `VIEWS`."""
    book = book_for(request)
    pack, register = register_named(name)
    sight = Sight.of(request, book)
    guard_register(sight, register)
    asked = Asked.of_request(request, register, sight)
    fed = register.kind == "fed"
    try:
        some, gone = found_by(sight, asked), []
    except Refused as refusal:
        some, gone = Listed(sight, asked), told(refusal)
    pages = max(1, -(-min(some.count, DEEP if fed else some.count) // PAGE))
    at = min(asked.page, pages)
    data = {
        "pack": pack, "register": register, "asked_for": asked, "count": some.count, "total": some.total,
        "partial": not sight.whole(register), "late_count": some.late, "hidden": _hidden(sight, asked),
        "disputed_count": sum(1 for state in book.registers.disputed(name) if (one := sight.record(register, state.id)) and one.disputed),
        "stages": _stages(request, register, some, asked, sight), "filters": _filters(sight, register, some, asked),
        "spans": _spans(request, register, sight), "views": _views(request, register, asked), "searched": searched(sight, register),
        "query": changed(request.GET), "plain_query": changed(request.GET, as_of=""), "sort_links": _sorts(request, register, sight, asked),
        "saved": saved.of(request, register), "new": not looking_back(request) and not fed and bool(kept(sight, register, None)),
        "pages": pages, "at": at, "turns": _turns(request, at, pages), "has_due": not fed and any(s.due for s in register.stages),
        "gone": gone, "deep": DEEP if fed and some.count > DEEP else 0, "feed": feeds.of(sight, register) if fed else None,
        "applied": asked.told(sight.language), "behind_words": asked.behind and asked.behind.words(sight.language), "reset": _reset(request),
    }  # fmt: skip
    view, public = _view(request, sight, asked, some, at, as_json)
    facts = {"count": None if gone else some.count, "total": None if gone else some.total, **public}
    if fed and as_json:
        facts |= {"feed": feeds.plain(sight, register), "problems": gone}
    return page(request, "register_list", book, {**data, **view}, facts, as_json)


def _hidden(sight: Sight, asked: Asked) -> list[str]:
    """The columns by which is filtered and that the reader sees of no record: nothing can be found by them."""
    hidden = sorted(sight.hidden(asked.register, asked.reads))
    return [head(asked.register.named[name], sight.language) for name in hidden]


def searched(sight: Sight, register: Register) -> str:
    """The fields in which words are looked for, where those are not all."""
    names = [
        name
        for name in register.searched
        if sight.whole(register, (name,)) or name in sight.veil(register).seen
    ]
    told = [column(register, name, sight.language) for name in names]
    return (
        (", " if sight.language == "en" else "、").join(told)
        if register.kind == "fed" or len(told) < 4
        else ""
    )


def _view(
    request: HttpRequest, sight: Sight, asked: Asked, found: Found, at: int, as_json: bool
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What one view adds to the page, and to its JSON."""
    register = asked.register
    if asked.view == "board":
        columns = board.columns(sight, register, found, asked.stage)
        return {"board": columns}, {"board": board.plain(columns, sight.day)}
    if asked.view == "map":
        drawn = places.drawn(sight, register, found)
        return {"places": drawn}, {"points": places.plain(drawn)}
    if asked.view == "chart":
        charts = charted.charts(request, sight, register, found)
        return {"charts": charts}, {"charts": charted.plain(charts)}
    part = found.part((at - 1) * PAGE, PAGE)
    if as_json:
        return {}, {"page": at, "records": [plain_record(shown, sight.day) for shown in part]}
    heads = _columns(sight, register)
    return {"lines": [_line(sight, register, shown, heads) for shown in part], "heads": heads}, {}


def _columns(sight: Sight, register: Register) -> list[Field]:
    """The fields that a list shows beside the title: the key, the unit, the groups, then the first others."""
    levels = sight.levels
    named = register.named
    first = [*register.key, register.unit, *register.groups]
    rest = [f.name for f in register.fields if f.type not in ("point",) and f.status != "retired"]
    order = [
        name for name in dict.fromkeys([*first, *rest]) if name and name in named and name != register.title
    ]
    there = [named[name] for name in order if named[name].seen in levels or sight.who.unit]
    return there[: max(COLUMNS, len([n for n in dict.fromkeys(first) if n]) - 1)]


def _line(sight: Sight, register: Register, shown: Shown, heads: list[Field]) -> Line:
    language, disputed = sight.language, shown.disputed
    cells = tuple(
        (head(f, language), worded(sight, f, shown.value(f.name))[:WIDE], KINDS.get(f.type, ""), f.name in disputed)
        for f in heads
    )  # fmt: skip
    stage = shown.record.stage
    name = called(sight, register, shown)
    return Line(
        shown, name, stage.label(language) if stage else "", f"at_{shown.record.state.stage}" in disputed,
        shown.record.late(sight.day), cells,
    )  # fmt: skip


def _stages(
    request: HttpRequest, register: Register, found: Found, asked: Asked, sight: Sight
) -> list[tuple[str, str, int, str, bool]]:
    """Name, label, count, address and whether it is chosen, of every stage."""
    if not register.stages:
        return []
    counts = found.by_stage
    tabs = [("", _("全部"), sum(counts.values()), changed(request.GET, stage=""), not asked.stage)]
    return tabs + [
        (s.name, s.label(sight.language), counts.get(s.name, 0), changed(request.GET, stage=s.name), asked.stage == s.name)
        for s in register.stages
    ]  # fmt: skip


def _filters(sight: Sight, register: Register, found: Found, asked: Asked) -> list[Filter]:
    """The fields by which the list may be filtered; those of free values offer the ones that occur."""
    levels, made = sight.levels, []
    for name in exact(register):
        field = register.named[name]
        if field.seen not in levels and not sight.who.unit:
            continue
        counts = found.occurring(name, CHOICES)
        if counts is not None and not counts and name not in asked.values:
            continue
        listed = [code.value for code in field.codes] or sorted(counts or ())
        choices = tuple((v, worded(sight, field, v), counts[v]) for v in listed if counts and counts.get(v))
        label = field.en if sight.language == "en" else field.zh
        made.append(Filter(field, label, asked.values.get(name, ""), choices))
    return made


def _spans(request: HttpRequest, register: Register, sight: Sight) -> list[dict[str, str]]:
    """The days and numbers by which the list may be filtered, from one to another."""
    found = []
    for name, kind in spanned(register):
        label = column(register, name, sight.language)
        ends = {side: request.GET.get(f"{name}.{side}", "")[:40] for side in ("from", "to")}
        found.append({"name": name, "kind": kind, "label": label, **{f"{s}_": v for s, v in ends.items()}})
    return found


def _views(request: HttpRequest, register: Register, asked: Asked) -> list[tuple[str, str, str, bool]]:
    names = {"list": _("列表"), "board": _("看板"), "map": _("地图"), "chart": _("图表")}
    shown = [v for v in VIEWS if (v != "board" or register.stages) and (v != "map" or register.place)]
    return [
        (v, names[v], changed(request.GET, view="" if v == "list" else v), v == asked.view) for v in shown
    ]


def _sorts(
    request: HttpRequest, register: Register, sight: Sight, asked: Asked
) -> dict[str, tuple[str, str]]:
    """For every column that sorts: the address that sorts by it (again: the other way), and its arrow now."""
    found = {}
    for name in ("id", "due", "stage", *(f.name for f in register.fields)):
        down = asked.sort == name
        arrow = {name: "↑", f"-{name}": "↓"}.get(asked.sort, "")
        found[name] = (changed(request.GET, sort=f"-{name}" if down else name), arrow)
    return found


def _turns(request: HttpRequest, at: int, pages: int) -> dict[str, str]:
    base = changed(request.GET)
    sign = "" if base == "?" else "&"
    return {
        "before": f"{base}{sign}page={at - 1}" if at > 1 else "",
        "after": f"{base}{sign}page={at + 1}" if at < pages else "",
    }


def _reset(request: HttpRequest) -> str:
    """The list without filters, on the same day and in the same view."""
    kept_names = {name: request.GET[name] for name in ("as_of", "view") if request.GET.get(name)}
    told = request.GET.copy()
    told.clear()
    told.update(kept_names)
    return f"?{told.urlencode()}"
