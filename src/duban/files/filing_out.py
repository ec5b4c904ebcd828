"""One workbook of all that a unit owes: what is known stands in it, what is asked for is left open."""

import io
from collections.abc import Iterable, Mapping

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from duban.assess import Light
from duban.assess.owed import Asked, last_figure
from duban.core.period import chinese
from duban.files.escape import escaped
from duban.files.filing_columns import FILING_COLUMNS, HINTS
from duban.files.plain import computes
from duban.files.rows import printable
from duban.ledger.year.tasks import Target

_SIDE = Side("thin", color="999999")
_LINE = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_HEAD, _KNOWN = PatternFill("solid", fgColor="EEF0F3"), PatternFill("solid", fgColor="F7F7F7")
_SIGNS = {"ge": "≥", "le": "≤"}
FIRST_ROW = 5  # below the title, two rows of heads, and the hints


def write_filing(unit: str, owed: Mapping[str, Asked], lights: Mapping[str, Light], day: str) -> bytes:
    """The workbook of the unit of this name: a row for each item of `owed`, in the order of `lights`.

    Heads and known cells are locked without a password: against slips, not against people.
    """
    workbook = Workbook()
    workbook.properties.creator, workbook.properties.title = "duban", f"{unit}填报表"
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "填报表"
    _frame(sheet, f"{unit}填报表（{day}）")
    for row, (key, light) in enumerate(((k, i) for k, i in lights.items() if k in owed), FIRST_ROW):
        _put(sheet, row, cells_of(key, light, owed[key]))
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def cells_of(key: str, light: Light, asked: Asked) -> dict[str, str]:
    """What is known of an item for a period, as cells."""
    account = light.account
    last = last_figure(account, asked.period)
    return {
        "id": key,
        "head": account.state.item.head,
        "indicator": account.target.indicator,
        "target": _target(account.target, account.task.original if account.task.adjustments else None),
        "period": chinese(asked.period),
        "due": asked.due.isoformat(),
        "last": f"{last.value:f}" if last is not None else "",
        "goal": f"{asked.goal:.2f}" if asked.goal is not None else "",
        "unit": account.target.unit,
    }


def _target(target: Target, original: Target | None) -> str:
    """The target, and beside an adjusted one what it was."""
    if target.value is None:
        return ""
    high = f"–{target.high:f}" if target.high is not None else ""
    told = f"{_SIGNS.get(target.comparator, '')}{target.value:f}{high}{target.unit}"
    return f"{told}（原定 {_target(original, None)}）" if original is not None else told


def _frame(sheet: Worksheet, title: str) -> None:
    last = get_column_letter(len(FILING_COLUMNS))
    sheet.merge_cells(f"A1:{last}1")
    sheet["A1"].value, sheet["A1"].data_type = escaped(printable(title)), "s"
    sheet["A1"].font, sheet["A1"].alignment = Font("方正小标宋简体", size=16), Alignment(horizontal="center")
    for number, column in enumerate(FILING_COLUMNS, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column.width
        for row, text in (
            (2, column.above or column.name),
            (3, column.name),
            (4, HINTS.get(column.field, "")),
        ):
            cell = sheet.cell(row, number)
            cell.value = text
            cell.font = Font("黑体", size=10) if row < 4 else Font("楷体", size=9, color="666666")
            cell.fill, cell.border = _HEAD, _LINE
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if not column.above:
            sheet.merge_cells(f"{letter}2:{letter}3")
    _span(sheet, [n for n, column in enumerate(FILING_COLUMNS, 1) if column.above])
    sheet.freeze_panes = f"C{FIRST_ROW}"
    sheet.print_title_rows = "2:3"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _span(sheet: Worksheet, under: Iterable[int]) -> None:
    numbers = list(under)
    for number in numbers[1:]:
        sheet.cell(2, number).value = None
    sheet.merge_cells(start_row=2, start_column=numbers[0], end_row=2, end_column=numbers[-1])


def _put(sheet: Worksheet, row: int, cells: Mapping[str, str]) -> None:
    """Known cells as text, locked; the others open, and text or number as people type it."""
    for number, column in enumerate(FILING_COLUMNS, 1):
        cell = sheet.cell(row, number)
        text = printable(cells.get(column.field, ""))
        if text:
            cell.value, cell.data_type = escaped(text), "s"
            cell.quotePrefix = computes(text)
        cell.font, cell.border = Font("仿宋", size=10), _LINE
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if column.filled:
            cell.protection = Protection(locked=False)
        else:
            cell.fill, cell.number_format = _KNOWN, "@"
