"""Units: the tree with whom to call and what each leads; one unit's page; entered and closed by who may."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duban.actions.context import Writes, code_of, perform, refused, unit_thing
from duban.actions.units import close_unit, enter_unit
from duban.assess import Light
from duban.core.problem import Refused
from duban.core.rights import Actor, may
from duban.ledger import Book
from duban.ledger.year.units import UNIT_KINDS, UnitEntered, UnitState
from duban.web.about import heading, parts_of, search
from duban.web.shelf import book_for, keeper
from duban.web.standing import WORST, standing, tally
from duban.web.today import shown_day, today
from duban.web.views.common import page
from duban.web.who import actor, told, username

LISTS = ("aliases", "duties")  # fields of several words
FIELDS = UnitEntered.__struct_fields__


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit in the tree: how deep it stands, and the lights of what it leads."""

    state: UnitState
    depth: int
    counts: tuple[tuple[str, int], ...]

    @property
    def leads(self) -> int:
        """How many items it leads."""
        return sum(n for _, n in self.counts)


def units(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/units`."""
    book = book_for(request)
    who = actor(request, book)
    lights = standing(book, shown_day(request))
    inside = request.user.is_authenticated
    asked, q = request.GET.get("about", "")[:80], request.GET.get("q", "").strip()[:40]
    near = parts_of(book, who, asked)
    every = list(tree(book, lights_by_lead(book, lights)))
    found = [one for one in every if not q or search(one.state, q, told=inside)]
    data = {
        "near": near, "about_what": heading(book, asked) if near else "", "q": q, "every": len(every), "tree": found, "who": who, "kinds": UNIT_KINDS, "fields": _fields(book, who, ""),
        "closed": [u for u in book.units.values() if u.closed is not None], "colours": WORST,
        "open": [u for u in book.units.values() if u.closed is None],
    }  # fmt: skip
    public = {
        "units": [
            {
                **_plain(one.state, inside),
                "depth": one.depth,
                "lights": dict(one.counts),
            }
            for one in found
        ],
        "near": [{"part": part, **_plain(unit, inside)} for part, unit in near],
    }
    return page(request, "units", book, data, public, as_json)


def tree(book: Book, led: dict[str, list[Light]]) -> Iterator[Branch]:
    """The open units, each after the one above it; one whose upper unit is closed or unknown stands at the root."""
    below: dict[str, list[UnitState]] = defaultdict(list)
    open_units = {code: unit for code, unit in book.units.items() if unit.closed is None}
    for unit in open_units.values():
        below[unit.unit.parent if unit.unit.parent in open_units else ""].append(unit)
    waiting = [(unit, 0) for unit in reversed(below[""])]
    while waiting:
        unit, depth = waiting.pop()
        yield Branch(unit, depth, tuple(tally(led.get(unit.code, ())).items()))
        waiting += [(child, depth + 1) for child in reversed(below[unit.code])]


def lights_by_lead(book: Book, lights: dict[str, Light]) -> dict[str, list[Light]]:
    """The lights of items by the code of the unit that leads."""
    found: dict[str, list[Light]] = defaultdict(list)
    for light in lights.values():
        found[code_of(book, light.account.state.item.lead)].append(light)
    return found


def unit(request: HttpRequest, code: str, as_json: bool = False) -> HttpResponse:
    """The page `/units/<code>`."""
    book = book_for(request)
    state = book.units.get(code)
    if state is None:
        raise Http404(code)
    who, lights = actor(request, book), standing(book, shown_day(request))
    leads = sorted(
        lights_by_lead(book, lights).get(code, ()), key=lambda one: (WORST.index(one.colour), one.key)
    )
    partner = [
        one
        for one in lights.values()
        if any(code_of(book, p) == code for p in one.account.state.item.partners)
    ]
    checks = [one for one in lights.values() if code_of(book, one.account.state.item.checker) == code]
    people = [p for p in book.people.values() if p.placed.unit == code and not p.left]
    data = {
        "unit": state, "above": _above(book, state), "below": [u for u in book.units.values() if u.unit.parent == code],
        "leads": leads, "partner": partner, "checks": checks, "counts": tally(leads),
        "people": people if request.user.is_authenticated else [],
        "fields": _fields(book, who, code), "kinds": UNIT_KINDS, "may_close": bool(may(who, "unit.edit", unit_thing(book, code))),
        "open": [u for u in book.units.values() if u.closed is None and u.code != code],
        "story": book.timeline(f"unit/{code}") if request.user.is_authenticated else [],
    }  # fmt: skip
    public = {**_plain(state, request.user.is_authenticated), "leads": [one.key for one in leads], "partner": [one.key for one in partner],
              "checks": [one.key for one in checks]}  # fmt: skip
    return page(request, "unit", book, data, public, as_json)


def _above(book: Book, state: UnitState) -> list[UnitState]:
    """The units above, from the root down."""
    found: list[UnitState] = []
    code = state.unit.parent
    while code in book.units and book.units[code] not in found:
        found.insert(0, book.units[code])
        code = book.units[code].unit.parent
    return found


def _fields(book: Book, who: Actor, code: str) -> tuple[str, ...]:
    """The fields of a unit that somebody may change; those of a new one for code ""."""
    thing = unit_thing(book, code)
    if not code:
        return FIELDS if may(who, "unit.edit", thing) else ()
    return tuple(field for field in FIELDS if may(who, "unit.edit", thing, field))


@require_POST
def do(request: HttpRequest) -> HttpResponse:
    """Enter, change or close a unit."""
    me, form = username(request), request.POST
    code = form.get("code", "").strip()[:60]
    try:
        perform(
            keeper(),
            lambda book: _asked(book, me, code, request),
            actor=me or "public",
            at=timezone.now(),
            on=today(),
        )
    except Refused as refusal:
        rights = refusal.problems[0].code.startswith("rights.")
        data = {
            "message": " ".join(told(refusal)),
            "back": f"/units/{code}" if form.get("known") else "/units",
        }
        return render(request, "duban/message.html", data, status=403 if rights else 400)
    messages.success(request, _("已记账。"))
    return redirect(f"/units/{code}")


def _asked(book: Book, me: str, code: str, request: HttpRequest) -> Writes:
    """The entries of one form. A field that the form does not have keeps what the book says."""
    form = request.POST
    if form.get("act") == "close":
        heir = form.get("successor", "")
        return close_unit(book, me, code, reason=form.get("reason", ""), successor=heir, today=today())
    known = book.units.get(code)
    if known is not None and not form.get("known"):
        raise refused("unit.there_already", f"unit/{code}", name=known.name)
    now = known.unit if known is not None else UnitEntered("")
    told: dict[str, Any] = {
        field: form[field].strip() for field in FIELDS if field in form and field not in LISTS
    }
    told |= {field: words_of(form[field]) for field in LISTS if field in form}
    return enter_unit(book, me, code, msgspec.structs.replace(now, **told))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a field with 、 ， , ； ; or a line between them, each once."""
    for mark in "，,；;\n\r":
        text = text.replace(mark, "、")
    return tuple(dict.fromkeys(word.strip() for word in text.split("、") if word.strip()))


def _plain(state: UnitState, inside: bool) -> dict[str, Any]:
    """A unit as JSON; whom to call only for those who have signed in."""
    unit = state.unit if inside else msgspec.structs.replace(state.unit, contact="", phone="")
    return {"code": state.code, "name": unit.name, "kind": unit.kind, "parent": unit.parent, "aliases": list(unit.aliases),
            "contact": unit.contact, "phone": unit.phone, "closed": state.closed is not None}  # fmt: skip
