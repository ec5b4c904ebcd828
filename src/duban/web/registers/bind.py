"""The office binds an item to an indicator, or takes the binding off; a score alone never does."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from duban.actions.context import Writes, refused
from duban.actions.recount import bind_indicator
from duban.ledger import Book
from duban.packs import indicator_named
from duban.web.registers.binding import group_text
from duban.web.views.written import written


@require_POST
def bind(request: HttpRequest, name: str) -> HttpResponse:
    """Bind the item `key` to the indicator, grouped where `by` and `of` say so; with `off` take it off."""
    form, named = request.POST, indicator_named(name)
    key = form.get("key", "").strip()

    def act(book: Book, who: str) -> Writes:
        if named is None:
            raise refused("indicator.unknown", f"item/{key}", name=name[:80])
        pack, one = named
        group = group_text(form.get("by", ""), form.get("of", "").strip()[:200])
        if form.get("by", "") not in ("", *pack.registered[one.register].groups):
            raise refused("indicator.unknown", f"item/{key}", name=form.get("by", "")[:80])
        chosen = None if form.get("off") == "1" else one
        return bind_indicator(book, who, key, name, chosen, group=group, reason=form.get("reason", ""))

    return written(request, act, f"/n/{name}#bound")
