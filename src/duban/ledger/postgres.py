"""The ledger in a PostgreSQL database, for several servers that write at once (needs the extra `postgres`).

Every append takes the entry table's EXCLUSIVE lock first: writers queue, readers do not wait, and since the
number is given under that lock, numbers have no gaps and their order is the order of commits.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, LiteralString
from urllib.parse import urlsplit

import psycopg
from psycopg import errors

from duban.core.problem import Problem, Refused
from duban.ledger.seal import hasher
from duban.ledger.store import SCHEMA_VERSION, Cursor, Head, Row, Store

PATIENCE = 10.0
_LAYOUT_LOCK = 0x6475_6261  # any number of our own: who lays out the tables holds it

_SCHEMA: LiteralString = """
CREATE TABLE duban_meta (name text PRIMARY KEY, value text NOT NULL);
CREATE TABLE duban_entry (
    seq bigint PRIMARY KEY, at text NOT NULL, day text COLLATE "C" NOT NULL, actor text NOT NULL,
    kind text NOT NULL, account text COLLATE "C" NOT NULL, body text NOT NULL, seal text NOT NULL
);
CREATE INDEX duban_entry_account ON duban_entry (account);
CREATE FUNCTION duban_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the ledger is append-only: no %', TG_OP; END $$;
CREATE FUNCTION duban_in_order() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT coalesce(max(seq), 0) + 1 FROM duban_entry) THEN
        RAISE EXCEPTION 'the ledger is append-only: the next seq only';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON duban_entry
    FOR EACH STATEMENT EXECUTE FUNCTION duban_refuse();
CREATE TRIGGER in_order BEFORE INSERT ON duban_entry FOR EACH ROW EXECUTE FUNCTION duban_in_order();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON duban_meta
    FOR EACH STATEMENT EXECUTE FUNCTION duban_refuse();
ALTER TABLE duban_entry ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE duban_entry ENABLE ALWAYS TRIGGER in_order;
ALTER TABLE duban_meta ENABLE ALWAYS TRIGGER append_only;
"""
_INSERT: LiteralString = "INSERT INTO duban_entry VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
_ROW = "SELECT seq, at, day, actor, kind, account, body, seal FROM duban_entry WHERE "
_POSTING = "SELECT seq, at, day, actor, kind, account, body FROM duban_entry WHERE "
_CODES: tuple[tuple[type[psycopg.Error], str], ...] = (
    (errors.LockNotAvailable, "ledger.locked"),
    (errors.DiskFull, "ledger.disk_full"),
    (errors.InsufficientPrivilege, "ledger.no_rights"),
    (errors.ReadOnlySqlTransaction, "ledger.no_rights"),
    (errors.InvalidPassword, "ledger.no_rights"),
    (errors.InvalidAuthorizationSpecification, "ledger.no_rights"),
    (psycopg.OperationalError, "ledger.unreachable"),
)


@contextmanager
def _refusing(place: str) -> Iterator[None]:
    """Turn what PostgreSQL says into the one Problem that the user can mend."""
    try:
        yield
    except psycopg.Error as fault:
        code = next((code for kind, code in _CODES if isinstance(fault, kind)), "ledger.database")
        first = (str(fault).splitlines() or [""])[0]
        raise Refused(Problem(code, place, {"fault": first})) from fault


class _PostgresCursor(Cursor):
    def __init__(self, cursor: "psycopg.Cursor[Any]") -> None:
        self._cursor = cursor

    def head(self) -> Head:
        row = self._cursor.execute("SELECT seq, seal FROM duban_entry ORDER BY seq DESC LIMIT 1").fetchone()
        return Head(*row) if row else Head(0, "")

    def insert(self, rows: Sequence[Row]) -> None:
        self._cursor.executemany(_INSERT, rows)


class PostgresStore(Store):
    """A ledger at a postgresql:// URL; opened by `open_store`."""

    def __init__(self, url: str, create: bool, algorithm: str, patience: float = PATIENCE) -> None:
        self._url = url
        self._patience = patience
        self.location = _without_password(url)
        self._mine = threading.local()
        self._all: list[psycopg.Connection[Any]] = []
        with _refusing(self.location):
            meta = self._meta() or self._lay_out(create, algorithm)
        if int(meta["schema"]) > SCHEMA_VERSION:
            data: dict[str, str | int] = {"version": int(meta["schema"]), "known": SCHEMA_VERSION}
            raise Refused(Problem("ledger.newer", self.location, data))
        self.algorithm = meta["algorithm"]
        hasher(self.algorithm)

    def _meta(self) -> dict[str, str]:
        """What the ledger says of itself; empty when there is none."""
        db = self._db()
        there = db.execute("SELECT to_regclass('duban_meta') IS NOT NULL").fetchone()
        if not there or not there[0]:
            return {}
        return dict(db.execute("SELECT name, value FROM duban_meta").fetchall())

    def _lay_out(self, create: bool, algorithm: str) -> dict[str, str]:
        if not create:
            raise Refused(Problem("ledger.missing", self.location))
        hasher(algorithm)
        db = self._db()
        with db.transaction():
            db.execute("SELECT pg_advisory_xact_lock(%s)", (_LAYOUT_LOCK,))
            meta = self._meta()
            if meta:
                return meta
            db.execute(_SCHEMA)
            for name, value in (("schema", str(SCHEMA_VERSION)), ("algorithm", algorithm)):
                db.execute("INSERT INTO duban_meta VALUES (%s, %s)", (name, value))
        return self._meta()

    def _db(self) -> "psycopg.Connection[Any]":
        """This thread's connection; a broken one is replaced."""
        db: psycopg.Connection[Any] | None = getattr(self._mine, "db", None)
        if db is None or db.closed:
            db = psycopg.connect(self._url, autocommit=True, connect_timeout=max(2, int(self._patience)))
            db.execute("SELECT set_config('lock_timeout', %s, false)", (f"{int(self._patience * 1000)}ms",))
            self._mine.db = db
            self._all.append(db)
        return db

    @contextmanager
    def _writing(self) -> Iterator[Cursor]:
        with _refusing(self.location):
            db = self._db()
            with db.transaction(), db.cursor() as cursor:
                cursor.execute("SET LOCAL synchronous_commit = on")
                cursor.execute("LOCK TABLE duban_entry IN EXCLUSIVE MODE")
                yield _PostgresCursor(cursor)

    def _select(self, condition: str, values: Sequence[Any], quick: bool = False) -> list[Any]:
        query = ((_POSTING if quick else _ROW) + condition).replace("?", "%s")
        with _refusing(self.location):
            return self._db().execute(query, values).fetchall()

    def close(self) -> None:
        """Close every thread's connection."""
        while self._all:
            self._all.pop().close()
        self._mine = threading.local()


def _without_password(url: str) -> str:
    """The URL as it may be shown: no password."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")
    user = host[0].partition(":")[0]
    return parts._replace(netloc=f"{user}@{host[2]}" if user else host[2], query="").geturl()
