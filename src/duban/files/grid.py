"""Workbooks and CSV files as plain grids of text, each cell with its place, before anything is understood."""

import csv
import io
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from duban.core.problem import Problem, Refused
from duban.files.plain import unguarded
from duban.files.rows import settled

LARGEST = 50_000_000  # bytes of a file, and ten times that unpacked
MOST_ROWS = 20_000
MOST_COLUMNS = 200
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old .xls files and encrypted workbooks start so


@dataclass(slots=True)
class Grid:
    """One sheet: `rows[r][c]` is the text of row r+1, column c+1.

    `tall` gives for a merged head how many rows it covers; `faults` are cells that hold no plain value.
    """

    place: str
    rows: list[list[str]]
    faults: dict[tuple[int, int], Problem] = field(default_factory=dict)
    tall: dict[tuple[int, int], int] = field(default_factory=dict)
    wide: dict[tuple[int, int], int] = field(default_factory=dict)

    def at(self, row: int, column: int) -> str:
        """The place of a cell for people: "table.xlsx 任务分解表!C7"."""
        return f"{self.place}!{get_column_letter(column + 1)}{row + 1}"


def load_grids(path: Path) -> list[Grid]:
    """The visible sheets of a workbook, or the one of a CSV file. Raises `Refused` for anything else."""
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
        return _workbook(path.name, raw)
    return [_csv(path.name, raw)]


def _workbook(name: str, raw: bytes) -> list[Grid]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > 10 * LARGEST:
            raise Refused(Problem("sheet.too_large", name, {"limit": LARGEST // 1_000_000}))
        workbook = openpyxl.load_workbook(io.BytesIO(raw))
    except Refused:
        raise
    except Exception:  # openpyxl lets any fault of the archive or its XML through
        raise Refused(Problem("sheet.damaged", name)) from None
    sheets = [s for s in workbook.worksheets if s.sheet_state == "visible"]
    return [_sheet(name, sheet) for sheet in sheets]


def _sheet(name: str, sheet: Worksheet) -> Grid:
    if sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS:
        data: dict[str, str | int] = {"rows": MOST_ROWS, "columns": MOST_COLUMNS}
        raise Refused(Problem("sheet.too_long", f"{name} {sheet.title}", data))
    grid = Grid(f"{name} {sheet.title}", [])
    for r, cells in enumerate(sheet.iter_rows()):
        grid.rows.append([_value(grid, r, c, cell) for c, cell in enumerate(cells)])
    for span in sheet.merged_cells.ranges:
        _fill_down(grid, span)
    return grid


def _fill_down(grid: Grid, span: Any) -> None:
    """A cell merged over rows says the same in each; one merged over columns says it once."""
    top, left = span.min_row - 1, span.min_col - 1
    grid.tall[top, left] = span.max_row - span.min_row + 1
    grid.wide[top, left] = span.max_col - span.min_col + 1
    for row in range(top + 1, min(span.max_row, len(grid.rows))):
        if left < len(grid.rows[row]):
            grid.rows[row][left] = grid.rows[top][left]


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
    return plain(value)


def plain(value: object) -> str:
    """A cell's value as text: dates as YYYY-MM-DD, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return settled(str(value))


def _csv(name: str, raw: bytes) -> Grid:
    """A CSV file in UTF-8 or GB18030, with commas, semicolons or tabs between its cells."""
    text = _decoded(name, raw)
    first = text.split("\n", 1)[0]
    comma = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=comma, strict=True))
    except csv.Error:
        raise Refused(Problem("sheet.damaged", name)) from None
    if len(rows) > MOST_ROWS:
        raise Refused(Problem("sheet.too_long", name, {"rows": MOST_ROWS, "columns": MOST_COLUMNS}))
    grid = Grid(name, [[plain(unguarded(cell)) for cell in row] for row in rows])
    return grid


def _decoded(name: str, raw: bytes) -> str:
    if b"\0" in raw:
        raise Refused(Problem("sheet.not_a_table", name))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(Problem("sheet.not_a_table", name))
