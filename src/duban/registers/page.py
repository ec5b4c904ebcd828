"""What a pack's own page is made of: blocks of facts, which the web draws. Numbers are decimals, never pictures of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote

_SIGNS = str.maketrans({sign: quote(sign, safe="") for sign in ' "#%&+/;<=>?\\'})
TONES = ("", "good", "warn", "bad", "quiet")


def address(register: str, id: str = "", **asked: str) -> str:
    """The address of a record, or of a register's list with these filters, whatever signs they are written with."""
    told = "&".join(f"{name}={value.translate(_SIGNS)}" for name, value in asked.items())
    return f"/r/{register}{'/' if id else ''}{id.translate(_SIGNS)}{'?' if told else ''}{told}"


@dataclass(frozen=True, slots=True)
class Number:
    """One large figure with its name, unit and a remark. `indicator` leads to its definition and its records."""

    label: str
    value: Decimal | int | None
    unit: str = ""
    note: str = ""
    tone: str = ""
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class Numbers:
    """A row of large figures."""

    every: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A length with its name. `mark` is where a target stands; `link` an address on this site."""

    label: str
    value: Decimal | int | None
    note: str = ""
    tone: str = ""
    mark: Decimal | int | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Lengths to compare, in the order given, on one scale from 0. `marks` says what their marks are, if no targets."""

    title: str
    every: tuple[Bar, ...]
    unit: str = ""
    note: str = ""
    marks: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `tone` colours it, `link` is an address on this site."""

    text: str
    tone: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: heads and rows of cells, the first cell of a row being its head."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Values by period, None where there is none."""

    label: str
    values: Sequence[Decimal | int | None]


@dataclass(frozen=True, slots=True)
class Lines:
    """Curves over the same periods."""

    title: str
    periods: tuple[str, ...]
    lines: tuple[Line, ...]
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A stage of a pipeline: how many stand there, how many of them too long."""

    label: str
    count: int
    late: int = 0
    note: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Steps:
    """A pipeline from the first stage to the last."""

    title: str
    every: tuple[Step, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph, under a heading where it has one."""

    text: str
    title: str = ""
    tone: str = ""


Block = Numbers | Bars | Grid | Lines | Steps | Said
