"""Made-up records of every pack in the simulated year, taken by the actions that imports use, and recounted by month.

The records stand in the packs' own `<register>.csv`. An item that bears an indicator's very name is bound to it, and
its register is filled up with more records of the same patterns, until it counts what the item is simulated to reach.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from duban.actions.records import weigh_records
from duban.actions.recount import Engines, bind_indicator, recount_items
from duban.core.period import Period, grid
from duban.files.records import load_bytes, read_loaded
from duban.ledger import Body, Book, Store
from duban.ledger.year.records import account_of
from duban.packs import folder_of, indicator_named, packs
from duban.registers.indicator import Indicator
from duban.registers.pack import Pack
from duban.registers.register import Register
from duban.simulate.acted import Script, read_script
from duban.simulate.bearing import WHY, Borne, borne
from duban.simulate.clones import Cloner
from duban.simulate.figures import paced
from duban.simulate.grown import COUNTED, Aim, counted, grow
from duban.simulate.items import Actor
from duban.simulate.lives import Life, begin_of, lived, lives
from duban.simulate.stage import Stage
from duban.table.choose import Engines as Chosen


@dataclass(frozen=True, slots=True)
class Filled:
    """How many records there are now, how many rows were refused, items bound, and readings posted."""

    records: int
    refused: int
    bound: int
    readings: int


def fill_registers(
    store: Store, book: Book, until: date, *, actors: Sequence[Actor] = (), seed: int = 1
) -> Filled:
    """Fill the packs' registers of a book over the year to `until` (not included), after all that is in it.

    Raises `Refused`: the ledger moved or cannot be written.
    """
    stage = Stage(book)
    shelves = Shelves(stage, until - timedelta(days=1), random.Random(seed))
    shelves.begin(actors)
    stage.run(until)
    stage.keep(store, book.seq)
    return shelves.told()


@dataclass(slots=True)
class Shelves:
    """The registers of the simulated year up to `until`, the last day that is played."""

    stage: Stage
    until: date
    chance: random.Random
    known: dict[str, Life] = field(default_factory=dict)
    refused: int = 0
    readings: int = 0

    def begin(self, actors: Sequence[Actor]) -> None:
        """Put everything about registers off to its day: records, acts, bindings, what is posted."""
        for pack in packs().values():
            self._read(pack)
        months, played = _months(self.until), {actor.key: actor for actor in actors}
        aims = {
            one.key: Aim(one.count.where, self._wanted(one, played.get(one.key), months))
            for one in borne(self.stage.book)
        }
        bound = [
            one for one in borne(self.stage.book) if counted(self._of(one.register), aims[one.key], months, self.until)
        ]  # fmt: skip
        more = self._more(bound, aims, months)
        for life in (*self.known.values(), *more):
            for on, written in lived(life, self.until):
                self.stage.later(on, partial(self._write, written))
        for pack in packs().values():
            Script(self.stage, self.chance, pack).begin(read_script(pack), self.until)
        for one in bound:
            self.stage.later(begin_of(self.until), partial(self._bind, one))
        for month in _months(self.until):
            self.stage.later(month.end + COUNTED, partial(self._recount, month))

    def told(self) -> Filled:
        """What there is now."""
        book = self.stage.book
        count = sum(len(shelf) for shelf in book.registers.values())
        return Filled(count, self.refused + len(self.stage.refusals), len(book.bound), self.readings)

    def _read(self, pack: Pack) -> None:
        """The example records of a pack's kept registers, weighed as an import weighs them, each after what it points to."""
        trial = Stage(self.stage.book)
        for register in pack.in_order:
            file = folder_of(pack) / f"{register.name}.csv"
            if register.kind != "kept" or not file.is_file():
                continue
            name = f"模拟 {file.name}"
            read = read_loaded(name, load_bytes(name, file.read_bytes()), register)
            weighed = weigh_records(trial.book, "office", register, read.rows, self.until)
            self.refused += weighed.refused + read.refused
            trial.write(self.until, "office", weighed.writes)
            for life in lives(register, weighed.writes):
                self.known[life.account] = _after(life, self.known, self.until)

    def _of(self, register: Register) -> list[Life]:
        return [life for life in self.known.values() if life.register is register]

    def _more(self, bound: Sequence[Borne], aims: Mapping[str, Aim], months: Sequence[Period]) -> list[Life]:
        """More records for the registers of bound items."""
        found, cloner = list[Life](), Cloner(self.known, self.chance)
        for register in {one.register.name: one.register for one in bound}.values():
            wanted = [aims[one.key] for one in bound if one.register is register]
            for pattern in grow(self._of(register), wanted, months, self.chance, self.until):
                found += cloner.clone(pattern)
        return found

    def _wanted(self, one: Borne, actor: Actor | None, months: Sequence[Period]) -> tuple[int, ...]:
        """What the item is simulated to have reached by the end of each month."""
        reached = Decimal(0)
        found = []
        for month in months:
            reached = max(reached, paced(self.stage.book, one.key, actor, month))
            found.append(int(reached))
        return tuple(found)

    def _write(self, written: tuple[str, Body], day: date) -> None:
        self.stage.write(day, "office", [written])

    def _bind(self, one: Borne, day: date) -> None:
        self.stage.play(day, "office", bind_indicator, one.key, one.name, one.indicator, reason=WHY)

    def _recount(self, month: Period, day: date) -> None:
        writes, _ = recount_items(self.stage.book, "office", month, day, named, _engines(self.stage.book))
        self.readings += len(self.stage.write(day, "office", writes))


def _after(life: Life, known: Mapping[str, Life], until: date) -> Life:
    """The record, not entered before those to which it points."""
    values = life.put.values
    pointed = [
        known[account]
        for name, told in life.register.named.items()
        if told.type == "reference" and (account := account_of(told.to, values.get(name, ""))) in known
    ]
    begun = [next(lived(one, until))[0] for one in pointed]
    return replace(life, since=max(begun)) if begun else life


def named(name: str) -> tuple[Register, Indicator] | None:
    """The indicator of this name with its register, of whatever pack."""
    found = indicator_named(name)
    return (found[0].registered[found[1].register], found[1]) if found else None


def _engines(book: Book) -> Engines:
    chosen = Chosen()
    return lambda register: chosen.of(book, register)


def _months(until: date) -> list[Period]:
    """The months of the year whose figures are posted by `until`, each with those before it."""
    return [month for month in grid(until.year, "month") if month.end + COUNTED <= until]
