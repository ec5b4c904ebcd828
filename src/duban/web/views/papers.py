"""Documents: what can be made for a day, each shown as it will be, as Word and PDF; the office issues them."""

from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

import msgspec
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duban.actions.context import perform
from duban.actions.papers import issue_paper, paper_thing
from duban.core.problem import Problem, Refused
from duban.core.rights import Actor, Thing, may
from duban.ledger import Book
from duban.ledger.year.dated import Dated
from duban.ledger.year.papers import PaperIssued
from duban.ledger.year.people import leader_of
from duban.papers import Order, Paper, from_json, make_paper, papers_of, to_json
from duban.web.shelf import asked_day, book_for, keeper, locale, maker
from duban.web.today import shown_day, today
from duban.web.views.common import page
from duban.web.who import actor, guard, told, username

TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}


def papers(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/papers`: drafts that can be made for the day, and what was issued."""
    book, day = book_for(request), shown_day(request)
    who = actor(request, book)
    drafts = papers_of(book, day) if may(who, "paper.read", Thing("papers")) else []
    issued = [(n, kept) for n, kept in reversed(book.papers.items()) if _may_read(book, who, kept)]
    if not drafts and not issued:
        guard(request, book, "paper.read", Thing("papers"))
    data = {
        "day": day, "issued": issued, "drafts": [(o, _address(o), _title(book, o)) for o in drafts],
        "leaders": leaders(book),
    }  # fmt: skip
    public = {
        "day": day.isoformat(), "drafts": [{"kind": o.kind, "about": o.about} for o in drafts],
        "issued": [{"n": n, "kind": k.body.kind, "number": k.body.number, "day": k.body.day} for n, k in issued],
    }  # fmt: skip
    return page(request, "papers", book, data, public, as_json)


def leaders(book: Book) -> list[tuple[str, str]]:
    """For whom a brief can be made: account and name of the leaders who answer for items, or the bare name of the
    table; the account stands beside a name that several have."""
    items = [state.item for state in book.items.values() if state.item.leader and not state.removed]
    found = {leader_of(book, item) or item.leader: item.leader for item in items}
    shared = {name for name in found.values() if list(found.values()).count(name) > 1}
    named = [
        (who, f"{name}（{who}）" if name in shared and who != name else name) for who, name in found.items()
    ]
    return sorted(named, key=lambda one: one[1])


def _may_read(book: Book, who: Actor, kept: Dated[PaperIssued]) -> bool:
    return bool(may(who, "paper.read", paper_thing(book, kept.body.about, issued=True)))


def _title(book: Book, order: Order) -> str:
    matter = book.matters.get(order.about)
    return matter.opened.body.title if order.kind == "sheet" and matter else ""


def _address(order: Order) -> str:
    asked = {"kind": order.kind, "as_of": order.day.isoformat()} | (
        {"about": order.about} if order.about else {}
    )
    return f"/papers/draft?{urlencode(asked)}"


def _order(request: HttpRequest, form: Any) -> Order:
    """The order that an address or a form names."""
    return Order(
        form.get("kind", "")[:20], shown_day(request), form.get("about", "")[:80], asked_day(request, "since"),
        locale(), form.get("mark", "draft")[:10] or "draft",
    )  # fmt: skip


def _draft(request: HttpRequest, order: Order, book: Book) -> Paper:
    """The draft ordered, if the one who asks may see it; what cannot be made is a page not found."""
    guard(request, book, "paper.read", paper_thing(book, order.about, issued=False))
    try:
        return make_paper(keeper().as_of, order)
    except Refused as refusal:
        raise Http404(" ".join(told(refusal))) from None


def draft(request: HttpRequest, suffix: str = "") -> HttpResponse:
    """`/papers/draft?kind=…`: a document that is not issued, as page, JSON, Word or PDF."""
    order, book = _order(request, request.GET), book_for(request)
    made = _draft(request, order, book)
    may_issue = may(actor(request, book), "paper.issue", Thing("papers"))
    form = {"kind": order.kind, "about": order.about, "since": made.since, "day": made.day}
    return _shown(request, book, made, suffix, request.GET.urlencode(), form if may_issue else None)


def issued(request: HttpRequest, n: int, suffix: str = "") -> HttpResponse:
    """`/papers/<n>`: a document as it went out."""
    book = book_for(request)
    kept = book.papers.get(str(n))
    if kept is None:
        guard(request, book, "paper.read", Thing("papers"))
        raise Http404(f"papers/{n}")
    guard(request, book, "paper.read", paper_thing(book, kept.body.about, issued=True))
    return _shown(request, book, from_json(kept.body.words), suffix, "", None)


def _shown(
    request: HttpRequest, book: Book, made: Paper, suffix: str, query: str, form: dict[str, str] | None
) -> HttpResponse:
    if suffix in TYPES:
        return _file(request, made, suffix)
    base = request.path.removesuffix(".json")
    data = {"paper": made, "issue": form, "base": base, "query": f"?{query}" if query else ""}
    return page(request, "paper", book, data, msgspec.to_builtins(made), suffix == ".json")


def _file(request: HttpRequest, made: Paper, suffix: str) -> HttpResponse:
    try:
        content = _written(made, suffix)
    except Refused as refusal:
        return render(request, "duban/message.html", {"message": " ".join(told(refusal))}, status=503)
    name = quote(f"{made.number or made.mark} {made.title}{suffix}")
    return HttpResponse(
        content,
        content_type=TYPES[suffix],
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )


@lru_cache(maxsize=32)
def _written(made: Paper, suffix: str) -> bytes:
    """The file of a paper, made beside the server; the same paper is written once."""
    return maker().paper(made, suffix)


@require_POST
def issue(request: HttpRequest) -> HttpResponse:
    """Issue a document under a number: it is made once more, entered word for word, and shown."""
    book, who, number = keeper().book(), username(request), request.POST.get("number", "")
    try:
        order = _order_of_form(request)
        made = _draft(request, order, book).issued(number)
        kept = perform(
            keeper(),
            lambda book: issue_paper(book, who, kind=order.kind, number=number, day=made.day, about=order.about,
                                     paper=to_json(made)),
            actor=who or "public", at=timezone.now(), on=today(),
        )  # fmt: skip
    except Refused as refusal:
        if refusal.problems[0].code.startswith("rights."):
            raise PermissionDenied(" ".join(told(refusal))) from None
        data = {"message": " ".join(told(refusal)), "back": "/papers"}
        return render(request, "duban/message.html", data, status=400)
    messages.success(request, _("已印发。"))
    return redirect(f"/{kept[0].account.replace('paper/', 'papers/', 1)}")


def _order_of_form(request: HttpRequest) -> Order:
    form = request.POST
    try:
        day = date.fromisoformat(form.get("day", ""))
        since = date.fromisoformat(form["since"]) if form.get("since") else None
    except ValueError:
        raise Refused(Problem("date.wrong", "papers", {"date": form.get("day", "")[:20]})) from None
    return Order(form.get("kind", "")[:20], day, form.get("about", "")[:80], since, locale())
