"""A field of a register: what it holds, in which unit, who sees and keeps it.

From a register's fields come its form, its Excel template, the check of what comes in, the columns of its tables,
and its page of documentation: whatever is said of a field is said here once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

TYPES = ("text", "number", "integer", "date", "yes", "choice", "unit", "reference", "point")
STATUSES = ("required", "optional", "derived", "retired")
LEVELS = ("open", "inner", "own")  # seen by everybody, by who signs in, by the record's unit and the office
KEEPERS = ("own", "office")  # changed by the record's unit and the office, by the office alone


@dataclass(frozen=True, slots=True)
class Code:
    """One of the values of a choice: as stored, and as shown. `also` are other words that files have for it."""

    value: str
    zh: str
    en: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a register. `unit` is what a number counts in; `to` the register that a reference points to.

    `status`: a derived field is worked out by the pack and never asked; a retired one is asked no more and shown
    where old records have it. `also` are other heads under which files bring it. Lists are searched in the fields
    with `search`; in a register that has none, in `Register.searched`.
    """

    name: str
    type: str
    zh: str
    en: str
    unit: str = ""
    status: str = "optional"
    codes: tuple[Code, ...] = ()
    to: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    seen: str = "open"
    keeper: str = "own"
    also: tuple[str, ...] = ()
    help_zh: str = ""
    help_en: str = ""
    search: bool = False

    def __post_init__(self) -> None:
        known = ((self.type, TYPES), (self.status, STATUSES), (self.seen, LEVELS), (self.keeper, KEEPERS))
        for word, allowed in known:
            if word not in allowed:
                raise ValueError(f"field {self.name}: {word!r} is none of {', '.join(allowed)}")
        if self.search and self.type in ("date", "number", "integer", "yes", "point"):
            raise ValueError(f"field {self.name}: words are looked for in words alone")
        if (self.type == "choice") != bool(self.codes):
            raise ValueError(f"field {self.name}: a choice has codes, and nothing else has")
        if not self.name.isidentifier() or self.name.startswith("at_") or self.name in RESERVED:
            raise ValueError(f"{self.name!r} cannot name a field")

    @property
    def required(self) -> bool:
        """Whether a record must have it."""
        return self.status == "required"

    @property
    def asked(self) -> bool:
        """Whether people fill it in."""
        return self.status in ("required", "optional")

    @property
    def numeric(self) -> bool:
        """Whether it counts something."""
        return self.type in ("number", "integer")

    def label(self, language: str) -> str:
        """Its head in a language, with its unit."""
        name = self.en if language == "en" else self.zh
        return (
            f"{name}（{self.unit}）"
            if self.unit and language != "en"
            else f"{name} ({self.unit})"
            if self.unit
            else name
        )

    def shown(self, value: object, language: str) -> str:
        """A stored value as people read it: a choice in words, yes as 是, numbers with their own digits."""
        if value is None or value == "":
            return ""
        if self.type == "choice":
            code = next((c for c in self.codes if c.value == value), None)
            return str(value) if code is None else code.en if language == "en" else code.zh
        if self.type == "yes":
            yes = value in (True, "yes")
            return ("yes" if yes else "no") if language == "en" else ("是" if yes else "否")
        return f"{value:f}" if isinstance(value, Decimal) else str(value)


RESERVED = ("id", "stage")  # columns that every register has


def needed(*fields: Field) -> tuple[Field, ...]:
    """The same fields, required."""
    return tuple(replace(field, status="required") for field in fields)


def text(name: str, zh: str, en: str, **more: object) -> Field:
    """A line of words."""
    return Field(name, "text", zh, en, **more)  # type: ignore[arg-type]


def number(name: str, zh: str, en: str, unit: str = "", **more: object) -> Field:
    """A decimal number, 0 or more unless `low` says otherwise."""
    more.setdefault("low", Decimal(0))
    return Field(name, "number", zh, en, unit, **more)  # type: ignore[arg-type]


def integer(name: str, zh: str, en: str, unit: str = "", **more: object) -> Field:
    """A whole number, 0 or more unless `low` says otherwise."""
    more.setdefault("low", Decimal(0))
    return Field(name, "integer", zh, en, unit, **more)  # type: ignore[arg-type]


def money(name: str, zh: str, en: str, unit: str = "万元", **more: object) -> Field:
    """Money; figures in 元, 万元 or 亿元 that come with their unit are converted exactly."""
    return number(name, zh, en, unit, **more)


def day(name: str, zh: str, en: str, **more: object) -> Field:
    """A date."""
    return Field(name, "date", zh, en, **more)  # type: ignore[arg-type]


def yes(name: str, zh: str, en: str, **more: object) -> Field:
    """Yes or no; missing is neither."""
    return Field(name, "yes", zh, en, **more)  # type: ignore[arg-type]


def choice(name: str, zh: str, en: str, codes: Iterable[tuple[str, ...]], **more: object) -> Field:
    """One of several values, each (value, zh, en, other words …)."""
    listed = tuple(Code(c[0], c[1], c[2], tuple(c[3:])) for c in codes)
    return Field(name, "choice", zh, en, codes=listed, **more)  # type: ignore[arg-type]


def unit(name: str, zh: str, en: str, **more: object) -> Field:
    """A unit of the city, by name; its code where the tree knows it."""
    return Field(name, "unit", zh, en, **more)  # type: ignore[arg-type]


def reference(name: str, zh: str, en: str, to: str, **more: object) -> Field:
    """The id of a record of another register."""
    return Field(name, "reference", zh, en, to=to, **more)  # type: ignore[arg-type]


def point(name: str, zh: str, en: str, **more: object) -> Field:
    """A place as "longitude,latitude" in degrees."""
    return Field(name, "point", zh, en, **more)  # type: ignore[arg-type]
