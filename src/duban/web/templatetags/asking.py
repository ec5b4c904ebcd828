"""Template filters for what is asked of units and how they are judged: fields, rules, and words with languages."""

from typing import Any

from django import template

from duban.actions.demands import open_demands
from duban.assess.settle.verdict import goal_of, told
from duban.web import shelf
from duban.words import sentence

register = template.Library()


@register.filter
def field_word(name: str) -> str:
    """The name of a field that is asked for."""
    return sentence(f"field.{name}", {}, shelf.locale())


@register.inclusion_tag("duban/_demands.html")
def demands_on(book: Any, unit: str, day: Any) -> dict[str, Any]:
    """What demands still wait for from a unit, each item with its words and fields."""
    open_ = [
        {"demand": one, "late": one.body.due < day.isoformat(),
         "items": [(key, book.items[key].item.head, fields) for key, fields in one.items]}
        for one in open_demands(book, unit)
    ]  # fmt: skip
    return {"open": open_}


@register.filter
def verdict_word(verdict: str) -> str:
    """The name of a verdict on a doubt."""
    return sentence(f"verdict.{verdict}", {}, shelf.locale())


@register.filter
def rule_word(name: str) -> str:
    """The name of a rule of the city."""
    return sentence(f"rule.{name}", {}, shelf.locale())


@register.filter
def form_word(form: str) -> str:
    """How a rule is to be written."""
    return sentence(form, {}, shelf.locale())


@register.filter
def in_words(said: Any) -> str:
    """Words that come with their languages, in that of the page."""
    return str(said.get(shelf.locale()) or next(iter(said.values()), ""))


@register.filter
def plan_about(kind: str) -> str:
    """What a kind of plan is for, in a sentence."""
    return sentence(f"plan_about.{kind}", {}, shelf.locale())


@register.filter
def every(frequency: str) -> str:
    """How often: every month."""
    return sentence(f"every.{frequency}", {}, shelf.locale())


@register.filter
def goal(aim: Any) -> str:
    """A promised number as a person reads it."""
    return goal_of(aim)


@register.filter
def result(outcome: Any) -> str:
    """A result's figure as a person reads it."""
    return told(outcome)
