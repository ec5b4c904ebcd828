"""A file of records as sheets of texts, each cell with its place: large workbooks, CSV and JSON."""

import csv
import io
import json
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from openpyxl.utils import get_column_letter
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from duban.core.problem import Problem, Refused
from duban.files.grid import _decoded, _separator
from duban.files.plain import unguarded
from duban.files.records.scan import (
    LARGEST,
    MOST_COLUMNS,
    MOST_MERGED,
    MOST_ROWS,
    Marks,
    check_archive,
    marks_of,
    styles_of,
)
from duban.files.rows import settled

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old .xls files and encrypted workbooks start so
_EPOCH = date(1899, 12, 30)  # day 0 of a workbook's dates after February 1900
_PLACES = 10  # behind the point: what a division left behind them measures nothing
Span = tuple[int, int, int, int]  # top, left, bottom, right; from 0, the last ones within


@dataclass(slots=True)
class Sheet:
    """One sheet. `cells[r][c]` is what the file has in row r+1, column c+1; `text` says it in words.

    `names` are the fields of a JSON file, whose rows have no letters.
    """

    place: str
    cells: list[list[object]]
    marks: Marks = field(default_factory=Marks)
    spans: list[Span] = field(default_factory=list)
    names: tuple[str, ...] = ()

    def at(self, row: int, column: int) -> str:
        """The place of a cell for people: "项目.xlsx 台账!C7", in JSON "项目.json rows[5].invest"."""
        if self.names:
            return f"{self.place} rows[{row - 1}].{self.names[column]}"
        return f"{self.place}!{get_column_letter(column + 1)}{row + 1}"

    def row_at(self, row: int) -> str:
        """The place of a row."""
        return f"{self.place} rows[{row - 1}]" if self.names else f"{self.place}!{row + 1}"

    def text(self, row: int, column: int) -> str:
        """A cell's text as people see it."""
        cells = self.cells[row]
        value = cells[column] if column < len(cells) else ""
        if isinstance(value, str):
            return value.strip() if value.isprintable() else settled(value)
        return self._plain(value, row, column)

    def texts(self, row: int, columns: Sequence[int]) -> dict[int, str]:
        """The texts of those of these columns that are filled in a row."""
        cells, found = self.cells[row], dict[int, str]()
        for column in columns:
            value = cells[column] if column < len(cells) else ""
            if value == "":
                continue
            if type(value) is not str:
                found[column] = self._plain(value, row, column)
            elif text := value.strip() if value.isprintable() else settled(value):
                found[column] = text
        return found

    def _plain(self, value: object, row: int, column: int) -> str:
        if isinstance(value, float):
            return self._number(value, row, column)
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, datetime):
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
        return value.isoformat() if isinstance(value, date | time) else str(value)

    def _number(self, value: float, row: int, column: int) -> str:
        marks = self.marks
        if marks.per_cents and (row, column) in marks.per_cents:
            return f"{_digits(value * 100)}%"
        if marks.dates and (row, column) in marks.dates and 1 <= value < 2_958_466:
            return (_EPOCH + timedelta(days=int(value))).isoformat()
        return str(int(value)) if value.is_integer() else _digits(value)

    def fault(self, row: int, column: int) -> Problem | None:
        """What is wrong with a cell that holds no plain value."""
        marks = self.marks
        if marks.formulas and (row, column) in marks.formulas:
            return Problem("sheet.formula", self.at(row, column))
        if marks.errors and (row, column) in marks.errors:
            return Problem("sheet.error_value", self.at(row, column), {"value": marks.errors[row, column]})
        return None


def _digits(value: float) -> str:
    """A number in the fifteen digits that a spreadsheet keeps, without those behind the tenth place."""
    told = f"{value:.15g}"
    if "e" not in told and len(told.partition(".")[2]) <= _PLACES:
        return told
    return f"{value:.{_PLACES}f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class Loaded:
    """The visible sheets of a file, and the names of those that are hidden and not read."""

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...] = ()


