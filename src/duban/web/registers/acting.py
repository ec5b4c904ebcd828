"""An act of a pack is asked for, looked at, and confirmed; what is refused comes back with what was typed."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duban.actions.acts import perform_act
from duban.actions.context import Writes, perform
from duban.core.problem import Problem, Refused
from duban.ledger import Book
from duban.packs import packs
from duban.registers.pack import Act, Pack
from duban.registers.register import Values
from duban.web.registers.acts import answered, full_desk, mark, planned
from duban.web.registers.pages import pack_page
from duban.web.registers.sight import Sight
from duban.web.shelf import keeper, locale
from duban.web.today import today
from duban.web.views.common import page
from duban.web.views.written import refusal_page
from duban.web.who import told, username

SHOWN = 200  # changes of a plan; the rest is counted


@require_POST
def do(request: HttpRequest, name: str) -> HttpResponse:
    """Show what the act would change; where that was seen and confirmed, change it."""
    pack = packs().get(name)
    act = pack.acted.get(request.POST.get("act", "")) if pack else None
    if pack is None or act is None:
        raise Http404(name)
    book, who = keeper().book(), username(request)
    try:
        answers = answered(act, request.POST)
        writes = perform_act(book, who, pack, act, full_desk(book, pack), answers, today=today())
        if request.POST.get("confirm") != mark(writes):
            return _plan(request, book, pack, act, writes)
        perform(keeper(), lambda now: _again(now, who, pack, act, answers, mark(writes)), actor=who, at=timezone.now(), on=today())  # fmt: skip
    except Refused as refusal:
        if refusal.problems[0].code.startswith("rights."):
            return refusal_page(request, refusal, f"/x/{pack.name}")
        return pack_page(request, pack, faults=tuple(told(_named(refusal, act))), asked=act.name, status=400)
    messages.success(request, _("已记账。"))
    return redirect(f"/x/{pack.name}")


def _named(refusal: Refused, act: Act) -> Refused:
    """The same refusal, with the act's name where a problem has only its address."""
    told = [
        replace(p, place=act.label(locale())) if p.place.startswith("pack/") else p for p in refusal.problems
    ]
    return Refused(*told)


def _again(book: Book, who: str, pack: Pack, act: Act, answers: Values, seen: str) -> Writes:
    """The act on the newest book; refused when it would change something else than what was confirmed."""
    writes = perform_act(book, who, pack, act, full_desk(book, pack), answers, today=today())
    if mark(writes) != seen:
        raise Refused(Problem("act.moved", f"pack/{pack.name}/{act.name}"))
    return writes


def _plan(request: HttpRequest, book: Book, pack: Pack, act: Act, writes: Writes) -> HttpResponse:
    sight = Sight.of(request, book)
    names = [field.name for field in act.asks]
    data = {
        "pack": pack, "act": act, "planned": planned(sight, writes[:SHOWN]), "count": len(writes), "more": max(0, len(writes) - SHOWN),
        "mark": mark(writes), "answers": [(name, request.POST.get(f"f.{name}", "")) for name in names],
        "told": [(field.label(sight.language), request.POST.get(f"f.{field.name}", "")) for field in act.asks],
    }  # fmt: skip
    return page(request, "register_act", book, data, None, False)
