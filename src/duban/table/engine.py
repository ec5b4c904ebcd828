"""The engine over a table: DuckDB on one machine, Spark on many, the same questions to both.

All figures that are wanted of one register by one grouping are one aggregation, so the file is read once. Tables
come from Parquet only.
"""

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.datatypes as dt

from duban.registers.amount import Base
from duban.registers.expression import Expression
from duban.registers.grouping import column_of, in_group, of_month
from duban.registers.indicator import Found, Order
from duban.registers.plain import Parameters, Row, decimal
from duban.registers.register import Register
from duban.registers.veil import Veil
from duban.table.columns import whole
from duban.table.compile import MOST, Typed, compiled
from duban.table.counts import counted

_ALONE = threading.RLock()  # a connection answers one question at a time


class Table:
    """Base figures and records of one register out of an Ibis table of any backend.

    `behind` is what must live as long as the table is read.
    """

    def __init__(self, register: Register, table: ibis.Table, behind: object = None) -> None:
        self.register, self.table, self.behind = register, whole(register, table), behind

    def found(self, wanted: Sequence[Base], parameters: Parameters, by: Sequence[str]) -> Found:
        """Base figures by group; a record without a value in `by` is in no group."""
        asked = self.asked(wanted, parameters, by)
        return {
            tuple(_named(name, line[f"by_{at}"]) for at, name in enumerate(by)): [
                _figure(base, line[f"of_{at}"]) for at, base in enumerate(wanted)
            ]
            for line in _lines(asked)
        }

    def asked(self, wanted: Sequence[Base], parameters: Parameters, by: Sequence[str]) -> ibis.Table:
        """The one question that gives all wanted figures of every group."""
        table = self.table
        if by:
            table = table.filter([table[column_of(name)].notnull() for name in by])
        groups = {f"by_{at}": _grouping(name, table) for at, name in enumerate(by)}
        if by and len(wanted) > 1 and all(base.how == "count" for base in wanted):
            return counted(table, wanted, parameters, groups)
        figures = {f"of_{at}": _base(base, table, parameters) for at, base in enumerate(wanted)}
        figures = figures or {"every": table.count()}
        return table.group_by(**groups).aggregate(**figures) if by else table.aggregate(**figures)

    def rows(
        self, where: Expression, parameters: Parameters, limit: int, order: Order = (), skip: int = 0,
        names: Sequence[str] = (),
    ) -> list[Row]:  # fmt: skip
        """The records that meet a condition, in an order, then by id; what is missing comes last."""
        kept = self.table.filter(compiled(where, self.table, parameters).truth())
        keys = [ibis.desc(name) if down else ibis.asc(name) for name, down in order]
        return [
            {name: as_stored(value) for name, value in line.items()}
            for line in _lines(
                kept.order_by([*keys, "id"])
                .limit(limit, offset=skip)
                .select(list(names or self.register.columns))
            )
        ]

    def ids(self, where: Expression, parameters: Parameters, group: str) -> Iterable[str]:
        """The ids of a group's records that meet a condition, in order."""
        condition = compiled(where & in_group(self.register, group), self.table, parameters).truth()
        with _ALONE:
            found = self.table.filter(condition).select("id").order_by("id").to_pyarrow()
        return _texts(found.column("id"))


def _texts(column: Any) -> Iterator[str]:
    """A column's texts, a piece at a time: millions of ids stay packed."""
    for chunk in column.chunks:
        yield from chunk.to_pylist()


def _grouping(by: str, table: ibis.Table) -> Any:
    """By what rows are grouped; a month as a whole number (202405), since numbers are quicker to group than texts."""
    value = table[column_of(by)]
    return value.year() * 100 + value.month() if of_month(by) else value


def _named(by: str, value: Any) -> str:
    """A group by its name."""
    return f"{value // 100:04d}-{value % 100:02d}" if of_month(by) else as_told(value)


