"""Which values a claim's fields may hold (docs/glossary.md), checked before a person's decision is written."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

ROLES = ("claim", "attribute", "name")
TENSES = ("target", "actual", "background")
MEASURES = ("level", "increment", "growth", "change", "share", "rank", "duration")
COMPARATORS = ("eq", "ge", "le", "approx", "range")
LONGEST = 200  # characters of an indicator, a unit, or a due date in words

_DATELIKE = re.compile(r"\d{1,4}[-/.]\d{1,2}([-/.]\d{1,2})?")


def is_decimal(text: str) -> bool:
    """True for a finite decimal written with digits only ("4.30", "-2"), as a claim's value is."""
    try:
        return Decimal(text).is_finite() and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) is not None
    except InvalidOperation:
        return False


def is_due(text: str) -> bool:
    """True for YYYY-MM-DD, or words that are no attempt at a date ("雨季前")."""
    if _DATELIKE.fullmatch(text):
        try:
            return date.fromisoformat(text).isoformat() == text
        except ValueError:
            return False
    return is_words(text)


def is_words(text: str) -> bool:
    """True for one line of printable text that is not blank and not endless."""
    return bool(text.strip()) and text.isprintable() and len(text) <= LONGEST


def _one_of(known: tuple[str, ...]) -> Callable[[str], bool]:
    return lambda text: text in known


# field -> (whether a value may stand there, the values to name when it may not)
FIELDS: dict[str, tuple[Callable[[str], bool], tuple[str, ...]]] = {
    "role": (_one_of(ROLES), ROLES),
    "tense": (_one_of(TENSES), TENSES),
    "indicator": (is_words, ()),
    "measure": (_one_of(MEASURES), MEASURES),
    "value": (is_decimal, ()),
    "high": (is_decimal, ()),
    "unit": (is_words, ()),
    "comparator": (_one_of(COMPARATORS), COMPARATORS),
    "due": (is_due, ()),
}
NEVER_EMPTY = ("role",)
