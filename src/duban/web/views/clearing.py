"""Clearing on the pages: what waits for whom, public notices, draws that anyone can repeat, and an item's own line."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from duban.actions import clearing
from duban.actions.context import Writes, item_thing, refused, unit_thing
from duban.actions.rules import has_rule
from duban.core.problem import Refused
from duban.core.rights import Actor, Thing, may
from duban.ledger import Book
from duban.ledger.states import ItemState
from duban.ledger.year.clearing import (
    CLEARING_STAGES,
    ClearingClaimed,
    clearing_stage,
    look_back_on,
    notice_until,
    objections,
)
from duban.ledger.year.dated import Case
from duban.ledger.year.filings import Evidence
from duban.web.evidence import Files
from duban.web.shelf import book_for
from duban.web.today import looking_back, shown_day, today
from duban.web.views.acts import Form
from duban.web.views.common import page
from duban.web.views.written import refusal_page, written
from duban.web.who import guard

OPEN_TO_ALL = ("published", "objected", "closed", "confirmed")  # what the public sees, and what came of it
AN_HOUR = (
    20  # objections of the public to one notice within an hour: more is a flood, and entries stay for ever
)


@dataclass(frozen=True, slots=True)
class Line:
    """An item's way to its end, as one reader may see it."""

    key: str
    state: ItemState
    case: Case[ClearingClaimed]
    stage: str
    role: str
    unit: str
    working: bool
    open: Mapping[str, bool]
    drawn: str

    @property
    def until(self) -> str:
        """The last day of its notice."""
        return notice_until(self.case)

    @property
    def look_back(self) -> str:
        """The day of its look-back."""
        return look_back_on(self.case)

    @property
    def objections(self) -> list[Any]:
        """Each objection with its answer."""
        return objections(self.case)

    @property
    def passed(self) -> list[tuple[str, bool]]:
        """The seven steps of the way and whether each is behind it."""
        at = {"objected": "published"}.get(self.stage, self.stage)
        reached = WAY.index(at) if at in WAY else -1
        return [(f"clearing.step_{step}", n <= reached) for n, step in enumerate(WAY)]


WAY = ("claimed", "countersigned", "checked", "verified", "published", "closed", "confirmed")


def line_of(book: Book, who: Actor, key: str, *, acting: bool = True) -> Line | None:
    """The latest claim of an item, None where the reader may see none; with its steps unless only looking back."""
    task = book.tasks.get(key)
    if task is None or task.clearing is None:
        return None
    working = bool(may(who, "working.read", item_thing(book, key)))
    stage = clearing_stage(task.clearing)
    if not working and stage not in OPEN_TO_ALL:
        return None
    role, unit = clearing.waits_for(book, key)
    drawn = clearing.drawn_by(book, clearing.claim_name(book, key))[0]
    steps = forms(book, who, key) if acting else {}
    return Line(key, book.items[key], task.clearing, stage, role, unit, working, steps, drawn)


def section(book: Book, who: Actor, key: str, *, acting: bool = True) -> dict[str, Any] | None:
    """What an item's own page shows of its supervision and clearing, None where the reader has nothing to see or to do."""
    line, steps = line_of(book, who, key), forms(book, who, key) if acting else {}
    sheets = [
        matter
        for matter in book.matters.values()
        if key in matter.opened.body.items
        and may(who, "working.read", unit_thing(book, matter.opened.body.unit))
    ]
    settled = (line is not None and line.stage in ("closed", "confirmed")) or any(m.open for m in sheets)
    opens = acting and not settled and bool(may(who, "matter.open", item_thing(book, key)))
    if not (line or sheets or opens or any(steps.values())):
        return None
    return {"line": line, "open": steps, "matters": sheets, "opens": opens}


def forms(book: Book, who: Actor, key: str) -> dict[str, bool]:
    """Which steps someone may take on an item now."""
    task = book.tasks.get(key)
    case = task.clearing if task else None
    stage = clearing_stage(case) if case else ""
    thing, day = clearing.clearing_thing(book, key), today().isoformat()
    public = item_thing(book, key, facts=("published",) if settings.PUBLIC else ())
    over = bool(case) and notice_until(case) < day  # type: ignore[arg-type]
    drawn = clearing.drawn_by(book, clearing.claim_name(book, key))[1] or not has_rule(book, "sample_share")
    return {
        "claim": stage in ("", *clearing.ENDED) and bool(may(who, "clearing.claim", item_thing(book, key))),
        "sign": stage == "claimed"
        and bool(may(who, "clearing.countersign", clearing.countersign_thing(book, key))),
        "check": stage == "countersigned" and bool(may(who, "clearing.check", thing)),
        "verify": stage == "checked"
        and drawn
        and bool(may(who, "clearing.verify", clearing.clearing_thing(book, key, checked=True))),
        "publish": stage == "verified" and bool(may(who, "clearing.publish", thing)),
        "object": stage in ("published", "objected")
        and not over
        and bool(may(who, "clearing.object", public)),
        "answer": stage == "objected" and bool(may(who, "clearing.publish", thing)),
        "close": stage == "published" and over and bool(may(who, "clearing.close", thing)),
        "confirm": stage == "closed" and look_back_on(case) <= day,  # type: ignore[arg-type]
        "look_back": stage in ("closed", "confirmed") and bool(may(who, "clearing.look_back", thing)),
    }


