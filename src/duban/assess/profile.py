"""Light profiles: published rules as data. The first rule whose conditions all hold gives the colour.

A profile is a TOML file (docs/lights.md): its colours with what they mean here (blue is a reminder in one city
and best in another), its rules in order, and cases that show what it does. A city writes its own in the same form.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from duban.assess.facts import FACTS, PAST, Facts
from duban.assess.rulefiles import Rulefiles, parsed
from duban.core.problem import Problem, Refused

COLOURS = ("green", "blue", "yellow", "orange", "red", "grey")
OPERATORS = {
    "over": lambda one, other: one > other,
    "from": lambda one, other: one >= other,
    "to": lambda one, other: one <= other,
    "under": lambda one, other: one < other,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """`fact` is one of `values`, or stands in these `bounds` (operator, number); a missing fact never holds."""

    fact: str
    values: tuple[Any, ...] = ()
    bounds: tuple[tuple[str, Decimal], ...] = ()

    def holds(self, facts: object) -> bool:
        """Whether the facts meet the condition."""
        known = getattr(facts, self.fact)
        if known is None:
            return False
        if self.bounds:
            return all(OPERATORS[how](known, bound) for how, bound in self.bounds)
        return known in self.values


@dataclass(frozen=True, slots=True)
class Rule:
    """Where all conditions hold, the light is `colour`; `says` is the rule in words, by language."""

    colour: str
    conditions: tuple[Condition, ...]
    says: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Profile:
    """A city's rules for lights. `ahead` and `slack` go into the status (see `status_of`).

    Without `own_plans` an item's plan is not looked at: the measure alone says what may be expected (n/12, or the
    target all year).
    """

    name: str
    title: Mapping[str, str]
    source: str
    colours: Mapping[str, Mapping[str, str]]
    rules: tuple[Rule, ...]
    ahead: Decimal = Decimal(0)
    slack: Decimal = Decimal(0)
    own_plans: bool = True
    cases: tuple[Mapping[str, Any], ...] = field(default=(), compare=False)

    @property
    def asks_past(self) -> bool:
        """Whether a rule looks at earlier periods."""
        return any(condition.fact in PAST for rule in self.rules for condition in rule.conditions)

    def rule_for(self, facts: Facts) -> Rule:
        """The first rule that holds; the last rule of a profile has no condition and always does."""
        for rule in self.rules:
            for condition in rule.conditions:
                if not condition.holds(facts):
                    break
            else:
                return rule
        raise AssertionError("a profile without a last rule is never read")


def read_profile(text: str, name: str) -> Profile:
    """The profile written in `text`; raises `Refused` with every fault, each naming its place and the mend."""
    data = parsed(text, name)
    faults: list[Problem] = []
    colours = _colours(data, name, faults)
    rules = tuple(_rule(row, f"{name} [[rule]] {n}", colours, faults) for n, row in enumerate(_rows(data), 1))
    if not isinstance(data.get("own_plans", True), bool):
        faults.append(Problem("profile.not_yes_no", name, {"fact": "own_plans"}))
    if not rules or rules[-1].conditions:
        faults.append(Problem("profile.no_last_rule", name))
    ahead, slack = (_number(data.get(key, "0"), f"{name} {key}", faults) for key in ("ahead", "slack"))
    if faults:
        raise Refused(*faults)
    said = data.get("case", ())
    title, cases = words_of(data.get("title"), name), tuple(said) if isinstance(said, list) else ()
    own = data.get("own_plans", True) is not False
    return Profile(name, title, str(data.get("source", "")), colours, rules, ahead, slack, own, cases)


def _rows(data: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    rows = data.get("rule", ())
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _colours(data: Mapping[str, Any], name: str, faults: list[Problem]) -> dict[str, Mapping[str, str]]:
    found = data.get("colours")
    if not isinstance(found, Mapping) or not found:
        faults.append(Problem("profile.no_colours", name, {"known": ", ".join(COLOURS)}))
        return {}
    for colour in found:
        if colour not in COLOURS:
            known = {"colour": str(colour), "known": ", ".join(COLOURS)}
            faults.append(Problem("profile.colour_unknown", f"{name} [colours]", known))
    return {colour: words_of(words, colour) for colour, words in found.items()}


def _rule(
    row: Mapping[str, Any], place: str, colours: Mapping[str, Mapping[str, str]], faults: list[Problem]
) -> Rule:
    colour = str(row.get("colour", ""))
    if colour not in colours:
        known = {"colour": colour, "known": ", ".join(colours)}
        faults.append(Problem("profile.colour_unknown", place, known))
    when = row.get("when", {})
    pairs = when.items() if isinstance(when, Mapping) else ()
    conditions = tuple(c for fact, said in pairs if (c := condition(fact, said, place, faults)) is not None)
    return Rule(colour, conditions, words_of(row.get("says"), colour))


def condition(
    fact: str,
    said: Any,
    place: str,
    faults: list[Problem],
    facts: Mapping[str, str | tuple[str, ...]] = FACTS,
) -> Condition | None:
    """The condition that a rule puts on one of `facts` (by name, with its form); what is wrong goes to `faults`."""
    form = facts.get(fact)
    if form is None:
        faults.append(Problem("profile.fact_unknown", place, {"fact": fact, "known": ", ".join(facts)}))
        return None
    if form == "number":
        if not isinstance(said, Mapping) or not said or set(said) - set(OPERATORS):
            known = {"fact": fact, "known": ", ".join(OPERATORS)}
            faults.append(Problem("profile.bounds_wrong", place, known))
            return None
        return Condition(fact, bounds=tuple((how, _number(v, place, faults)) for how, v in said.items()))
    values = tuple(said) if isinstance(said, list) else (said,)
    if form == "yes" and not all(isinstance(v, bool) for v in values):
        faults.append(Problem("profile.not_yes_no", place, {"fact": fact}))
    elif isinstance(form, tuple) and (strange := [v for v in values if v not in form]):
        known = {"fact": fact, "value": str(strange[0]), "known": ", ".join(form)}
        faults.append(Problem("profile.value_unknown", place, known))
    return Condition(fact, values)


def _number(said: Any, place: str, faults: list[Problem]) -> Decimal:
    """A number as it is written: 0.5 in TOML is the decimal 0.5."""
    try:
        number = Decimal(str(said))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or isinstance(said, bool):
        faults.append(Problem("profile.not_a_number", place, {"value": str(said)[:40]}))
        return Decimal(0)
    return number


def words_of(said: Any, otherwise: str) -> Mapping[str, str]:
    """A text in several languages, as a table of them or as plain Chinese."""
    if isinstance(said, Mapping):
        return {str(locale): str(text) for locale, text in said.items()}
    return {"zh": str(said or otherwise)}


_PROFILES = Rulefiles("profiles", "light_profile", read_profile)
shipped_profiles = _PROFILES.shipped
profile_of = _PROFILES.of
profile_text = _PROFILES.text
