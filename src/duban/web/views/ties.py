"""Books above and below: whose figures this book's items take, and whose items take this book's."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duban.actions.context import Writes, refused
from duban.actions.ties import ask_tie, grant_tie
from duban.core.rights import Thing
from duban.ledger import Book
from duban.ledger.year.dated import Dated
from duban.ledger.year.filings import ReadingPosted
from duban.ledger.year.ties import Tie
from duban.web.shelf import book_for
from duban.web.today import looking_back
from duban.web.views.common import page
from duban.web.views.written import written
from duban.web.who import guard

_ACTS = {"ask": ask_tie, "grant": grant_tie}


@dataclass(frozen=True, slots=True)
class Shown:
    """One half of a tie: the item here, the other side, and of one that takes figures the last that came."""

    key: str
    head: str
    tie: Dated[Tie]
    unit: str = ""
    last: Dated[ReadingPosted] | None = None

    @property
    def value(self) -> Decimal | None:
        """The last figure that came."""
        return self.last.body.value if self.last else None


def ties(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/ties`, for the office."""
    book = book_for(request)
    guard(request, book, "tie.ask", Thing("ties"))
    asked = [_shown(book, key, tie) for key, tie in book.ties.items()]
    granted = [_shown(book, key, tie) for key, tie in book.grants.items()]
    data = {
        "halves": [
            ("ask", _("本账本取下级的数"), _("下级政府"), asked),
            ("grant", _("准许上级取本账本的数"), _("上级政府"), granted),
        ],
        "numbered": [
            (key, item.item.head)
            for key, item in book.items.items()
            if not item.removed and key in book.tasks and book.tasks[key].target is not None
        ],
        "free": not looking_back(request),
    }
    public = {"asked": [_plain(s) for s in asked], "granted": [_plain(s) for s in granted]}
    return page(request, "ties", book, data, public, as_json)


def _shown(book: Book, key: str, tie: Dated[Tie]) -> Shown:
    task, item = book.tasks.get(key), book.items.get(key)
    came = [r for r in task.readings if r.body.origin == "book"] if task else []
    target = task.target if task else None
    return Shown(
        key, item.item.head if item else "", tie, target.unit if target else "", came[-1] if came else None
    )


def _plain(shown: Shown) -> dict[str, Any]:
    last = None
    if shown.last is not None:
        body = shown.last.body
        last = {"period": body.period, "value": str(body.value), "entry": body.reference, "on": shown.last.on}
    tie = shown.tie.body
    return {"item": shown.key, "government": tie.government, "their_item": tie.item, "reason": tie.reason,
            "on": shown.tie.on, "last": last}  # fmt: skip


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Ask, grant, or end a half, as the form says."""
    return written(request, lambda book, who: _decided(book, who, request.POST), "/ties")


def _decided(book: Book, who: str, form: Mapping[str, str]) -> Writes:
    do, key = _ACTS.get(form.get("act", "")), form.get("key", "").strip().partition(" ")[0]
    if do is None:
        raise refused("form.act_unknown", "ties", act=form.get("act", "")[:40])
    return do(
        book, who, key, government=form.get("government", ""), item=form.get("item", ""), reason=form.get("reason", "")
    )  # fmt: skip
