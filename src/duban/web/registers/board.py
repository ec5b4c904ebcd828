"""The board of a register: a column for each stage, with its records as cards, the latest ones first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from duban.registers.register import Register, Stage
from duban.web.registers.found import Found
from duban.web.registers.named import named
from duban.web.registers.sight import Shown, Sight

CARDS = 40  # of a column; the rest stands in the list


@dataclass(frozen=True, slots=True)
class Card:
    """A record on the board: how many days it stands at its stage, and how many it is late."""

    shown: Shown
    title: str
    unit: str
    age: int | None
    late: int


@dataclass(frozen=True, slots=True)
class Column:
    """A stage and its records; `count` are all, `cards` the first of them."""

    stage: Stage
    label: str
    count: int
    late: int
    cards: tuple[Card, ...]


def columns(sight: Sight, register: Register, found: Found, only: str) -> list[Column]:
    """A column for every stage, the records in it by lateness, then by age; `only` one where that is asked for."""
    made = []
    for stage in register.stages:
        count = found.by_stage.get(stage.name, 0) if only in ("", stage.name) else 0
        late, some = found.cards(stage.name, CARDS) if count else (0, [])
        cards = tuple(_card(sight, register, shown) for shown in some)
        made.append(Column(stage, stage.label(sight.language), count, late, cards))
    return made


def _card(sight: Sight, register: Register, shown: Shown) -> Card:
    record = shown.record
    age = (sight.day - record.since).days if record.since else None
    unit = shown.value(register.unit) if register.unit else ""
    return Card(shown, named(sight, register, shown), unit, age, record.late(sight.day))


def plain(found: Iterable[Column], day: date) -> list[dict[str, Any]]:
    """The board as JSON."""
    return [
        {"stage": c.stage.name, "title": c.label, "count": c.count, "late": c.late,
         "cards": [{"id": k.shown.id, "title": k.title, "days": k.age, "days_late": k.late} for k in c.cards]}
        for c in found
    ]  # fmt: skip
