"""An indicator: a figure of a register's records that says what it is, where its rule comes from, and works itself out.

An `Engine` gives base figures by group; `reckon` makes the indicator's figures from them. `Plain` is the engine
without any database; `duban.table` has those that scale.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from typing import Protocol

from duban.core.measure import MEASURES
from duban.core.period import Period
from duban.registers.amount import DIGITS, Amount, Base, Quotient, Setting, Settings, bases, behind, made
from duban.registers.expression import Constant, Expression, columns
from duban.registers.grouping import group_of, in_group
from duban.registers.plain import Parameters, Row, decimal, plain
from duban.registers.register import Register
from duban.registers.thresholds import NotYet, Thresholds

Group = tuple[str, ...]
Found = Mapping[Group, Sequence[Decimal | None]]


@dataclass(frozen=True, slots=True)
class Case:
    """A worked case: records as stored texts (with `stage` and `at_<stage>`), a period, and the figure they give.

    `value` is the figure's digits, "" where it is missing.
    """

    rows: tuple[Mapping[str, str], ...]
    period: str
    day: date
    value: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """`figure` of `register`'s records. `measure`, `unit` as commitments have them; `source` is where the rule stands.

    `words` are names under which commitments speak of it, for suggesting what it may be bound to. `low` is below
    which number of records behind a share its interval is shown beside it. `thresholds` hold what its weights name.
    """

    name: str
    zh: str
    en: str
    register: str
    figure: Amount
    measure: str
    unit: str
    source: str
    words: tuple[str, ...] = ()
    less_is_better: bool = False
    low: int = 30
    cases: tuple[Case, ...] = ()
    thresholds: Thresholds | None = None

    def __post_init__(self) -> None:
        if self.measure not in MEASURES:
            raise ValueError(f"indicator {self.name}: {self.measure!r} is no measure")

    def label(self, language: str) -> str:
        """Its name in a language."""
        return self.en if language == "en" else self.zh

    @property
    def reads(self) -> frozenset[str]:
        """The columns that it reads."""
        every = [part for base in bases(self.figure) for part in (base.of, base.where, base.by)]
        return frozenset().union(*map(columns, every))


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A figure; for a quotient what it is made of, so that it adds up over units."""

    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


Order = Sequence[tuple[str, bool]]  # columns, each with whether the greatest comes first; then by id


class Engine(Protocol):
    """Works out base figures of the records of one register."""

    def found(self, wanted: Sequence[Base], parameters: Parameters, by: Sequence[str]) -> Found:
        """For each group (() when `by` is empty) the wanted figures in order; `by` as in `grouping`."""

    def rows(
        self, where: Expression, parameters: Parameters, limit: int, order: Order = (), skip: int = 0,
        names: Sequence[str] = (),
    ) -> list[Row]:  # fmt: skip
        """The records that meet a condition, in an order, at most `limit` after the first `skip`.

        All their columns, or only those of these names.
        """

    def ids(self, where: Expression, parameters: Parameters, group: str) -> Iterable[str]:
        """The ids of all records of a group (see `grouping.in_group`) that meet a condition, in order."""


_COUNTERS = (
    "户家",
    "个项件处",
)  # words of a count that say the same: a report's 30家企业 are a register's 30户


def differs_in(indicator: Indicator, unit: str | None, measure: str | None) -> str:
    """In which of "unit" and "measure" an item differs from an indicator, so that it cannot be bound; "" in none."""
    told = unit or ""
    same = told == indicator.unit or any({told, indicator.unit} <= set(group) for group in _COUNTERS)
    return "unit" if not same else "measure" if (measure or "") != indicator.measure else ""


def parameters(period: Period, day: date) -> dict[str, date]:
    """What expressions may ask for: the period's first and last day (not beyond `day`), and the day."""
    return {"start": period.start, "end": min(period.end, day), "day": day}


def reckon(
    indicator: Indicator, engine: Engine, period: Period, day: date, by: Sequence[str] = ()
) -> dict[Group, Reckoned]:
    """The figures for a period as of a day, by group; without `by` the one figure of all under ()."""
    return reckon_all((indicator,), engine, period, day, by)[indicator.name]


def reckon_all(
    indicators: Sequence[Indicator], engine: Engine, period: Period, day: date, by: Sequence[str] = ()
) -> dict[str, dict[Group, Reckoned]]:
    """The figures of several indicators of one register, by name: the engine is asked once, so rows are read once."""
    wanted = tuple(dict.fromkeys(base for one in indicators for base in bases(one.figure)))
    found = dict(engine.found(wanted, parameters(period, day), by))
    if not by:
        found.setdefault((), [_of_none(base) for base in wanted])
    return {one.name: _figures(one, wanted, found, _settings(one, day)) for one in indicators}


