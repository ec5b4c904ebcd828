"""The three rates by other means: pandas, SQLite and PostgreSQL on the rows of one Parquet file."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
from tests.ledger.databases import running

COLUMNS = ["received_on", "district", "unit", "contacted_on", "contact_due", "reached", "solved", "satisfaction",
           "excluded", "same_as"]  # fmt: skip
SHARED = "received_on BETWEEN '2024-01-01' AND '2024-12-31' AND same_as IS NULL AND unit IS NOT NULL AND excluded IS NULL"
PARTS = ("contacted_on <= contact_due", "{true}", "reached = {true} AND solved = {true}", "reached = {true}",
         "reached = {true} AND satisfaction = 'satisfied'", "reached = {true} AND satisfaction = 'basically'")  # fmt: skip


def question(true: str, month: str) -> str:
    """The counts of the three rates in SQL, as a person would write them."""
    counts = ", ".join(f"SUM(CASE WHEN {part.format(true=true)} THEN 1 ELSE 0 END)" for part in PARTS)
    return f"SELECT district, {month}, {counts} FROM cases WHERE {SHARED} GROUP BY 1, 2"


def peers(path: Path, folder: Path) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Each peer by name with its question; databases have their rows loaded before."""
    yield "pandas", lambda: by_pandas(path)
    database = sqlite3.connect(folder / "peers.db")
    load_sqlite(database, path)
    yield "SQLite", lambda: database.execute(question("1", "substr(received_on, 1, 7)")).fetchall()
    database.close()
    with running() as address:
        if address is None:
            print("PostgreSQL: no server on this machine")
            return
        import psycopg

        with psycopg.connect(f"{address}/postgres") as opened:
            load_postgres(opened, path)
            yield (
                "PostgreSQL",
                lambda: opened.execute(question("true", "date_trunc('month', received_on)")).fetchall(),
            )


def by_pandas(path: Path) -> pd.DataFrame:
    """Reading included, as each question does it."""
    rows = pd.read_parquet(path, columns=COLUMNS, dtype_backend="pyarrow")
    there = rows.same_as.isna() & rows.unit.notna() & rows.excluded.isna()
    rows = rows[there & (rows.received_on >= date(2024, 1, 1)) & (rows.received_on <= date(2024, 12, 31))]  # fmt: skip
    reached = rows.reached.fillna(False)
    parts = pd.DataFrame({
        "district": rows.district, "month": rows.received_on.dt.month, "contacted": rows.contacted_on <= rows.contact_due, "all": True,
        "solved": reached & rows.solved, "reached": reached, "satisfied": reached & (rows.satisfaction == "satisfied"),
        "basically": reached & (rows.satisfaction == "basically"),
    })  # fmt: skip
    return parts.groupby(["district", "month"]).sum()


def load_sqlite(database: sqlite3.Connection, path: Path) -> None:
    """The rows in a table without an index, truths as 1 and 0."""
    database.execute(f"CREATE TABLE cases ({', '.join(COLUMNS)})")
    marks = ", ".join("?" * len(COLUMNS))
    for batch in pq.ParquetFile(path).iter_batches(columns=COLUMNS):
        texts = [column.cast(pa.string()).to_pylist() if pa.types.is_date(column.type) else column.to_pylist()
                 for column in (batch.column(name) for name in COLUMNS)]  # fmt: skip
        database.executemany(f"INSERT INTO cases VALUES ({marks})", zip(*texts, strict=True))
    database.commit()


def load_postgres(opened: Any, path: Path) -> None:
    """The rows in a table with types, analysed."""
    kinds = {
        "reached": "boolean",
        "solved": "boolean",
        "received_on": "date",
        "contacted_on": "date",
        "contact_due": "date",
    }
    columns = ", ".join(f"{name} {kinds.get(name, 'text')}" for name in COLUMNS)
    opened.execute(f"CREATE TABLE cases ({columns})")
    with opened.cursor() as cursor, cursor.copy("COPY cases FROM STDIN (FORMAT csv)") as copy:
        for batch in pq.ParquetFile(path).iter_batches(columns=COLUMNS):
            sink = pa.BufferOutputStream()
            table = pa.Table.from_batches([batch.select(COLUMNS)])
            pacsv.write_csv(table, sink, pacsv.WriteOptions(include_header=False))
            copy.write(sink.getvalue().to_pybytes())
    opened.commit()
    opened.execute("ANALYZE cases")
