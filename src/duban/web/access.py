"""The door: who comes in. The public reads when the city says so; what each may do is decided by `core.rights`."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout as sign_out
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from duban.actions.context import actor_of
from duban.core.problem import Problem
from duban.web.shelf import keeper, locale
from duban.words import say

_OPEN = ("/login", "/language", "/style.css")
_CSP = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


class Door:
    """Middleware: asks for a sign-in unless the page is public, and sets the security headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._refusal(request) or self.get_response(request)
        response.headers["Content-Security-Policy"] = _CSP
        return response

    def _refusal(self, request: HttpRequest) -> HttpResponse | None:
        if request.user.is_authenticated and not actor_of(keeper().book(), request.user.get_username()).roles:
            sign_out(request)  # the account was closed in the book, or never placed in it
        if request.user.is_authenticated or request.path in _OPEN:
            return None
        if settings.PUBLIC and request.method in ("GET", "HEAD"):
            return None
        if request.path.endswith(".json") or request.path.startswith("/api/"):
            told = [{"code": "api.sign_in", "place": request.path}]
            told[0]["sentence"] = say(Problem("api.sign_in", request.path), locale())
            return JsonResponse({"problems": told}, status=403)
        if request.method not in ("GET", "HEAD"):
            return render(request, "duban/message.html", {"message": _("请先登录，再修改。")}, status=403)
        return redirect(f"/login?next={request.path}")
