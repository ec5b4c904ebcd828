"""Saved views: sets of filters under a name, kept for each person beside the ledger; each is an address."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duban.actions.context import refused
from duban.packs import register_named
from duban.registers.register import Register
from duban.web.models import SavedView
from duban.web.views.written import refusal_page

MOST = 50  # of a person in one register
LENGTH = 40


def of(request: HttpRequest, register: Register) -> list[SavedView]:
    """The views of a register that the reader saved, by name."""
    if not request.user.is_authenticated:
        return []
    return list(SavedView.objects.filter(user=request.user, register=register.name).order_by("name"))


@require_POST
def save(request: HttpRequest, name: str) -> HttpResponse:
    """Keep the filters of the form's `query` under a name, or forget one; nothing of it enters the ledger."""
    register = register_named(name)
    back = f"/r/{name}"
    if register is None or not request.user.is_authenticated:
        return refusal_page(request, refused("api.sign_in", back), back)
    if forgotten := request.POST.get("forget", ""):
        SavedView.objects.filter(user=request.user, register=name, name=forgotten).delete()
        messages.success(request, _("已删除这个视图。"))
        return redirect(back)
    query = QueryDict(request.POST.get("query", "")[:2000].lstrip("?"), mutable=True)
    for dropped in ("page", "as_of"):
        query.pop(dropped, None)
    title = request.POST.get("name", "").strip()[:LENGTH]
    if not title or of(request, register)[MOST:]:
        return refusal_page(request, refused("saved.name", back, most=MOST), back)
    SavedView.objects.update_or_create(user=request.user, register=name, name=title, defaults={"query": query.urlencode()})  # fmt: skip
    messages.success(request, _("已保存这个视图，地址可以发给别人。"))
    return redirect(f"{back}?{query.urlencode()}")
