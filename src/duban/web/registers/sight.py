"""What one reader sees of the registers: records with their fields, and figures made of no field kept from them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from django.conf import settings
from django.http import HttpRequest

from duban.actions.seen import seen
from duban.core.period import Period
from duban.core.rights import Actor, Decision, Thing, may
from duban.ledger import Book
from duban.registers.amount import Base
from duban.registers.expression import Expression, columns
from duban.registers.field import LEVELS, Field
from duban.registers.grouping import column_of
from duban.registers.indicator import Engine, Found, Group, Indicator, Plain, Reckoned, reckon
from duban.registers.pack import Desk, Pack
from duban.registers.page import Block
from duban.registers.plain import Parameters
from duban.registers.record import Row
from duban.registers.register import Register
from duban.table.choose import Engines
from duban.web.kept import Cause, Kept
from duban.web.registers.drawer import Record, drawer
from duban.web.shelf import locale
from duban.web.today import shown_day
from duban.web.who import actor

_figures: Kept[dict[Group, Reckoned]] = Kept(5_000)
_pages: Kept[tuple[Block, ...]] = Kept(200)


@cache
def _engines() -> Engines:
    """Over all records of registers; which of them a reader is told is decided before."""
    return Engines(settings.FOLDER)


def full_engine(book: Book, register: Register) -> Engine:
    """Works out figures over all records of a register, whoever asks: what it gives is not yet for showing."""
    return _engines().of(book, register)


@dataclass(frozen=True, slots=True)
class Shown:
    """A record and the fields of it that the reader may see; `hidden` are the names of the others."""

    record: Record
    fields: tuple[Field, ...]
    hidden: frozenset[str]

    @property
    def id(self) -> str:
        """The record's id."""
        return self.record.state.id

    def value(self, name: str) -> str:
        """A field's stored text; "" where it is missing or not to be seen."""
        return "" if name in self.hidden else self.record.state.values.get(name, "")

    @property
    def disputed(self) -> frozenset[str]:
        """The columns whose value is disputed, of those that the reader sees."""
        return self.record.disputed - self.hidden

    @property
    def row(self) -> Row:
        """The record's row, without what is not to be seen."""
        if not self.hidden:
            return self.record.row
        return {name: None if name in self.hidden else value for name, value in self.record.row.items()}


_lists: Kept[list[Shown]] = Kept(60)
_past: Kept[list[Shown]] = Kept(12)  # of earlier days


