"""The result of a query in another system's database, by its address: PostgreSQL, or an SQLite file."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from tempfile import TemporaryFile
from typing import IO, Any
from urllib.parse import urlsplit

from duban.core.problem import Problem, Refused
from duban.table.excel import told
from duban.table.sources import Finds, Source, from_rows

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
    scheme = urlsplit(address).scheme.partition("+")[0]
    if scheme == "sqlite":
        yield from _sqlite(address, query, name)
    elif scheme in ("postgresql", "postgres"):
        yield from _postgres(address, query, name)
    else:
        raise Refused(Problem("feed.database", name, {"scheme": scheme or "—"}))


def _sqlite(address: str, query: str, name: str) -> Iterator[list[str]]:
    path = address.split("://", 1)[1].removeprefix("/")
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as opened:
            yield from _fetched(opened.execute(query))
    except sqlite3.Error as fault:
        raise Refused(Problem("feed.query", name, {"fault": str(fault)[:200]})) from None


def _postgres(address: str, query: str, name: str) -> Iterator[list[str]]:
    import psycopg

    try:
        with psycopg.connect(address) as opened:
            opened.read_only = True
            with opened.cursor("duban") as cursor:
                cursor.itersize = _ROWS
                cursor.execute(query.encode())
                yield from _fetched(cursor)
    except psycopg.Error as fault:
        raise Refused(Problem("feed.query", name, {"fault": str(fault)[:200]})) from None


def _fetched(cursor: Any) -> Iterator[list[str]]:
    yield [column[0] for column in cursor.description]
    while rows := cursor.fetchmany(_ROWS):
        for row in rows:
            yield [told(value) for value in row]
