"""What a reader should see first: lights by how pressing they are, and the few that stand on top."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from duban.assess.lights import Light
from duban.ledger import Book

WORST = ("red", "orange", "yellow", "blue", "grey", "green")
ON_TOP = 5  # few things: five, chosen by rule and changeable by hand
_PRESSING = ("red", "orange", "yellow")


def on_top(book: Book, lights: Mapping[str, Light]) -> list[Light]:
    """What the office put on top by hand; else the reds and yellows furthest behind, longest first."""
    chosen = [lights[key] for key in book.priority if key in lights]
    if chosen:
        return chosen[:ON_TOP]
    pressing = (light for light in lights.values() if light.colour in _PRESSING)
    return sorted(pressing, key=pressure)[:ON_TOP]


def pressure(light: Light) -> tuple[int, Decimal, str]:
    """The order of lights by how pressing they are: colour, then points behind, then key."""
    return WORST.index(light.colour), -(light.facts.points_behind or Decimal(0)), light.key


def worst(found: Iterable[Light]) -> Light | None:
    """The light that a reader should see first; None of none."""
    return min(found, key=lambda light: WORST.index(light.colour), default=None)


def tally(found: Iterable[Light]) -> dict[str, int]:
    """How many lights of each colour, the worst first; colours that do not occur are left out."""
    counts = dict.fromkeys(WORST, 0)
    for light in found:
        counts[light.colour] += 1
    return {colour: n for colour, n in counts.items() if n}
