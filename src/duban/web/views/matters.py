"""Supervision on the pages: the list of matters, each sheet with its story, and the forms that a reader may use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from duban.actions import matters
from duban.actions.context import Writes, refused, unit_thing
from duban.assess.asked import Asked, asked, ends_needed
from duban.assess.ladder import ladder_of
from duban.core.rights import Actor, Thing, may
from duban.ledger import Book
from duban.ledger.year.matters import LEVELS, Matter, MatterOpened
from duban.ledger.year.units import unit_named
from duban.web.shelf import book_for, book_on
from duban.web.standing import standing
from duban.web.today import looking_back, shown_day, today
from duban.web.views.common import page
from duban.web.views.written import written
from duban.web.who import actor, guard

STATES = ("overdue", "open", "answered", "appealed", "concluded")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A matter as the list shows it."""

    matter: Matter
    unit: str
    state: str


def state_of(matter: Matter, day: date) -> str:
    """Where a matter stands, of `STATES`."""
    if matter.appeal is not None:
        return "appealed"
    if not matter.open:
        return "concluded"
    if matter.overdue(day.isoformat()):
        return "overdue"
    return "answered" if matter.answered else "open"


def sees(who: Actor, book: Book, matter: Matter) -> bool:
    """Whether someone may see a matter: the office, leaders and auditors all, a unit its own."""
    return bool(may(who, "working.read", unit_thing(book, matter.opened.body.unit)))


def sheets(book: Book, who: Actor, day: date) -> list[Sheet]:
    """The matters that someone may see, the most urgent first."""
    found = [
        Sheet(m, book.units[m.opened.body.unit].name, state_of(m, day))
        for m in book.matters.values()
        if sees(who, book, m)
    ]
    return sorted(
        found, key=lambda s: (STATES.index(s.state), s.matter.deadline or "9", -int(s.matter.number))
    )


def _urgency(sheet: Sheet) -> tuple[int, str, int]:
    """By state, then by the day that is nearest; what is concluded, the latest first."""
    day = "" if sheet.state == "concluded" else sheet.matter.deadline or "9"
    return STATES.index(sheet.state), day, -int(sheet.matter.number)


