"""The four lists of a city's work: economic indicators, quantified tasks, livelihood matters, and the qualitative rest.

They are decomposed by separate notices (Ezhou: docs/sources.md). The category follows from words and numbers, with its
reason; the office may place a commitment otherwise by an entry, and that stands.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from duban.ledger import Book
from duban.ledger.states import CommitmentState
from duban.ledger.year.placings import CATEGORIES

__all__ = ["CATEGORIES", "UNPLACED", "Category", "category_of"]


@dataclass(frozen=True, slots=True)
class Category:
    """One of `CATEGORIES`, the code of the reason, and what the reason rests on."""

    name: str
    code: str
    data: Mapping[str, str] = field(default_factory=dict)


UNPLACED = Category("qualitative", "category.qualitative")


@cache
def _lexicon() -> Mapping[str, tuple[str, ...]]:
    found = tomllib.loads((files("duban.assess") / "categories.toml").read_text("utf-8"))
    return {name: tuple(words) for name, words in found.items()}


def category_of(book: Book, state: CommitmentState) -> Category:
    """Where a commitment belongs: where the office placed it, else livelihood before indicator before number."""
    placed = book.placings.get(state.read.id)
    if placed is not None:
        return Category(
            placed.body.category, "category.placed", {"by": placed.actor, "reason": placed.body.reason}
        )
    one = state.read
    if word := _first(_lexicon()["livelihood"], f"{one.text}|{one.work}|{one.action}|{one.section}"):
        return Category("livelihood", "category.livelihood", {"word": word})
    claims = [book.claims[c].claim for c in one.claims if c in book.claims and not book.claims[c].dropped]
    numbers = [claim for claim in claims if claim.value is not None]
    for claim in numbers:
        if word := _first(_lexicon()["indicators"], claim.indicator or ""):
            return Category("indicator", "category.indicator", {"word": word})
    if numbers:
        return Category(
            "quantified", "category.quantified", {"indicator": numbers[0].indicator or numbers[0].number}
        )
    return UNPLACED


def _first(words: tuple[str, ...], text: str) -> str:
    """The first of these words in the text; "" for none."""
    return next((word for word in words if word in text), "")
