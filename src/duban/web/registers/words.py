"""Values of registers as people read them."""

from decimal import Decimal

from duban.registers.field import Field
from duban.registers.register import Register

_PLACES = Decimal("0.01")
_LONG = 10_000  # whole numbers without a unit below this are read as they are: 2024


def number(value: Decimal | int | None) -> str:
    """A figure with thousands apart and two decimals at most; "—" for one that is missing."""
    if value is None:
        return "—"
    told = Decimal(value)
    if abs(told) < 10**24 and told != told.quantize(_PLACES):
        told = told.quantize(_PLACES)
    return f"{told.normalize() + 0:,f}"


def value(field: Field, stored: str, language: str) -> str:
    """A stored value in words; numbers with all their digits, thousands apart but in years and the like."""
    if field.numeric and stored:
        told = Decimal(stored)
        return f"{told:,f}" if field.unit or abs(told) >= _LONG else f"{told:f}"
    return field.shown(stored, language)


def column(register: Register, name: str, language: str) -> str:
    """The head of a column: a field's label, or of which stage it is the day."""
    if name in register.named:
        return register.named[name].label(language)
    if name.startswith("at_") and name[3:] in register.staged:
        stage = register.staged[name[3:]].label(language)
        return f"day of “{stage}”" if language == "en" else f"{stage}日期"
    return name
