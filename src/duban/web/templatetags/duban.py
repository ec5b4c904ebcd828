"""Template filters: the domain's terms in the page's language, and a claim's figure."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext

from duban.core.period import chinese, period
from duban.web import contact as contacts
from duban.web import shelf
from duban.web.slug import slug as safe_name
from duban.words import catalogue, sentence

register = template.Library()


@register.filter
def term(code: Any) -> str:
    """The word for a code; what is no code stays as it is."""
    if code is None:
        return ""
    return catalogue(shelf.locale()).get(f"term.{code}", str(code))


@register.filter
def figure(claim: Any) -> str:
    """≥3.8万人."""
    return shelf.figure(claim)


@register.filter
def field(claim: Any, name: str) -> Any:
    """A field of a claim by name."""
    return getattr(claim, name, "")


@register.filter
def item(mapping: Any, key: str) -> Any:
    """An entry of a mapping by key."""
    return mapping.get(key, "")


def _say(code: str, data: Any = None) -> str:
    return sentence(code, data or {}, shelf.locale())


@register.filter
def light_word(colour: str) -> str:
    """The name of a colour."""
    return _say(f"colour.{colour}") if colour else ""


@register.filter
def reason(light: Any) -> str:
    """Why the light is as it is, in one sentence with its figures; periods by their names."""
    data = dict(light.status.data)
    if data.get("period"):
        data["period"] = chinese(period(data["period"])) if shelf.locale() == "zh" else data["period"]
    return _say(light.status.code, data)


@register.filter
def category_word(name: str) -> str:
    """The name of one of the four lists."""
    return _say(f"categories.{name}") if name else ""


@register.filter
def why(of: Any) -> str:
    """The reason of a category, in one sentence."""
    return _say(of.code, {name: category_word(v) if name == "category" else v for name, v in of.data.items()})


@register.filter
def period_name(of: Any) -> str:
    """A period, or its code, as statistics name it; the bare code in English."""
    found = period(of) if isinstance(of, str) else of
    return chinese(found) if shelf.locale() == "zh" else found.code


@register.filter
def lamp(colour: str) -> str:
    """One letter for a colour, so that no light is told by its colour alone."""
    return _say(f"lamp.{colour}") if colour else ""


@register.filter
def by_rule(light: Any) -> str:
    """The rule that coloured a light, in the words of its profile."""
    says = light.rule.says
    return f"{light.profile} · {says.get(shelf.locale()) or next(iter(says.values()), '')}"


@register.filter
def target(of: Any) -> str:
    """A target's bound, value and unit."""
    if of is None or of.value is None:
        return ""
    high = f"–{of.high}" if of.high is not None else ""
    about = gettext("左右") if of.comparator == "approx" else ""
    sign = shelf.SIGNS.get(of.comparator or "eq", "") if not about else ""
    return f"{sign}{of.value}{high}{of.unit}{about}"


@register.filter
def short(value: Any) -> str:
    """A number with two decimals at most."""
    return f"{value.quantize(Decimal('0.01')).normalize():f}" if value is not None else ""


@register.filter
def plan_word(kind: str) -> str:
    """The name of a plan's kind."""
    return _say(f"plan.{kind}") if kind else gettext("未定")


@register.filter
def role_word(role: str) -> str:
    """The name of a unit's part in an item."""
    return _say(f"relation.{role}")


@register.filter
def stage_word(stage: str) -> str:
    """The name of a filing's stage."""
    return _say(f"stage.{stage}")


@register.filter
def origin_word(origin: str) -> str:
    """Where a figure comes from."""
    return gettext({"statistics": "统计", "register": "台账", "book": "下级账本", "unit": "单位报送"}[origin])


@register.filter
def told(step: Any) -> str:
    """What a step says in words: its reason, or its words."""
    return str(step.body.get("reason") or step.body.get("words") or "")


@register.filter
def step(judgement: Any) -> str:
    """The step of a judgement, in words."""
    return term(judgement.body.step)


@register.filter
def role_name(role: str) -> str:
    """The name of a role."""
    return _say(f"role.{role}")


@register.filter
def code_word(code: str) -> str:
    """The words for a code of the catalogue."""
    return _say(code) if code else ""


@register.filter
def tel(phone: str) -> str:
    """The digits of a telephone number for a link."""
    return contacts.tel(phone)


@register.filter
def unit_kind(kind: str) -> str:
    """The name of a kind of units."""
    return _say(f"unit_kind.{kind}")


@register.simple_tag(takes_context=True)
def contact(context: Any, name: str) -> str:
    """A unit's name with whom to call behind it."""
    user = context.get("user")
    told = bool(user and user.is_authenticated)  # the public reads names of units, not of persons
    return contacts.contact(
        context.get("book"), name, shelf.locale(), told=told, keep=context.get("keep", "")
    )


@register.filter
def slug(name: str) -> str:
    """A name as the name of a file of the site."""
    return safe_name(name)
