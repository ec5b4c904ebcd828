"""What one reader sees of the registers: records with their fields, and figures made of no field kept from them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from django.conf import settings
from django.http import HttpRequest

from duban.actions.seen import seen, veil
from duban.core.period import Period
from duban.core.problem import Refused
from duban.core.rights import Actor, Decision, Thing, may
from duban.ledger import Book
from duban.registers.amount import Base, count
from duban.registers.expression import Expression, columns
from duban.registers.field import LEVELS, Field
from duban.registers.grouping import column_of
from duban.registers.indicator import Engine, Found, Group, Indicator, Order, Reckoned, reckon
from duban.registers.pack import Desk, Pack
from duban.registers.page import Block
from duban.registers.plain import Parameters
from duban.registers.record import Row
from duban.registers.register import Register
from duban.registers.veil import Veil
from duban.registers.veil import veiled as hide
from duban.table.choose import Engines, veiled
from duban.web.kept import Cause, Kept
from duban.web.registers.drawer import Record, record
from duban.web.registers.index import index, mark, rows_of
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


_veils: Kept[Veil] = Kept(200)
_engines_of: Kept[Engine] = Kept(40)  # over what readers see who do not see all


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

    def record(self, register: Register, id: str) -> Shown | None:
        """One record, where it stands and the reader may see it."""
        state = self.book.registers.get(register.name, {}).get(id)
        if state is None or state.removed:
            return None
        for one in seen(self.book, self.who, register, (state,), published=settings.PUBLIC):
            names = frozenset(field.name for field in one.fields)
            return Shown(record(register, state), one.fields, frozenset(register.named) - names)
        return None

    def veil(self, register: Register) -> Veil:
        """What the reader sees of the register's records, by their units."""
        key, cause = self._eyes((register,))
        return _veils.get((register.name, *key), cause, lambda: self._veil(register))

    def _veil(self, register: Register) -> Veil:
        return veil(self.book, self.who, register, self._units(register), published=settings.PUBLIC)

    def _units(self, register: Register) -> Iterable[str]:
        """The texts that records have in the field of their unit."""
        if not register.unit:
            return ()
        if register.kind == "kept":
            return index(self.book, register).different(register.unit)
        return [unit for (unit,) in full_engine(self.book, register).found([count()], {}, (register.unit,))]

    def hidden(self, register: Register, names: Iterable[str]) -> frozenset[str]:
        """The fields among these of which the reader sees nothing, in no record."""
        wanted = frozenset(names) & frozenset(register.named)
        return frozenset() if self.whole(register, wanted) else wanted - self.veil(register).seen

    def rows(self, register: Register) -> list[Row]:
        """The rows that the reader may see; all of them as they are for one who sees everything.

        Those of a fed register are only asked of its engine: there may be a hundred million.
        """
        if register.kind == "fed":
            raise LookupError(f"the rows of {register.name} are not in memory: ask its engine")
        rows = rows_of(self.book, register)
        return rows if self.whole(register) else list(hide(register, self.veil(register), rows))

    def engine(self, register: Register) -> Engine:
        """Works out figures for this reader."""
        return Sighted(self, register)

    def veiled(self, register: Register) -> Engine:
        """An engine over what the reader sees."""
        full = full_engine(self.book, register)
        if self.whole(register):
            return full
        key, cause = self._eyes((register,))
        return _engines_of.get(
            (register.name, *key), (*cause, full), lambda: veiled(full, register, self.veil(register))
        )

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
            lambda: self._reckoned(register, indicator, period, by),
        )

    def _reckoned(
        self, register: Register, indicator: Indicator, period: Period, by: Sequence[str]
    ) -> dict[Group, Reckoned]:
        """The figures; missing where the file of a fed register cannot be read."""
        try:
            return reckon(indicator, self.engine(register), period, self.day, by)
        except Refused:
            return {} if by else {(): Reckoned(None)}

    def _eyes(
        self, registers: Sequence[Register], names: Iterable[str] | None = None
    ) -> tuple[tuple[object, ...], Cause]:
        """For whom and until when what is made of registers may be kept, as a key and a cause.

        For all who see every record whole while the registers stay as they are; else for those who stand as this
        reader does, until the next entry.
        """
        if all(self.whole(register, names) for register in registers):
            return (self.book.as_of,), tuple(mark(self.book, register) for register in registers)
        who = self.who
        return (self.book.as_of, who.roles, who.unit, who.territory), (self.book.seq,)

    def eyes(self, register: Register) -> tuple[tuple[object, ...], Cause]:
        """For whom and until when what is made of all fields of a register may be kept."""
        return self._eyes((register,))

    def blocks(self, pack: Pack) -> tuple[Block, ...]:
        """The pack's own page."""
        if pack.page is None:
            return ()
        key, cause = self._eyes(pack.registers)
        return _pages.get(
            (pack.name, self.day, self.language, *key), cause, lambda: pack.blocks(self.desk(pack))
        )


class Sighted:
    """An engine over all records where the reader sees what is counted, else over the records that they see.

    What is made of a field that the reader sees of no record is missing, and never nought.
    """

    def __init__(self, sight: Sight, register: Register) -> None:
        self._sight, self._register = sight, register

    def found(self, wanted: Sequence[Base], parameters: Parameters, by: Sequence[str]) -> Found:
        """Base figures by group; none where the reader does not see by what is grouped."""
        grouped = set(map(column_of, by))
        reads = [columns(base.of) | columns(base.where) | columns(base.by) for base in wanted]
        if self._sight.whole(self._register, {*frozenset().union(*reads), *grouped}):
            return full_engine(self._sight.book, self._register).found(wanted, parameters, by)
        hidden = self._sight.hidden(self._register, self._register.named)
        if hidden & grouped:
            return {}
        found = self._sight.veiled(self._register).found(wanted, parameters, by)
        return {group: [None if read & hidden else value for read, value in zip(reads, values, strict=True)]
                for group, values in found.items()}  # fmt: skip

    def rows(
        self, where: Expression, parameters: Parameters, limit: int, order: Order = (), skip: int = 0,
        names: Sequence[str] = (),
    ) -> list[Row]:  # fmt: skip
        """The records that meet a condition, as far as the reader may see them."""
        return self._sight.veiled(self._register).rows(where, parameters, limit, order, skip, names)

    def ids(self, where: Expression, parameters: Parameters, group: str) -> Iterable[str]:
        """The ids of a group's records that meet a condition, as far as the reader may see them."""
        return self._sight.veiled(self._register).ids(where, parameters, group)
