"""The table as CSV and JSON, for programs and for spreadsheets that read no workbook.

Spreadsheets take a cell of a CSV file for a formula when it starts with = + - @, a tab or a line end (OWASP,
CSV injection), also in their full-width forms and after blanks. Such a cell, and one that starts with an
apostrophe, gets one apostrophe before it; who reads the file takes one off where what follows starts so.
"""

import csv
import io
import json
import re

from duban.files.columns import COLUMNS
from duban.files.rows import colophon, rows, title
from duban.files.standing import Day
from duban.ledger import Book

_FORMULA = re.compile(r"['\t\r\n]|\s*[=+\-@＝＋－＠]")


def computes(text: str) -> bool:
    """Whether a spreadsheet might compute a cell with this text."""
    return _FORMULA.match(text) is not None


def guarded(text: str) -> str:
    """`text` with an apostrophe before it where a spreadsheet would compute it; `unguarded` takes it off."""
    return "'" + text if computes(text) else text


def unguarded(text: str) -> str:
    """`text` as it was before `guarded`."""
    return text[1:] if text.startswith("'") and computes(text[1:]) else text


def write_csv(book: Book, on: Day | None = None) -> bytes:
    """The table of `book` as CSV: UTF-8 with a mark so that Excel reads it, one head row, a row an item."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([c.name for c in COLUMNS])
    for row in rows(book, on):
        writer.writerow([guarded(row.cells[c.field]) for c in COLUMNS])
    return out.getvalue().encode("utf-8-sig")


def write_json(book: Book, on: Day | None = None) -> bytes:
    """The table of `book` as JSON: title, the entry it was made from, and a row an item by field name."""
    found = [{"action": row.action, **row.cells} for row in rows(book, on)]
    data = {"title": title(book), "made_from": colophon(book, on), "entry": book.seq, "rows": found}
    return json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "replace")
