"""A pack (系统): registers, indicators, thresholds and rules of one working system, in one folder and nothing outside it.

What a pack adds beyond declarations are pure functions: what a record suggests, what an act changes, what its own
page shows. None knows the web, the ledger, another pack, or what day it is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from duban.core.period import Period
from duban.ledger.year.filings import Evidence
from duban.registers.expression import columns
from duban.registers.field import Field
from duban.registers.indicator import Engine, Group, Indicator, Reckoned, reckon
from duban.registers.page import Block, Said
from duban.registers.plain import Row
from duban.registers.register import Register, Values
from duban.registers.thresholds import NotYet, Thresholds


@dataclass(frozen=True, slots=True)
class Put:
    """Fields of a record to be written, as stored texts; with an `id` of "" it is a new one."""

    register: str
    id: str
    values: Mapping[str, str]
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Shift:
    """A record reaches a stage on a day, by this proof."""

    register: str
    id: str
    stage: str
    day: date
    evidence: tuple[Evidence, ...] = ()
    note: str = ""


Change = Put | Shift


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a record's own words suggest for one of its fields, how sure that is (0 to 1), and why. A person decides."""

    field: str
    value: str
    sure: float
    why_zh: str
    why_en: str


@dataclass(frozen=True)
class Desk:
    """What a pack's functions work on: its records on a day, and its thresholds. `language` is zh or en."""

    pack: "Pack"
    day: date
    engines: Callable[[str], Engine]
    records: Callable[[str], list[Row]]
    language: str = "zh"

    def rows(self, register: str) -> list[Row]:
        """The records of a register of the pack."""
        return self.records(register)

    def figure(self, name: str, period: Period, by: Sequence[str] = ()) -> dict[Group, Reckoned]:
        """An indicator of the pack for a period, by group; without `by` under ()."""
        indicator = self.pack.indicated[name]
        return reckon(indicator, self.engines(indicator.register), period, self.day, by)

    def one(self, name: str, period: Period) -> Reckoned:
        """An indicator's one figure for a period."""
        return self.figure(name, period)[()]

    def threshold(self, name: str) -> object:
        """The value of a threshold on the day."""
        return self.pack.thresholds.value(name, self.day)

    def say(self, zh: str, en: str) -> str:
        """The words in the reader's language."""
        return en if self.language == "en" else zh


@dataclass(frozen=True, slots=True)
class Act:
    """Something that the pack does on request: what it asks for, and the changes that it makes, all or none.

    `run` raises `Refused` for what cannot be done. `keeper` is who may ask for it: the office, or any unit (own).
    """

    name: str
    zh: str
    en: str
    asks: tuple[Field, ...]
    run: Callable[[Desk, Values], Iterable[Change]]
    keeper: str = "office"
    help_zh: str = ""
    help_en: str = ""

    def label(self, language: str) -> str:
        """Its name in a language."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes a file, and the address under which it stands."""

    name: str
    uri: str


@dataclass(frozen=True, slots=True)
class Export:
    """A file of the pack's records in a format that others have published; `make` gives plain data for its JSON.

    What the reader may not see is not in the desk's rows, so `make` leaves out what is missing.
    """

    name: str
    zh: str
    en: str
    make: Callable[[Desk, Publisher], Mapping[str, object]]

    def label(self, language: str) -> str:
        """Its name in a language."""
        return self.en if language == "en" else self.zh


Beside = Callable[[Desk, str, Row], Iterable[Block]]  # what is shown with a record of a register
NO_THRESHOLDS = Thresholds(())
Suggests = Callable[[Desk, str, Row], Sequence[Suggestion]]  # of a record of a register


@dataclass(frozen=True, eq=False)
class Pack:
    """One system of the city. `about` says in a sentence what it is for, `leaves` honestly what it does not do."""

    name: str
    zh: str
    en: str
    about_zh: str
    about_en: str
    registers: tuple[Register, ...]
    indicators: tuple[Indicator, ...] = ()
    thresholds: Thresholds = NO_THRESHOLDS
    acts: tuple[Act, ...] = ()
    exports: tuple[Export, ...] = ()
    suggests: Suggests | None = None
    page: Callable[[Desk], Iterable[Block]] | None = None
    beside: Beside | None = None
    leaves_zh: tuple[str, ...] = ()
    leaves_en: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        names = {register.name for register in self.registers}
        for indicator in self.indicators:
            register = self.registered.get(indicator.register)
            strange = indicator.reads - set(register.columns) if register else {indicator.register}
            if strange:
                raise ValueError(
                    f"{self.name}.{indicator.name} reads {', '.join(sorted(strange))}: not there"
                )
        for register in self.registers:
            for check in register.checks:
                if strange := columns(check.holds) - set(register.columns) - self._joined(register):
                    raise ValueError(
                        f"{register.name}: check {check.name} reads {', '.join(sorted(strange))}"
                    )
        if len(names) < len(self.registers):
            raise ValueError(f"{self.name}: two registers of one name")

    def _joined(self, register: Register) -> set[str]:
        """What checks may read of the records that references of the register point to, as `field.column`."""
        pointing = [(f.name, self.registered[f.to]) for f in register.fields if f.to in self.registered]
        return {f"{name}.{column.name}" for name, other in pointing for column in other.fields}

    @cached_property
    def registered(self) -> Mapping[str, Register]:
        """Its registers by name."""
        return {register.name: register for register in self.registers}

    @cached_property
    def in_order(self) -> tuple[Register, ...]:
        """Its registers, each after those that its references point to, as their files must be taken."""
        left, done = list(self.registers), list[Register]()
        while left:
            names = {register.name for register in left}
            free = [r for r in left if not {f.to for f in r.fields if f.to != r.name} & names]
            done += free or left
            left = [r for r in left if r not in done]
        return tuple(done)

    @cached_property
    def indicated(self) -> Mapping[str, Indicator]:
        """Its indicators by name."""
        return {indicator.name: indicator for indicator in self.indicators}

    @cached_property
    def exported(self) -> Mapping[str, Export]:
        """Its exports by name."""
        return {export.name: export for export in self.exports}

    @cached_property
    def acted(self) -> Mapping[str, Act]:
        """Its acts by name."""
        return {act.name: act for act in self.acts}

    def blocks(self, desk: Desk) -> tuple[Block, ...]:
        """Its own page; on a day on which its rules have no numbers yet, a sentence that says so."""
        try:
            return tuple(self.page(desk)) if self.page else ()
        except NotYet:
            told = desk.say("这一天，这个系统的门槛数还没有生效，算不出来。",
                            "On this day the thresholds of this system did not hold yet: nothing can be worked out.")  # fmt: skip
            return (Said(told, tone="quiet"),)

    def blocks_beside(self, desk: Desk, register: str, row: Row) -> tuple[Block, ...]:
        """What is shown with a record; nothing on a day on which the rules have no numbers yet."""
        try:
            return tuple(self.beside(desk, register, row)) if self.beside else ()
        except NotYet:
            return ()

    def suggestions(self, desk: Desk, register: str, row: Row) -> tuple[Suggestion, ...]:
        """What a record's words suggest; nothing on a day on which the rules have no numbers yet."""
        try:
            return tuple(self.suggests(desk, register, row)) if self.suggests else ()
        except NotYet:
            return ()

    def label(self, language: str) -> str:
        """Its name in a language."""
        return self.en if language == "en" else self.zh
