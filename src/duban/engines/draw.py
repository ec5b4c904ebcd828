"""A draw of lots that anyone can repeat: who is drawn follows from the seed and the candidates alone.

Method `sha256-ascending`: for each candidate take SHA-256 of seed, line feed and candidate (UTF-8), in hexadecimal;
the share's number of candidates with the smallest digests are drawn, rounded up. docs/supervision.md has it in
five lines that need nothing of duban.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

METHOD = "sha256-ascending"


@dataclass(frozen=True, slots=True)
class Draw:
    """What was drawn: `among` in sorted order, `drawn` in order of their digests."""

    seed: str
    share: Decimal
    among: tuple[str, ...]
    drawn: tuple[str, ...]


def draw(candidates: Iterable[str], share: Decimal, seed: str) -> Draw:
    """Draw `share` (over 0, at most 1) of the candidates, each counted once; of any at all at least one is drawn.

    Raises ValueError for a share out of bounds or an empty seed.
    """
    if not 0 < share <= 1:
        raise ValueError(f"a share of {share} cannot be drawn")
    if not seed:
        raise ValueError("a draw needs a seed")
    among = tuple(sorted(set(candidates)))
    count = int((share * len(among)).to_integral_value(ROUND_CEILING))
    return Draw(seed, share, among, tuple(sorted(among, key=lambda one: digest(seed, one)))[:count])


def digest(seed: str, candidate: str) -> str:
    """The lot of a candidate: 64 hexadecimal digits."""
    return hashlib.sha256(f"{seed}\n{candidate}".encode()).hexdigest()
