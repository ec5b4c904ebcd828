"""The table of rights in words: for the page /rights, and for docs/rights.md."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from duban.core.rights import RULES, Rule
from duban.words import catalogue

COLUMNS = ("roles", "relations", "needs", "bars", "fields")


def table(locale: str) -> Iterator[tuple[str, str, list[tuple[str, dict[str, str]]]]]:
    """Each action: its code, its name, and its rules as (name, the words of every column)."""
    for action, rules in groupby(RULES, key=lambda rule: rule.action):
        listed = [(rule.name, cells(rule, locale)) for rule in rules]
        yield action, catalogue(locale)[f"action.{action}"], listed


def rule_named(rule: str, locale: str) -> str:
    """The name of a rule as people read it: "set a plan, rule 1" for "plan.set#1"; "" for none."""
    action, _, number = rule.partition("#")
    if not number:
        return ""
    known = catalogue(locale)
    return known["rights.rule_named"].format(action=known[f"action.{action}"], number=number)


def fields(locale: str) -> list[tuple[str, str]]:
    """Every field that some rule names: its code and its name, the fields of an account (roles) last."""
    known, found = catalogue(locale), {}
    for rule in RULES:
        kind = "role" if rule.action == "person.edit" else "field"
        found |= {code: (kind, known.get(f"{kind}.{code}", code)) for code in rule.fields}
    return [(code, name) for code, (kind, name) in sorted(found.items(), key=lambda one: one[1][0])]


def cells(rule: Rule, locale: str) -> dict[str, str]:
    """The words of one rule by column; "" where the rule says nothing."""
    return {
        "roles": _named("role", rule.roles, locale),
        "relations": _named("relation", rule.relations, locale),
        "needs": _named("need", rule.needs, locale),
        "bars": _named("bar", rule.bars, locale),
        "fields": _fields(rule, locale),
    }


def _fields(rule: Rule, locale: str) -> str:
    """The fields by name; those of an account are the roles that may be given."""
    kind = "role" if rule.action == "person.edit" else "field"
    return _named(kind, rule.fields, locale)


def _named(kind: str, codes: Iterable[str], locale: str) -> str:
    known = catalogue(locale)
    words = (known.get(f"{kind}.{code}", code) for code in codes)
    return ("、" if locale == "zh" else ", ").join(words)
