"""Workbooks, CSV and JSON files as plain grids of text, each cell with its place, before anything is understood."""

import csv
import io
import json
import warnings
import zipfile
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from duban.core.problem import Problem, Refused
from duban.files.archive import LARGEST, MOST_COLUMNS, MOST_ROWS, Span, check_workbook, merged_spans
from duban.files.columns import NAMES
from duban.files.escape import unescaped
from duban.files.plain import unguarded
from duban.files.rows import settled

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old .xls files and encrypted workbooks start so
_SEARCHED = 30  # lines of a CSV file in which its separator is looked for


@dataclass(slots=True)
class Grid:
    """One sheet: `rows[r][c]` is the text of row r+1, column c+1.

    `faults` are cells that hold no plain value; `tall` and `wide` give for a merged cell how many rows and
    columns it covers; `filled` are the cells that only repeat the merged one above them.
    """

    place: str
    rows: list[list[str]]
    faults: dict[tuple[int, int], Problem] = field(default_factory=dict)
    tall: dict[tuple[int, int], int] = field(default_factory=dict)
    wide: dict[tuple[int, int], int] = field(default_factory=dict)
    filled: set[tuple[int, int]] = field(default_factory=set)
    names: tuple[str, ...] = ()

    def at(self, row: int, column: int) -> str:
        """The place of a cell for people: "table.xlsx 任务分解表!C7", in JSON "table.json rows[5].due"."""
        if self.names:
            return f"{self.place} rows[{row - 1}].{self.names[column]}"
        return f"{self.place}!{get_column_letter(column + 1)}{row + 1}"


