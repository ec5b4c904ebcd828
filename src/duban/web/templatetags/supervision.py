"""Template filters for supervision: people by name, codes and points of an agenda in words."""

from typing import Any

from django import template
from django.utils.translation import gettext

from duban.core.period import chinese, period
from duban.core.rights import Thing, may
from duban.ledger import Book
from duban.web import shelf
from duban.web.today import looking_back, shown_day
from duban.web.views import clearing
from duban.web.waiting import late, waits
from duban.web.who import actor
from duban.words import sentence

register = template.Library()


@register.filter
def person(username: str, book: Book) -> str:
    """The name of a person as the book has placed them; an account that it has not placed stays as it is."""
    if username == "public":
        return gettext("公众")
    known = book.people.get(username)
    return known.placed.name if known else username


@register.filter
def word(code: str) -> str:
    """The words for a code of the catalogue."""
    return sentence(code, {}, shelf.locale()) if code else ""


@register.filter
def says(step: Any) -> str:
    """A rule in the language of the page."""
    return step.says.get(shelf.locale()) or next(iter(step.says.values()), "")


@register.filter
def title(ladder: Any) -> str:
    """The name of a set of rules in the language of the page."""
    return ladder.title.get(shelf.locale()) or ladder.name


@register.filter
def point(one: Any) -> str:
    """Why a point is on the agenda."""
    data = dict(one.data)
    if data.get("period") and shelf.locale() == "zh":
        data["period"] = chinese(period(data["period"]))
    return sentence(one.code, data, shelf.locale())


@register.inclusion_tag("duban/_waits.html", takes_context=True)
def waiting(context: dict[str, Any]) -> dict[str, Any]:
    """What of supervision, clearing and meetings waits for the reader."""
    request, book = context["request"], context["book"]
    day = shown_day(request)
    if looking_back(request):
        return {}
    who = actor(request, book)
    return {"waits": waits(book, who, day), "late_ones": late(book, who, day), "iso": day.isoformat()}


@register.inclusion_tag("duban/_clearing.html", takes_context=True)
def item_supervision(context: dict[str, Any]) -> dict[str, Any]:
    """An item's matters and its way to its end, with the steps that the reader may take."""
    request, book, light = context["request"], context["book"], context["light"]
    acting = not looking_back(request)
    section = clearing.section(book, actor(request, book), light.key, acting=acting)
    kept = {name: context.get(name) for name in ("book", "keep", "user", "csrf_token")}
    return {**kept, "request": request, "light": light, "clearing": section}


@register.inclusion_tag("duban/_priority.html", takes_context=True)
def wall_choices(context: dict[str, Any]) -> dict[str, Any]:
    """Under the wall's five: choose others, where the reader may; what meetings decided."""
    request, book = context["request"], context["book"]
    who = actor(request, book)
    return {
        "may_choose": not looking_back(request) and bool(may(who, "priority.set", Thing("priority"))), "may_meet": may(who, "working.read", Thing("meetings")),
        "priority": book.priority, "keep": context.get("keep"), "csrf_token": context.get("csrf_token"),
    }  # fmt: skip
