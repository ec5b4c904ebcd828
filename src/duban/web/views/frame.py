"""Language, the style sheet, and what is shown when a page is not there."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from duban.web.style import sheet


def style(request: HttpRequest) -> HttpResponse:
    """The style sheet; it is ours and small, so that no second server is needed."""
    return HttpResponse(
        sheet(), content_type="text/css; charset=utf-8", headers={"Cache-Control": "max-age=3600"}
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


def too_large(request: HttpRequest) -> HttpResponse:
    """413: what was sent is more than a request may bring; nothing of it was kept."""
    data = {"files": settings.FILES_OF_A_FORM, "each": settings.EVIDENCE_LIMIT // 1_000_000}
    why = (
        _(
            "发来的内容太大，什么都没有收：每个文件最多 %(each)s MB，一次最多 %(files)s 个。请压缩、只附关键几页，或分几次上传。"
        )
        % data
    )
    if request.path.endswith(".json") or request.path.startswith("/api/"):
        return JsonResponse({"problems": [{"code": "request.too_large", "sentence": why}]}, status=413)
    return render(request, "duban/message.html", {"message": why, "back": _came_from(request)}, status=413)


def _came_from(request: HttpRequest) -> str:
    """The page that sent a form, where it is one of ours."""
    back = request.headers.get("Referer", "")
    return back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else ""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what Django itself refuses, each with its sentence."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    why = _("请求不完整或不合规则，什么都没有改：请返回重试。")
    if isinstance(exception, TooManyFilesSent | TooManyFieldsSent):
        why = _("一次发来的文件或栏目太多，什么都没有收：请分几次。")
    return render(request, "duban/message.html", {"message": why}, status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return render(
        request, "duban/message.html", {"message": _("没有这一页，或者这一天还没有这一项。")}, status=404
    )
