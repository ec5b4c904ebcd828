"""Texts from forms and files as the values that a field holds; what cannot be read becomes a problem."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from duban.core.problem import Problem, both
from duban.registers.expression import Value
from duban.registers.field import Field

LONGEST = 2000  # characters of a text
NOTHING = ("-", "—", "/")  # what people write into a cell that has nothing
WHOLE_DIGITS, PLACES = (
    18,
    10,
)  # of a figure: more is no measure of anything, and would be rounded when it is added
_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+|(?=\.))(?:\.(\d+))?\s*(\D*)")
_DEGREES = re.compile(r"([+-]?\d{1,3}(?:\.\d{1,12})?)[,，\s]+([+-]?\d{1,2}(?:\.\d{1,12})?)")
_SPACES = {0x3000: " ", 0xA0: " "}  # Chinese paragraphs begin with two of the first
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]00:00(?::00)?)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YES = {"是": "yes", "有": "yes", "yes": "yes", "y": "yes", "true": "yes", "1": "yes", "√": "yes",
        "否": "no", "无": "no", "no": "no", "n": "no", "false": "no", "0": "no", "×": "no"}  # fmt: skip
# Steps between units of one kind; what is not here is not converted.
_SCALES = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "亿元": Decimal(100_000_000),
           "平方米": Decimal(1), "万平方米": Decimal(10_000), "公顷": Decimal(10_000),
           "吨": Decimal(1), "万吨": Decimal(10_000)}  # fmt: skip
_GROUPS = (("元", "千元", "万元", "亿元"), ("平方米", "万平方米", "公顷"), ("吨", "万吨"))


def read(field: Field, raw: str, place: str, *, unit: str = "") -> tuple[str, Problem | None]:
    """A text as the field stores it ("" for nothing), and what is wrong with it.

    `unit` is what the column's own head counts in, where it says so: 亿元 over a field in 万元 is converted.
    """
    told = raw.strip()
    if not told.isascii() and field.type not in ("text", "unit"):
        told = unicodedata.normalize("NFKC", told).strip()
    if not told or told in NOTHING:
        return "", None
    return _READERS[field.type](field, told, place, unit)


def _fault(code: str, field: Field, place: str, value: str, **more: str | int) -> tuple[str, Problem]:
    data: dict[str, str | int] = {"field": both(field.zh, field.en), "value": value[:40], **more}
    return "", Problem(f"record.{code}", place, data)


def _text(field: Field, told: str, place: str, unit: str) -> tuple[str, Problem | None]:
    told = told.translate(_SPACES)
    if len(told) > LONGEST:
        return _fault("too_long", field, place, told, limit=LONGEST)
    if not told.isprintable() and not all(c.isprintable() or c in "\n\t" for c in told):
        return _fault("unprintable", field, place, "")
    return told, None


def _number(field: Field, told: str, place: str, unit: str) -> tuple[str, Problem | None]:
    if (
        told.isdigit()
        and told.isascii()
        and unit in ("", field.unit)
        and len(told) <= WHOLE_DIGITS
        and field.low == 0
        and field.high is None
    ):
        return str(int(told)), None  # most figures are so
    found = _NUMBER.fullmatch(told)
    if found is None:
        return _fault("not_a_number", field, place, told)
    sign, whole, places = found[1], found[2].replace(",", "").lstrip("0"), (found[3] or "").rstrip("0")
    if len(whole) > WHOLE_DIGITS or len(places) > PLACES:
        return _fault("too_many_digits", field, place, told, whole=WHOLE_DIGITS, places=PLACES)
    value = Decimal(f"{sign}{whole or 0}.{places or 0}")
    own = found[4].strip() or unit
    if own and own != field.unit:
        times = scale(own, field.unit)
        if times is None:
            return _fault("other_unit", field, place, told, unit=field.unit or "—")
        value *= times
    if field.type == "integer" and value != value.to_integral_value():
        return _fault("not_whole", field, place, told)
    if field.low is not None and value < field.low:
        return _fault("too_small", field, place, told, limit=f"{field.low:f}")
    if field.high is not None and value > field.high:
        return _fault("too_large", field, place, told, limit=f"{field.high:f}")
    return f"{value.normalize() + 0:f}", None


def known_unit(text: str) -> bool:
    """Whether a text is a unit between which and others of its kind figures are converted."""
    return text in _SCALES


def scale(given: str, wanted: str) -> Decimal | None:
    """By what a figure in one unit is multiplied to be in another; None where they do not measure the same."""
    if not any(given in group and wanted in group for group in _GROUPS):
        return None
    return _SCALES[given] / _SCALES[wanted]


def _date(field: Field, told: str, place: str, unit: str) -> tuple[str, Problem | None]:
    found = _DATE.fullmatch(told) or _COMPACT.fullmatch(told)
    try:
        return (
            (date(*map(int, found.groups())).isoformat(), None)
            if found
            else _fault("not_a_date", field, place, told)
        )
    except ValueError:
        return _fault("no_such_day", field, place, told)


def _yes(field: Field, told: str, place: str, unit: str) -> tuple[str, Problem | None]:
    known = _YES.get(told.lower())
    return (known, None) if known else _fault("not_yes_or_no", field, place, told)


def _choice(field: Field, told: str, place: str, unit: str) -> tuple[str, Problem | None]:
    for code in field.codes:
        named = (code.value, code.zh, *code.also)
        if told in named or told.lower() == code.en.lower() or told in map(_settled, named):
            return code.value, None
    return _fault(
        "unknown_code",
        field,
        place,
        told,
        known=both("、".join(c.zh for c in field.codes), ", ".join(c.en for c in field.codes)),
    )


def _settled(text: str) -> str:
    """A word as it looks after full-width signs were made plain."""
    return unicodedata.normalize("NFKC", text)


def _reference(field: Field, told: str, place: str, unit: str) -> tuple[str, Problem | None]:
    """The id of the record that is meant, as ids are made of keys (see `record.joined`)."""
    return _text(field, told.replace("/", "∕"), place, unit)


def _point(field: Field, told: str, place: str, unit: str) -> tuple[str, Problem | None]:
    found = _DEGREES.fullmatch(told)
    if found is None:
        return _fault("not_a_point", field, place, told)
    longitude, latitude = Decimal(found[1]), Decimal(found[2])
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        return _fault("not_a_point", field, place, told)
    return f"{longitude:f},{latitude:f}", None


_READERS: dict[str, Callable[[Field, str, str, str], tuple[str, Problem | None]]] = {
    "text": _text, "unit": _text, "reference": _reference, "number": _number, "integer": _number, "date": _date,
    "yes": _yes, "choice": _choice, "point": _point,
}  # fmt: skip

_TYPED: dict[str, Callable[[str], Value]] = {
    "number": Decimal, "integer": int, "date": date.fromisoformat, "yes": lambda stored: stored == "yes",
}  # fmt: skip


def typed(field: Field, stored: str) -> Value:
    """A stored text as the value that rules and indicators work with; None for nothing."""
    if not stored:
        return None
    make = _TYPED.get(field.type)
    return make(stored) if make else stored


def stored(value: Value) -> str:
    """A value as it is stored: dates in ISO form, decimals with their digits, yes and no."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return (
        f"{value.normalize() + 0:f}"
        if isinstance(value, Decimal)
        else value.isoformat()
        if isinstance(value, date)
        else str(value)
    )
