"""Pieces of pages that are made anew only when what they show has changed."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from duban.ledger.year.units import unit_named
from duban.web import shelf
from duban.web.kept import Kept

register = template.Library()

_table_rows: Kept[SafeString] = Kept(20_000)
_tips: Kept[SafeString] = Kept(20_000)


@register.simple_tag(takes_context=True)
def table_row(context: Any, row: shelf.Row) -> SafeString:
    """A commitment's line in the table, with its units' contacts for those who are signed in."""
    book, user, keep = context["book"], context["user"], context["keep"]
    key = (row.one.id, context["as_of"], shelf.locale(), user.is_authenticated)
    cause = (row, *(unit_named(book, name) for name in row.leads))
    shown = {"row": row, "book": book, "user": user, "keep": keep}
    return _table_rows.get(key, cause, lambda: render_to_string("duban/_table_row.html", shown))


def tip(row: shelf.Row) -> SafeString:
    """What the living report tells of a commitment on hover or focus."""
    key = (row.one.id, shelf.locale())
    return _tips.get(key, (row,), lambda: render_to_string("duban/_tip.html", {"row": row}).strip())