def load_grids(path: Path) -> list[Grid]:
    """The visible sheets of a workbook, or the one of a CSV or JSON file. Raises `Refused` for anything else."""
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= LARGEST else b""
    except OSError as fault:
        raise Refused(Problem("sheet.unreadable", str(path), {"fault": fault.strerror or ""})) from None
    if size > LARGEST:
        raise Refused(Problem("sheet.too_large", path.name, {"limit": LARGEST // 1_000_000}))
    if not raw.strip():
        raise Refused(Problem("sheet.empty", path.name))
    if raw.startswith(_OLE):
        raise Refused(Problem("sheet.protected", path.name))
    if raw.startswith(b"PK"):
        check_workbook(path.name, raw)
        return _workbook(path.name, raw)
    if raw.lstrip().startswith(b"{"):
        return [_json(path.name, raw)]
    return [_csv(path.name, raw)]


def _workbook(name: str, raw: bytes) -> list[Grid]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # extensions that openpyxl does not keep: nothing is written back
            workbook = openpyxl.load_workbook(io.BytesIO(raw), read_only=True)
            with closing(workbook), zipfile.ZipFile(io.BytesIO(raw)) as archive:
                sheets: list[Any] = [s for s in workbook.worksheets if s.sheet_state == "visible"]
                return [_sheet(name, sheet, merged_spans(archive, sheet._worksheet_path)) for sheet in sheets]
    except Refused:
        raise
    except Exception:  # openpyxl lets any fault of the archive or its XML through
        raise Refused(Problem("sheet.damaged", name)) from None


def _sheet(name: str, sheet: Any, spans: list[Span]) -> Grid:
    """The cells that hold something; formats that reach far beyond the table do not make it larger."""
    sheet.reset_dimensions()  # what a file says of its own size is often wrong
    grid = Grid(f"{name} {sheet.title}", [])
    found: list[tuple[int, int, Any]] = []
    for r, cells in enumerate(sheet.iter_rows()):
        found += [(r, c, cell) for c, cell in enumerate(cells) if cell.value is not None]
        if found and found[-1][0] >= MOST_ROWS:
            break
    height, width = (max((at[axis] + 1 for at in found), default=0) for axis in (0, 1))
    _check_size(grid.place, height, width)
    grid.rows = [[""] * width for _ in range(height)]
    for r, c, cell in found:
        grid.rows[r][c] = _value(grid, r, c, cell)
    for span in spans:
        _fill_down(grid, span)
    return grid


def _check_size(place: str, height: int, width: int) -> None:
    if height > MOST_ROWS or width > MOST_COLUMNS:
        data: dict[str, str | int] = {"rows": MOST_ROWS, "columns": MOST_COLUMNS}
        raise Refused(Problem("sheet.too_long", place, data))


def _fill_down(grid: Grid, span: Span) -> None:
    """A cell merged over rows says the same in each; one merged over columns says it once.

    What still lies under a merged cell, unseen, is not read.
    """
    left, top, right, bottom = span
    grid.tall[top, left] = bottom - top + 1
    grid.wide[top, left] = right - left + 1
    for row in range(top, min(bottom + 1, len(grid.rows))):
        cells = grid.rows[row]
        for column in range(left, min(right + 1, len(cells))):
            if (row, column) != (top, left):
                cells[column] = grid.rows[top][left] if column == left else ""
                grid.faults.pop((row, column), None)
        if row > top:
            grid.filled.add((row, left))


def _value(grid: Grid, row: int, column: int, cell: Any) -> str:
    """A cell's text; what Excel would compute, or failed to, is a fault of that cell."""
    value, kind = cell.value, cell.data_type
    if kind == "f":
        grid.faults[row, column] = Problem("sheet.formula", grid.at(row, column))
        return "="
    if kind == "e":
        grid.faults[row, column] = Problem("sheet.error_value", grid.at(row, column), {"value": str(value)})
        return str(value)
    if isinstance(value, bool):
        grid.faults[row, column] = Problem("sheet.true_false", grid.at(row, column))
        return str(value)
    return plain(value, cell.number_format)


def plain(value: object, number_format: str = "") -> str:
    """A cell's value as the text that people see: dates as YYYY-MM-DD, 0.095 in a cell of per cents as 9.5%."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float | int):
        return f"{value * 100:.15g}%" if "%" in number_format else _digits(value)
    return settled(unescaped(str(value)))


def _digits(value: float) -> str:
    """A number in the fifteen digits that a spreadsheet keeps."""
    return str(int(value)) if float(value).is_integer() else f"{value:.15g}"


def _json(name: str, raw: bytes) -> Grid:
    """A table as `write_json` writes it: an object whose "rows" are objects of texts by field name."""
    try:
        data = json.loads(raw)
        rows = data["rows"]
        fields = tuple(dict.fromkeys(key for row in rows for key in row if key != "action"))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Refused(Problem("sheet.json_wrong", name)) from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Refused(Problem("sheet.json_wrong", name))
    _check_size(name, len(rows), len(fields))
    grid = Grid(name, [[NAMES.get(field, field) for field in fields]], names=fields)
    for r, row in enumerate(rows, 1):
        grid.rows.append([settled(value) if isinstance(value := row.get(f), str) else "" for f in fields])
        for c, value in enumerate(row.get(f) for f in fields):
            if value is not None and not isinstance(value, str):
                grid.faults[r, c] = Problem("sheet.not_text", grid.at(r, c))
                grid.rows[r][c] = str(value)[:40]
    return grid


def _csv(name: str, raw: bytes) -> Grid:
    """A CSV file with commas, semicolons or tabs between its cells."""
    text = _decoded(name, raw)
    sample = "\n".join(text.split("\n", _SEARCHED)[:_SEARCHED])
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(sample), strict=True))
    except csv.Error:
        raise Refused(Problem("sheet.damaged", name)) from None
    _check_size(name, len(rows), max(map(len, rows), default=0))
    grid = Grid(name, [[settled(unguarded(cell)) for cell in row] for row in rows])
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell.startswith("="):  # what duban export writes so has an apostrophe before it
                grid.faults[r, c] = Problem("sheet.formula", grid.at(r, c))
    return grid


def _separator(sample: str) -> str:
    return max(",;\t", key=sample.count)


def _decoded(name: str, raw: bytes) -> str:
    """UTF-8, GB18030, or the "Unicode text" of Excel, which is UTF-16 with a mark."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in raw:
        encodings = ()
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(Problem("sheet.not_a_table", name))
