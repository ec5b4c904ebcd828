"""Faults of the text itself. One function a check; every finding has its place and its figures."""

from collections.abc import Sequence

from duban.read.lint.characters import check_characters
from duban.read.lint.figures import check_figures
from duban.read.lint.promises import check_promises
from duban.read.lint.sections import check_sections
from duban.read.model import Claim, Clean, Commitment, Finding, Outline, Source

__all__ = ["find_faults"]


def find_faults(
    source: Source, clean: Clean, outline: Outline, claims: Sequence[Claim], commitments: Sequence[Commitment]
) -> tuple[Finding, ...]:
    """All findings in text order."""
    found = [
        *check_sections(outline),
        *check_characters(source, clean),
        *check_figures(clean, outline, claims),
        *check_promises(claims, commitments),
    ]
    return tuple(sorted(found, key=lambda f: (f.start, f.code)))
