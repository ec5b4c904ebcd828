"""Who leads what: a lead unit suggested for each commitment that has none, with the words that speak for it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from duban.actions.context import Writes, perform, refused
from duban.actions.table import apply_items
from duban.core.problem import Problem, Refused
from duban.core.rights import Actor, Thing, may
from duban.ledger import Book
from duban.ledger.bodies import TABLED, CommitmentRead, Item
from duban.ledger.items import ItemChange
from duban.ledger.year.units import unit_named
from duban.read.leads import Duties, Suggestion, departments, suggest
from duban.web.shelf import keeper, locale
from duban.web.today import today
from duban.web.views.common import page
from duban.web.who import actor, told, username
from duban.words import say

SHOWN = 100  # rows of one page


@dataclass(frozen=True, slots=True)
class Open:
    """A commitment, or an item of one, that nobody leads. `listed` is the unit that is named first among its units."""

    key: str
    one: CommitmentRead
    item: Item | None
    suggested: tuple[Suggestion, ...]
    listed: str = ""

    @property
    def head(self) -> str:
        """What it says."""
        return self.item.head if self.item else self.one.head

    @property
    def lead(self) -> str:
        """The unit to be confirmed: the first listed, else the likeliest by duty; "" for none."""
        return self.listed or (self.suggested[0].name if self.suggested else "")


def duties(book: Book) -> tuple[Duties, ...]:
    """The duties of the book's open units: their own words, else those of the municipal department of their name."""
    known: dict[str, tuple[str, ...]] = {}
    for department in departments():
        unit = unit_named(book, department.name) or unit_named(book, department.code)
        if unit is not None:
            known[unit.code] = department.words
    found = ((code, state) for code, state in book.units.items() if state.closed is None)
    return tuple(
        Duties(code, state.name, state.unit.duties or known.get(code, ())) for code, state in found
    )  # fmt: skip


def unled(book: Book) -> list[Open]:
    """What nobody leads, in the order of the text."""
    units = duties(book)
    found = []
    for state in sorted(book.commitments.values(), key=lambda s: s.read.start):
        if state.dropped:
            continue
        one = state.read
        if not state.items:
            found.append(Open(one.id, one, None, suggest(one.text, one.action + one.work, units)))
        for item in state.items:
            if not item.item.lead:
                likely = suggest(f"{item.item.head}。{one.text}", one.action + one.work, units)
                listed = next((p for p in item.item.partners if unit_named(book, p)), "")
                found.append(Open(f"{one.id}/{item.n}", one, item.item, likely, listed))
    return found


def assign(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/assign`, of one suggested unit with `?unit=`; confirmed one by one or all that are ticked."""
    book = keeper().book()
    _guard(actor(request, book))
    if request.method == "POST":
        return _confirm(request)
    every = unled(book)
    chosen = request.GET.get("unit", "")
    kept = [one for one in every if not chosen or one.lead == chosen or (chosen == "-" and not one.lead)]
    counts: dict[str, int] = {}
    for one in every:
        counts[one.lead] = counts.get(one.lead, 0) + 1
    data = {
        "rows": kept[:SHOWN], "count": len(kept), "total": len(every), "chosen": chosen, "pick": request.GET.get("pick") == "all",
        "counts": sorted(((n, name) for name, n in counts.items()), reverse=True),
        "units": [u for u in book.units.values() if u.closed is None], "placed": bool(book.commitments),
    }  # fmt: skip
    public = {
        "unled": [
            {"key": one.key, "head": one.head, "listed": one.listed or None,
             "suggested": [{"unit": s.code, "words": list(s.words), "share": s.share} for s in one.suggested]}
            for one in kept
        ]
    }  # fmt: skip
    return page(request, "assign", book, data, public, as_json)


def _guard(who: Actor) -> None:
    decision = may(who, "item.edit", Thing("table"), "lead")
    if not decision:
        raise PermissionDenied(say(Problem(decision.code, "assign", decision.data), locale()))


def _confirm(request: HttpRequest) -> HttpResponse:
    form, me = request.POST, username(request)
    keys = [form["one"]] if form.get("one") else form.getlist("pick")
    leads = {key: form.get(f"lead-{key}", "").strip() for key in keys[:2000]}
    try:
        done = perform(
            keeper(), lambda book: confirmed(book, me, leads), actor=me, at=timezone.now(), on=today()
        )
    except Refused as refusal:
        rights = refusal.problems[0].code.startswith("rights.")
        data = {"message": " ".join(told(refusal)), "back": "/assign"}
        return render(request, "duban/message.html", data, status=403 if rights else 400)
    if done:
        messages.success(request, _("已交办 %(n)s 项。") % {"n": len(leads)})
    return redirect(request.get_full_path().replace("pick=all", ""))


def confirmed(book: Book, me: str, leads: dict[str, str]) -> Writes:
    """The items and assignments that these leads make, each by key of a commitment or item that nobody leads yet."""
    if not leads:
        raise refused("assign.none_picked")
    waiting = {one.key: one for one in unled(book)}
    faults: list[Problem] = []
    changes = []
    for key, name in leads.items():
        unit = unit_named(book, name) if name else None
        if key not in waiting:
            faults.append(Problem("assign.led_already", key[:40]))
        elif unit is None or unit.closed is not None:
            faults.append(Problem("split.unit_unknown", key, {"unit": name[:40]}))
        else:
            changes.append(_change(waiting[key], unit.name))
    if faults:
        raise Refused(*faults)
    return apply_items(book, me, changes, today=today())


def _change(one: Open, lead: str) -> ItemChange:
    """The item with its lead; a commitment without items gets the one that the table proposes for it."""
    if one.item is None:
        return ItemChange("add", one.one.id, head=one.one.head, lead=lead, due=one.one.due, place=one.key)
    fields: dict[str, Any] = {name: one.item[name] for name in TABLED}
    fields["partners"] = tuple(p for p in one.item.partners if p != lead)
    return ItemChange("change", n=int(one.key.rpartition("/")[2]), **{**fields, "lead": lead}, place=one.key)