def clearings(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/clearing`: public notices and closings for everyone, the whole way for those who work on it."""
    book = book_for(request)
    who = guard(request, book, "book.read", Thing("clearing", facts=_published()))
    acting = not looking_back(request)
    lines = [
        line
        for key in book.tasks
        if key in book.items
        and not book.items[key].removed
        and (line := line_of(book, who, key, acting=acting))
    ]
    draws = acting and may(who, "clearing.draw", Thing("draw"))
    data = {
        "notices": [one for one in lines if one.stage in ("published", "objected")],
        "groups": [(stage, found) for stage in CLEARING_STAGES if stage not in (*OPEN_TO_ALL, *clearing.ENDED)
                   and (found := [one for one in lines if one.stage == stage])],
        "ended": [one for one in lines if one.stage in clearing.ENDED],
        "closed": sorted((one for one in lines if one.stage in ("closed", "confirmed")), key=lambda one: one.case.last.on, reverse=True),
        "due": [one for one in lines if one.stage == "closed" and one.working and one.look_back <= shown_day(request).isoformat()],
        "draws": sorted(book.draws.items(), key=lambda pair: -int(pair[0])) if who.username else [],
        "waiting": clearing.to_be_drawn(book) if draws else [], "draw_rule": book.rules.get("sample_share", ""),
        "may_draw": bool(draws),
    }  # fmt: skip
    return page(request, "clearing", book, data, {"clearings": [plain(one) for one in lines]}, as_json)


def _published() -> frozenset[str]:
    return frozenset({"published"} if settings.PUBLIC else ())


def plain(line: Line) -> dict[str, Any]:
    """A clearing as JSON; the steps of the way only for those who work on it."""
    found = {
        "key": line.key, "head": line.state.item.head, "lead": line.state.item.lead, "stage": line.stage,
        "notice_until": line.until, "look_back": line.look_back, "objections": len(line.objections),
    }  # fmt: skip
    if line.working:
        told = [{"kind": s.kind, "on": s.on, "by": s.actor, "entry": s.seq} for s in line.case.steps]
        found |= {"claimed": line.case.opened.on, "waits_for": line.role, "draw": line.drawn, "steps": told}
    return found


def one_draw(request: HttpRequest, number: int, as_json: bool = False) -> HttpResponse:
    """The page `/clearing/draws/<number>`: everything that is needed to draw again."""
    book = book_for(request)
    guard(request, book, "book.read", Thing("draw"))
    made = book.draws.get(str(number))
    if made is None:
        raise Http404(number)
    body = made.body
    data = {"draw": made, "number": number, "among": [(name, name.partition("#")[0]) for name in body.among]}
    public = {
        "number": str(number), "on": made.on, "entry": made.seq, "by": made.actor, "method": body.method, "seed": body.seed,
        "share": body.share, "among": list(body.among), "drawn": list(body.drawn),
    }  # fmt: skip
    return page(request, "draw", book, data, public, as_json)


@require_POST
def make_draw(request: HttpRequest) -> HttpResponse:
    """Draw among the claims that wait; the seed is a public number typed in, else the server's own chance."""
    seed = request.POST.get("seed", "").strip() or secrets.token_hex(16)
    return written(request, lambda book, who: clearing.make_draw(book, who, seed=seed), "/clearing#draws")


@require_POST
def do(request: HttpRequest, id: str, n: int) -> HttpResponse:
    """Take the step that the form names on an item's way to its end; its files are kept only when it is allowed."""
    key, name = f"{id}/{n}", request.POST.get("act", "")
    back = f"/i/{key}#clearing"
    try:
        with Files(request) as files:
            form = Form(request.POST.items())
            form.files = files.evidence
            return written(request, lambda book, who: files.kept_for(_act(book, who, key, name, form)), back)
    except Refused as refusal:  # of a file
        return refusal_page(request, refusal, back)


@require_POST
def object_to(request: HttpRequest, id: str, n: int) -> HttpResponse:
    """Object to a public notice: signed in, or by name where the public pages are on."""
    key, form = f"{id}/{n}", request.POST

    def act(book: Book, who: str) -> Writes:
        if not who:
            _check_flood(book, key)
        return clearing.object_to(
            book, who, key, who=form.get("name", ""), told=form.get("words", ""),
            published=settings.PUBLIC, today=today(),
        )  # fmt: skip

    return written(request, act, "/clearing")


def _check_flood(book: Book, key: str) -> None:
    """Raise `Refused` when the public has objected to one notice too often within an hour."""
    task = book.tasks.get(key)
    since = timezone.now() - timedelta(hours=1)
    steps = task.clearing.steps if task and task.clearing else ()
    fresh = [s for s in steps if s.actor == "public" and datetime.fromisoformat(s.at) > since]
    if len(fresh) >= AN_HOUR:
        raise refused("clearing.too_many", f"item/{key}")


def _act(book: Book, who: str, key: str, name: str, form: Form) -> Writes:
    told, yes, day = form.get("words", ""), form.get("yes") == "1", today()
    if name == "claim":
        proof = form.get("reference", "").strip()
        kind = "acceptance" if form.get("kind") == "acceptance" else "document"
        named = (Evidence(kind, proof),) if proof else ()
        return clearing.claim(book, who, key, told=told, evidence=(*named, *form.files))
    if name == "sign":
        return (
            clearing.countersign(book, who, key) if yes else clearing.send_back(book, who, key, reason=told)
        )
    if name == "check":
        return clearing.check(book, who, key, passed=yes, told=told)
    if name == "verify":
        return clearing.verify(book, who, key, passed=yes, told=told)
    if name == "publish":
        return clearing.publish(book, who, key, today=day)
    if name == "answer":
        about = form.get("n", "")
        number = int(about) if about.isdecimal() and len(about) < 10 else 0
        return clearing.answer(book, who, key, number, upheld=yes, told=told)
    if name == "close":
        return clearing.close(book, who, key, today=day)
    if name == "look_back":
        return clearing.look_back(book, who, key, holds=yes, told=told, today=day)
    raise refused("form.act_unknown", f"item/{key}", act=name[:40])
