"""Which unit should lead a promise: suggested from the words of its duties, confirmed by the office."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from duban.read.lexicon import load

SURROUNDINGS = 0.3  # a word of the heading says less than one of the promise itself


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A unit that may lead, with the duty words that speak for it and how strongly (0 to 1, over all units)."""

    code: str
    name: str
    words: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Duties:
    """A unit and the words of its duties."""

    code: str
    name: str
    words: tuple[str, ...]


@cache
def departments() -> tuple[Duties, ...]:
    """The municipal departments of the lexicon `departments`."""
    return tuple(
        Duties(code, unit["name"], tuple(unit.get("duties", ())))
        for code, unit in load("departments").items()
    )


def suggest(
    text: str, heading: str = "", units: Iterable[Duties] | None = None, limit: int = 3
) -> tuple[Suggestion, ...]:
    """The units whose duties `text` (a promise) and its `heading` name, the likeliest first; () for none.

    A word weighs by its length and by how few units have it; one inside a longer found word is not counted.
    """
    known = tuple(units) if units is not None else departments()
    weights = _weights(known)
    scores: dict[str, float] = {}
    found: dict[str, tuple[str, ...]] = {}
    for unit in known:
        own, around = _in(text, unit.words), _in(heading, unit.words)
        scores[unit.code] = sum(weights[w] for w in own) + SURROUNDINGS * sum(weights[w] for w in around)
        found[unit.code] = (*own, *(w for w in around if w not in own))
    total = sum(scores.values())
    likely = sorted((u for u in known if scores[u.code] > 0), key=lambda u: -scores[u.code])
    return tuple(
        Suggestion(u.code, u.name, found[u.code], round(scores[u.code] / total, 3)) for u in likely[:limit]
    )


def _in(text: str, words: tuple[str, ...]) -> tuple[str, ...]:
    hits = [word for word in words if word in text]
    return tuple(w for w in hits if not any(w != longer and w in longer for longer in hits))


def _weights(units: tuple[Duties, ...]) -> Mapping[str, float]:
    count: dict[str, int] = {}
    for unit in units:
        for word in unit.words:
            count[word] = count.get(word, 0) + 1
    return {word: math.sqrt(len(word)) / n for word, n in count.items()}
