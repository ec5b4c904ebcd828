"""What is asked of a register by the words of an address: as one condition and one order, which any engine answers.

Nothing here knows a request, so that a file can be made beside the server from the same words.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import reduce
from operator import and_, or_

from duban.core.period import Period, chinese, period
from duban.packs import indicator_named
from duban.registers.amount import Amount, Quotient, behind
from duban.registers.expression import Column, Constant, Expression, Value, columns
from duban.registers.field import Field
from duban.registers.indicator import Indicator, Order, parameters
from duban.registers.pack import Pack
from duban.registers.plain import Parameters
from duban.registers.register import Register
from duban.registers.typed import typed

EXACT = ("choice", "yes", "unit", "reference")  # types of fields that are asked for by one value
PARTS = ("", "top", "bottom")
_LONGEST, _DIGITS = 200, 24  # letters of an answer, and of a number in one
_YES: Expression = Constant(True)


@dataclass(frozen=True)
class Behind:
    """The records behind a figure: an indicator, a period, a group and a part of it."""

    pack: Pack
    indicator: Indicator
    period: Period
    by: str
    group: str
    part: str

    @classmethod
    def of(cls, register: Register, told: Mapping[str, str], day: date) -> "Behind | None":
        """What an address says; None where it names no figure of this register."""
        named = indicator_named(told.get("behind", ""))
        when = _period(told.get("period", "") or str(day.year))
        if named is None or named[1].register != register.name or when is None:
            return None
        by = told.get("by", "") if told.get("by", "") in register.named else ""
        part = told.get("part", "") if told.get("part", "") in PARTS else ""
        return cls(*named, when, by, told.get("of", ""), part)

    @property
    def condition(self) -> Expression:
        """What holds for every record behind the figure, of whatever group."""
        figure: Amount = self.indicator.figure
        if self.part and isinstance(figure, Quotient):
            return behind(figure.top if self.part == "top" else figure.bottom)
        return behind(figure)

    def words(self, language: str) -> str:
        """Which figure it is, in words."""
        english = language == "en"
        when = self.period.code if english else chinese(self.period)
        group = f" · {self.group}" if self.by else ""
        parts = {"": ("", ""), "top": ("（分子）", " (numerator)"), "bottom": ("（分母）", " (denominator)")}
        return f"{self.indicator.label(language)}{parts[self.part][english]} · {when}{group}"


@dataclass(frozen=True)
class Question:
    """The filters of a list: `values` by field, `spans` (from, to) by column of days or numbers, and its order.

    `late` and `disputed` are asked of kept registers alone, and are no part of the condition for engines.
    """

    register: Register
    q: str = ""
    stage: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    spans: Mapping[str, tuple[Value, Value]] = field(default_factory=dict)
    behind: Behind | None = None
    sort: str = ""
    late: bool = False
    disputed: bool = False

    @classmethod
    def of(cls, register: Register, told: Mapping[str, str], day: date) -> "Question":
        """What the words of an address ask; what the register does not know is not asked."""
        told = {name: value[:_LONGEST] for name, value in told.items() if value}
        sort = told.get("sort", "")
        return cls(
            register,
            told.get("q", "").strip(),
            told["stage"] if told.get("stage") in register.staged else "",
            {name: told[name] for name in exact(register) if name in told},
            _spans(register, told),
            Behind.of(register, told, day),
            sort if sort.removeprefix("-") in sortable(register) else "",
            told.get("late") == "1" and register.kind == "kept",
            told.get("disputed") == "1" and register.kind == "kept",
        )

    def where(self, *, stages: bool = True) -> Expression:
        """The condition that the records asked for meet; with `stages` false whatever their stage is."""
        told = [same(self.register, name, value) for name, value in self.values.items()]
        told += [_within(name, span) for name, span in self.spans.items()]
        told += [Column("stage") == self.stage] if stages and self.stage else []
        if self.behind:
            told.append(self.behind.condition)
            told += [same(self.register, self.behind.by, self.behind.group)] if self.behind.by else []
        told += [having(self.register, self.q)] if self.q else []
        return reduce(and_, told) if told else _YES

    def parameters(self, day: date) -> Parameters:
        """What the condition's parameters are."""
        return parameters(self.behind.period, day) if self.behind else {}

    @property
    def filtered(self) -> bool:
        """Whether anything but the stage is asked for."""
        return bool(self.q or self.late or self.disputed or self.values or self.spans or self.behind)

    @property
    def filters(self) -> Hashable:
        """The same for the same filters but for the stage."""
        behind = self.behind
        told = behind and (
            behind.pack.name,
            behind.indicator.name,
            behind.period.code,
            behind.by,
            behind.group,
            behind.part,
        )
        return (self.q, self.late, self.disputed, *self.values.items(), None, *self.spans.items(), told)

    @property
    def key(self) -> Hashable:
        """The same for the same question of a register."""
        return (self.filters, self.stage, self.sort)

    @property
    def reads(self) -> frozenset[str]:
        """The columns by which is filtered, beside those that are searched."""
        behind = (columns(self.behind.condition) | {self.behind.by}) - {""} if self.behind else frozenset()
        return frozenset({*self.values, *self.spans, *behind})

    @property
    def order(self) -> Order:
        """The columns that the list is sorted by."""
        name = self.sort.removeprefix("-")
        return [(name, self.sort.startswith("-"))] if name in self.register.columns else []


