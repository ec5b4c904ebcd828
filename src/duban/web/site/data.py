"""The site's data files: JSON and CSV a table, one SQLite file, the description as a Frictionless data package."""

import csv
import io
import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from decimal import Decimal
from hashlib import sha256
from typing import Any

from duban.files.plain import guarded
from duban.web.site.declared import AFFINITY, TABLES, Table
from duban.web.site.folder import Writer
from duban.web.site.tables import Record, plain

SQLITE = "data/book.sqlite"


def as_json(value: Any) -> str:
    """JSON as the site writes it."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def write_data(writer: Writer, about: Mapping[str, Any], tables: Mapping[str, Sequence[Record]]) -> None:
    """Write every table in every form, and the package that describes them."""
    csvs: dict[str, bytes] = {}
    for table in TABLES:
        rows = tables[table.name]
        csvs[table.name] = csv_of(table, rows)
        told = [{c.name: plain(row[c.name]) for c in table.columns} for row in rows]
        writer.write(f"data/{table.name}.json", as_json(dict(about) | {table.name: told}))
        writer.write(f"data/{table.name}.csv", csvs[table.name])
    writer.write(SQLITE, sqlite_of(about, tables))
    writer.write("datapackage.json", as_json(package(csvs, about)))


def csv_of(table: Table, rows: Sequence[Record]) -> bytes:
    """A table as CSV that Excel opens too: UTF-8 with a mark, texts that it would compute with an apostrophe before."""
    out = io.StringIO(newline="")
    lines = csv.writer(out)
    lines.writerow([c.name for c in table.columns])
    lines.writerows([_cell(row[c.name]) for c in table.columns] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(value) if isinstance(value, str) else f"{value:f}" if isinstance(value, Decimal) else str(value)  # fmt: skip


def sqlite_of(about: Mapping[str, Any], tables: Mapping[str, Sequence[Record]]) -> bytes:
    """One database of all tables, the same bytes for the same rows; made in memory, so that only writing it can fail."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.execute("BEGIN")
        db.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT)")
        db.executemany("INSERT INTO about VALUES (?, ?)", [(n, str(v)) for n, v in about.items()])
        for table in TABLES:
            db.execute(_ddl(table))
            marks = ", ".join("?" for _ in table.columns)
            rows = ([_stored(row[c.name]) for c in table.columns] for row in tables[table.name])
            db.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)
            for column, _, _ in table.points:
                db.execute(f'CREATE INDEX "{table.name}_{column}" ON "{table.name}" ("{column}")')
        db.execute("COMMIT")
        db.execute("VACUUM")
        return db.serialize()


def _ddl(table: Table) -> str:
    lines = [f'"{c.name}" {AFFINITY[c.type]}' for c in table.columns]
    lines.append("PRIMARY KEY ({})".format(", ".join(f'"{name}"' for name in table.key)))
    lines += [f'FOREIGN KEY ("{c}") REFERENCES "{other}" ("{theirs}")' for c, other, theirs in table.points]
    return f'CREATE TABLE "{table.name}" ({", ".join(lines)})'


def _stored(value: Any) -> Any:
    """As SQLite keeps it: a number of the book as its digits, which a NUMERIC column makes a number."""
    return f"{value:f}" if isinstance(value, Decimal) else int(value) if isinstance(value, bool) else value


def package(csvs: Mapping[str, bytes], about: Mapping[str, Any]) -> dict[str, Any]:
    """The descriptor (https://specs.frictionlessdata.io/data-package/, tabular-data-resource)."""
    return {
        "profile": "tabular-data-package",
        "name": f"duban-{about['year']}",
        "title": f"{about['government']} {about['year']}",
        "description": " ".join(str(about[name]) for name in ("data_as_of", "simulated") if about.get(name)),
        "created": f"{about['data_as_of']}T00:00:00Z",
        "resources": [_resource(table, csvs[table.name]) for table in TABLES],
    }


def _resource(table: Table, raw: bytes) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource", "name": table.name, "title": f"{table.zh} {table.en}",
        "path": f"data/{table.name}.csv", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
        "bytes": len(raw), "hash": f"sha256:{sha256(raw).hexdigest()}", "schema": _schema(table),
    }  # fmt: skip


def _schema(table: Table) -> dict[str, Any]:
    fields = [_field(table, c.name, c.type, f"{c.zh} {c.en}") for c in table.columns]
    keys = [
        {"fields": column, "reference": {"resource": other, "fields": theirs}}
        for column, other, theirs in table.points
    ]
    return {"fields": fields, "primaryKey": list(table.key), "missingValues": [""]} | (
        {"foreignKeys": keys} if keys else {}
    )


def _field(table: Table, name: str, type_: str, title: str) -> dict[str, Any]:
    made: dict[str, Any] = {"name": name, "type": type_, "title": title}
    if type_ == "datetime":
        made["format"] = "any"  # milliseconds, which the default format does not have
    return made | ({"constraints": {"required": True}} if name in table.key else {})
