"""Which engine answers for a register: plain Python for a small one, DuckDB over Parquet above, kept while it stands.

The core install has no DuckDB: there the plain engine answers for every kept register. `Engines` is what pages and
commands ask.
"""

import threading
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from duban.core.problem import Problem, Refused
from duban.ledger.book import Book
from duban.ledger.year.records import RecordState
from duban.registers.indicator import Engine, Plain
from duban.registers.record import rows
from duban.registers.register import Register
from duban.registers.veil import Veil
from duban.registers.veil import veiled as hide

SMALL = 5_000  # records: up to here the plain engine is done before DuckDB has planned its questions (docs/scale.md)
_KEPT = 16  # engines of registers and days in memory


def installed() -> bool:
    """Whether the extra `table` is there."""
    return find_spec("ibis") is not None and find_spec("duckdb") is not None


def engine_for(register: Register, states: Iterable[RecordState], *, small: int = SMALL) -> Engine:
    """An engine over these records as they stand now: for one question; `Engines` keeps them for many."""
    return Engines(small=small).over(register, list(states))


class Engines:
    """The engines of one site. One of a register is made anew only where the register has changed.

    `folder` is the book's, beside which the lake of fed registers is; `memory` what DuckDB may hold ("3GB").
    """

    def __init__(self, folder: Path | None = None, *, small: int = SMALL, memory: str = "") -> None:
        self.folder, self.small, self.memory = folder, small, memory
        self._lock = threading.RLock()
        self._made: dict[tuple[str, str | None], tuple[object, Any]] = {}
        self._opened: Any = None

    def of(self, book: Book, register: Register) -> Engine:
        """The engine over the register as the book has it. Raises `Refused` for a fed one whose file is not there."""
        if register.kind == "fed":
            return self._fed(book, register)
        mark, key = book.registers.mark(register.name), (register.name, book.as_of)
        with self._lock:
            known = self._made.pop(key, None)
            if known is None or known[0] is not mark:
                states = list(book.registers.get(register.name, {}).values())
                known = (mark, self._made_of(register, states, known[1] if known else None))
            return self._keep(key, known)

    def _keep(self, key: tuple[str, str | None], made: tuple[object, Any]) -> Engine:
        """The engine, kept as the last one that was asked for."""
        self._made[key] = made
        for old in list(self._made)[:-_KEPT]:
            del self._made[old]
        return _engine(made[1])

    def _fed(self, book: Book, register: Register) -> Engine:
        """The engine over the vintage that the book knows."""
        vintages = book.feeds.get(register.name, ())
        if not vintages:
            return Plain(register, [])
        if self.folder is None or not installed():
            raise Refused(Problem("feed.not_installed", f"feed/{register.name}"))
        from duban.table.engine import over_parquet
        from duban.table.lake import Lake

        mark, key = vintages[-1].body.sha256, (register.name, book.as_of)
        with self._lock:
            known = self._made.pop(key, None)
            if known is None or known[0] != mark:
                path = Lake.beside(self.folder).current(book, register.name)
                assert path is not None
                known = (mark, over_parquet(register, path, connection=self._connection()))
            return self._keep(key, known)

    def over(self, register: Register, states: list[RecordState]) -> Engine:
        """An engine over these records, of which removed ones do not count."""
        with self._lock:
            return _engine(self._made_of(register, states, None))

    def _made_of(self, register: Register, states: list[RecordState], before: Any) -> Any:
        """A plain engine or a table, caught up from the one before where that is possible."""
        if len(states) > self.small and installed():
            from duban.table.kept import KeptTable
            from duban.table.snapshot import DoesNotFit

            if isinstance(before, KeptTable) and before.register is register and before.caught_up(states):
                return before
            try:
                return KeptTable(register, states, self._connection())
            except DoesNotFit:
                pass  # figures with more digits than a column has are worked out in Python
        return Plain(register, rows(register, (state for state in states if not state.removed)))

    def _connection(self) -> Any:
        from duban.table.engine import duckdb

        self._opened = self._opened or duckdb(memory=self.memory)
        return self._opened


def veiled(engine: Engine, register: Register, veil: Veil) -> Engine:
    """An engine over the same records as one reader sees them."""
    if isinstance(engine, Plain):
        return Plain(register, hide(register, veil, engine.every))
    from duban.table.engine import Table
    from duban.table.engine import veiled as behind

    assert isinstance(engine, Table)
    return behind(engine, veil)


def _engine(made: Any) -> Engine:
    engine: Engine = getattr(made, "engine", made)
    return engine
