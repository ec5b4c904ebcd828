"""The decomposition table as a workbook that offices send around."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from duban.files.columns import COLUMNS, Column
from duban.files.escape import escaped
from duban.files.plain import computes
from duban.files.rows import colophon, groups, title
from duban.files.standing import Day
from duban.ledger import Book

_SIDE = Side("thin", color="999999")
_LINE = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_HEAD = PatternFill("solid", fgColor="EEF0F3")
_GROUP = PatternFill("solid", fgColor="F6EFE9")
_FACT = PatternFill("solid", fgColor="F7F7F7")
_FIRST_PAGE = [c.field for c in COLUMNS].index(
    "head"
) + 1  # columns that surely print on the first of two pages
_LINE_HEIGHT = 15.0  # points of a line of ten-point text
_TALLEST = 409.0  # points that a row may have
TEXT, FACT, GROUP = (
    "督办 填写",
    "督办 事实",
    "督办 分组",
)  # the names under which a spreadsheet shows its styles
FIRST_ROW = 4  # below the title and two rows of heads


def _styles(workbook: Workbook) -> None:
    """Name the styles once: setting fonts and borders cell by cell takes ten times as long."""
    for name, font, fill in (
        (TEXT, Font("仿宋", size=10), None),
        (FACT, Font("仿宋", size=10), _FACT),
        (GROUP, Font("黑体", size=10), _GROUP),
    ):
        style = NamedStyle(name, font, border=_LINE, alignment=Alignment(wrap_text=True, vertical="top"))
        style.number_format = "@"  # text, and what is typed over it stays text
        if fill is not None:
            style.fill = fill
        workbook.add_named_style(style)


def _put(sheet: Worksheet, row: int, values: list[str], styles: Sequence[str]) -> None:
    """Write text cells; a leading = stays text, also after someone edits it, so that no cell is a formula."""
    for column, (value, style) in enumerate(zip(values, styles, strict=False), 1):
        cell = sheet.cell(row, column)
        cell.style = style
        if value:
            cell.value = escaped(value)
            cell.data_type = "s"
        if computes(value):
            cell.quotePrefix = True


def _height(values: list[str]) -> float:
    """How tall a row must be for its text: not every program finds out by itself."""
    lines = (
        sum(-(-_wide(line) // (column.width - 1)) or 1 for line in value.split("\n"))
        for value, column in zip(values, COLUMNS, strict=False)
    )
    return min(_TALLEST, _LINE_HEIGHT * max(lines, default=1) + 2)


def _wide(text: str) -> int:
    """The width of a text in characters of a sheet: a Chinese one takes two."""
    return sum(1 + (c > "\u2e7f") for c in text)


def _frame(sheet: Worksheet, book: Book) -> None:
    """Title, two heading rows, A4 landscape, repeated heads, page numbers."""
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=_FIRST_PAGE)
    sheet.row_dimensions[1].height = 30
    sheet["A1"].value, sheet["A1"].data_type = escaped(title(book)), "s"
    sheet["A1"].font = Font("方正小标宋简体", size=18)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center")
    for number, column in enumerate(COLUMNS, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column.width
        _put_head(sheet, letter, column)
    _span_heads(sheet)
    sheet.freeze_panes = "D4"
    sheet.print_title_rows, sheet.print_title_cols = "2:3", "A:B"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    margins = sheet.page_margins
    margins.left = margins.right = 0.4  # inches
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 2, 0  # promise and duty; nodes and state
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("第 &P 页，共 &N 页"))


def _span_heads(sheet: Worksheet) -> None:
    """Merge the head above columns that share one."""
    for above in {c.above for c in COLUMNS if c.above}:
        under = [n for n, c in enumerate(COLUMNS, 1) if c.above == above]
        sheet.merge_cells(start_row=2, start_column=under[0], end_row=2, end_column=under[-1])
        sheet.cell(2, under[0]).value = above


def _put_head(sheet: Worksheet, letter: str, column: Column) -> None:
    if not column.above:
        sheet.merge_cells(f"{letter}2:{letter}3")
    for row in (2, 3):
        cell = sheet[f"{letter}{row}"]
        cell.font, cell.fill, cell.border = Font("黑体", size=10), _HEAD, _LINE
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet[f"{letter}{3 if column.above else 2}"].value = column.name


def write_workbook(book: Book, on: Day | None = None) -> bytes:
    """The table of `book` as an .xlsx file: grouped by action, facts of the report shaded."""
    workbook = Workbook()
    workbook.properties.creator, workbook.properties.title = "duban", title(book)
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "任务分解表"
    _frame(sheet, book)
    _styles(workbook)
    row, kinds = FIRST_ROW, [TEXT if column.filled else FACT for column in COLUMNS]
    for action, some in groups(book, on):
        _put(sheet, row, [action] + [""] * (len(COLUMNS) - 1), [GROUP] * len(COLUMNS))
        sheet.cell(row, 1).alignment = Alignment(wrap_text=False)  # it runs on over the empty cells beside it
        for row, line in enumerate(some, row + 1):  # noqa: B020 - the next group goes on below
            values = [line.cells[c.field] for c in COLUMNS]
            _put(sheet, row, values, kinds)
            sheet.row_dimensions[row].height = _height(values)
        row += 1
    _put(sheet, row, [colophon(book, on)], [TEXT])
    sheet.cell(row, 1).alignment = Alignment(wrap_text=False)
    return _saved(workbook)


class _InMemory(ExcelWriter):
    """Writes sheets without the temporary files of openpyxl, which a full disk leaves half written."""

    def write_worksheet(self, ws: Any) -> None:
        """Put one sheet into the archive."""
        out = io.BytesIO()
        ws._drawing = SpreadsheetDrawing()
        writer: Any = WorksheetWriter(ws, out)
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], out.getvalue())  # type: ignore[attr-defined] # not in the stubs
        self.manifest.append(ws)


def _saved(workbook: Workbook) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _InMemory(workbook, archive).save()
    return out.getvalue()
