"""Files and query results of other systems as batches of texts, with the row each came from; nothing is read twice.

A file goes through memory batch by batch, whatever its size. Rows are counted as people count them in the file, the
heads' row with them.
"""

import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from duban.core.problem import Problem, Refused
from duban.table.heads import SEARCHED, Columns

BATCH = 65_536  # rows
BLOCK = 8 << 20  # bytes of a CSV file that are read at a time
ZONE = "Asia/Shanghai"  # whose days count, wherever a server that keeps instants has its own
_HEAD = 1 << 16  # bytes in which the heads are looked for
_OLE = b"\xd0\xcf\x11\xe0"

Finds = Callable[[Sequence[Sequence[str]], str], Columns]


@dataclass(slots=True)
class Batch:
    """Columns of texts by the register's names, and the row of the file from which each line came."""

    texts: dict[str, pa.Array]
    rows: pa.Array


@dataclass(slots=True)
class Source:
    """An opened file: its heads, and its batches, once. `uneven` are rows whose cells are not as many as the heads."""

    name: str
    sha256: str
    columns: Columns
    batches: Iterator[Batch]
    uneven: list[tuple[int, int, int]] = field(default_factory=list)  # row, cells expected, cells there


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, read in pieces."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def open_source(path: Path, finds: Finds, *, name: str = "") -> Source:
    """Open a CSV, Excel or Parquet file. Raises `Refused` for anything else, and for heads that are not the register's."""
    name = name or path.name
    try:
        with path.open("rb") as opened:
            start = opened.read(_HEAD)
    except OSError as fault:
        raise Refused(Problem("feed.unreadable", name, {"fault": fault.strerror or ""})) from None
    if not start.strip():
        raise Refused(Problem("feed.empty", name))
    if start.startswith(_OLE):
        raise Refused(Problem("feed.old_excel", name))
    kind = _parquet if start.startswith(b"PAR1") else _excel if start.startswith(b"PK") else _csv
    return kind(path, name, start, finds)


def _csv(path: Path, name: str, start: bytes, finds: Finds) -> Source:
    encoding, text = _decoded(start, name)
    separator = max(",\t;|", key=text.count)
    heads = list(csv.reader(io.StringIO(text), delimiter=separator))[:SEARCHED]
    columns = finds(heads, name)
    source = Source(name, digest_of(path), columns, iter(()))
    width = len(heads[columns.row])
    source.batches = _csv_batches(path, source, encoding, separator, width)
    return source


def _decoded(start: bytes, name: str) -> tuple[str, str]:
    """The encoding, and the text of the beginning: UTF-8, or what Chinese Windows writes."""
    whole = start if len(start) < _HEAD else start[: start.rfind(b"\n") + 1] or start
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        if (encoding == "utf-16") != whole.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            return encoding, whole.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(Problem("feed.encoding", name))


def _csv_batches(path: Path, source: Source, encoding: str, separator: str, width: int) -> Iterator[Batch]:
    first = source.columns.row + 2
    skipped: list[int] = []  # data rows (the first is 0) that are not in the batches

    def handle(row: pacsv.InvalidRow) -> str:
        skipped.append(row.number - first)
        if row.text.strip():
            source.uneven.append((row.number, row.expected_columns, row.actual_columns))
        return "skip"

    names = [str(at) for at in range(width)]
    wanted = {str(at): pa.string() for at in source.columns.at.values()}
    try:
        reader = pacsv.open_csv(
            path,
            pacsv.ReadOptions(use_threads=False, block_size=BLOCK, column_names=names, skip_rows=first - 1,
                              encoding="utf8" if encoding == "utf-8-sig" else encoding),
            pacsv.ParseOptions(delimiter=separator, newlines_in_values=True, ignore_empty_lines=False,
                               invalid_row_handler=handle),
            pacsv.ConvertOptions(column_types=wanted, include_columns=list(wanted), strings_can_be_null=False),
        )  # fmt: skip
        done = 0
        for batch in reader:
            rows = _numbered(done, batch.num_rows, skipped, first)
            done += batch.num_rows
            yield Batch({n: batch.column(str(at)) for n, at in source.columns.at.items()}, rows)
    except (pa.ArrowInvalid, UnicodeDecodeError) as fault:
        if str(fault) != "Empty CSV file":
            raise Refused(Problem("feed.broken", source.name, {"fault": str(fault)[:200]})) from None


def _numbered(done: int, count: int, skipped: Sequence[int], first: int) -> pa.Array:
    """The rows of the file of `count` lines after `done`, of which the skipped ones are no lines."""
    lines = np.arange(done, done + count)
    before = np.array([row - at for at, row in enumerate(skipped)], dtype=np.int64)
    return pa.array(lines + np.searchsorted(before, lines, side="right") + first)


def _parquet(path: Path, name: str, start: bytes, finds: Finds) -> Source:
    try:
        file = pq.ParquetFile(path)
    except pa.ArrowInvalid as fault:
        raise Refused(Problem("feed.broken", name, {"fault": str(fault)[:200]})) from None
    heads = file.schema_arrow.names
    columns = finds([heads], name)

    def batches() -> Iterator[Batch]:
        done = 1
        for batch in file.iter_batches(BATCH, columns=[heads[at] for at in columns.at.values()]):
            texts = {n: _as_text(batch.column(heads[at])) for n, at in columns.at.items()}
            yield Batch(texts, pa.array(range(done, done + batch.num_rows), pa.int64()))
            done += batch.num_rows

    return Source(name, digest_of(path), columns, batches())


def _as_text(column: pa.Array) -> pa.Array:
    """A typed column as texts; a time of day at midnight is a date."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_timestamp(column.type):
        if column.type.tz:
            column = pc.local_timestamp(column.cast(pa.timestamp(column.type.unit, ZONE)))
        return pc.replace_substring_regex(pc.strftime(column, "%Y-%m-%d %H:%M:%S"), r" 00:00:00(\.0+)?$", "")
    return column if pa.types.is_string(column.type) else column.cast(pa.string())


def _excel(path: Path, name: str, start: bytes, finds: Finds) -> Source:
    from duban.table.excel import excel_rows

    return from_rows(name, digest_of(path), excel_rows(path, name), finds)


def from_rows(name: str, sha256: str, rows: Iterator[list[str]], finds: Finds) -> Source:
    """A source of rows of texts, the heads among the first of them."""
    first = [row for _, row in zip(range(SEARCHED), rows, strict=False)]
    columns = finds(first, name)

    def batches() -> Iterator[Batch]:
        number, held = columns.row + 2, first[columns.row + 1 :]
        while True:
            held += [row for _, row in zip(range(BATCH - len(held)), rows, strict=False)]
            if not held:
                return
            texts = {n: pa.array([row[at] if at < len(row) else "" for row in held], pa.string())
                     for n, at in columns.at.items()}  # fmt: skip
            yield Batch(texts, pa.array(range(number, number + len(held)), pa.int64()))
            number, held = number + len(held), []

    return Source(name, sha256, columns, batches())
