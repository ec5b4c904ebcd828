"""The ledger in one folder: `book.sqlite`, written by one transaction at a time (WAL, IMMEDIATE).

synchronous=FULL: a commit returns only when the log is on the disk, so an acknowledged entry survives both
kill -9 and a power cut. NORMAL would survive only the first. It costs one fsync per append, not per entry.
"""

import errno
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from duban.core.problem import Problem, Refused
from duban.ledger.seal import hasher
from duban.ledger.store import SCHEMA_VERSION, Cursor, Head, Row, Store

FILE = "book.sqlite"
PATIENCE = 10.0  # seconds that a writer waits for its turn

_SCHEMA = f"""
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entry (
    seq INTEGER PRIMARY KEY, at TEXT NOT NULL, day TEXT NOT NULL, actor TEXT NOT NULL, kind TEXT NOT NULL,
    account TEXT NOT NULL, body TEXT NOT NULL, seal TEXT NOT NULL
);
CREATE INDEX entry_account ON entry (account);
CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: no UPDATE'); END;
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: no DELETE'); END;
CREATE TRIGGER entry_in_order BEFORE INSERT ON entry
    WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entry)
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: the next seq only'); END;
CREATE TRIGGER meta_no_update BEFORE UPDATE ON meta
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: no UPDATE'); END;
CREATE TRIGGER meta_no_delete BEFORE DELETE ON meta
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: no DELETE'); END;
CREATE TRIGGER meta_no_replace BEFORE INSERT ON meta
    WHEN EXISTS (SELECT 1 FROM meta WHERE name = NEW.name)
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: no REPLACE'); END;
PRAGMA user_version = {SCHEMA_VERSION};
"""
_INSERT = "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_ROW = "SELECT seq, at, day, actor, kind, account, body, seal FROM entry WHERE "
_POSTING = "SELECT seq, at, day, actor, kind, account, CAST(body AS BLOB) FROM entry WHERE "
_CODES = {
    sqlite3.SQLITE_BUSY: "ledger.locked",
    sqlite3.SQLITE_LOCKED: "ledger.locked",
    sqlite3.SQLITE_FULL: "ledger.disk_full",
    sqlite3.SQLITE_IOERR: "ledger.disk_failed",
    sqlite3.SQLITE_READONLY: "ledger.no_rights",
    sqlite3.SQLITE_PERM: "ledger.no_rights",
    sqlite3.SQLITE_CANTOPEN: "ledger.no_rights",
    sqlite3.SQLITE_NOTADB: "ledger.not_a_ledger",
    sqlite3.SQLITE_CORRUPT: "ledger.damaged",
}
_FAULTS = {
    errno.ENOSPC: "ledger.disk_full",
    errno.EDQUOT: "ledger.disk_full",
    errno.EROFS: "ledger.no_rights",
}


@contextmanager
def _refusing(place: str) -> Iterator[None]:
    """Turn what SQLite says into the one Problem that the user can mend."""
    try:
        yield
    except sqlite3.Error as fault:
        code = _CODES.get(getattr(fault, "sqlite_errorcode", -1) & 0xFF, "ledger.database")
        raise Refused(Problem(code, place, {"fault": str(fault)})) from fault


class _SqliteCursor(Cursor):
    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def head(self) -> Head:
        row = self._db.execute("SELECT seq, seal FROM entry ORDER BY seq DESC LIMIT 1").fetchone()
        return Head(*row) if row else Head(0, "")

    def insert(self, rows: Sequence[Row]) -> None:
        self._db.executemany(_INSERT, rows)


