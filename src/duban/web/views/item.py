"""An item's page: its target, plan, light and figures; what is to be done with it by whoever looks."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from duban.actions.context import item_thing
from duban.actions.filings import filing_thing
from duban.actions.leaders import leaders_now
from duban.assess import Account, Light
from duban.assess.owed import asked, form_of, last_figure
from duban.core.period import chinese
from duban.core.rights import Actor, Thing, may
from duban.ledger import Book
from duban.ledger.year.doubts import VERDICTS
from duban.ledger.year.people import is_ambiguous, leader_of
from duban.ledger.year.tasks import JUDGEMENTS, AssignmentReturned
from duban.ledger.year.units import unit_named
from duban.plan import needs
from duban.web.chart import chart
from duban.web.doubting import doubts_on
from duban.web.drafts import draft_of
from duban.web.foreseen import foreseen_of
from duban.web.history import lines
from duban.web.shelf import book_for
from duban.web.standing import standing
from duban.web.today import looking_back, shown_day, today
from duban.web.views.common import page, target_plain
from duban.web.views.doubts import Shown, shown
from duban.web.views.doubts import plain as plain_doubt
from duban.web.who import actor, works_on

STEPS = {"submitted": ("countersign", "accept", "return"), "countersigned": ("accept", "return"),
         "accepted": ("reopen",), "reopened": ("return",), "returned": ()}  # fmt: skip


def item(request: HttpRequest, id: str, n: int, as_json: bool = False) -> HttpResponse:
    """The page `/i/<commitment>/<n>`."""
    book, key = book_for(request), f"{id}/{n}"
    if key not in book.items or book.items[key].removed:
        raise Http404(key)
    light = standing(book, shown_day(request))[key]
    working, doubts = works_on(request, book, key), _doubts(request, book, key)
    who = actor(request, book)
    open_ = {} if looking_back(request) else forms(book, who, key)
    foreseen = foreseen_of(book, light)
    data = {
        "light": light, "state": light.account.state, "task": light.account.task, "account": light.account,
        "commitment": book.commitments[id].read, "chart": chart(
            light.account, shown_day(request), working=working, forecast=foreseen.forecast if foreseen else None
        ), "foreseen": foreseen,
        "contacts": contacts(book, light, told=request.user.is_authenticated),
        "doubts": doubts, "verdicts": VERDICTS,
        "working": working, "figures": figures(light, working),
        "needs": _needs(light, request), "filings": _filings(request, book, key) if working else [],
        "open": open_, "judgements": JUDGEMENTS,
        "periods": periods(book, light.account, who.unit, figure=open_.get("figure", False)), "began": timezone.now().isoformat(),
        "draft": draft_of(request, key) if open_.get("file") else None,
        "story": lines(request, book, book.timeline(f"item/{key}")),
        "units": sorted(unit.name for unit in book.units.values() if unit.closed is None),
        "leaders": leaders_now(book), "answers": leader_of(book, light.account.state.item),
        "unclear": is_ambiguous(book, light.account.state.item), "day_text": shown_day(request).isoformat(),
    }  # fmt: skip
    public = plain(light) | ({"doubts": [plain_doubt(one) for one in doubts]} if doubts else {})
    public |= {"forecast": foreseen.plain() if foreseen else None}
    return page(request, "item", book, data, public, as_json)


def contacts(book: Book, light: Light, *, told: bool) -> list[dict[str, str]]:
    """The units of an item, the lead first; with whom to call where the reader is `told` such things."""
    item = light.account.state.item
    found = []
    for role, names in (("lead", (item.lead,)), ("partner", item.partners), ("checker", (item.checker,))):
        for name in names:
            unit = unit_named(book, name) if name else None
            if name:
                whom = (unit.unit.contact, unit.unit.phone) if unit and told else ("", "")
                found.append({"role": role, "name": name, "contact": whom[0], "phone": whom[1]})
    return found


def figures(light: Light, working: bool) -> list[dict[str, Any]]:
    """The figures by period: what counts, and for those who work on it what does not."""
    account = light.account
    told = [(f, True) for f in account.figures] + [(f, False) for f in account.others if working]
    ordered = sorted(told, key=lambda pair: (pair[0].period.end, not pair[1]))
    return [{"figure": f, "period": chinese(f.period), "counts": counts} for f, counts in ordered]


def _doubts(request: HttpRequest, book: Book, key: str) -> list[Shown]:
    """The item's contradictions with what was said of them, for those who may enter the room of doubts."""
    who = actor(request, book)
    if not may(who, "working.read", Thing("doubts")):
        return []
    return shown(book, who, [one for one in doubts_on(book, shown_day(request)) if one.key == key])


