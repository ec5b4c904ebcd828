"""A Parquet file written on a thread of its own, in row groups of even size."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from duban.table.columns import ROWS, parquet_writer


class Writing:
    """Takes batches and writes them behind the caller's back. `different` names the columns without a dictionary.

    The file is whole when the block has ended.
    """

    def __init__(self, path: Path, schema: pa.Schema, different: Callable[[], list[str]]) -> None:
        self.path, self.schema, self.different = path, schema, different
        self._held: list[pa.RecordBatch] = []
        self._writer: pq.ParquetWriter | None = None
        self._pool = ThreadPoolExecutor(1)
        self._last: Future[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._flush()
                self._wait()
        finally:
            self._pool.shutdown()
            if self._writer is not None:
                self._writer.close()

    def add(self, batch: pa.RecordBatch) -> None:
        """One more batch; waits while the group before it is written."""
        self._held.append(batch)
        if sum(one.num_rows for one in self._held) >= ROWS:
            self._flush()

    def _flush(self) -> None:
        self._wait()
        group = pa.Table.from_batches(self._held, self.schema)
        self._held, self._last = [], self._pool.submit(self._write, group)

    def _wait(self) -> None:
        if self._last is not None:
            self._last.result()

    def _write(self, group: pa.Table) -> None:
        if self._writer is None:
            alike = [name for name in self.schema.names if name not in self.different()]
            self._writer = parquet_writer(self.path, self.schema, alike)
        self._writer.write_table(group, row_group_size=2 * ROWS)
