"""Sign-in, language, the style sheet, and what is shown when a page is not there."""

from functools import cache
from importlib.resources import files

from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

login = LoginView.as_view(template_name="duban/login.html")
logout = LogoutView.as_view()


@cache
def _style() -> bytes:
    return (files("duban.web") / "static/duban/style.css").read_bytes()


def style(request: HttpRequest) -> HttpResponse:
    """The style sheet; it is ours and small, so that no second server is needed."""
    return HttpResponse(
        _style(), content_type="text/css; charset=utf-8", headers={"Cache-Control": "max-age=3600"}
    )


def language(request: HttpRequest) -> HttpResponse:
    """Switch the language and go back to the page."""
    back = request.GET.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()})
    response = redirect(back if safe else "/")
    response.set_cookie(
        "django_language",
        "en" if request.GET.get("to") == "en" else "zh-hans",
        max_age=365 * 86400,
        samesite="Lax",
    )
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return render(
        request, "duban/message.html", {"message": _("没有这一页，或者这一天还没有这一项。")}, status=404
    )
