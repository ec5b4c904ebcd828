"""The records of a kept register as an Arrow table and a Parquet file, column by column, without a row in between."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from duban.ledger.book import without_collection
from duban.ledger.year.records import RecordState
from duban.registers.plain import Row
from duban.registers.record import reached_days
from duban.registers.register import Register
from duban.table.columns import arrow_schema, parquet_writer

BATCH = 100_000  # records at a time, so that a million do not stand twice in memory


class DoesNotFit(ValueError):
    """A value with more digits than its column has; the plain engine takes it."""


def write_states(register: Register, states: Iterable[RecordState], path: Path) -> int:
    """Write the records to a Parquet file; gives how many. Raises `DoesNotFit`."""
    with without_collection():
        return _write(register, path, (state_batch(register, batch) for batch in _batches(states)))


def write_rows(register: Register, rows: Iterable[Row], path: Path) -> int:
    """Write rows as engines have them to a Parquet file; gives how many. Raises `DoesNotFit`."""
    return _write(register, path, (_row_batch(register, batch) for batch in _batches(rows)))


def _write(register: Register, path: Path, batches: Iterable[pa.RecordBatch]) -> int:
    count = 0
    with parquet_writer(path, arrow_schema(register)) as writer:
        for batch in batches:
            writer.write_batch(batch)
            count += batch.num_rows
    return count


def state_batch(register: Register, states: Sequence[RecordState]) -> pa.RecordBatch:
    """Some records as Arrow columns."""
    schema = arrow_schema(register)
    every = [state.values for state in states]
    columns: dict[str, pa.Array] = {"id": pa.array([state.id for state in states], pa.string())}
    for name in register.named:
        columns[name] = _typed([values.get(name) or None for values in every], schema.field(name).type)
    if register.stages:
        columns["stage"] = pa.array([state.stage or None for state in states], pa.string())
        days = [reached_days(register, state) for state in states]
        for stage in register.stages:
            columns[f"at_{stage.name}"] = _typed([found.get(stage.name) for found in days], pa.date32())
    return pa.RecordBatch.from_arrays([columns[name] for name in schema.names], schema=schema)


def _typed(texts: list[str | None], kind: pa.DataType) -> pa.Array:
    """Stored texts as values."""
    told = pa.array(texts, pa.string())
    if pa.types.is_string(kind):
        return told
    if pa.types.is_boolean(kind):
        return pc.equal(told, "yes")
    try:
        return told.cast(kind)
    except pa.ArrowInvalid as fault:
        raise DoesNotFit(str(fault)) from None


def _row_batch(register: Register, rows: Sequence[Row]) -> pa.RecordBatch:
    try:
        return pa.RecordBatch.from_pylist([dict(row) for row in rows], schema=arrow_schema(register))
    except pa.ArrowInvalid as fault:
        raise DoesNotFit(str(fault)) from None


T = TypeVar("T")


def _batches(every: Iterable[T]) -> Iterator[list[T]]:
    every = iter(every)
    while batch := list(islice(every, BATCH)):
        yield batch