class SqliteStore(Store):
    """A ledger in the folder `location`; opened by `open_store`."""

    def __init__(self, folder: Path, create: bool, algorithm: str, patience: float | None = None) -> None:
        self.location = str(folder)
        self.file = folder / FILE
        self._patience = PATIENCE if patience is None else patience
        self._mine = threading.local()
        self._all: list[sqlite3.Connection] = []
        try:
            self._prepare(folder, create, algorithm)
            with _refusing(self.location):
                row = self._db().execute("SELECT value FROM meta WHERE name = 'algorithm'").fetchone()
            self.algorithm = str(row[0])
            hasher(self.algorithm)
        except BaseException:
            self.close()
            raise

    def _prepare(self, folder: Path, create: bool, algorithm: str) -> None:
        try:
            if create:
                hasher(algorithm)
                folder.mkdir(parents=True, exist_ok=True)
            if not create and not self.file.is_file():
                raise Refused(Problem("ledger.missing", self.location))
            if self.file.exists() and _foreign(self.file, create):
                raise Refused(Problem("ledger.not_a_ledger", self.location))
        except (PermissionError, FileExistsError, NotADirectoryError) as fault:
            code = "ledger.no_rights" if isinstance(fault, PermissionError) else "ledger.not_a_folder"
            raise Refused(Problem(code, self.location)) from fault
        except OSError as fault:
            code = _FAULTS.get(fault.errno or 0, "ledger.database")
            raise Refused(Problem(code, self.location, {"fault": str(fault)})) from fault
        with _refusing(self.location):
            self._lay_out(create, algorithm)

    def _lay_out(self, create: bool, algorithm: str) -> None:
        """Write the schema if this is a new file; whoever comes second finds it there."""
        db = self._db()
        if self._version() == SCHEMA_VERSION:
            return
        if not create:
            raise Refused(Problem("ledger.not_a_ledger", self.location))
        db.execute("BEGIN IMMEDIATE")
        try:
            if self._version() == 0:
                if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                    raise Refused(Problem("ledger.not_a_ledger", self.location))
                for statement in _statements(_SCHEMA):
                    db.execute(statement)
                db.execute("INSERT INTO meta VALUES ('algorithm', ?)", (algorithm,))
            db.execute("COMMIT")
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")

    def _version(self) -> int:
        version = int(self._db().execute("PRAGMA user_version").fetchone()[0])
        if version > SCHEMA_VERSION:
            data: dict[str, str | int] = {"version": version, "known": SCHEMA_VERSION}
            raise Refused(Problem("ledger.newer", self.location, data))
        return version

    def _db(self) -> sqlite3.Connection:
        """This thread's connection."""
        db: sqlite3.Connection | None = getattr(self._mine, "db", None)
        if db is None:
            db = sqlite3.connect(
                self.file, timeout=self._patience, isolation_level=None, check_same_thread=False
            )
            _switch_to_wal(db, self._patience)
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA cache_size = -32768")
            self._mine.db = db
            self._all.append(db)
        return db

    @contextmanager
    def _writing(self) -> Iterator[Cursor]:
        with _refusing(self.location):
            db = self._db()
            db.execute("BEGIN IMMEDIATE")
            try:
                yield _SqliteCursor(db)
                db.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    if db.in_transaction:
                        db.execute("ROLLBACK")
                raise

    def _select(self, condition: str, values: Sequence[Any], quick: bool = False) -> list[Any]:
        with _refusing(self.location), closing(self._db().cursor()) as cursor:
            return cursor.execute((_POSTING if quick else _ROW) + condition, values).fetchall()

    def close(self) -> None:
        """Close every thread's connection; the last one to close folds the log into the file."""
        while self._all:
            self._all.pop().close()
        self._mine = threading.local()


def _foreign(file: Path, create: bool) -> bool:
    """Whether the file plainly is no ledger; told by its first bytes, since SQLite would write to it.

    A ledger keeps its log (WAL) from its first moment and bears a version; a copy made by `VACUUM INTO` keeps
    the version only (SQLite's file format, 1.3).
    """
    with file.open("rb") as start:
        head = start.read(100)
    if not head:
        return not create
    logged, version = head[18:20] == b"\2\2", int.from_bytes(head[60:64])
    return not head.startswith(b"SQLite format 3\0") or not (logged or version)


def _switch_to_wal(db: sqlite3.Connection, patience: float) -> None:
    """SQLite does not wait for its turn when it changes the journal mode of a new file, so we do."""
    until = time.monotonic() + patience
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                db.close()
                raise
            time.sleep(0.02)
        except sqlite3.Error:
            db.close()
            raise


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one, since executescript would commit in between."""
    held = ""
    for line in script.splitlines():
        held += line + "\n"
        if sqlite3.complete_statement(held):
            yield held
            held = ""
