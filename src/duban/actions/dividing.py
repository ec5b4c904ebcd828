"""A number of a commitment divided among units by a rule: a draft of a split, which its lead may still change."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from duban.actions.context import refused
from duban.actions.splits import claims_of
from duban.actions.tasks import commitment_of
from duban.core.measure import OVER_UNITS
from duban.ledger import Book
from duban.ledger.bodies import ClaimRead, Item
from duban.ledger.year.tasks import Part
from duban.ledger.year.units import UnitState, unit_named
from duban.plan.divide import divide, grain_of

RULES = ("equal", "last_year", "capacity")
MOST = 40  # units among which a number may be divided: as many as a split has rows
_LINE = re.compile(r"^(?P<name>.*?)[\s,，:：、]*(?P<weight>-?[\d,，]*\.?\d+)?\s*$")


@dataclass(frozen=True, slots=True)
class Division:
    """Items with their parts, and the sentence that says how they came."""

    items: tuple[Item, ...]
    parts: tuple[Part, ...]
    reason: str


def divided(book: Book, commitment: str, claim: str, by: str, among: str) -> Division:
    """The draft of a split: `among` has a line for each unit, with its weight unless all get the same (`by`: `RULES`).

    Parts of a number that adds make the whole to its last decimal; a number that never adds (growth, rank) is given
    to each unit as it is. Raises `Refused` naming the line that cannot be read, the unit that is not known or
    stands twice, or the weights that divide nothing.
    """
    place = f"commitment/{commitment}"
    state = commitment_of(book, commitment)
    told = next((c for c in claims_of(book, commitment) if c.id == claim), None)
    if told is None or told.value is None:
        raise refused("split.claim_unknown", place, claim=claim[:40])
    if by not in RULES:
        raise refused("division.rule_unknown", place, rule=by[:40])
    weights = _weights(book, place, by, among)
    values = _values(told, weights, place)
    name = told.indicator or state.read.head
    items = tuple(
        Item(commitment, f"{name}（{unit}）", unit, due=told.due or state.read.due) for unit in weights
    )
    return Division(items, tuple(Part(claim, value) for value in values), _told(by, weights))


def _values(told: ClaimRead, weights: dict[str, Decimal], place: str) -> list[Decimal]:
    value = told.value or Decimal(0)
    if OVER_UNITS.get(told.measure or "") != "sum":
        return [value] * len(weights)
    try:
        parts = divide(value, weights, grain_of(value))
    except ValueError:
        raise refused("division.no_weights", place) from None
    return [parts[unit] for unit in weights]


def _weights(book: Book, place: str, by: str, among: str) -> dict[str, Decimal]:
    """The units' full names with their weights, in the order of the lines."""
    found: dict[str, Decimal] = {}
    lines = [(n, line.strip()) for n, line in enumerate(among.splitlines(), 1) if line.strip()]
    if not 0 < len(lines) <= MOST:
        raise refused("division.lines", place, lines=len(lines), most=MOST)
    for n, line in lines:
        unit, weight = _read(book, line, place, n)
        if by == "equal":
            weight = Decimal(1)
        if weight is None or weight < 0:
            raise refused("division.weight", place, line=n, words=line[:40])
        if unit.name in found:
            raise refused("division.twice", place, line=n, unit=unit.name)
        found[unit.name] = weight
    return found


def _read(book: Book, line: str, place: str, n: int) -> tuple[UnitState, Decimal | None]:
    match = _LINE.match(line)
    name, number = (match["name"], match["weight"]) if match else (line, None)
    unit = unit_named(book, line) or unit_named(book, name)
    if unit is None or unit.closed is not None:
        raise refused("division.unit_unknown", place, line=n, unit=name[:40])
    try:
        return unit, Decimal(number.replace(",", "").replace("，", "")) if number else None
    except InvalidOperation:
        raise refused("division.weight", place, line=n, words=line[:40]) from None


_BY = {"equal": "平均", "last_year": "按去年数的比例", "capacity": "按能力的比例"}


def _told(by: str, weights: dict[str, Decimal]) -> str:
    shares = (
        "" if by == "equal" else "：" + "、".join(f"{unit} {weight:f}" for unit, weight in weights.items())
    )
    return f"{_BY[by]}分解{shares}"
