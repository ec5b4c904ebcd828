"""Meetings on the pages: what was decided and whether it was done; a meeting's own page to be shown on the wall."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from duban.actions import meetings
from duban.actions.context import Writes, code_of, refused
from duban.assess import Light
from duban.assess.agenda import Point, agenda
from duban.assess.doubts import doubts, fresh
from duban.core.rights import Thing, may
from duban.ledger import Book
from duban.ledger.year.dated import Case
from duban.ledger.year.matters import Matter
from duban.ledger.year.meetings import DecisionFollowed, DecisionRecorded, is_done
from duban.ledger.year.units import unit_named
from duban.web.shelf import book_for, book_on
from duban.web.standing import standing
from duban.web.today import looking_back, shown_day, today
from duban.web.views.common import page
from duban.web.views.wall import movement
from duban.web.views.written import written
from duban.web.who import actor, guard

SHOWN = 40  # points that are suggested; the rest is what the wall and the desk are for
TICKED = 12  # of them for this meeting, unless the office ticks others


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as pages show it; `state` is done, late or open."""

    number: str
    case: Case[DecisionRecorded]
    unit: str
    state: str

    @classmethod
    def of(cls, book: Book, number: str, day: date) -> "Decided":
        """The decision of this number as it stands on a day."""
        case = book.decisions[number]
        body = case.opened.body
        late = bool(body.due) and body.due < day.isoformat()
        unit = book.units[body.unit].name if body.unit in book.units else ""
        return cls(number, case, unit, "done" if is_done(case) else "late" if late else "open")


@dataclass(frozen=True, slots=True)
class Row:
    """One point of the agenda as it is shown: an item, a matter or an earlier decision, and what was decided on it."""

    account: str
    light: Light | None
    matter: Matter | None
    decision: Decided | None
    unit: str
    call: str
    decided: tuple[Decided, ...]

    @property
    def key(self) -> str:
        """The key of its item, "" where it is none."""
        return self.account.partition("/")[2] if self.account.startswith("item/") else ""