def exact(register: Register) -> tuple[str, ...]:
    """The fields that are asked for by one value: choices, units, references, and what lists are grouped by."""
    return tuple(f.name for f in register.fields if f.type in EXACT or f.name in register.groups)


def spanned(register: Register) -> tuple[tuple[str, str], ...]:
    """The columns that are asked for from one value to another, with their types."""
    types = ("date", "number", "integer")
    return tuple((name, kind) for name, kind in register.columns.items() if kind in types)


def sortable(register: Register) -> tuple[str, ...]:
    """By what a list may be sorted. Deadlines are worked out record by record, so a fed register has no order by them."""
    fields = (f.name for f in register.fields if f.type != "point")
    return ("id", *(("due", "late", "since") if register.kind == "kept" else ()), *fields, "stage")


def same(register: Register, name: str, text: str) -> Expression:
    """Whether a field has the value that a text says; nothing has one that is no value of the field."""
    column: Field | None = register.named.get(name)
    if column and column.type == "yes":
        told = {"yes": True, "True": True, "no": False, "False": False}.get(text)
        return Constant(False) if told is None else Column(name) == told
    try:
        value = typed(column, text) if column else text
    except (ValueError, InvalidOperation):
        return Constant(False)
    long = isinstance(value, Decimal | int) and len(text) > _DIGITS
    return Constant(False) if long else Column(name) == value


def having(register: Register, words: str) -> Expression:
    """Whether one of the fields that are searched says these words; a choice in either language."""
    found: list[Expression] = [Column("id").has(words)]
    for column in (register.named[name] for name in register.searched):
        name = column.name
        if not column.codes:
            found.append(Column(name).has(words))
            continue
        small = words.lower()
        codes = [code.value for code in column.codes if small in f"{code.zh} {code.en}".lower()]
        found += [Column(name).among(*codes)] if codes else []
    return reduce(or_, found)


def _within(name: str, span: tuple[Value, Value]) -> Expression:
    low, high = span
    ends = [] if low is None else [Column(name) >= low]
    return reduce(and_, ends if high is None else [*ends, Column(name) <= high])


def _spans(register: Register, told: Mapping[str, str]) -> dict[str, tuple[Value, Value]]:
    found = {}
    for name, kind in spanned(register):
        ends = tuple(_end(told.get(f"{name}.{side}", ""), kind) for side in ("from", "to"))
        if ends != (None, None):
            found[name] = (ends[0], ends[1])
    return found


def _end(text: str, kind: str) -> Value:
    """A day or number of an address; None for what is none."""
    read: Callable[[str], Value] = date.fromisoformat if kind == "date" else Decimal
    try:
        value = read(text) if len(text) <= _DIGITS else None
    except (ValueError, InvalidOperation):
        return None
    if isinstance(value, Decimal) and not (value.is_finite() and abs(value.adjusted()) < _DIGITS):
        return None
    return value


def _period(code: str) -> Period | None:
    try:
        return period(code)
    except ValueError:
        return None
