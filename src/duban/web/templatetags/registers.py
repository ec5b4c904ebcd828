"""Template filters for registers: declarations and figures in the language of the page."""

from decimal import Decimal
from typing import Any

from django import template

from duban.registers.field import Field
from duban.registers.register import Register
from duban.web.registers.addresses import record_address
from duban.web.registers.binding import fed, indicators_for
from duban.web.registers.sight import Sight
from duban.web.registers.words import head, number
from duban.web.registers.words import unit as unit_in
from duban.web.shelf import locale
from duban.web.today import looking_back

register = template.Library()


@register.filter
def label(of: Any) -> str:
    """The name of a pack, register, stage, indicator or act; a field's with its unit."""
    return head(of, locale()) if isinstance(of, Field) else str(of.label(locale()))


@register.filter
def unit(of: str) -> str:
    """What a number counts in, in the language of the page."""
    return unit_in(of, locale())


@register.filter
def name(field: Any) -> str:
    """The name of a field without its unit."""
    return str(field.en if locale() == "en" else field.zh)


@register.filter
def about(of: Any) -> str:
    """What a pack or register is for."""
    return str(of.about_en if locale() == "en" else of.about_zh)


@register.filter
def help(of: Any) -> str:
    """What an act does, in a sentence."""
    return str(of.help_en if locale() == "en" else of.help_zh)


@register.filter
def field_name(of: Register, name: str) -> str:
    """The name of a register's field."""
    field = of.named.get(name)
    return (field.en if locale() == "en" else field.zh) if field else name


@register.filter
def proof(stage: Any) -> str:
    """The paper that a stage asks for."""
    return str(stage.proof[locale() == "en"]) if stage.proof else ""


@register.filter
def figured(value: Any) -> str:
    """A figure as people read it; "—" where it is missing."""
    return number(value) if value is None or isinstance(value, Decimal | int) else str(value)


@register.filter
def threshold(value: Any) -> str:
    """The number of a rule, or its table, in one line."""
    if isinstance(value, dict):
        return " · ".join(f"{name} {threshold(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return "、".join(threshold(inner) for inner in value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


@register.filter
def dated(link: str, day: str) -> str:
    """An address of this site on another day; one that leads elsewhere leads nowhere."""
    if not link.startswith(("/", "?", "#")) or link.startswith("//"):
        return "#"
    return f"{link}{'&' if '?' in link else '?'}as_of={day}" if day and not link.startswith("#") else link


@register.filter
def record(id: str, of: Register | str) -> str:
    """The address of a record's page."""
    return record_address(of if isinstance(of, str) else of.name, id)


@register.inclusion_tag("duban/_item_register.html", takes_context=True)
def item_register(context: dict[str, Any]) -> dict[str, Any]:
    """Which indicator feeds an item, beside what its department states; or which might, for those who may bind it."""
    request, book, key = context["request"], context["book"], context["light"].key
    sight = Sight.of(request, book)
    suggested = [] if looking_back(request) else indicators_for(sight, key)
    kept = {name: context.get(name) for name in ("keep", "csrf_token")}
    return {**kept, "b": fed(sight, key), "candidates": suggested}
