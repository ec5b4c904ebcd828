"""A file that is fed becomes a checked Parquet file beside the register's vintages; the register knows nothing of it yet.

First every batch: types, units, codes, what must be there, references. Then the file as a whole: keys that come
twice, and the register's checks. Only columns are handled, so that five million rows take seconds, and only one
batch is in memory.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import reduce
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from duban.core.problem import Problem, both
from duban.registers.field import Field
from duban.registers.register import Register
from duban.registers.typed import stored
from duban.table.columns import arrow_schema
from duban.table.decode import Decoder, Fault
from duban.table.refusals import Refusals
from duban.table.sources import Batch, Source
from duban.table.stages import Stages
from duban.table.writing import Writing

ROW = "_row"  # the column with the row of the file from which a record came
_AHEAD = 4  # batches that are decoded while one is written
WORKERS = 2
_TEXT = pa.string()


@dataclass(frozen=True, slots=True)
class Decoded:
    """A batch as it is to be written, and what is wrong with the rows that are left out."""

    records: pa.RecordBatch
    rows: pa.Array
    faults: list[Fault]
    refused: int


class Staging:
    """Decodes the batches of a source. `references` are the ids that each register has which fields point to."""

    def __init__(
        self, register: Register, source: Source, day: date, references: Mapping[str, pa.Array]
    ) -> None:
        self.register, self.source, self.day, self.references = register, source, day, references
        names = source.columns.at
        self.fields = [f for f in register.fields if f.name in names and f.status != "derived"]
        self.decoders = {f.name: Decoder(f, source.columns.units.get(f.name, "")) for f in self.fields}
        self.stages = Stages(register, day) if register.stages else None
        self.dates = {f"at_{s.name}": Field(f"day_{s.name}", "date", s.zh, s.en) for s in register.stages}
        self.decoders |= {name: Decoder(f) for name, f in self.dates.items() if name in names}
        self.schema = arrow_schema(register).append(pa.field(ROW, pa.int64()))
        self.count = 0  # of records without a key, numbered as they come

    def write(self, path: Path, refusals: Refusals) -> tuple[int, int]:
        """Write all good rows, and down what is wrong with the others. Gives how many there are of both."""
        written = refused = 0
        with Writing(path, self.schema, self._different) as writing:
            for decoded in self._decoded():
                writing.add(decoded.records)
                refusals.add_rows(decoded.rows, decoded.faults)
                written += decoded.records.num_rows
                refused += decoded.refused
        for row, expected, there in self.source.uneven:
            refusals.add(row, Problem("feed.uneven", "", {"expected": expected, "there": there}))
        return written, refused + len(self.source.uneven)

    def _different(self) -> list[str]:
        """Columns whose values are mostly different: a dictionary of them would only cost."""
        return ["id", ROW, *(name for name, decoder in self.decoders.items() if decoder.many)]

    def _decoded(self) -> Iterator[Decoded]:
        """The batches in order, a few of them decoded at a time."""
        waiting: deque[Future[Decoded]] = deque()
        with ThreadPoolExecutor(WORKERS) as pool:
            for batch in self.source.batches:
                waiting.append(pool.submit(self.decode, batch, self.count))
                self.count += len(batch.rows)
                if len(waiting) >= _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def decode(self, batch: Batch, before: int) -> Decoded:
        """One batch; `before` is how many rows came before it."""
        columns, faults = {}, list[Fault]()
        empty = _all_empty(batch.texts)
        for name, decoder in self.decoders.items():
            columns[name], wrong = decoder.decode(batch.texts[name])
            faults += wrong
            faults += self._missing(decoder.column, columns[name], wrong, empty)
            faults += self._unknown(decoder.column, columns[name])
        if self.register.complete is not None:
            columns |= self._derived(columns, len(batch.rows))
        columns["id"] = self._ids(columns, before, len(batch.rows))
        if self.stages is not None:
            faults += self._staged(self.stages, batch, columns, faults, empty)
        bad = {at for at, _ in faults}
        keep = pc.invert(empty)
        if bad:
            keep = pc.and_(keep, pa.array([at not in bad for at in range(len(batch.rows))]))
        arrays = [
            batch.rows
            if name == ROW
            else columns.get(name, pa.nulls(len(batch.rows), self.schema.field(name).type))
            for name in self.schema.names
        ]
        records = pa.RecordBatch.from_arrays(arrays, schema=self.schema).filter(keep)
        return Decoded(records, batch.rows, sorted(faults, key=lambda fault: fault[0]), len(bad))

    def _missing(
        self, column: Field, values: pa.Array, wrong: list[Fault], empty: pa.Array
    ) -> Iterator[Fault]:
        """What must be there and is not; a row without anything at all is no row."""
        needed = column.required or column.name in self.register.key
        if not needed or not values.null_count:
            return
        known = {at for at, _ in wrong}
        fault = Problem("record.missing", "", {"field": both(column.zh, column.en)})
        for at in pc.indices_nonzero(pc.and_(pc.is_null(values), pc.invert(empty))).to_pylist():
            if at not in known:
                yield at, fault

    def _unknown(self, column: Field, values: pa.Array) -> Iterator[Fault]:
        """References to records that are not there."""
        ids = self.references.get(column.to) if column.type == "reference" else None
        if ids is None:
            return
        strange = pc.and_(pc.is_valid(values), pc.invert(pc.is_in(values, ids)))
        for at in pc.indices_nonzero(strange).to_pylist():
            value = str(values[at])[:40]
            yield (
                at,
                Problem(
                    "record.unknown_reference", "", {"field": both(column.zh, column.en), "value": value}
                ),
            )

    def _derived(self, columns: Mapping[str, pa.Array], count: int) -> dict[str, pa.Array]:
        """What the pack works out, row by row: ten times slower than the rest."""
        named, complete = self.register.named, self.register.complete
        assert complete is not None
        told = {name: columns[name].to_pylist() if name in columns else [None] * count for name in named}
        made = [
            complete(dict(zip(told, row, strict=True)), self.day) for row in zip(*told.values(), strict=True)
        ]
        derived = [f for f in self.register.fields if f.status == "derived"]
        return {
            f.name: pa.array([stored(row.get(f.name)) or None for row in made], _TEXT).cast(self.schema.field(f.name).type)
            if self.schema.field(f.name).type != pa.bool_()
            else pa.array([row.get(f.name) for row in made], pa.bool_())
            for f in derived
        }  # fmt: skip

    def _ids(self, columns: Mapping[str, pa.Array], before: int, count: int) -> pa.Array:
        """The id that follows from the key, as records have it; without a key the row's number in the file."""
        if not self.register.key:
            return pc.utf8_lpad(pa.array(range(before + 1, before + count + 1)).cast(_TEXT), 6, "0")
        parts = [self._key_text(columns, name, count) for name in self.register.key]
        return parts[0] if len(parts) == 1 else pc.binary_join_element_wise(*parts, "~")

    def _key_text(self, columns: Mapping[str, pa.Array], name: str, count: int) -> pa.Array:
        values = columns.get(name)
        if values is None:
            return pa.array([""] * count, _TEXT)
        texts = values if values.type == _TEXT else pa.array([stored(v) for v in values.to_pylist()], _TEXT)
        texts = pc.fill_null(texts, "")
        if pc.any(pc.match_substring_regex(texts, "[/~]")).as_py():
            texts = pc.replace_substring(pc.replace_substring(texts, "/", "∕"), "~", "∼")
        return texts

    def _staged(
        self, stages: Stages, batch: Batch, columns: dict[str, pa.Array], faults: list[Fault], empty: pa.Array
    ) -> list[Fault]:
        """Fills in where each record stands, and says what is wrong with the stages of the rows that are sound."""
        bad = {at for at, _ in faults}
        columns |= stages.begun(columns)
        said, wrong = stages.said(batch)
        bad |= {at for at, _ in wrong}
        sound = pa.array([at not in bad for at in range(len(batch.rows))]) if bad else pc.invert(empty)
        found = [*wrong, *stages.faults(batch, said, columns, pc.and_not(sound, empty))]
        columns["stage"] = stages.stands(said, columns)
        return found


def _all_empty(texts: Mapping[str, pa.Array]) -> pa.Array:
    """Which rows have nothing in any column."""
    return reduce(pc.and_, (pc.equal(pc.fill_null(column, ""), "") for column in texts.values()))