def _figures(
    indicator: Indicator, wanted: Sequence[Base], found: Found, settings: Settings
) -> dict[Group, Reckoned]:
    return {group: _reckoned(indicator.figure, wanted, values, settings) for group, values in found.items()}


def _settings(indicator: Indicator, day: date) -> Settings:
    """What the indicator's thresholds say on a day; nothing before the first of them holds."""

    def value(of: Setting) -> Decimal | None:
        if indicator.thresholds is None:
            raise KeyError(of.name)
        try:
            told = indicator.thresholds.value(of.name, day)
        except NotYet:
            return None
        return Decimal(told[of.key] if of.key else told)

    return value


def _of_none(base: Base) -> Decimal | None:
    return Decimal(0) if base.how in ("count", "distinct") else None


def _reckoned(
    figure: Amount, wanted: Sequence[Base], values: Sequence[Decimal | None], settings: Settings
) -> Reckoned:
    found = dict(zip(wanted, values, strict=True))
    value = made(figure, found, settings)
    if isinstance(figure, Quotient):
        return Reckoned(value, made(figure.top, found, settings), made(figure.bottom, found, settings))
    return Reckoned(value)


def part_of(group: str) -> tuple[tuple[str, ...], Group]:
    """What the group of a binding means: "unit=市教育局" is the figure of that unit's records, "" that of all.

    Gives what to group by and which group to take of `reckon`'s figures.
    """
    field, sign, value = group.partition("=")
    return ((field,), (value,)) if sign else ((), ())


def ids_behind(
    indicator: Indicator, engine: Engine, period: Period, day: date, group: str = ""
) -> Iterable[str]:
    """The ids of the records behind a binding's figure, in order: those whose digest a posted figure carries."""
    return engine.ids(behind(indicator.figure), parameters(period, day), group)


class Plain:
    """The engine in plain Python, over rows in memory."""

    def __init__(self, register: Register, rows: Iterable[Row]) -> None:
        self.register, self.every = register, rows if isinstance(rows, list) else list(rows)

    def found(self, wanted: Sequence[Base], parameters: Parameters, by: Sequence[str]) -> Found:
        """Base figures by group; a record without a value in `by` is in no group."""
        groups: dict[Group, list[Row]] = {} if by else {(): self.every}
        if by:
            for row in self.every:
                values = [group_of(name, row) for name in by]
                if None not in values:
                    groups.setdefault(tuple(map(str, values)), []).append(row)
        workers = [_Worker(base, parameters) for base in wanted]
        with localcontext(prec=DIGITS):
            return {group: [work.of(rows) for work in workers] for group, rows in groups.items()}

    def rows(
        self, where: Expression, parameters: Parameters, limit: int, order: Order = (), skip: int = 0,
        names: Sequence[str] = (),
    ) -> list[Row]:  # fmt: skip
        """The records that meet a condition, in an order, then by id; what is missing comes last."""
        keeps = plain(where, parameters)
        kept = sorted((row for row in self.every if keeps(row) is True), key=lambda row: str(row["id"]))
        for name, down in reversed(order):
            there = [row for row in kept if row.get(name) is not None]
            there.sort(key=lambda row: row[name], reverse=down)  # type: ignore[arg-type, return-value]
            kept = there + [row for row in kept if row.get(name) is None]
        some = kept[skip : skip + limit]
        return [{name: row.get(name) for name in names} for row in some] if names else some

    def ids(self, where: Expression, parameters: Parameters, group: str) -> Iterable[str]:
        """The ids of a group's records that meet a condition, in order."""
        keeps = plain(where & in_group(self.register, group), parameters)
        return sorted(str(row["id"]) for row in self.every if keeps(row) is True)


class _Worker:
    """One base figure, ready to be worked out."""

    def __init__(self, base: Base, parameters: Parameters) -> None:
        self.how = base.how
        self.where = plain(base.where if base.where is not None else Constant(True), parameters)
        self.value = plain(base.of if base.of is not None else Constant(True), parameters)
        self.by = plain(base.by if base.by is not None else Constant(True), parameters)

    def of(self, rows: Iterable[Row]) -> Decimal | None:
        where, value = self.where, self.value
        kept = (row for row in rows if where(row) is True)
        if self.how == "count":
            return Decimal(sum(1 for _ in kept))
        if self.how == "distinct":
            return Decimal(len({told for row in kept if (told := value(row)) is not None}))
        if self.how == "latest":
            dated = [(by, str(row["id"]), told) for row in kept if (by := self.by(row)) is not None
                     and (told := value(row)) is not None]  # fmt: skip
            return decimal(max(dated, key=lambda one: one[:2])[2]) if dated else None
        there = [decimal(told) for row in kept if (told := value(row)) is not None]
        return sum(there, Decimal(0)) if there else None