def all_meetings(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/meetings`: for the leaders and the office every meeting, for a unit the decisions that it owes."""
    book, day = book_for(request), shown_day(request)
    who = actor(request, book)
    whole = bool(may(who, "working.read", Thing("meetings")))
    if not whole and not who.unit:
        guard(request, book, "working.read", Thing("meetings"))
    decisions = [Decided.of(book, n, day) for n in reversed(book.decisions)]
    theirs = [d for d in decisions if whole or d.case.opened.body.unit == who.unit]
    records = not looking_back(request) and bool(may(who, "meeting.record", Thing("meeting")))
    points = suggested(book, day) if records else ()
    data = {
        "meetings": [(n, m, [d for d in decisions if d.case.opened.body.meeting == n])
                     for n, m in reversed(book.meetings.items())] if whole else [],
        "undone": [d for d in theirs if d.state != "done"], "finished": [d for d in theirs if d.state == "done"],
        "records": records, "points": [(p, _point_row(book, p.account, day), n < TICKED) for n, p in enumerate(points)],
    }  # fmt: skip
    public = {"decisions": [plain(d) for d in theirs], "meetings": list(book.meetings) if whole else []}
    return page(request, "meetings", book, data, public, as_json)


def suggested(book: Book, day: date) -> tuple[Point, ...]:
    """The points that the book suggests for a meeting on a day."""
    lights = standing(book, day)
    found = fresh(book, doubts(book, accounts={key: light.account for key, light in lights.items()}))
    return agenda(book, day, lights, found)[:SHOWN]


def meeting(request: HttpRequest, number: int, as_json: bool = False) -> HttpResponse:
    """The page `/meetings/<number>`, made for a projector: each point in a large row, decisions recorded in place."""
    book, day = book_for(request), shown_day(request)
    who = guard(request, book, "working.read", Thing("meetings"))
    held = book.meetings.get(str(number))
    if held is None:
        raise Http404(number)
    last = max((m for n, m in book.meetings.items() if int(n) < number), key=lambda m: m.on, default=None)
    rows = [_point_row(book, account, day, str(number)) for account in held.body.agenda]
    since = date.fromisoformat(last.on) if last else day - timedelta(days=30)
    moved = movement(standing(book_on(since), since), standing(book, day)) if since < day else []
    about = {account for row in rows for account in row_items(row)}
    own = [
        Decided.of(book, n, day) for n, c in book.decisions.items() if c.opened.body.meeting == str(number)
    ]
    data = {
        "meeting": held, "number": number, "rows": rows, "since": since, "day": day,
        "before": [row.decision for row in rows if row.decision],
        "others": [d for d in own if not set(d.case.opened.body.items) & about],
        "better": [m for m in moved if m.better], "worse": [m for m in moved if not m.better],
        "records": not looking_back(request) and bool(may(who, "meeting.record", Thing(f"meeting/{number}"))), "decided": own,
        "unit_names": [u.name for u in book.units.values() if u.closed is None],
    }  # fmt: skip
    public = {
        "number": str(number), "title": held.body.title, "on": held.on, "agenda": list(held.body.agenda),
        "decisions": [plain(d) for d in own],
    }  # fmt: skip
    return page(request, "meeting", book, data, public, as_json)


def row_items(row: Row) -> tuple[str, ...]:
    """The items that a point's decisions are shown under."""
    return (row.key,) if row.key else ()


def _point_row(book: Book, account: str, day: date, meeting: str = "") -> Row:
    """An account of the agenda with what is known of it on a day, and what this meeting decided on it."""
    shelf, _, key = account.partition("/")
    light = standing(book, day).get(key) if shelf == "item" else None
    matter = book.matters.get(key) if shelf == "matter" else None
    decision = Decided.of(book, key, day) if shelf == "decision" and key in book.decisions else None
    name = light.account.state.item.lead if light else decision.unit if decision else ""
    if matter is not None:
        name = book.units[matter.opened.body.unit].name
    unit = unit_named(book, name) if name else None
    call = f"{unit.unit.contact} {unit.unit.phone}".strip() if unit else ""
    decided = tuple(
        Decided.of(book, n, day)
        for n, case in book.decisions.items()
        if meeting and light and case.opened.body.meeting == meeting and key in case.opened.body.items
    )
    return Row(account, light, matter, decision, name, call, decided)


def plain(decided: Decided) -> dict[str, Any]:
    """A decision as JSON."""
    body = decided.case.opened.body
    steps = [s for s in decided.case.steps if isinstance(s.body, DecisionFollowed)]
    return {
        "number": decided.number, "meeting": body.meeting, "words": body.words, "unit": body.unit, "due": body.due,
        "items": list(body.items), "state": decided.state, "followed": [{"on": s.on, "words": s.body.words} for s in steps],
    }  # fmt: skip


@require_POST
def hold(request: HttpRequest) -> HttpResponse:
    """Open a meeting with the points that were ticked."""
    title, points = request.POST.get("title", ""), tuple(request.POST.getlist("point"))
    return written(
        request, lambda book, who: meetings.hold_meeting(book, who, title=title, agenda=points), "/meetings"
    )


@require_POST
def do(request: HttpRequest, number: int) -> HttpResponse:
    """Record a decision, or what became of one."""
    form, name = request.POST, request.POST.get("act", "")
    anchor = f"#{form['at'][:40]}" if form.get("at") else ""
    return written(
        request, lambda book, who: _act(book, who, str(number), name, form), f"/meetings/{number}{anchor}"
    )


def _act(book: Book, who: str, number: str, name: str, form: Mapping[str, str]) -> Writes:
    told = form.get("words", "")
    if name == "decide":
        unit, key = form.get("unit", "").strip(), form.get("item", "")
        return meetings.record_decision(
            book, who, number, told=told, unit=code_of(book, unit) or unit, due=form.get("due", ""),
            items=(key,) if key else (), today=today(),
        )  # fmt: skip
    if name == "follow":
        done = form.get("yes") == "1"
        return meetings.follow_up(book, who, form.get("decision", ""), told=told, done=done, meeting=number)
    raise refused("form.act_unknown", f"meeting/{number}", act=name[:40])


@require_POST
def follow(request: HttpRequest) -> HttpResponse:
    """What became of a decision, between meetings."""
    form = request.POST
    return written(
        request,
        lambda book, who: meetings.follow_up(
            book, who, form.get("decision", ""), told=form.get("words", ""), done=form.get("yes") == "1"
        ),
        "/meetings",
    )


@require_POST
def set_priority(request: HttpRequest) -> HttpResponse:
    """Choose by hand what stands on top of the wall, or leave it to the rule."""
    form = request.POST
    keys = tuple(form.get("items", "").replace("，", " ").replace(",", " ").split())
    reason = form.get("reason", "")
    return written(request, lambda book, who: meetings.set_priority(book, who, keys, reason=reason), "/wall")