@dataclass(frozen=True)
class Sight:
    """A reader of a book on a day."""

    book: Book
    who: Actor
    day: date
    language: str = "zh"

    @classmethod
    def of(cls, request: HttpRequest, book: Book) -> "Sight":
        """The sight of whoever asks."""
        return cls(book, actor(request, book), shown_day(request), locale())

    @cached_property
    def levels(self) -> frozenset[str]:
        """How closely kept a field may be for this reader to see it of every record."""
        return frozenset(level for level in LEVELS if self.sees(level))

    def sees(self, level: str, place: str = "record") -> Decision:
        """Whether the reader sees what is kept at a level of every record, and why not."""
        thing, named = (
            Thing(place, facts=frozenset({"published"} if settings.PUBLIC else ())),
            f"seen_{level}",
        )
        return may(self.who, "record.see", thing, named)

    def whole(self, register: Register, names: Iterable[str] | None = None) -> bool:
        """Whether the reader sees these columns (all when none are named) of every record."""
        levels = self.levels
        named = register.named
        wanted = named if names is None else [name for name in names if name in named]
        return register.seen in levels and all(named[name].seen in levels for name in wanted)

    def records(self, register: Register) -> list[Shown]:
        """The records that the reader may see, in the order in which they came; not to be changed."""
        key, cause = self._eyes((register,))
        kept = _lists if self.book.as_of is None else _past
        return kept.get((register.name, *key), cause, lambda: self._seen(register))

    def _seen(self, register: Register) -> list[Shown]:
        every = drawer(self.book, register).every
        states = (record.state for record in every.values())
        hidden: dict[int, frozenset[str]] = {}
        found = []
        for one in seen(self.book, self.who, register, states, published=settings.PUBLIC):
            key = id(one.fields)
            if key not in hidden:
                hidden[key] = frozenset(register.named) - {field.name for field in one.fields}
            found.append(Shown(every[one.state.id], one.fields, hidden[key]))
        return found

    def record(self, register: Register, id: str) -> Shown | None:
        """One record, where it stands and the reader may see it."""
        known = drawer(self.book, register).every.get(id)
        if known is None:
            return None
        for one in seen(self.book, self.who, register, (known.state,), published=settings.PUBLIC):
            return Shown(known, one.fields, frozenset(register.named) - {field.name for field in one.fields})
        return None

    def rows(self, register: Register) -> list[Row]:
        """The rows that the reader may see; all of them as they are for one who sees everything."""
        if self.whole(register):
            return [record.row for record in drawer(self.book, register).every.values()]
        return [shown.row for shown in self.records(register)]

    def engine(self, register: Register) -> Engine:
        """Works out figures for this reader."""
        return Sighted(self, register)

    def desk(self, pack: Pack) -> Desk:
        """What the pack's functions work on for this reader."""
        registers = pack.registered
        return Desk(
            pack, self.day, lambda name: self.engine(registers[name]), lambda name: self.rows(registers[name]),
            self.language,
        )  # fmt: skip

    def figures(
        self, register: Register, indicator: Indicator, period: Period, by: Sequence[str] = ()
    ) -> dict[Group, Reckoned]:
        """An indicator's figures for a period by group."""
        key, cause = self._eyes((register,), (*indicator.reads, *map(column_of, by)))
        asked = (register.name, indicator.name, period.code, self.day, tuple(by))
        return _figures.get(
            (*asked, *key),
            (*cause, indicator),
            lambda: reckon(indicator, self.engine(register), period, self.day, by),
        )

    def _eyes(
        self, registers: Sequence[Register], names: Iterable[str] | None = None
    ) -> tuple[tuple[object, ...], Cause]:
        """For whom and until when what is made of registers may be kept, as a key and a cause.

        For all who see every record whole while the registers stay as they are; else for those who stand as this
        reader does, until the next entry.
        """
        if all(self.whole(register, names) for register in registers):
            return (self.book.as_of,), tuple(drawer(self.book, register).mark for register in registers)
        who = self.who
        return (self.book.as_of, who.roles, who.unit, who.territory), (self.book.seq,)

    def blocks(self, pack: Pack) -> tuple[Block, ...]:
        """The pack's own page."""
        if pack.page is None:
            return ()
        key, cause = self._eyes(pack.registers)
        return _pages.get(
            (pack.name, self.day, self.language, *key), cause, lambda: pack.blocks(self.desk(pack))
        )


class Sighted:
    """An engine over all records where the reader sees what is counted, else over the records that they see."""

    def __init__(self, sight: Sight, register: Register) -> None:
        self._sight, self._register = sight, register

    def found(self, wanted: Sequence[Base], parameters: Parameters, by: Sequence[str]) -> Found:
        """Base figures by group."""
        parts = [part for base in wanted for part in (base.of, base.where, base.by)]
        return self._over({*frozenset().union(*map(columns, parts)), *map(column_of, by)}).found(
            wanted, parameters, by
        )

    def rows(self, where: Expression, parameters: Parameters, limit: int) -> list[Row]:
        """The records that meet a condition, as far as the reader may see them."""
        found = self._over(columns(where)).rows(where, parameters, limit)
        if self._sight.whole(self._register):
            return found
        seen = {row["id"]: row for row in self._sight.rows(self._register)}
        return [seen[row["id"]] for row in found if row["id"] in seen]

    def _over(self, names: Iterable[str]) -> Engine:
        sight, register = self._sight, self._register
        if sight.whole(register, names):
            return full_engine(sight.book, register)
        return Plain(register, sight.rows(register))
