"""The cases of a profile: what it says it does, tried on the rules that it has."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from duban.assess.facts import FACTS, Facts
from duban.assess.profile import Profile, Rule
from duban.core.problem import Problem


@dataclass(frozen=True, slots=True)
class Tried:
    """A case: the facts as they are written, the colour that the profile promises, and the rule that decides."""

    number: int
    facts: Mapping[str, Any]
    promised: str
    rule: Rule

    @property
    def kept(self) -> bool:
        """Whether the rules give what is promised."""
        return self.rule.colour == self.promised


def tried(profile: Profile) -> tuple[Tried, ...]:
    """The profile's cases on its rules; those whose facts are wrong are left out (`case_faults` names them)."""
    found = []
    for number, case in enumerate(profile.cases, 1):
        if not any(_faults(profile, number, case)):
            told = case["facts"]
            found.append(Tried(number, told, str(case["colour"]), profile.rule_for(facts_told(told))))
    return tuple(found)


def facts_told(told: Mapping[str, Any]) -> Facts:
    """The facts that a case tells; what it does not tell is as in an item of which nothing is known."""
    numbers = {name: Decimal(str(said)) for name, said in told.items() if FACTS[name] == "number"}
    return Facts(**{"status": "on_pace", **told, **numbers})


def case_faults(profile: Profile) -> tuple[Problem, ...]:
    """Everything wrong with the cases: none at all, facts that are none, and colours that the rules do not give."""
    if not profile.cases:
        return (Problem("profile.no_cases", profile.name),)
    faults = [
        fault for number, case in enumerate(profile.cases, 1) for fault in _faults(profile, number, case)
    ]
    for case in tried(profile):
        if not case.kept:
            data = {"promised": f"colour.{case.promised}", "given": f"colour.{case.rule.colour}"}
            faults.append(Problem("profile.case_broken", _place(profile, case.number), data))
    return tuple(faults)


def _place(profile: Profile, number: int) -> str:
    return f"{profile.name} [[case]] {number}"


def _faults(profile: Profile, number: int, case: Any) -> Iterator[Problem]:
    place = _place(profile, number)
    if not isinstance(case, Mapping) or not isinstance(case.get("facts"), Mapping):
        yield Problem("profile.case_form", place)
        return
    if str(case.get("colour", "")) not in profile.colours:
        known = {"colour": str(case.get("colour", ""))[:40], "known": ", ".join(profile.colours)}
        yield Problem("profile.colour_unknown", place, known)
    for name, said in case["facts"].items():
        form = FACTS.get(name)
        if form is None:
            yield Problem("profile.fact_unknown", place, {"fact": str(name)[:40], "known": ", ".join(FACTS)})
        elif not _fits(form, said):
            known_ = {"fact": name, "value": str(said)[:40], "known": _known(form)}
            yield Problem("profile.value_unknown", place, known_)


def _fits(form: str | tuple[str, ...], said: Any) -> bool:
    if isinstance(form, tuple):
        return said in form
    if form == "yes":
        return isinstance(said, bool)
    try:
        return not isinstance(said, bool) and Decimal(str(said)).is_finite()
    except InvalidOperation:
        return False


def _known(form: str | tuple[str, ...]) -> str:
    if isinstance(form, tuple):
        return ", ".join(word or '""' for word in form)
    return "true, false" if form == "yes" else "0, 1.5 …"
