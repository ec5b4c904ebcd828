"""The result of a query in another system's database, by its address: PostgreSQL, or an SQLite file."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from tempfile import TemporaryFile
from typing import IO, Any
from urllib.parse import quote

from duban.core.problem import Problem, Refused
from duban.table.excel import told
from duban.table.sources import ZONE, Finds, Source, from_rows

_ROWS = 20_000  # rows that are fetched at a time


def open_query(address: str, query: str, finds: Finds, *, name: str) -> Source:
    """Run a query by `postgresql://…` or `sqlite:///path`, read only. Raises `Refused`.

    The rows are written down once, so that their digest is known before any is taken.
    """
    kept = TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115 - read by the source until its end
    digest = hashlib.sha256()
    for row in _rows(address, query, name):
        line = (
            "\x1f".join(cell.replace("\x1f", " ").replace("\n", "\x1e").replace("\r", "") for cell in row)
            + "\n"
        )
        digest.update(line.encode())
        kept.write(line)
    kept.seek(0)
    return from_rows(name, digest.hexdigest(), _again(kept), finds)


def _again(kept: IO[str]) -> Iterator[list[str]]:
    with kept:
        for line in kept:
            yield [cell.replace("\x1e", "\n") for cell in line.rstrip("\n").split("\x1f")]


def _rows(address: str, query: str, name: str) -> Iterator[list[str]]:
    """The heads, then the rows."""
    scheme = address.partition("://")[0].partition("+")[0] if "://" in address else ""
    if scheme == "sqlite":
        yield from _sqlite(address, query, name)
    elif scheme in ("postgresql", "postgres"):
        yield from _postgres(address, query, name)
    else:
        raise Refused(Problem("feed.database", name, {"scheme": scheme or "—"}))


def _sqlite(address: str, query: str, name: str) -> Iterator[list[str]]:
    path = address.split("://", 1)[1].removeprefix("/")
    try:
        with closing(sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True)) as opened:
            yield from _fetched(opened.execute(query), name)
    except (sqlite3.Error, sqlite3.Warning, ValueError) as fault:
        raise Refused(Problem("feed.query", name, {"fault": str(fault)[:200]})) from None


def _postgres(address: str, query: str, name: str) -> Iterator[list[str]]:
    try:
        import psycopg
    except ImportError:
        raise Refused(Problem("feed.no_driver", name)) from None
    try:
        with psycopg.connect(address, options=f"-c TimeZone={ZONE}") as opened:
            opened.read_only = True
            _let_infinity_be(opened)
            with opened.cursor("duban") as cursor:
                cursor.itersize = _ROWS
                cursor.execute(query.encode())
                yield from _fetched(cursor, name)
    except (psycopg.Error, ValueError) as fault:
        raise Refused(Problem("feed.query", name, {"fault": str(fault)[:200]})) from None


def _let_infinity_be(opened: Any) -> None:
    """Have days that Python cannot hold (infinity, 44 BC) as their texts: the row is refused, not the whole result."""
    from psycopg import DataError
    from psycopg.types import datetime as kinds

    def lenient(loader: Any) -> Any:
        class Lenient(loader):  # type: ignore[misc]
            def load(self, data: Any) -> Any:
                try:
                    return super().load(data)
                except DataError:
                    return bytes(data).decode()

        return Lenient

    for name, loader in (("date", kinds.DateLoader), ("timestamp", kinds.TimestampLoader), ("timestamptz", kinds.TimestamptzLoader)):  # fmt: skip
        opened.adapters.register_loader(name, lenient(loader))


def _fetched(cursor: Any, name: str) -> Iterator[list[str]]:
    if cursor.description is None:
        raise Refused(Problem("feed.no_result", name))
    yield [column[0] for column in cursor.description]
    while rows := cursor.fetchmany(_ROWS):
        for row in rows:
            yield [told(value) for value in row]
