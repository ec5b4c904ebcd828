"""Notices: what changed that concerns me since I last looked, what falls due, and whether I want letters."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duban.core.problem import Problem
from duban.notices import near
from duban.web.inbox.config import mail_options
from duban.web.inbox.desk import look, news
from duban.web.inbox.models import Reader
from duban.web.inbox.post import leaver
from duban.web.shelf import keeper, locale
from duban.web.today import today
from duban.web.views.common import page
from duban.web.who import actor
from duban.words import say

SHOWN = 200


def notices(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/notices`. Looking at it changes nothing; "seen" is said by a button, for the entries then shown."""
    if not request.user.is_authenticated:
        return redirect(f"/login?next={request.path}")
    book = keeper().book()
    who = actor(request, book)
    reader = Reader.objects.filter(pk=who.username).first() or Reader(username=who.username)
    every = news(book).since(who, 0)
    new = sum(notice.seq > reader.seen for notice in every)
    owed = near(book, who, today())
    data = {
        "new": every[:new][:SHOWN], "new_count": new, "old": every[new : new + 20], "owed": owed,
        "reader": reader, "upto": book.seq, "mail_on": mail_options() is not None,
        "address": request.user.email,
    }  # fmt: skip
    public = {
        "seen": reader.seen, "new": new, "notices": [{"seq": n.seq, "kind": n.kind, "account": n.account} for n in every[:new][:SHOWN]],
        "near": [{"on": n.on, "kind": n.kind, "page": n.address, "late": n.late} for n in owed],
    }  # fmt: skip
    return page(request, "notices", book, data, public, as_json)


@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """The reader has seen everything up to the entry that the page was made from."""
    book, upto = keeper().book(), request.POST.get("upto", "")
    if request.user.is_authenticated and upto.isdecimal() and len(upto) < 16:
        look(actor(request, book), min(int(upto), book.seq))
    return redirect("/notices")


@require_POST
def letters(request: HttpRequest) -> HttpResponse:
    """Where my letters go, and whether I want them."""
    address = request.POST.get("address", "").strip()
    try:
        if address:
            validate_email(address)
    except ValidationError:
        message = say(Problem("mail.address_wrong", address[:80]), locale())
        return render(request, "duban/message.html", {"message": message, "back": "/notices"}, status=400)
    get_user_model().objects.filter(pk=request.user.pk).update(email=address)
    weekly = request.POST.get("weekly") == "1"
    Reader.objects.update_or_create(pk=request.user.get_username(), defaults={"weekly": weekly})
    messages.success(request, _("已保存。"))
    return redirect("/notices")


def leave(request: HttpRequest) -> HttpResponse:
    """End the letters of the person for whom a link was made; asked once more, since programs open links too."""
    token = (request.POST if request.method == "POST" else request.GET).get("who", "")
    username = leaver(token)
    if username is None:
        return render(
            request,
            "duban/message.html",
            {"message": _("这个链接已经失效，请登录后在“通知”页设置。")},
            status=400,
        )
    if request.method != "POST":
        return render(request, "duban/leave.html", {"token": token})
    Reader.objects.update_or_create(pk=username, defaults={"weekly": False})
    return render(request, "duban/message.html", {"message": _("不再向您发送每周邮件。")})
