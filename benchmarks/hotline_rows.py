"""A 12345 register of many rows, made up from a seed: the same rows every time, written in pieces."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from duban.packs.hotline.register import ARCHIVE
from duban.table.columns import ROWS, arrow_schema, parquet_writer

PIECE = 1_000_000
DISTRICTS = [f"第{n}区" for n in range(1, 10)]
UNITS = [f"市第{n}局" for n in range(1, 61)]
KINDS = ["consult", "help", "suggestion", "complaint", "report"]
CHANNELS = ["phone", "web", "file", "110"]
SATISFACTION = ["satisfied", "basically", "not", None]
EXCLUDED = [None, "unreachable", "malicious", "legal", "policy"]
FED = ARCHIVE  # the hotline's register of cases that another system has


def pieces(rows: int, seed: int = 12345) -> Iterator[pa.RecordBatch]:
    """Batches of the register with all its columns."""
    schema = arrow_schema(FED)
    for start in range(0, rows, PIECE):
        count = min(PIECE, rows - start)
        chance = np.random.default_rng((seed, start))
        yield pa.RecordBatch.from_pydict(_columns(chance, start, count), schema=schema)


def _columns(chance: np.random.Generator, start: int, count: int) -> dict[str, pa.Array]:
    first = (date(2024, 1, 1) - date(1970, 1, 1)).days
    received = chance.integers(first, first + 366, count).astype("int32")
    received.sort()  # as a platform writes them: in order of time
    late = chance.random(count)
    contacted = received + np.where(late < 0.93, 1, 4).astype("int32")
    numbers = pa.array(np.char.add("WO", np.arange(start, start + count).astype("U")))
    days = pa.array(received).cast(pa.date32())
    reached = chance.random(count) < 0.8
    solved = chance.random(count) < 0.9
    return {
        "id": numbers, "number": numbers, "received_on": days,
        "channel": _picked(chance, CHANNELS, count), "kind": _picked(chance, KINDS, count),
        "district": _picked(chance, DISTRICTS, count), "theme": _picked(chance, ["供热", "道路", "噪声", "物业"], count),
        "unit": _picked(chance, UNITS, count), "contact_due": pa.array(received + 1).cast(pa.date32()),
        "contacted_on": pa.array(contacted, mask=late > 0.98).cast(pa.date32()),
        "called_on": pa.array(contacted + 5).cast(pa.date32()),
        "reached": pa.array(reached), "solved": pa.array(solved, mask=~reached),
        "satisfaction": _picked(chance, SATISFACTION, count, [0.7, 0.15, 0.1, 0.05]),
        "excluded": _picked(chance, EXCLUDED, count, [0.95, 0.02, 0.01, 0.01, 0.01]),
        "same_as": pa.array(np.where(chance.random(count) < 0.01, "WO0", None), pa.string()),
    }  # fmt: skip


def _picked(chance: np.random.Generator, words: list, count: int, weights: list | None = None) -> pa.Array:
    at = chance.choice(len(words), count, p=weights).astype("int8")
    return pa.array(words, pa.string()).take(pa.array(at))


def write_parquet(path: Path, rows: int) -> None:
    """The register as a Parquet file, as a feed leaves it."""
    with parquet_writer(path, arrow_schema(FED)) as writer:
        for piece in pieces(rows):
            writer.write_batch(piece, ROWS)


def write_csv(path: Path, rows: int) -> None:
    """The register as a CSV file with the heads and words of an office."""
    names = [f.name for f in FED.fields if f.status != "derived"]
    heads = [f"{FED.named[name].zh}" for name in names]
    with path.open("wb") as opened:
        for at, piece in enumerate(pieces(rows)):
            shown = pa.Table.from_arrays([_shown(piece, name) for name in names], names=heads)
            pacsv.write_csv(shown, opened, pacsv.WriteOptions(include_header=at == 0))


def _shown(piece: pa.RecordBatch, name: str) -> pa.Array:
    """A column as people write it: words for codes and truths."""
    column, field = piece.column(name), FED.named[name]
    if field.type == "yes":
        return pa.array(["否", "是"]).take(column.cast(pa.int8()))
    if field.type != "choice":
        return column.cast(pa.string())
    words = {code.value: code.zh for code in field.codes}
    coded = column.dictionary_encode()
    return pa.array([words[value] for value in coded.dictionary.to_pylist()]).take(coded.indices)
