"""What each commitment becomes: items with leads by duty, targets by its numbers, plans by measure."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from duban.actions.table import apply_items
from duban.actions.tasks import begin_target, set_plan
from duban.ledger import Book
from duban.ledger.items import ItemChange
from duban.ledger.year.tasks import PlanSet
from duban.ledger.year.units import unit_named
from duban.read.leads import suggest
from duban.simulate.cast import LEADERS
from duban.simulate.stage import Stage

SEASONAL = {
    "4": "1",
    "5": "2",
    "6": "2",
    "7": "2",
    "8": "2",
    "9": "2",
    "10": "1",
}  # a northern building season


@dataclass(slots=True)
class Actor:
    """An item as the simulation plays it: how well it goes, and which months are bad."""

    key: str
    lead: str
    partners: tuple[str, ...]
    claim: str
    pace: Decimal
    bad: frozenset[int] = field(default_factory=frozenset)


def adopt(stage: Stage, day: date, chance: random.Random, codes: list[str]) -> list[Actor]:
    """Put every commitment on the table and give its items leads, targets and plans."""
    changes = list(_changes(stage.book, chance, codes))
    stage.play(day, "office", apply_items, [change for change, _ in changes], today=day)
    actors, count = [], dict[str, int]()
    for change, claim in changes:
        count[change.commitment] = n = count.get(change.commitment, 0) + 1
        key = f"{change.commitment}/{n}"
        actors.append(_begin(stage, day, chance, change, key, claim))
    return actors


def _changes(book: Book, chance: random.Random, codes: list[str]) -> Iterator[tuple[ItemChange, str]]:
    """One item for each target number of a commitment, one for a commitment without."""
    for commitment in sorted(book.commitments.values(), key=lambda c: c.read.start):
        if commitment.dropped or commitment.items:
            continue
        one = commitment.read
        found = [s.name for s in suggest(one.text, one.action + one.work)]
        lead = found[0] if found else book.units[chance.choice(codes)].name
        partners = tuple(name for name in found[1:2] if name != lead)
        leader = book.people[f"leader{one.action_no % LEADERS + 1}"].placed.name
        numbers = [c for c in one.claims if c in book.claims and book.claims[c].claim.value is not None]
        for claim in numbers or [""]:
            head = one.head
            if len(numbers) > 1:
                head = book.claims[claim].claim.indicator or one.head
            due = one.due if one.due and one.due[:4].isdecimal() else None
            yield ItemChange("add", one.id, head=head, lead=lead, partners=partners, leader=leader, due=due,
                             checker="市统计局" if numbers else ""), claim  # fmt: skip


def _begin(stage: Stage, day: date, chance: random.Random, change: ItemChange, key: str, claim: str) -> Actor:
    if claim:
        stage.play(day, "office", begin_target, key, claim)
    task = stage.book.tasks[key]
    measure = task.target.measure if task.target else ""
    kind, data = "", dict[str, str]()
    if measure in ("increment", "level") and chance.random() < 0.3:
        kind, data = "seasonal", SEASONAL
    quarterly = measure in ("", "growth") and chance.random() < 0.4
    plan = PlanSet(kind, data, "quarter" if quarterly else "month", lag=20)
    unit = unit_named(stage.book, change.lead)
    lead = unit.code if unit else ""
    stage.play(day, f"{lead}.r", set_plan, key, plan)
    troubled = chance.random() < 0.12
    speed = chance.uniform(0.35, 0.8) if troubled else chance.triangular(0.92, 1.3, 1.04)
    pace = Decimal(str(round(speed, 3)))
    bad = frozenset(n for n in range(2, 13) if chance.random() < 0.05)
    return Actor(key, lead, change.partners, claim, pace, bad)
