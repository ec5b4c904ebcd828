"""A large kept register as an engine: one Parquet file, and beside it the few records that changed since."""

from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from duban.ledger.year.records import RecordState
from duban.registers.register import Register
from duban.table.columns import arrow_schema
from duban.table.engine import Table
from duban.table.snapshot import write_states

OLDER = 16  # files of earlier changes that stay for who still reads them
MANY = 20  # where more than one record in so many has changed, the whole file is written anew


class KeptTable:
    """Writes a register's records to Parquet once and again only where many have changed. Raises `DoesNotFit`."""

    def __init__(self, register: Register, states: Sequence[RecordState], connection: Any) -> None:
        self.register, self.connection = register, connection
        self.place = TemporaryDirectory(
            prefix="duban-", ignore_cleanup_errors=True
        )  # as long as an engine reads it
        self.files: list[Path] = []
        self.states, self.base = states, self._write(states)
        self.engine = Table(register, self._read(self.base), self)

    def caught_up(self, states: Sequence[RecordState]) -> bool:
        """Take in what changed since the file was written; False where a new file is the better way."""
        pairs = list(zip_longest(self.states, states))
        changed = [new for old, new in pairs if new is not old and new is not None]
        before = [old for old, new in pairs if new is not old and old is not None]
        if len(changed) * MANY > len(self.states):
            return False
        news = self._read(self._write(changed))
        gone = self._read(self._ids([*before, *changed]))
        names = arrow_schema(self.register).names
        kept = self._read(self.base).anti_join(gone, "id").select(names)
        self.engine = Table(self.register, kept.union(news.select(names)), self)
        for old in self.files[1:-OLDER]:
            old.unlink(missing_ok=True)
        return True

    def _write(self, states: Sequence[RecordState]) -> Path:
        path = self._next()
        write_states(self.register, (state for state in states if not state.removed), path)
        return path

    def _ids(self, states: Sequence[RecordState]) -> Path:
        path = self._next()
        ids = sorted({state.id for state in states})
        pq.write_table(pa.table({"id": pa.array(ids, pa.string())}), path)
        return path

    def _next(self) -> Path:
        self.files.append(Path(self.place.name) / f"{len(self.files)}.parquet")
        return self.files[-1]

    def _read(self, path: Path) -> ibis.Table:
        table: ibis.Table = self.connection.read_parquet(str(path))
        return table