def load_sheets(path: Path) -> Loaded:
    """The sheets of a workbook, or the one of a CSV or JSON file. Raises `Refused` for anything else."""
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= LARGEST else b""
    except OSError as fault:
        raise Refused(Problem("sheet.unreadable", str(path), {"fault": fault.strerror or ""})) from None
    if size > LARGEST:
        raise Refused(Problem("sheet.too_large", path.name, {"limit": LARGEST // 1_000_000}))
    return load_bytes(path.name, raw)


def load_bytes(name: str, raw: bytes) -> Loaded:
    """The same from a file's bytes, as pages get them."""
    if len(raw) > LARGEST:
        raise Refused(Problem("sheet.too_large", name, {"limit": LARGEST // 1_000_000}))
    if not raw.strip():
        raise Refused(Problem("sheet.empty", name))
    if raw.startswith(_OLE):
        raise Refused(Problem("sheet.protected", name))
    if raw.startswith(b"PK"):
        check_archive(name, raw)
        return _workbook(name, raw)
    if raw.lstrip().startswith(b"{"):
        return Loaded((_json(name, raw),))
    return Loaded((_csv(name, raw),))


def _workbook(name: str, raw: bytes) -> Loaded:
    hidden, sheets = [], []
    try:
        workbook = CalamineWorkbook.from_object(io.BytesIO(raw))
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts, styles = _parts(archive), _styles(archive)
            for one in workbook.sheets_metadata:
                if one.name not in parts:
                    continue  # a chart
                if one.visible is not SheetVisibleEnum.Visible:
                    hidden.append(one.name)
                    continue
                found = workbook.get_sheet_by_name(one.name)
                cells: list[list[object]] = found.to_python(skip_empty_area=False)  # type: ignore[assignment]
                place = f"{name} {one.name}"
                marks = marks_of(place, archive.read(parts[one.name]), styles)
                sheets.append(Sheet(place, cells, marks, _spans(place, found.merged_cell_ranges, len(cells))))
    except (CalamineError, ET.ParseError, KeyError, UnicodeDecodeError):
        raise Refused(Problem("sheet.damaged", name)) from None
    for sheet in sheets:
        _fill_down(sheet)
    return Loaded(tuple(sheets), tuple(hidden))


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of the archive that holds each sheet, by the sheet's name."""
    targets = {
        one.get("Id"): one.get("Target", "")
        for one in ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    found = {}
    for one in ET.fromstring(archive.read("xl/workbook.xml")).iter():
        if one.tag.endswith("}sheet"):
            id = next((value for name, value in one.attrib.items() if name.endswith("}id")), "")
            target = targets.get(id, "").lstrip("/")
            part = target if target.startswith("xl/") else f"xl/{target}"
            if "worksheets/" in part:
                found[one.get("name", "")] = part
    return found


def _styles(archive: zipfile.ZipFile) -> dict[int, str]:
    return styles_of(archive.read("xl/styles.xml")) if "xl/styles.xml" in archive.namelist() else {}


def _spans(
    place: str, ranges: list[tuple[tuple[int, int], tuple[int, int]]] | None, height: int
) -> list[Span]:
    """The merged cells, cut to what the sheet has."""
    found = [
        (top, left, min(bottom, height - 1), min(right, MOST_COLUMNS - 1))
        for (top, left), (bottom, right) in ranges or ()
        if top < height and left < MOST_COLUMNS
    ]
    if sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in found) > MOST_MERGED:
        raise Refused(Problem("sheet.too_long", place, {"rows": MOST_ROWS, "columns": MOST_COLUMNS}))
    return found


def _fill_down(sheet: Sheet) -> None:
    """A cell merged over rows says the same in each; one merged over columns says it once."""
    for top, left, bottom, right in sheet.spans:
        for row in range(top, bottom + 1):
            cells = sheet.cells[row]
            for column in range(left, min(right + 1, len(cells))):
                if (row, column) != (top, left):
                    cells[column] = sheet.cells[top][left] if column == left else ""


def _json(name: str, raw: bytes) -> Sheet:
    """An object whose "rows" are objects of texts by field name, as `write_json` writes it."""
    try:
        rows = json.loads(raw)["rows"]
        fields = tuple(dict.fromkeys(key for row in rows for key in row))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Refused(Problem("records.json_wrong", name)) from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Refused(Problem("records.json_wrong", name))
    _check_size(name, len(rows), len(fields))
    sheet = Sheet(name, [list(fields)], names=fields)
    for r, row in enumerate(rows, 1):
        values = [row.get(f) for f in fields]
        for c, value in enumerate(values):
            if isinstance(value, dict | list):
                sheet.marks.errors[r, c] = type(value).__name__
        sheet.cells.append(
            ["" if v is None else v if isinstance(v, str | bool) else str(v)[:60] for v in values]
        )
    return sheet


def _csv(name: str, raw: bytes) -> Sheet:
    """A CSV file with commas, semicolons or tabs between its cells."""
    text = _decoded(name, raw)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text[:4000]), strict=True))
    except csv.Error:
        raise Refused(Problem("sheet.damaged", name)) from None
    _check_size(name, len(rows), max(map(len, rows), default=0))
    sheet = Sheet(name, [list(map(unguarded, row)) for row in rows])
    sheet.marks.formulas = set(_computed(rows))
    return sheet


def _computed(rows: list[list[str]]) -> Iterator[tuple[int, int]]:
    """Cells that a spreadsheet would compute; what duban writes so has an apostrophe before it."""
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell.startswith("="):
                yield r, c


def _check_size(place: str, height: int, width: int) -> None:
    if height > MOST_ROWS or width > MOST_COLUMNS:
        raise Refused(Problem("sheet.too_long", place, {"rows": MOST_ROWS, "columns": MOST_COLUMNS}))
