"""Values of registers as people read them."""

from decimal import Decimal

from duban.registers.field import Field
from duban.registers.register import Register

_PLACES = Decimal("0.01")
_LONG = 10_000  # whole numbers without a unit below this are read as they are: 2024


# What units are called in English; what only counts things (家, 个, 项) needs no word there.
_ENGLISH = {
    "亿元": "×100m yuan", "万元": "×10k yuan", "元": "yuan", "万人": "×10k people", "人": "people", "年": "years",
    "天": "days", "次": "times", "票": "votes", "分": "points", "公里": "km", "平方米": "m²", "万平方米": "×10k m²", "亩": "mu",
    "公顷": "ha", "吨": "t", "万吨": "×10k t", "套": "flats", **dict.fromkeys("个项件处户家条笔所场", ""),
}  # fmt: skip


def unit(of: str, language: str) -> str:
    """What a number counts in."""
    return _ENGLISH.get(of, of) if language == "en" else of


def head(field: Field, language: str) -> str:
    """The head of a field, with its unit in the language of the page."""
    if language != "en":
        return field.label(language)
    told = unit(field.unit, language)
    return f"{field.en} ({told})" if told else field.en


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
        return head(register.named[name], language)
    if name.startswith("at_") and name[3:] in register.staged:
        stage = register.staged[name[3:]].label(language)
        return f"day of “{stage}”" if language == "en" else f"{stage}日期"
    return name
