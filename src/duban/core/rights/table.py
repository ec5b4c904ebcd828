"""The table of rights as it is written in `rules.toml`."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files

ROLES = ("office", "reporter", "head", "checker", "leader", "auditor", "manager", "public")
RELATIONS = ("any", "lead", "partner", "checker", "leader", "own", "territory")
NEEDS = ("published", "returnable", "issued", "remarks")
BARS = ("doer", "doer_unit", "concluder")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: who (`roles`), standing how (`relations`), may do `action`, when, to which fields (all if none)."""

    name: str
    action: str
    roles: tuple[str, ...]
    relations: tuple[str, ...]
    needs: tuple[str, ...] = ()
    bars: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


def _rule(number: int, row: dict[str, object]) -> Rule:
    lists = {key: tuple(value) for key, value in row.items() if isinstance(value, list)}
    rule = Rule(f"{row['action']}#{number}", str(row["action"]), **lists)
    known = ((rule.roles, ROLES), (rule.relations, RELATIONS), (rule.needs, NEEDS), (rule.bars, BARS))
    for words, allowed in known:
        if strange := set(words) - set(allowed):
            raise ValueError(f"rights table, rule {rule.name}: unknown {', '.join(sorted(strange))}")
    return rule


def _read() -> tuple[Rule, ...]:
    rows = tomllib.loads(files(__package__).joinpath("rules.toml").read_text("utf-8"))["rule"]
    count: dict[str, int] = {}
    rules = []
    for row in rows:
        count[row["action"]] = count.get(row["action"], 0) + 1
        rules.append(_rule(count[row["action"]], row))
    return tuple(rules)


RULES = _read()
ACTIONS = tuple(dict.fromkeys(rule.action for rule in RULES))
