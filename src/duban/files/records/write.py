"""Records as .xlsx, .csv and .json: what goes out so comes in again unchanged."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from duban.files.escape import escaped
from duban.files.plain import computes, guarded
from duban.files.records.columns import Column, SeenRecord, Shown, columns_of, shown, stored_cells
from duban.files.rows import printable
from duban.registers.record import disputed
from duban.registers.register import Register

_DIGITS = 15  # that a spreadsheet keeps of a number
HEAD = PatternFill("solid", fgColor="EEF0F3")
MARK = PatternFill("solid", fgColor="FDF1D8")
_DISPUTED = ("有异议", "disputed")
SIMULATED = ("（模拟数据）", " (simulated)")


def write_csv(
    register: Register, records: Iterable[SeenRecord], language: str = "zh", *, proofs: bool = False,
    simulated: bool = False,
) -> bytes:  # fmt: skip
    """Records as CSV: UTF-8 with a mark so that Excel reads it, one head row, cells that would compute guarded."""
    columns = columns_of(register, language, proofs=proofs)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([guarded(column.head) for column in columns])
    for seen in records:
        cells = stored_cells(register, seen, columns)
        writer.writerow([_guarded(_cell(register, c, cells, language)) for c in columns])
    return out.getvalue().encode("utf-8-sig")


def write_json(
    register: Register, records: Iterable[SeenRecord], language: str = "zh", *, proofs: bool = False,
    simulated: bool = False,
) -> bytes:  # fmt: skip
    """Records as JSON: stored texts by the field's name, as they come in again; `disputed` columns by record."""
    columns, rows, doubted = columns_of(register, language, proofs=proofs), [], {}
    for seen in records:
        rows.append(cells := stored_cells(register, seen, columns))
        if marked := sorted(disputed(register, seen.state).keys() & cells):
            doubted[seen.state.id] = marked
    data: dict[str, Any] = {
        "register": register.name,
        "title": register.label(language),
        "simulated": simulated,
        "rows": rows,
    }
    if doubted:
        data["disputed"] = doubted
    return json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def write_workbook(
    register: Register, records: Iterable[SeenRecord], language: str = "zh", *, proofs: bool = False,
    simulated: bool = False,
) -> bytes:  # fmt: skip
    """Records as a workbook with one row of heads; numbers and dates as such, every other cell as text; a disputed
    value is coloured, with a remark."""
    workbook = Workbook(write_only=True)
    workbook.properties.creator, workbook.properties.title = "duban", register.label(language)
    mark = SIMULATED[language == "en"] if simulated else ""
    sheet: Any = workbook.create_sheet(f"{register.label(language)}"[: 31 - len(mark)] + mark)
    columns = columns_of(register, language, proofs=proofs)
    for number, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = max(10, 2 * len(column.head) + 2)
    sheet.freeze_panes = "B2"
    sheet.append([_head(sheet, column) for column in columns])
    for seen in records:
        cells = stored_cells(register, seen, columns)
        marked = disputed(register, seen.state)
        sheet.append([
            _written(sheet, _cell(register, c, cells, language), _DISPUTED[language == "en"] if c.name in marked else "")
            for c in columns
        ])  # fmt: skip
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


Writer = Callable[..., bytes]
WRITERS: dict[str, Writer] = {".xlsx": write_workbook, ".csv": write_csv, ".json": write_json}


def _cell(register: Register, column: Column, cells: dict[str, str], language: str) -> Shown:
    text = cells.get(column.name, "")
    return shown(register, column, text, language) if text else ""


def _guarded(value: Shown) -> str:
    return (
        guarded(value)
        if isinstance(value, str)
        else f"{value:f}"
        if isinstance(value, Decimal)
        else str(value)
    )


def _head(sheet: Any, column: Column) -> Any:
    cell = WriteOnlyCell(sheet, column.head)
    cell.data_type, cell.font, cell.fill = "s", Font(bold=True), HEAD
    return cell


def _written(sheet: Any, value: Shown, remark: str = "") -> Any:
    """A cell that can be no formula; a number with more digits than a spreadsheet keeps is text."""
    if remark and value != "":
        cell: Any = _written(sheet, value)
        if isinstance(cell, Decimal | int):
            cell = WriteOnlyCell(sheet, None)
            cell.value = value
        cell.fill, cell.comment = MARK, Comment(remark, "duban")
        return cell
    if isinstance(value, Decimal | int) and len(str(abs(value)).replace(".", "")) <= _DIGITS:
        return value
    told: Any = value if isinstance(value, date) else escaped(printable(str(value)))
    cell = WriteOnlyCell(sheet, told)
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    else:
        cell.data_type, cell.number_format = "s", "@"
        cell.quotePrefix = computes(str(value))
    return cell if value != "" else None
