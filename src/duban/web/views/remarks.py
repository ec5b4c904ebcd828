"""The public says something on a promise; and a promise's history as a feed (Atom)."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duban.actions.context import Writes, perform, refused
from duban.actions.remarks import Remark, are_on, send_remark
from duban.core.problem import Refused
from duban.ledger import Book
from duban.web import remarks
from duban.web.history import lines
from duban.web.shelf import book_for, keeper, locale
from duban.web.today import today
from duban.web.views.written import refusal_page
from duban.words import catalogue

NEWEST = 50  # entries of a feed


@require_POST
def send(request: HttpRequest, id: str) -> HttpResponse:
    """Enter a remark of the public; it is shown when the office has looked at it."""
    form, day, back = request.POST, today(), f"/c/{id}#remarks"
    remark = Remark(*(form.get(name, "") for name in ("kind", "words", "name", "phone")))

    def decide(book: Book) -> Writes:
        if cases is None:
            raise refused("remark.off", f"commitment/{id}")
        return send_remark(book, cases, id, remark, published=settings.PUBLIC, today=day)

    cases, book, noted = remarks.register(), keeper().book(), None
    try:
        if are_on(book, published=settings.PUBLIC):
            noted = remarks.take_place(request, book, day)
        made = perform(keeper(), decide, actor="public", at=timezone.now(), on=day)
    except Refused as refusal:
        if noted is not None:
            noted.delete()
        return refusal_page(request, refusal, back)
    number = made[-1].body.case
    messages.success(
        request, _("已收到，编号 %(number)s。审核后在本页公开，办理结果也写在这里。") % {"number": number}
    )
    return redirect(back)


def feed(request: HttpRequest, id: str) -> HttpResponse:
    """The feed `/c/<id>.atom`: the commitment's entries as the reader may see them, the newest first."""
    book = book_for(request)
    state = book.commitments.get(id)
    if state is None:
        raise Http404(id)
    here, names = request.build_absolute_uri(f"/c/{id}"), catalogue(locale())
    made = Atom1Feed(
        title=f"{state.read.head} · {book.government} {book.year}", link=here, description=state.read.text,
        language=locale(), feed_url=request.build_absolute_uri(f"/c/{id}.atom"), feed_guid=here,
    )  # fmt: skip
    for line in reversed(lines(request, book, book.story(id))[-NEWEST:]):
        name = names.get(f"term.{line.kind}", line.kind)
        moment = parse_datetime(line.at)
        made.add_item(
            title=name, link=here, description=f"{line.on} {name} {line.actor} #{line.seq}", unique_id=f"{here}#{line.seq}",
            pubdate=moment, updateddate=moment, author_name=line.actor or book.government,
        )  # fmt: skip
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
