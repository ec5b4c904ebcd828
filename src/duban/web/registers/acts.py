"""What packs do on request: a short form, a look at what would change, and then the change itself."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duban.actions.acts import perform_act
from duban.actions.context import Writes, perform
from duban.core.problem import Problem, Refused, both
from duban.core.rights import Thing, may
from duban.ledger import Book
from duban.ledger.year.records import RecordMoved, RecordPut
from duban.packs import packs
from duban.registers.pack import Act, Desk, Pack
from duban.registers.record import Row
from duban.registers.register import Register, Values
from duban.registers.typed import read, typed
from duban.web.registers.drawer import drawer
from duban.web.registers.forms import Input, inputs
from duban.web.registers.sight import Sight, full_engine
from duban.web.registers.words import value
from duban.web.shelf import keeper, locale
from duban.web.today import today
from duban.web.views.common import page
from duban.web.views.written import refusal_page
from duban.web.who import username

SHOWN = 200  # changes of a plan; the rest is counted


@dataclass(frozen=True, slots=True)
class Offer:
    """An act that the reader may ask for, and its form."""

    act: Act
    inputs: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """One change that an act would make: of which record, and what of it becomes what."""

    register: Register
    id: str
    name: str
    new: bool
    steps: tuple[tuple[str, str, str], ...]  # label, before, after


def offered(sight: Sight, pack: Pack) -> list[Offer]:
    """The acts of a pack that the reader may ask for."""
    return [Offer(act, inputs(sight, act.asks, {})) for act in pack.acts if asks(sight, pack, act)]


def asks(sight: Sight, pack: Pack, act: Act) -> bool:
    """Whether the reader may ask for an act."""
    level = f"kept_{act.keeper}"
    return bool(may(sight.who, "pack.act", Thing(f"pack/{pack.name}/{act.name}"), level))


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
        return refusal_page(request, _named(refusal, act), f"/x/{pack.name}#acts")
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


def answered(act: Act, form: Mapping[str, str]) -> Values:
    """The answers of a form as values. Raises `Refused` with all that cannot be read or is missing."""
    faults, found = [], Values()
    for field in act.asks:
        stored, fault = read(field, form.get(f"f.{field.name}", "")[:4000], act.label(locale()))
        if fault is None and field.required and not stored:
            fault = Problem("record.missing", act.label(locale()), {"field": both(field.zh, field.en)})
        if fault:
            faults.append(fault)
        found[field.name] = typed(field, stored)
    if faults:
        raise Refused(*faults)
    return found


def full_desk(book: Book, pack: Pack) -> Desk:
    """The pack's desk over all records of a book: whoever may ask for an act has it look at all of them."""

    def rows(name: str) -> list[Row]:
        return [record.row for record in drawer(book, pack.registered[name]).every.values()]

    return Desk(pack, today(), lambda name: full_engine(book, pack.registered[name]), rows, locale())


def mark(writes: Writes) -> str:
    """Tells one set of changes from another."""
    told = [(account, body.KIND, body.plain()) for account, body in writes]
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()[:20]


def _plan(request: HttpRequest, book: Book, pack: Pack, act: Act, writes: Writes) -> HttpResponse:
    sight = Sight.of(request, book)
    names = [field.name for field in act.asks]
    data = {
        "pack": pack, "act": act, "planned": planned(sight, writes[:SHOWN]), "count": len(writes), "more": max(0, len(writes) - SHOWN),
        "mark": mark(writes), "answers": [(name, request.POST.get(f"f.{name}", "")) for name in names],
        "told": [(field.label(sight.language), request.POST.get(f"f.{field.name}", "")) for field in act.asks],
    }  # fmt: skip
    return page(request, "register_act", book, data, None, False)


def planned(sight: Sight, writes: Writes) -> list[Planned]:
    """The changes as people read them; fields that the reader may not see are left out."""
    found: dict[str, Planned] = {}
    for account, body in writes:
        _, name, id = account.split("/", 2)
        register = _register(name)
        state = sight.book.registers.get(name, {}).get(id)
        before = found.get(account)
        shown = sight.record(register, id)
        known = before.name if before else (shown.value(register.title) if shown else "") or id
        steps = (before.steps if before else ()) + _steps(sight, register, id, body)
        if state is None and isinstance(body, RecordPut):
            known = body.values.get(register.title, "") or id
        found[account] = Planned(register, id, known, state is None, steps)
    return list(found.values())


def _steps(sight: Sight, register: Register, id: str, body: object) -> tuple[tuple[str, str, str], ...]:
    state = sight.book.registers.get(register.name, {}).get(id)
    if isinstance(body, RecordMoved):
        stage = register.staged[body.stage].label(sight.language)
        was = register.staged.get(state.stage) if state else None
        return ((_("阶段"), was.label(sight.language) if was else "", f"{stage} {body.day}"),)
    assert isinstance(body, RecordPut)
    levels, found = sight.levels, []
    for name, after in body.values.items():
        field = register.named.get(name)
        if field is not None and field.seen in levels:
            before = state.values.get(name, "") if state else ""
            shown = (value(field, before, sight.language), value(field, after, sight.language))
            found.append((field.label(sight.language), *shown))
    return tuple(found)


def _register(name: str) -> Register:
    return next(pack.registered[name] for pack in packs().values() if name in pack.registered)
