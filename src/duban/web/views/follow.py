"""Following a promise by mail: asked for on its page, confirmed and ended by links that are sent to the address."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duban.actions.context import refused
from duban.actions.remarks import are_on
from duban.core.problem import Problem, Refused
from duban.web import remarks
from duban.web.inbox import following
from duban.web.shelf import keeper, locale
from duban.web.today import today
from duban.web.views.written import refusal_page
from duban.words import say


@require_POST
def ask(request: HttpRequest, id: str) -> HttpResponse:
    """Send a link to the address; whether it is known already is told to nobody."""
    book, day, back = keeper().book(), today(), f"/c/{id}"
    address = request.POST.get("address", "").strip()
    if id not in book.commitments:
        raise Http404(id)
    try:
        if not (following.is_on() and are_on(book, published=settings.PUBLIC)):
            raise refused("follow.off", f"commitment/{id}")
        validate_email(address)
        remarks.take_place(request, book, day)
        following.ask_owner(address, book, id, locale())
    except ValidationError:
        return _told(request, say(Problem("mail.address_wrong", address[:80]), locale()), 400)
    except OSError:
        return _told(request, _("信没有发出去，请过一会儿再试。"), 503)
    except Refused as refusal:
        return refusal_page(request, refusal, back)
    return _told(request, _("请到这个邮箱里打开确认链接；确认之后才会发信。"), 200)


def follow(request: HttpRequest) -> HttpResponse:
    """What a link asks for, done when its button is pressed: programs open links too."""
    given = request.POST if request.method == "POST" else request.GET
    do, token = given.get("do", ""), given.get("t", "")
    found = following.opened(do, token)
    book = keeper().book()
    if found is None or found[1] not in book.commitments:
        return _told(request, _("这个链接已经失效，请在承诺页重新填写邮箱。"), 400)
    address, commitment = found
    if request.method != "POST":
        head = book.commitments[commitment].read.head
        return render(
            request, "duban/follow.html", {"do": do, "token": token, "head": head, "address": address}
        )
    if do == "confirm":
        following.begin(address, book, commitment)
        return _told(request, _("已订阅。这项承诺有变化时给您发信。"), 200)
    following.end(address, commitment)
    return _told(request, _("不再向您发信，邮箱已删除。"), 200)


def _told(request: HttpRequest, words: str, status: int) -> HttpResponse:
    return render(request, "duban/message.html", {"message": words}, status=status)
