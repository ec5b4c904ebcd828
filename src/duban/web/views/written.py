"""How a form writes: run the action, and say what came of it; one way for all pages."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from duban.actions.context import Writes, perform
from duban.core.problem import Refused
from duban.ledger import Book
from duban.web.shelf import keeper
from duban.web.today import today
from duban.web.who import told, username


def written(request: HttpRequest, decide: Callable[[Book, str], Writes], otherwise: str) -> HttpResponse:
    """Write what `decide` gives for the book and the one who asks, and go back to where the form stood.

    A refusal is a page with its sentences: 403 where it is about rights, else 400; then nothing is written.
    """
    who, back = username(request), _back(request, otherwise)
    try:
        perform(
            keeper(), lambda book: decide(book, who), actor=who or "public", at=timezone.now(), on=today()
        )
    except Refused as refusal:
        return refusal_page(request, refusal, back)
    messages.success(request, _("已记账。"))
    return redirect(back)


def refusal_page(request: HttpRequest, refusal: Refused, back: str) -> HttpResponse:
    """The sentences of a refusal, and the way back."""
    rights = refusal.problems[0].code.startswith("rights.")
    data = {"message": " ".join(told(refusal)), "back": back}
    return render(request, "duban/message.html", data, status=403 if rights else 400)


def _back(request: HttpRequest, otherwise: str) -> str:
    back = request.POST.get("back", "")
    return back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else otherwise