def all_matters(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/matters`, filtered by `state`, `unit` and `level`; the office may look at what the rules ask for."""
    book, day = book_for(request), shown_day(request)
    who = actor(request, book)
    if not who.unit:
        guard(request, book, "working.read", Thing("matters"))
    found = sheets(book, who, day)
    wanted = {name: request.GET.get(name, "") for name in ("state", "unit", "level")}
    kept = [s for s in found if _kept(s, wanted)]
    opens = not looking_back(request) and bool(may(who, "matter.open", Thing("matter")))
    data = {
        "sheets": kept, "total": len(found), "wanted": wanted, "levels": LEVELS, "narrowed": bool(wanted["unit"]) + bool(wanted["level"]), "matter_states": STATES, "opens": opens,
        "counts": {code: sum(s.state == code for s in found) for code in STATES},
        "matter_units": sorted({(s.matter.opened.body.unit, s.unit) for s in found}, key=lambda pair: pair[1]),
        "asked": rules_ask(book, day) if opens and "rules" in request.GET else None,
        "ladder": ladder_of(book), "item": request.GET.get("item", ""), "item_state": book.items.get(request.GET.get("item", "")),
        "all_units": [u for u in book.units.values() if u.closed is None] if opens else (),
    }  # fmt: skip
    public = {"matters": [plain(s) for s in kept], "total": len(found)}
    return page(request, "matters", book, data, public, as_json)


def _kept(sheet: Sheet, wanted: Mapping[str, str]) -> bool:
    opened = sheet.matter.opened.body
    facts = {"state": sheet.state, "unit": opened.unit, "level": sheet.matter.level}
    return all(not value or facts[name] == value for name, value in wanted.items())


def rules_ask(book: Book, day: date) -> list[Asked]:
    """What the city's ladder asks for on a day."""
    return asked(book, day, ladder_of(book), standing(book, day), marks(book, day))


def marks(book: Book, day: date) -> dict[date, dict[str, str]]:
    """The colours at the month ends that the ladder asks about, as they were then."""
    return {
        end: {key: light.colour for key, light in standing(book_on(end), end).items()}
        for end in ends_needed(book, day)
    }


def matter(request: HttpRequest, number: int, as_json: bool = False) -> HttpResponse:
    """The page `/matters/<number>`."""
    book, day = book_for(request), shown_day(request)
    one = book.matters.get(str(number))
    if one is None:
        raise Http404(number)
    who = guard(request, book, "working.read", unit_thing(book, one.opened.body.unit))
    lights = standing(book, day)
    sheet = Sheet(one, book.units[one.opened.body.unit].name, state_of(one, day))
    data = {
        "sheet": sheet, "matter": one, "unit": book.units[one.opened.body.unit], "open": {} if looking_back(request) else forms(book, who, one),
        "lights": [lights[key] for key in one.opened.body.items if key in lights],
        "review_due": matters.review_due(book, one),
        "higher": LEVELS[LEVELS.index(one.level) + 1 :],
        "timetable": [(time, until, _met(one, time, until, day)) for time, until in ladder_of(book).timetable(one)],
    }  # fmt: skip
    return page(request, "matter", book, data, plain(sheet) | {"review_due": data["review_due"]}, as_json)


def _met(matter: Matter, time: str, until: date, day: date) -> str:
    """Whether the matter came to this point in time: met, missed, or "" while the time still runs."""
    kind = "matter.replied" if time == "answer" else "matter.concluded"
    if time == "study":
        return "" if day <= until else "past"
    first = next((step.on for step in matter.steps if step.kind == kind), "")
    if first:
        return "met" if first <= until.isoformat() else "missed"
    return "missed" if until < day else ""


def forms(book: Book, who: Actor, one: Matter) -> dict[str, bool]:
    """Which forms someone may use on a matter now."""
    in_time = matters.may_be_appealed(one, today()) and one.conclusion is one.last
    thing = matters.matter_thing(book, one, facts=("returnable",) if in_time else ())
    return {
        "raise": one.open and one.level != LEVELS[-1] and bool(may(who, "matter.open", thing)),
        "reply": one.open and bool(may(who, "matter.reply", thing)),
        "conclude": one.open and bool(may(who, "matter.conclude", thing)),
        "appeal": in_time and bool(may(who, "matter.appeal", thing)),
        "review": one.appeal is not None and bool(may(who, "matter.review", thing)),
    }


def plain(sheet: Sheet) -> dict[str, Any]:
    """A matter as JSON."""
    one, opened = sheet.matter, sheet.matter.opened.body
    return {
        "number": one.number, "title": opened.title, "level": one.level, "state": sheet.state, "unit": opened.unit,
        "unit_name": sheet.unit, "items": list(opened.items), "opened": one.opened.on, "deadline": one.deadline,
        "origin": opened.origin, "since": opened.since, "reason": opened.reason,
        "steps": [{"kind": step.kind, "on": step.on, "entry": step.seq} for step in one.steps],
    }  # fmt: skip


@require_POST
def open_one(request: HttpRequest) -> HttpResponse:
    """Open a matter by hand."""
    form, day = request.POST, today()
    keys = tuple(form.get("items", "").replace("，", " ").replace(",", " ").split())

    def act(book: Book, who: str) -> Writes:
        unit = unit_named(book, form.get("unit", "").strip())
        sheet = MatterOpened(
            form.get("level", ""), form.get("title", ""), unit.code if unit else form.get("unit", ""),
            form.get("reason", ""), keys, form.get("deadline", ""), "hand", major=form.get("major") == "1",
        )  # fmt: skip
        return matters.open_matter(book, who, sheet, today=day)

    return written(request, act, "/matters")


@require_POST
def follow_rules(request: HttpRequest) -> HttpResponse:
    """Open and raise what the rules ask for today."""
    day = today()
    return written(request, lambda book, who: matters.take_up(book, who, day, marks(book, day)), "/matters")


@require_POST
def do(request: HttpRequest, number: int) -> HttpResponse:
    """Do the act that the form names to a matter."""
    form, name = request.POST, request.POST.get("act", "")
    return written(request, lambda book, who: _act(book, who, str(number), name, form), f"/matters/{number}")


def _act(book: Book, who: str, number: str, name: str, form: Mapping[str, str]) -> Writes:
    told, day = form.get("words", ""), today()
    if name == "raise":
        return matters.raise_matter(
            book,
            who,
            number,
            level=form.get("level", ""),
            reason=told,
            deadline=form.get("deadline", ""),
            today=day,
        )
    if name == "reply":
        proof = form.get("reference", "").strip()
        return matters.reply(book, who, number, told=told, evidence=(proof,) if proof else ())
    if name == "conclude":
        return matters.conclude(book, who, number, told=told, resolved=form.get("yes") == "1", today=day)
    if name == "appeal":
        return matters.appeal(book, who, number, reason=told, today=day)
    if name == "review":
        return matters.review(book, who, number, upheld=form.get("yes") == "1", reason=told)
    raise refused("form.act_unknown", f"matter/{number}", act=name[:40])
