"""The door: who comes in. The public reads when the city says so; what each may do is decided by `core.rights`."""

import re
from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout as sign_out
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from duban.actions.context import actor_of
from duban.actions.remarks import are_on
from duban.core.problem import Problem, Refused
from duban.core.rights import Thing, may
from duban.core.rights.decide import PUBLIC
from duban.web.server import MARK
from duban.web.shelf import keeper, locale
from duban.web.signin import seats, second
from duban.web.today import looking_back
from duban.web.views.frame import too_large
from duban.words import say

_OPEN = (
    "/login",
    "/login/code",
    "/logout",
    "/oidc",
    "/oidc/back",
    "/language",
    "/style.css",
    "/notices/leave",
    "/follow",
)
_CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; "  # no page of ours has a script
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
_OBJECTION = re.compile(r"/i/[^/]+/\d+/object")  # what the public may send
_REMARK = re.compile(r"/c/[^/]+/(remark|follow)")


class Door:
    """Middleware: asks for a sign-in unless the page is public, ends sessions, and sets the security headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._refusal(request) or self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", _CSP)
        response.headers["Permissions-Policy"] = _PERMISSIONS
        if request.user.is_authenticated:
            response.headers["Cache-Control"] = "private, no-store"  # shared machines keep nothing
        return _without_body(response) if request.method == "HEAD" else response

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """What a rule or the ledger refuses is said in its sentence, wherever it was asked: never a fault of ours."""
        if not isinstance(fault, Refused):
            return None
        first, sentences = fault.problems[0], [say(problem, locale()) for problem in fault.problems]
        status = 403 if first.code.startswith("rights.") else 404 if first.code.endswith(".unknown") else 400
        if _wants_json(request):
            told = [
                {"code": problem.code, "place": problem.place, "sentence": sentence}
                for problem, sentence in zip(fault.problems, sentences, strict=True)
            ]
            return JsonResponse({"problems": told}, status=status)
        return render(request, "duban/message.html", {"message": " ".join(sentences)}, status=status)

    def _refusal(self, request: HttpRequest) -> HttpResponse | None:
        if f"HTTP_{MARK}" in request.META:
            return too_large(request)
        if request.user.is_authenticated:
            who = actor_of(keeper().book(), request.user.get_username())
            if not who.roles:  # the account was closed in the book, or never placed in it
                sign_out(request)
            elif seats.is_over(request):
                sign_out(request)
                messages.info(request, _("太久没有操作或登录时间已满，请重新登录。"))
        if request.method not in ("GET", "HEAD") and looking_back(request):
            return render(request, "duban/message.html", {"message": _("往日不能改。")}, status=400)
        if request.path in _OPEN:
            return None
        if request.user.is_authenticated:
            return _unfinished(request)
        facts = frozenset({"published"} if settings.PUBLIC else ())
        asks = "book.read" if request.method in ("GET", "HEAD") else ""
        if request.method == "POST" and _OBJECTION.fullmatch(request.path):
            asks = "clearing.object"
        if request.method == "POST" and _REMARK.fullmatch(request.path):
            asks = "remark.send"
            facts |= {"remarks"} if are_on(keeper().book(), published=settings.PUBLIC) else set()
        if asks and may(PUBLIC, asks, Thing(request.path, facts=facts)):
            return None
        return _ask_to_sign_in(request)


def _without_body(response: HttpResponse) -> HttpResponse:
    """The answer to HEAD: as to GET but for the body (RFC 9110, 9.3.2), which would be taken for the next answer."""
    if not response.streaming:
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""
    return response


def _unfinished(request: HttpRequest) -> HttpResponse | None:
    """Where a signed-in person must go first: change a given password, set up the second factor asked for."""
    if request.session.get("must_change"):
        first, code = "/me/password", "api.password_first"
    elif not request.session.get("second") and second.is_asked_of(
        keeper().book(), actor_of(keeper().book(), request.user.get_username())
    ):
        first, code = "/me/second", "api.second_first"
    else:
        return None
    if request.path == first:
        return None
    return _problem(request, code) if _wants_json(request) else redirect(first)


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    if _wants_json(request):
        return _problem(request, "api.sign_in")
    if request.method not in ("GET", "HEAD"):
        return render(request, "duban/message.html", {"message": _("请先登录，再修改。")}, status=403)
    return redirect(f"/login?next={quote(request.get_full_path())}")


def _wants_json(request: HttpRequest) -> bool:
    return request.path.endswith(".json") or request.path.startswith("/api/")


def _problem(request: HttpRequest, code: str) -> JsonResponse:
    sentence = say(Problem(code, request.path), locale())
    told = [{"code": code, "place": request.path, "sentence": sentence}]
    return JsonResponse({"problems": told}, status=403)
