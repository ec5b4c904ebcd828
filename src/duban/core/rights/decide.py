"""May this person do this to this thing? The answer names the rule that allowed it, or what was missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from duban.core.rights.table import RULES, Rule


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: roles held, the unit worked for (a code), the code of the branch given as territory."""

    username: str
    name: str = ""
    roles: frozenset[str] = frozenset()
    unit: str = ""
    territory: str = ""


PUBLIC = Actor("", roles=frozenset({"public"}))


@dataclass(frozen=True, slots=True)
class Thing:
    """What is asked about, as far as rights look at it. Units are codes, persons (`leader` too) usernames.

    `path` holds the codes from the thing's unit up to the root. `facts` are the `needs` that hold.
    """

    place: str = ""
    unit: str = ""
    lead: str = ""
    partners: frozenset[str] = frozenset()
    checker: str = ""
    leader: str = ""
    path: tuple[str, ...] = ()
    doers: frozenset[str] = frozenset()
    doer_units: frozenset[str] = frozenset()
    concluders: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer. `code` is "rights.allowed" or says what was missing; `rule` names the row that decided."""

    allowed: bool
    code: str
    rule: str = ""
    data: Mapping[str, str | int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.allowed


def may(actor: Actor, action: str, thing: Thing, field: str = "") -> Decision:
    """Whether `actor` may do `action` to `thing` (to its `field`, when given).

    The first rule that allows it wins; else the answer is that of the rule that came furthest.
    An action that no rule names is refused to everybody.
    """
    furthest = (-1, Decision(False, "rights.unknown", data={"action": f"action.{action}"}))
    for rule in RULES:
        if rule.action != action:
            continue
        step, decision = _by(rule, actor, thing, field)
        if decision:
            return decision
        if step > furthest[0]:
            furthest = (step, decision)
    return furthest[1]


def explain(actor: Actor, action: str, thing: Thing, field: str = "") -> tuple[tuple[Rule, Decision], ...]:
    """What each rule of the action says to this, in the order of the table; () for an action without rules."""
    return tuple((rule, _by(rule, actor, thing, field)[1]) for rule in RULES if rule.action == action)


def _by(rule: Rule, actor: Actor, thing: Thing, field: str) -> tuple[int, Decision]:
    """How many hurdles of one rule were passed, and what it decides."""
    step, missing = _missing(actor, rule, thing, field)
    told: dict[str, str | int] = {"action": f"action.{rule.action}"}
    if missing is None:
        return step, Decision(True, "rights.allowed", rule.name, told)
    return step, Decision(False, missing[0], rule.name, told | missing[1])


def _missing(
    actor: Actor, rule: Rule, thing: Thing, field: str
) -> tuple[int, tuple[str, dict[str, str]] | None]:
    """How many hurdles of `rule` were passed, and what is missing at the next, None when nothing is."""
    if not actor.roles & set(rule.roles):
        return 0, ("rights.role", {"roles": " ".join(f"role.{role}" for role in rule.roles)})
    if not any(_stands(actor, relation, thing) for relation in rule.relations):
        return 1, ("rights.relation", {"relations": " ".join(f"relation.{r}" for r in rule.relations)})
    for need in rule.needs:
        if need not in thing.facts:
            return 2, (f"rights.need_{need}", {})
    for bar in rule.bars:
        if _barred(actor, bar, thing):
            return 3, (f"rights.bar_{bar}", {})
    if rule.fields and field not in rule.fields:
        kind = "role" if rule.action == "person.edit" else "field"  # an account's fields are its roles
        listed = " ".join(f"{kind}.{name}" for name in rule.fields)
        return 4, ("rights.field", {"field": f"{kind}.{field}" if field else "—", "fields": listed})
    return 5, None


def _stands(actor: Actor, relation: str, thing: Thing) -> bool:
    """Whether the actor stands in this relation to the thing; nobody is related by an empty name."""
    if relation == "any":
        return True
    if relation == "partner":
        return actor.unit in thing.partners and bool(actor.unit)
    if relation == "territory":
        return bool(actor.territory) and actor.territory in thing.path
    if relation == "leader":
        return bool(thing.leader) and actor.username == thing.leader
    whose = {"lead": thing.lead, "checker": thing.checker, "own": thing.unit}[relation]
    return bool(whose) and actor.unit == whose


def _barred(actor: Actor, bar: str, thing: Thing) -> bool:
    if bar == "doer":
        return actor.username in thing.doers
    if bar == "concluder":
        return actor.username in thing.concluders
    return bool(actor.unit) and actor.unit in thing.doer_units