def _needs(light: Light, request: HttpRequest) -> tuple[Any, ...]:
    """What must still come, while the item runs."""
    latest = light.account.latest
    if latest is None or light.status.status in ("done", "suspended", "waiting"):
        return ()
    return needs(light.account.plan, latest.value, shown_day(request))


def _filings(request: HttpRequest, book: Book, key: str) -> list[dict[str, Any]]:
    """The filings, the newest first, each with the steps that the reader may take."""
    who, found = actor(request, book), []
    for filing in sorted(book.tasks[key].filings.values(), key=lambda f: -f.n) if key in book.tasks else ():
        thing = filing_thing(book, key, filing)
        free = () if looking_back(request) else STEPS[filing.stage]
        steps = [step for step in free if may(who, f"filing.{step}", thing)]
        found.append({"filing": filing, "steps": steps})
    return found


def forms(book: Book, who: Actor, key: str) -> dict[str, bool]:
    """Which forms the reader may use on the item now."""
    thing, task = item_thing(book, key), book.tasks.get(key)
    in_time = bool(task and task.assignment and not task.assignment.steps
                   and today().isoformat() <= task.assignment.opened.body.until)  # fmt: skip
    returning = item_thing(book, key, facts=("returnable",) if in_time else ())
    returned = bool(task and task.assignment and isinstance(task.assignment.last.body, AssignmentReturned))
    waiting = bool(task and task.delays and not task.delays[-1].steps)
    found = {
        "file": bool(may(who, "filing.submit", thing, "progress")),
        "figure": bool(may(who, "filing.submit", thing, "value")) and bool(task and task.target),
        "explain": bool(may(who, "delay.explain", thing)),
        "decide_delay": waiting and bool(may(who, "delay.decide", thing)),
        "lead_by": bool(may(who, "item.edit", thing, "leader")),
        "judge": bool(may(who, "judgement.give", thing)),
        "adjust": bool(task and task.target) and bool(may(who, "target.adjust", thing)),
        "halt": bool(may(who, "item.halt", thing)),
        "dispute": bool(may(who, "dispute.raise", thing)),
        "decide_assignment": returned and bool(may(who, "assignment.decide", thing)),
        "decide_dispute": bool(may(who, "dispute.decide", thing)),
        "post": bool(task and task.target) and bool(may(who, "reading.post", thing)),
        "return": in_time and bool(may(who, "assignment.return", returning)),
    }
    return {
        **found,
        "any": any(
            allowed for name, allowed in found.items() if name not in ("file", "figure", "decide_assignment")
        ),
    }


def periods(book: Book, account: Account, unit: str, *, figure: bool) -> list[dict[str, Any]]:
    """The periods that can be reported now, the newest first, each with what is known of it and what is asked."""
    return [
        {"code": a.period.code, "name": chinese(a.period), "due": a.due.isoformat(), "goal": a.goal,
         "last": last_figure(account, a.period), "form": form_of(account, a.period, unit, figure=figure)}
        for a in asked(book, account, today())
    ]  # fmt: skip


def plain(light: Light) -> dict[str, Any]:
    """An item as JSON; quantities as strings."""
    account, target, original = light.account, light.account.target, light.account.task.original
    return {
        "key": light.key, "head": account.state.item.head, "lead": account.state.item.lead,
        "partners": list(account.state.item.partners), "due": account.plan.due,
        "target": None if target.value is None else str(target.value), "unit": target.unit,
        "original": str(original.value) if original and original.value is not None else None,
        "adjustments": target_plain(light)["adjustments"],
        "light": light.colour, "status": light.status.status, "profile": light.profile, "plan": light.status.kind,
        "reason": {"code": light.status.code, **light.status.data},
        "figures": [
            {"period": f.period.code, "value": str(f.value), "origin": f.origin, "source": f.source, "entry": f.seq,
             "basis": f.basis, "scope": f.scope, "vintage": f.vintage}
            for f in account.figures
        ],
    }  # fmt: skip
