"""Made-up records of every pack in the simulated year, taken by the actions that imports use, and recounted by month.

The records stand in the packs' own `<register>.csv`. An item is bound to an indicator only where the item bears one
of the indicator's names, counts in its unit and measure, and the sample is not far too small for the item's target.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from duban.actions.acts import perform_act
from duban.actions.records import weigh_records
from duban.actions.recount import Engines, bind_indicator, last_months, recount_items
from duban.core.period import Period, grid, period
from duban.files.records import load_bytes, read_loaded
from duban.ledger import Book, Store
from duban.ledger.year.tasks import Target
from duban.packs import folder_of, indicator_named, packs
from duban.registers.indicator import Indicator, Plain, differs_in, reckon
from duban.registers.pack import Desk, Pack
from duban.registers.plain import Row
from duban.registers.record import rows
from duban.registers.register import Register
from duban.registers.typed import typed
from duban.simulate.spread import begin_of, spread
from duban.simulate.stage import Stage
from duban.table.choose import Engines as Chosen

ACTS = "examples.toml"  # in a pack's folder: what is done to its example records
_ENOUGH = Decimal("0.1")  # of a target that the sample must count for its item to be bound
_COUNTED = timedelta(days=5)  # after a month's end, when its figures are posted
_WHY = "模拟：事项与指标同名、同单位、同计量方式"


@dataclass(frozen=True, slots=True)
class Filled:
    """How many records there are now, how many rows were refused, items bound, and readings posted."""

    records: int
    refused: int
    bound: int
    readings: int


def fill_registers(store: Store, book: Book, until: date) -> Filled:
    """Fill the packs' registers over the year to `until`, bind items and post the recount soon after each month.

    Raises `Refused`: the ledger moved or cannot be written.
    """
    stage, day = Stage(book), until - timedelta(days=1)
    refused = sum(_filled(stage, pack, day) for pack in packs().values())
    for pack in packs().values():
        _act(stage, pack, day)
    engines = _engines(stage.book)
    _bind(stage, engines, day)
    readings = 0
    for month in _months(day):
        posted = month.end + _COUNTED
        writes, _ = recount_items(stage.book, "office", month, posted, named, engines)
        readings += len(stage.write(posted, "office", writes))
    stage.keep(store, book.seq)
    count = sum(len(shelf) for shelf in stage.book.registers.values())
    return Filled(count, refused + len(stage.refusals), len(stage.book.bound), readings)


def _filled(stage: Stage, pack: Pack, day: date) -> int:
    """Take the example records of a pack's kept registers; returns how many rows were refused."""
    refused = 0
    for register in pack.in_order:
        file = folder_of(pack) / f"{register.name}.csv"
        if register.kind != "kept" or not file.is_file():
            continue
        read = read_loaded(f"模拟 {file.name}", load_bytes(f"模拟 {file.name}", file.read_bytes()), register)
        weighed = weigh_records(stage.book, "office", register, read.rows, day)
        refused += weighed.refused + read.refused
        for on, dated in groupby(spread(register, weighed.writes, day), key=itemgetter(0)):
            stage.write(on, "office", [one for _, one in dated])
    return refused


def _act(stage: Stage, pack: Pack, until: date) -> None:
    """Do the acts that the pack's own file names to its example records, in order, as the office."""
    file = folder_of(pack) / ACTS
    for one in tomllib.loads(file.read_text("utf-8"))["act"] if file.is_file() else ():
        act, day = pack.acted[one["name"]], one.get("on", until)
        answers = {field.name: typed(field, one["answers"].get(field.name, "")) for field in act.asks}
        desk = _desk(stage.book, pack, day)
        stage.play(day, "office", perform_act, pack, act, desk, answers, today=day)


def _desk(book: Book, pack: Pack, day: date) -> Desk:
    """The pack's desk over all records of the book as it stands."""
    found: dict[str, list[Row]] = {r.name: list(rows(r, book.registers.of(r.name))) for r in pack.registers}
    return Desk(pack, day, lambda name: Plain(pack.registered[name], found[name]), found.__getitem__)


def _bind(stage: Stage, engines: Engines, day: date) -> None:
    """Bind the first item of an indicator's name, unit and measure to it."""
    year, taken = period(str(stage.book.year)), set[str]()
    for key, task in list(stage.book.tasks.items()):
        if stage.book.items[key].item.head.endswith("）"):
            continue  # a district's part of an item
        for pack, one in _bearing(task.target):
            name, figure = (
                f"{pack.name}.{one.name}",
                reckon(one, engines(pack.registered[one.register]), year, day)[()],
            )
            enough = (
                figure.value is not None
                and task.target
                and figure.value >= (task.target.value or 0) * _ENOUGH
            )
            if enough and name not in taken:
                stage.play(begin_of(day), "office", bind_indicator, key, name, one, reason=_WHY)
                taken.add(name)
                break


def _bearing(target: Target | None) -> Iterator[tuple[Pack, Indicator]]:
    """The indicators that bear a target's name and count in its unit and measure."""
    name = _plain(target.indicator) if target and target.value else ""
    for pack in packs().values():
        for one in pack.indicators:
            if (
                target
                and name
                and name in map(_plain, one.words)
                and not differs_in(one, target.unit, target.measure)
            ):
                yield pack, one


def _plain(name: str) -> str:
    return name.replace("“", "").replace("”", "")


def named(name: str) -> tuple[Register, Indicator] | None:
    """The indicator of this name with its register, of whatever pack."""
    found = indicator_named(name)
    return (found[0].registered[found[1].register], found[1]) if found else None


def _engines(book: Book) -> Engines:
    chosen = Chosen()
    return lambda register: chosen.of(book, register)


def _months(day: date) -> list[Period]:
    """The months of the year that are over, each with those before it."""
    last = last_months(day)
    return [] if last is None else [month for month in grid(day.year, "month") if month.end <= last.end]
