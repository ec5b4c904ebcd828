"""What people do with records: make one, fill it in, move it on, strike it off; one transaction for each form."""

from collections.abc import Callable, Mapping
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duban.actions.context import Writes, perform, refused
from duban.actions.records import Told, put_record, remove_record
from duban.actions.steps import step_record
from duban.core.problem import Refused
from duban.ledger import Book
from duban.ledger.year.filings import Evidence
from duban.registers.register import Register
from duban.web.evidence import Files
from duban.web.registers.addresses import record_address
from duban.web.registers.disputes import decided_by, disputed_by
from duban.web.registers.listing import register_named
from duban.web.registers.record import form_page, new, record_page
from duban.web.registers.sight import Sight
from duban.web.shelf import keeper
from duban.web.today import today
from duban.web.views.written import refusal_page
from duban.web.who import told, username

Act = Callable[[Book, str], Writes]


def make(request: HttpRequest, name: str) -> HttpResponse:
    """`/r/<register>/new`: the form, and the record that is made of it."""
    if request.method != "POST":
        return new(request, name)
    pack, register = register_named(name)
    values, made = typed(register, request.POST), []

    def act(book: Book, who: str) -> Writes:
        _only_kept(register)
        writes = put_record(book, who, register, Told(values, register.label(_language(request))), today())
        made[:] = [account for account, _body in writes][:1]
        known = book.registers.get(name, {}).get(made[0].split("/", 2)[2]) if made else None
        if known is not None and not known.removed:
            raise refused("record.exists", register.label(_language(request)), id=known.id)
        return writes

    try:
        _written(request, act)
    except Refused as refusal:
        sight = Sight.of(request, keeper().book())
        return form_page(request, sight, pack, register, values, tuple(told(refusal)), _status(refusal))
    if not made:  # it was there already, just so
        messages.info(request, _("已有相同的记录，没有改动。"))
        return redirect(f"/r/{name}")
    messages.success(request, _("已登记。"))
    return redirect(record_address(name, made[0].split("/", 2)[2]))


@require_POST
def do(request: HttpRequest, name: str, id: str) -> HttpResponse:
    """Do the act that the form names to a record."""
    pack, register = register_named(name)
    back = record_address(name, id)
    try:
        with Files(request) as files:
            act = _act(register, id, request.POST, files.evidence)
            _written(request, lambda book, who: files.kept_for(act(book, who)))
    except Refused as refusal:
        sight = Sight.of(request, keeper().book())
        shown = sight.record(register, id)
        if shown is None or _status(refusal) == 403:
            return refusal_page(request, refusal, back)
        values = typed(register, request.POST)
        return record_page(
            request, sight, pack, register, shown, values=values, faults=tuple(told(refusal)), status=400
        )
    messages.success(request, _("已记账。"))
    return redirect(back if request.POST.get("act") != "remove" else f"/r/{name}")


def _act(register: Register, id: str, form: Mapping[str, str], files: tuple[Evidence, ...]) -> Act:
    place, values, day = f"{register.name}/{id}", typed(register, form), today()
    acts: Mapping[str, Act] = {
        "put": lambda book, who: put_record(book, who, register, Told(values, place, id=id), day),
        "move": lambda book, who: step_record(
            book, who, register, id, form.get("stage", ""), _day(form, place, day), today=day, values=values,
            evidence=(*_reference(form), *files), note=form.get("note", ""),
        ),
        "dispute": lambda book, who: disputed_by(book, who, register, id, form),
        "decide": lambda book, who: decided_by(book, who, register, id, form),
        "remove": lambda book, who: remove_record(book, who, register, id, reason=form.get("reason", "")),
    }  # fmt: skip
    name = form.get("act", "")
    if name not in acts:
        raise refused("form.act_unknown", place, act=name[:40])
    _only_kept(register)
    return acts[name]


def _only_kept(register: Register) -> None:
    """A fed register's records come from another system, never from a form."""
    if register.kind != "kept":
        raise refused("record.is_fed", register.name)


def typed(register: Register, form: Mapping[str, str]) -> dict[str, str]:
    """The fields of the register that a form brings (named `f.<field>`), as they were typed."""
    return {name: form[f"f.{name}"][:4000] for name in register.named if f"f.{name}" in form}


def _reference(form: Mapping[str, str]) -> tuple[Evidence, ...]:
    number = form.get("reference", "").strip()
    return (Evidence("document", number),) if number else ()


def _day(form: Mapping[str, str], place: str, day: date) -> date:
    told_day = form.get("day", "").strip()
    try:
        return date.fromisoformat(told_day) if told_day else day
    except ValueError:
        raise refused("form.not_a_day", place, value=told_day[:40]) from None


def _written(request: HttpRequest, act: Act) -> None:
    who = username(request)
    perform(keeper(), lambda book: act(book, who), actor=who or "public", at=timezone.now(), on=today())


def _status(refusal: Refused) -> int:
    return 403 if refusal.problems[0].code.startswith("rights.") else 400


def _language(request: HttpRequest) -> str:
    return Sight.of(request, keeper().book()).language