def veiled(table: Table, veil: Veil) -> Table:
    """The same table as one reader sees it: what is hidden from them is missing."""
    register, every = table.register, table.table
    if not register.unit:
        fields = veil.of("")
        seen = every if fields else every.limit(0)
        hidden = {name: ibis.null(every[name].type()) for name in register.named if name not in fields}
        return Table(register, seen.mutate(**hidden), table.behind)
    unit = every[register.unit].fill_null("")
    told = {unit_: fields for unit_, fields in veil.units.items() if bool(fields) != bool(veil.rest)}
    kept = unit.notin(list(told)) if veil.rest else unit.isin(list(told))
    masked = {
        name: _masked(every[name], unit, name in veil.rest, veil.other(name)) for name in register.named
    }
    changed = {name: value for name, value in masked.items() if value is not None}
    return Table(
        register, every.mutate(__kept=kept, **changed).filter(ibis._["__kept"]).drop("__kept"), table.behind
    )


def _masked(column: Any, unit: Any, seen: bool, other: Sequence[str]) -> Any:
    """The column where it is seen, of the rest and of other units; None where nothing of it is hidden."""
    if not other:
        return None if seen else ibis.null(column.type())
    nothing, named = ibis.null(column.type()), unit.isin(list(other))
    return named.ifelse(nothing, column) if seen else named.ifelse(column, nothing)


def _base(base: Base, table: ibis.Table, parameters: Parameters) -> Any:
    """One base figure as an Ibis aggregation."""
    where = None if base.where is None else compiled(base.where, table, parameters).truth()
    if base.how == "count" or base.of is None:
        return table.count(where=where)
    value = _of_each(compiled(base.of, table, parameters), table)
    if value.kind == "nothing":
        return ibis.literal(0) if base.how == "distinct" else ibis.null(dt.Decimal(MOST, 0))
    if base.how == "distinct":
        return value.value.nunique(where=where)
    if base.how == "latest":
        return _latest(base, value, where, table, parameters)
    amount = value.value.cast("int8").cast(dt.Decimal(MOST, 0)) if value.kind == "yes" else value.decimal()
    return amount.sum(where=where).cast(dt.Decimal(MOST, value.places))


def _of_each(value: Typed, table: ibis.Table) -> Typed:
    """What is the same for every record as a column, so that it can be counted and added."""
    if value.kind == "nothing" or isinstance(value.value, ibis.expr.types.Column):
        return value
    return replace(value, value=table["id"].isnull().ifelse(value.value.nullif(value.value), value.value))


def _latest(base: Base, value: Typed, where: Any, table: ibis.Table, parameters: Parameters) -> Any:
    """The value of the record with the greatest `by`, of several the one with the greatest id."""
    assert base.by is not None
    order = _of_each(compiled(base.by, table, parameters), table)
    if order.kind == "nothing":
        return ibis.null(dt.Decimal(MOST, 0))
    there = value.value.notnull() & order.value.notnull()
    key = ibis.struct({"by": order.value, "id": table["id"]})
    found = value.value.argmax(key, where=there if where is None else there & where)
    return found.cast(dt.Decimal(value.digits + value.places, value.places))


def _lines(asked: ibis.Table) -> list[dict[str, Any]]:
    with _ALONE:
        lines: list[dict[str, Any]] = asked.to_pyarrow().to_pylist()
    return lines


def _figure(base: Base, value: Any) -> Decimal | None:
    """A figure as a decimal. Counting by a condition that nothing ever meets may come back empty: that is 0."""
    if value is None:
        return Decimal(0) if base.how in ("count", "distinct") else None
    return decimal(as_stored(value))


def as_stored(value: Any) -> Any:
    """A value of a table as records have it: decimals without zeros behind."""
    return value.normalize() + 0 if isinstance(value, Decimal) else value


def as_told(value: Any) -> str:
    """A value as it names a group."""
    value = as_stored(value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def duckdb(*, memory: str = "", threads: int = 0) -> Any:
    """A DuckDB of its own, in memory, that asks nothing of the network. `memory` as in "3GB"."""
    connection = ibis.duckdb.connect()
    settings = [
        "SET enable_progress_bar = false",
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
    ]
    settings += [f"SET memory_limit = '{memory}'"] * bool(memory)
    settings += [f"SET threads = {threads}"] * bool(threads)
    for setting in settings:
        connection.raw_sql(setting)
    return connection


def over_parquet(register: Register, *files: Path | str, connection: Any) -> Table:
    """The engine over Parquet files of one register, on a connection to any backend."""
    return Table(
        register, connection.read_parquet([str(file) for file in files] if len(files) > 1 else str(files[0]))
    )
