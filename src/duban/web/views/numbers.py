"""Numbers that need a person: confirm or correct a field; each decision is an entry."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from duban.actions import decide_field
from duban.core.problem import Problem
from duban.ledger.states import shown
from duban.web.shelf import book_for, store
from duban.web.today import today
from duban.web.views.common import claim_plain, page
from duban.words import say


def _waiting(request: HttpRequest) -> tuple[object, list[dict[str, object]]]:
    book = book_for(request)
    listed = []
    for state in sorted(book.claims.values(), key=lambda s: s.read.start):
        if state.dropped or state.read.role != "claim":
            continue
        for field in state.unsure():
            listed.append(
                {
                    "claim": state.claim,
                    "field": field,
                    "value": shown(getattr(state.claim, field)) or "",
                    "rule": state.read.rules.get(field, ""),
                }
            )
    return book, listed


def numbers(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/numbers`."""
    book, listed = _waiting(request)
    public = {"waiting": [{"field": w["field"], "claim": claim_plain(w["claim"])} for w in listed]}
    return page(request, "numbers", book, {"waiting": listed}, public, as_json)  # type: ignore[arg-type]


def decide(request: HttpRequest, id: str) -> HttpResponse:
    """Enter one decision; only the office comes here (access.Door)."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form, now = request.POST, timezone.now()
    done = decide_field(
        store(), book_for(request), id, form.get("field", ""), form.get("value", ""), reason=form.get("reason", ""),
        actor=request.user.get_username(), at=now, on=today(),
    )  # fmt: skip
    if isinstance(done, Problem):
        locale = "en" if (get_language() or "").startswith("en") else "zh"
        return render(request, "duban/message.html", {"message": say(done, locale)}, status=400)
    return redirect("/numbers")
