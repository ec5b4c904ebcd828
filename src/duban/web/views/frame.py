"""Language, the style sheet, and what is shown when a page is not there."""

from functools import cache
from importlib.resources import files

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _


@cache
def _style() -> bytes:
    sheets = (f for f in (files("duban.web") / "static/duban").iterdir() if f.name.endswith(".css"))
    return b"".join(sheet.read_bytes() for sheet in sorted(sheets, key=lambda sheet: sheet.name))


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


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the sentence that says why; as JSON where JSON was asked for."""
    why = str(exception) or _("你没有查看这一页的权限。")
    if request.path.endswith(".json"):
        return JsonResponse({"problems": [{"code": "rights", "sentence": why}]}, status=403)
    return render(request, "duban/message.html", {"message": why}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return render(
        request, "duban/message.html", {"message": _("没有这一页，或者这一天还没有这一项。")}, status=404
    )
