"""The columns of a register as Arrow and Ibis types: decimals with a fixed number of digits, dates, truths, texts."""

from collections.abc import Iterable, Mapping
from inspect import signature
from pathlib import Path

import ibis
import ibis.expr.datatypes as dt
import pyarrow as pa
import pyarrow.parquet as pq

from duban.registers.field import Field
from duban.registers.register import Register

WHOLE = 18  # digits of a whole number, so that it fits in 64 bits
DIGITS, PLACES = 18, 6  # of a number: a 元 and its cents are six places of a 万元; 64 bits, so sums are quick
FINE = (28, 10)  # of a number in 亿元, with the same cents
COMPRESSION, ROWS = "snappy", 122_880  # of Parquet files: read in half the time of zstd; rows of a row group
# Pages as long as a row group: short ones, which newer Arrow makes of itself, take a seventh longer to read.
_PAGE = 8 << 20  # bytes
_LONG = (
    {"max_rows_per_page": 2 * ROWS} if "max_rows_per_page" in signature(pq.ParquetWriter).parameters else {}
)
_FINE_UNITS = ("亿元", "亿美元", "亿")
_PLAIN = {"integer": pa.int64(), "date": pa.date32(), "yes": pa.bool_()}


def arrow_type(field: Field) -> pa.DataType:
    """What a field's values are in Arrow; texts of every kind are strings."""
    if field.type == "number":
        return pa.decimal128(*(FINE if field.unit in _FINE_UNITS else (DIGITS, PLACES)))
    return _PLAIN.get(field.type, pa.string())


def arrow_schema(register: Register) -> pa.Schema:
    """All columns of a register: `id`, its fields, and for stages `stage` and the day it reached each."""
    return pa.schema([(name, _column(register, name)) for name in register.columns])


def _column(register: Register, name: str) -> pa.DataType:
    field = register.named.get(name)
    if field is not None:
        return arrow_type(field)
    return pa.date32() if register.columns[name] == "date" else pa.string()


def parquet_writer(path: Path, schema: pa.Schema, alike: Iterable[str] | None = None) -> pq.ParquetWriter:
    """Writes a table that is quick to ask. `alike` are the columns whose values repeat, all where it is not given."""
    coded = True if alike is None else list(alike)
    return pq.ParquetWriter(
        path, schema, compression=COMPRESSION, use_dictionary=coded, data_page_size=_PAGE, **_LONG
    )


def whole(register: Register, table: ibis.Table) -> ibis.Table:
    """The table with all columns of the register; what an older file did not have is missing there."""
    there: Mapping[str, dt.DataType] = dict(table.schema().items())
    schema = ibis.Schema.from_pyarrow(arrow_schema(register))
    lacking = {name: ibis.null(schema[name]) for name in register.columns if name not in there}
    return table.mutate(**lacking) if lacking else table
