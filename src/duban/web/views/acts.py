"""What people do with an item, each a form sent to `/i/<commitment>/<n>/do`: one table of acts."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duban.actions import filings, leaders, tasks
from duban.actions.context import Writes, actor_of, item_thing, refused, task_of
from duban.assess import account_of
from duban.assess.owed import NOTES, form_of
from duban.core.period import period
from duban.core.problem import Refused
from duban.ledger import Book
from duban.ledger.year.filings import Evidence, ReadingPosted
from duban.ledger.year.tasks import Target
from duban.web.drafts import check_draft, drop_draft, save_draft
from duban.web.evidence import Files
from duban.web.shelf import keeper
from duban.web.today import today
from duban.web.views.written import refusal_page, written
from duban.web.who import username


class Form(dict[str, str]):
    """The fields of a form, and the files that came with it."""

    files: tuple[Evidence, ...] = ()


FILLED = (*filings.FIGURE, *NOTES, "reference")  # the fields of a report that people fill in
Act = Callable[[Book, str, str, Form, date], Writes]


def number(form: Form, field: str, place: str) -> Decimal | None:
    """A number as people type it (1,200.5 or １２); None for an empty field. Raises `Refused` for what is none."""
    text = form.get(field, "").strip().replace(",", "").replace("，", "")
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or "e" in text.lower():
        raise refused("form.not_a_number", place, field=f"field.{field}", value=text[:40])
    return value


def _needed(form: Form, field: str, place: str) -> Decimal:
    value = number(form, field, place)
    if value is None:
        raise refused("field.missing", place, field=f"field.{field}")
    return value


def parts(form: Form, place: str) -> dict[str, Decimal | None]:
    """A figure, or what a share is made of; an empty field is none, a zero is a zero."""
    return {name: number(form, name, place) for name in filings.FIGURE}


def _which(form: Form) -> int:
    text = form.get("n", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _file(book: Book, who: str, key: str, form: Form, day: date) -> Writes:
    proof = form.get("reference", "").strip()
    report = filings.Report(
        period=form.get("period", ""), **parts(form, f"item/{key}"),
        source=form.get("source", ""), progress=form.get("progress", ""), problems=form.get("problems", ""),
        next_step=form.get("next_step", ""), claims_done=form.get("claims_done") == "1",
        evidence=(*((Evidence("document", proof),) if proof else ()), *form.files), began=form.get("began", "")[:40],
    )  # fmt: skip
    return filings.submit_filing(book, who, key, replace(report, **_fields(book, who, key, form)))


def _fields(book: Book, who: str, key: str, form: Form) -> dict[str, int]:
    """How many fields the form asked and knew; none of a post that came from no form of ours."""
    try:
        which = period(form.get("period", ""))
    except ValueError:
        return {}
    if form.get("form") not in ("short", "full") or key not in book.items:
        return {}
    account, unit = account_of(book, key), actor_of(book, who).unit
    figure = account.plan.target is not None and item_thing(book, key).lead == unit
    made = form_of(account, which, unit, figure=figure, short=form["form"] == "short")
    return {"asked": made.counted({name: form.get(name, "") for name in FILLED}), "known": len(made.known)}


def _adjust(book: Book, who: str, key: str, form: Form, day: date) -> Writes:
    """The target with another value or deadline; everything else of it stays."""
    place = f"item/{key}"
    now = task_of(book, key).target or Target()
    value, due = _needed(form, "value", place), form.get("due", "").strip() or now.due
    changed = Target(
        now.indicator, now.measure, value, now.high, now.unit, now.comparator, due, now.base
    )  # fmt: skip
    why = {"authority": form.get("authority", ""), "reason": form.get("reason", "")}
    return tasks.adjust_target(book, who, key, changed, **why)


def _post(book: Book, who: str, key: str, form: Form, day: date) -> Writes:
    reading = ReadingPosted(
        form.get("period", ""), **parts(form, f"item/{key}"), basis=form.get("basis", ""),
        scope=form.get("scope", ""), source=form.get("source", ""), vintage=form.get("vintage") or day.isoformat(),
    )  # fmt: skip
    return filings.post_reading(book, who, key, reading)


def _dispute(book: Book, who: str, key: str, form: Form, day: date) -> Writes:
    value = _needed(form, "value", f"item/{key}")
    why = {"reason": form.get("reason", ""), "source": form.get("source", "")}
    return filings.raise_dispute(book, who, key, _which(form), value=value, **why)


def _yes(form: Form) -> bool:
    return form.get("yes") == "1"


ACTS: Mapping[str, Act] = {
    "file": _file,
    "countersign": lambda b, who, key, f, d: filings.countersign_filing(b, who, key, _which(f)),
    "accept": lambda b, who, key, f, d: filings.accept_filing(b, who, key, _which(f)),
    "return": lambda b, who, key, f, d: filings.return_filing(b, who, key, _which(f), reason=f.get("reason", "")),
    "reopen": lambda b, who, key, f, d: filings.reopen_filing(b, who, key, _which(f), reason=f.get("reason", "")),
    "post": _post,
    "dispute": _dispute,
    "decide_dispute": lambda b, who, key, f, d: filings.decide_dispute(
        b, who, key, _which(f), upheld=_yes(f), reason=f.get("reason", "")
    ),
    "explain": lambda b, who, key, f, d: tasks.explain_delay(
        b, who, key, reason=f.get("reason", ""), until=f.get("until", ""), today=d
    ),
    "decide_delay": lambda b, who, key, f, d: tasks.decide_delay(
        b, who, key, accepted=_yes(f), reason=f.get("reason", ""), today=d
    ),
    "judge": lambda b, who, key, f, d: tasks.judge(b, who, key, step=f.get("step", ""), told=f.get("words", "")),
    "adjust": _adjust,
    "lead_by": lambda b, who, key, f, d: leaders.choose_leader(b, who, (key,), f.get("account", "")),
    "halt": lambda b, who, key, f, d: tasks.halt(
        b, who, key, how=f.get("how", ""), reason=f.get("reason", ""), until=f.get("until", ""), today=d
    ),
    "resume": lambda b, who, key, f, d: tasks.resume(b, who, key, reason=f.get("reason", "")),
    "return_assignment": lambda b, who, key, f, d: tasks.return_assignment(
        b, who, key, reason=f.get("reason", ""), today=d
    ),
    "decide_assignment": lambda b, who, key, f, d: tasks.decide_assignment(
        b, who, key, stands=_yes(f), reason=f.get("reason", ""), lead=f.get("lead", ""), today=d
    ),
}  # fmt: skip


@require_POST
def do(request: HttpRequest, id: str, n: int) -> HttpResponse:
    """Do the act that the form names to the item, and go back to where the form stood."""
    key, name, day = f"{id}/{n}", request.POST.get("act", ""), today()
    try:
        with Files(request) as files:
            form = Form(request.POST.items())
            form.files = files.evidence

            def act(book: Book, who: str) -> Writes:
                if name not in ACTS:
                    raise refused("form.act_unknown", f"item/{key}", act=name[:40])
                return files.kept_for(ACTS[name](book, who, key, form, day))

            answer = written(request, act, f"/i/{key}")
            if name == "file" and answer.status_code == 302:
                drop_draft(request, key)
            return answer
    except Refused as refusal:  # of a file
        return refusal_page(request, refusal, f"/i/{key}")


@require_POST
def draft(request: HttpRequest, id: str, n: int) -> HttpResponse:
    """Keep the filled-in form as the reader's own draft; nothing is reported, and no file is kept."""
    key, form = f"{id}/{n}", Form(request.POST.items())
    try:
        check_draft(keeper().book(), username(request), key, form)
    except Refused as refusal:
        return refusal_page(request, refusal, f"/i/{key}")
    save_draft(request, key, form)
    messages.success(request, _("草稿已存，还没有报送。"))
    return redirect(f"/i/{key}#file")
