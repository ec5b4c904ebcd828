"""Faults of the text itself. One function a check; every finding has its place and its figures."""

from collections.abc import Sequence

from duban.read.lint.characters import check_characters
from duban.read.lint.figures import check_figures
from duban.read.lint.halves import check_halves
from duban.read.lint.places import place_claims
from duban.read.lint.promises import check_promises
from duban.read.lint.sections import check_sections
from duban.read.lint.twice import check_twice
from duban.read.model import Claim, Clean, Commitment, Finding, Link, Outline, Source

__all__ = ["find_faults"]


def find_faults(
    source: Source,
    clean: Clean,
    outline: Outline,
    claims: Sequence[Claim],
    commitments: Sequence[Commitment],
    links: Sequence[Link],
) -> tuple[Finding, ...]:
    """All findings in text order."""
    placed = place_claims(clean, outline, claims)
    found = [
        *check_sections(clean, outline),
        *check_characters(source, clean),
        *check_figures(clean, outline, placed),
        *check_twice(clean, outline, placed, commitments),
        *check_halves(placed, links),
        *check_promises(placed, commitments, outline.year, clean, outline),
    ]
    return tuple(sorted({f.id: f for f in found}.values(), key=lambda f: (f.start, f.code)))
