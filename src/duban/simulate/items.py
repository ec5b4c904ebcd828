"""What each commitment becomes: items with leads by duty, targets by its numbers, plans by measure."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from duban.actions.table import apply_items
from duban.actions.tasks import begin_target, set_plan, target_of_claim
from duban.core.period import Period
from duban.ledger import Book
from duban.ledger.items import ItemChange
from duban.ledger.year.tasks import PlanSet, Target
from duban.ledger.year.units import unit_named
from duban.read.leads import suggest
from duban.simulate.cast import LEADERS
from duban.simulate.divided import Wanted, divided, keys_of, target_of, wholes_of
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
    """An item as the simulation plays it: how well it goes, which months are bad, and which habit it has since when.

    `of` is the item of which it is a part, `parts` says whether it has such.
    """

    key: str
    lead: str
    partners: tuple[str, ...]
    claim: str
    pace: Decimal
    bad: frozenset[int] = field(default_factory=frozenset)
    of: str | None = None
    parts: bool = False
    habit: str = ""
    since: int = 0

    def does(self, habit: str, month: Period) -> bool:
        """Whether it has the habit by that month."""
        return self.habit == habit and month.end.month >= self.since


def adopt(stage: Stage, day: date, chance: random.Random, codes: list[str]) -> list[Actor]:
    """Put every commitment on the table and give its items leads, targets and plans."""
    wanted = [Wanted(change, claim) for change, claim in _changes(stage.book, chance, codes)]
    wanted = list(divided(stage.book, wanted, chance))
    stage.play(day, "office", apply_items, [one.change for one in wanted], today=day)
    keys = list(keys_of(wanted))
    wholes, actors = wholes_of(wanted, keys), dict[str, Actor]()
    for one, key in zip(wanted, keys, strict=True):
        actors[key] = _begin(stage, day, chance, one, key, actors.get(wholes.get(key, "")))
    return list(actors.values())


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


def _begin(
    stage: Stage, day: date, chance: random.Random, one: Wanted, key: str, whole: Actor | None
) -> Actor:
    if one.claim:
        full = target_of_claim(stage.book.claims[one.claim].claim)
        stage.play(day, "office", begin_target, key, one.claim, target_of(full, one.part))
    unit = unit_named(stage.book, one.change.lead)
    lead, book = unit.code if unit else "", stage.book
    made = book.tasks[whole.key].plan if whole else None
    plan = made.body if made else _plan(book.tasks[key].target, chance)
    stage.play(day, f"{lead}.r", set_plan, key, plan)
    if (
        whole is not None
    ):  # a part goes as its whole does: their figures add up as long as all report the same
        whole.parts = True
        return Actor(key, lead, one.change.partners, one.claim, whole.pace, whole.bad, of=whole.key)
    speed = _speed(chance)
    bad = frozenset(n for n in range(2, 13) if chance.random() < 0.05)
    return Actor(key, lead, one.change.partners, one.claim, Decimal(str(round(speed, 3))), bad)


def _speed(chance: random.Random) -> float:
    """How fast an item goes: some slowly all year, some kept just above what is asked, most a little faster."""
    kind = chance.random()
    if kind < 0.12:
        return chance.uniform(0.35, 0.8)
    return chance.uniform(1.005, 1.03) if kind < 0.32 else chance.triangular(0.92, 1.3, 1.04)


def _plan(target: Target | None, chance: random.Random) -> PlanSet:
    """Seasonal for some that add up; by quarter for some rates and words; by month and measure for all others."""
    measure = target.measure if target else ""
    kind, data = "", dict[str, str]()
    if measure in ("increment", "level") and chance.random() < 0.3:
        kind, data = "seasonal", SEASONAL
    quarterly = measure in ("", "growth") and chance.random() < 0.4
    return PlanSet(kind, data, "quarter" if quarterly else "month", lag=20)
