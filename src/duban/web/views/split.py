"""The split of a commitment: proposed on its page by the lead, decided there by the leader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from duban.actions.context import Writes, refused
from duban.actions.dividing import RULES, Division, divided
from duban.actions.splits import claims_of, decide_split, open_split, propose_split, shortfalls, split_until
from duban.actions.tasks import commitment_thing
from duban.core.problem import Refused
from duban.core.rights import Actor, may
from duban.ledger import Book
from duban.ledger.bodies import Item
from duban.ledger.year.tasks import Part
from duban.web.shelf import book_for, figure, locale
from duban.web.today import looking_back, today
from duban.web.views.acts import number
from duban.web.views.common import page
from duban.web.views.written import written
from duban.web.who import actor
from duban.words import say

BLANK = 2  # empty rows of the form beyond the items there are
MOST = 40  # rows that a form may send


@dataclass(frozen=True, slots=True)
class Waiting:
    """A split that waits for a decision: of which commitment, since when, and by when."""

    id: str
    head: str
    items: int
    on: str
    until: date | None
    late: bool


def waiting_for(book: Book, who: Actor) -> list[Waiting]:
    """The splits that this person may decide, the oldest first."""
    found = []
    for id in book.splits:
        case = open_split(book, id)
        if case is None or id not in book.commitments or book.commitments[id].dropped:
            continue
        if may(who, "split.decide", commitment_thing(book, id, frozenset({case.opened.actor}))):
            until = split_until(book, case.opened.on)
            late = until is not None and until < today()
            head, items = book.commitments[id].read.head, len(case.opened.body.items)
            found.append(Waiting(id, head, items, case.opened.on, until, late))
    return sorted(found, key=lambda w: w.on)


def split(request: HttpRequest, id: str, as_json: bool = False) -> HttpResponse:
    """The page `/c/<id>/split`."""
    book = book_for(request)
    state = book.commitments.get(id)
    if state is None or state.dropped:
        raise Http404(id)
    who, case = actor(request, book), open_split(book, id)
    doers = frozenset({case.opened.actor}) if case else frozenset[str]()
    free = not looking_back(request)
    items = case.opened.body.items if case else tuple(i.item for i in state.items)
    parts = case.opened.body.parts if case else ()
    draft, fault = _tried(book, id, request.GET)
    rows = [
        {"n": n, "item": item, "part": parts[n] if n < len(parts) else _taken(book, id, n)}
        for n, item in enumerate((*items, *(Item(id, "") for _ in range(BLANK))))
    ]
    proposed = rows[: len(items)]
    if draft is not None:
        rows = _drafted(book, id, draft)
    data = {
        "one": state.read, "items": state.items, "case": case, "rows": rows, "count": len(rows),
        "proposed": proposed, "draft": draft, "fault": fault, "dividing": RULES, "tried": request.GET,
        "past_cases": [c for c in book.splits.get(id, ()) if c.steps],
        "until": split_until(book, case.opened.on) if case else _proposed_until(book, id),
        "lacking": [say(p, locale()) for p in shortfalls(book, id, items, parts)] if case else [],
        "claims": [(claim, figure(claim)) for claim in claims_of(book, id)],
        "units": sorted(unit.name for unit in book.units.values() if unit.closed is None),
        "may_propose": free and bool(may(who, "split.propose", commitment_thing(book, id))),
        "may_decide": free and case is not None and bool(may(who, "split.decide", commitment_thing(book, id, doers))),
    }  # fmt: skip
    return page(request, "split", book, data, _plain(id, case, data["until"]), as_json)


def _tried(book: Book, id: str, asked: Mapping[str, str]) -> tuple[Division | None, str]:
    """The split that the reader tries by a rule, and what is wrong with it; neither where none is tried."""
    if not asked.get("divide"):
        return None, ""
    try:
        return divided(
            book, id, asked["divide"], asked.get("by", ""), asked.get("among", "")[: MOST * 100]
        ), ""
    except Refused as fault:
        return None, say(fault.problems[0], locale())


def _drafted(book: Book, id: str, draft: Division) -> list[dict[str, Any]]:
    """The rows of the form with the division in them: it takes the places of the items that hold its number now, and
    every other item keeps its own, since what an item is told of stays with its number."""
    new = list(zip(draft.items, draft.parts, strict=True))
    claim = draft.parts[0].claim
    now = [(state.item, _taken(book, id, n)) for n, state in enumerate(book.commitments[id].items)]
    every = [new.pop(0) if new and part.claim == claim else (item, part) for item, part in now] + new
    return [{"n": n, "item": item, "part": part} for n, (item, part) in enumerate(every)]


def _taken(book: Book, id: str, n: int) -> Part:
    """The number that an item on the table has as its target now, so that the form begins from it."""
    items = book.commitments[id].items
    task = book.tasks.get(f"{id}/{items[n].n}") if n < len(items) else None
    if task is None or task.begun is None or task.target is None:
        return Part()
    return Part(task.begun.body.claim, task.target.value)


def _proposed_until(book: Book, id: str) -> date | None:
    """By when the lead shall propose: the city's days after the first item was given to it."""
    items = book.commitments[id].items
    task = book.tasks.get(f"{id}/{items[0].n}") if items else None
    return split_until(book, task.assignment.opened.on) if task and task.assignment else None


def _plain(id: str, case: Any, until: date | None) -> dict[str, Any]:
    open_ = None
    if case is not None:
        open_ = {"on": case.opened.on, "items": [item.head for item in case.opened.body.items]}
    return {"commitment": id, "open": open_, "until": until.isoformat() if until else None}


@require_POST
def act(request: HttpRequest, id: str) -> HttpResponse:
    """Propose or decide, as the form says."""
    form, day = request.POST, today()

    def decide(book: Book, who: str) -> Writes:
        if form.get("act") == "propose":
            items, parts = _given(book, id, form)
            return propose_split(book, who, id, items, form.get("reason", ""), parts)
        if form.get("act") == "decide":
            yes = form.get("yes") == "1"
            return decide_split(book, who, id, approved=yes, reason=form.get("reason", ""), today=day)
        raise refused("form.act_unknown", f"commitment/{id}", act=form.get("act", "")[:40])

    return written(request, decide, f"/c/{id}/split")


def _given(book: Book, id: str, form: Mapping[str, str]) -> tuple[tuple[Item, ...], tuple[Part, ...]]:
    """The filled rows of the form; what it does not ask for stays as it is on the table."""
    state = book.commitments.get(id)
    before = state.items if state else ()
    items, parts = [], []
    for row in range(MOST):
        head = form.get(f"head_{row}", "").strip()
        if not head:
            continue
        known = before[len(items)].item if len(items) < len(before) else None
        like = known or (before[0].item if before else None)
        partners = form.get(f"partners_{row}", "").replace("，", "、").replace(",", "、").split("、")
        items.append(
            Item(
                id, head, form.get(f"lead_{row}", "").strip(), tuple(p.strip() for p in partners if p.strip()),
                like.leader if like else "", form.get(f"due_{row}", "").strip() or None,
                known.note if known else "", known.quarters if known else (), known.person if known else "",
                known.source if known else "", known.cadence if known else "", known.evidence if known else "",
                like.checker if like else "", like.leader_account if like else "",
            )
        )  # fmt: skip
        claim = form.get(f"claim_{row}", "")
        value = number(
            dict(form.items()) | {"value": form.get(f"value_{row}", "")}, "value", f"commitment/{id}"
        )
        parts.append(Part(claim, value if claim else None))
    return tuple(items), tuple(parts) if any(part.claim for part in parts) else ()
