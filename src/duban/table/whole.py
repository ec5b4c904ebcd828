"""What only the whole file shows: keys that come twice, and records that break the register's checks."""

from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa

from duban.core.problem import Problem, both
from duban.registers.register import Register
from duban.table.columns import ROWS, parquet_writer, whole
from duban.table.compile import compiled
from duban.table.engine import duckdb
from duban.table.refusals import Refusals
from duban.table.staging import ROW

MEMORY = "400MB"  # what DuckDB may hold; the rest goes to disk beside the file


def without_faults(register: Register, staged: Path, refusals: Refusals) -> int:
    """Leave out of a staged file what is wrong in it as a whole. Gives how many rows were left out."""
    connection = duckdb(memory=MEMORY, threads=2)
    connection.raw_sql(f"SET temp_directory = '{staged.parent}'")
    connection.raw_sql("SET preserve_insertion_order = false")
    try:
        table = whole(register, connection.read_parquet(str(staged)))
        wrong = _twice(register, table, connection, staged, refusals) | _unchecked(register, table, refusals)
        if wrong:
            _leave_out(connection, staged, wrong)
        return len(wrong)
    finally:
        connection.disconnect()


def _twice(register: Register, table: Any, connection: Any, staged: Path, refusals: Refusals) -> set[int]:
    """Every record but the first of its key.

    Keys are compared by eight bytes of each first, so that memory does not grow with their length; the few that may
    come twice are looked at themselves.
    """
    if not register.key:
        return set()
    marked = table.select("id", ROW, mark=table.id.hash())
    counted = marked.group_by("mark").aggregate(many=marked.count())
    marks = counted.filter(counted.many > 1).mark.to_pyarrow()
    rows = set[int]()
    if not len(marks):
        return rows
    some = marked.semi_join(ibis.memtable(pa.table({"mark": marks})), "mark")
    first = some.group_by("id").aggregate(first=some[ROW].min(), many=some.count())
    several = first.filter(first.many > 1)
    found = some.join(several, "id").filter(lambda t: t[ROW] > t.first).select("id", ROW, "first")
    for line in found.order_by(ROW).to_pyarrow().to_pylist():
        rows.add(line[ROW])
        first = f"{refusals.place}!{line['first']}"
        refusals.add(line[ROW], Problem("record.twice", "", {"id": line["id"], "first": first}))
    return rows


def _unchecked(register: Register, table: Any, refusals: Refusals) -> set[int]:
    """Records for which one of the register's checks is not so."""
    rows: set[int] = set()
    checks = register.checks
    if not checks:
        return rows
    broken = {f"check_{at}": ~compiled(check.holds, table, {}).truth() for at, check in enumerate(checks)}
    asked = table.select(ROW, **broken)
    any_broken = [asked[name] for name in broken]
    condition = any_broken[0]
    for one in any_broken[1:]:
        condition = condition | one
    for line in asked.filter(condition).order_by(ROW).to_pyarrow().to_pylist():
        rows.add(line[ROW])
        for at, check in enumerate(checks):
            if line[f"check_{at}"]:
                refusals.add(line[ROW], Problem("record.check", "", {"what": both(check.zh, check.en)}))
    return rows


def _leave_out(connection: Any, staged: Path, wrong: set[int]) -> None:
    """Write the file anew without some rows."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    rows, clean = pa.array(sorted(wrong), pa.int64()), staged.with_suffix(".clean")
    file = pq.ParquetFile(staged)
    with parquet_writer(clean, file.schema_arrow) as writer:
        for batch in file.iter_batches(ROWS):
            kept = batch.filter(pc.invert(pc.is_in(batch.column(ROW), rows)))
            if kept.num_rows:
                writer.write_batch(kept)
    clean.replace(staged)
