"""The decomposition table (任务分解表) as a workbook that offices send around."""

import io
from collections.abc import Iterator
from itertools import groupby

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from duban.ledger import Book
from duban.ledger.states import CommitmentState

__all__ = ["write_workbook"]

# Columns of a municipal decomposition table, with widths in characters: practice of published tables
# (task, lead, cooperating units, deadline) and the fields that a settlement needs.
COLUMNS = (
    ("编号", 10), ("事项", 30), ("报告原文", 46), ("类型", 8), ("指标", 24), ("计量", 8), ("目标值", 14), ("单位", 8),
    ("分管市领导", 12), ("牵头单位", 14), ("责任单位", 18), ("一季度", 10), ("二季度", 10), ("三季度", 10), ("四季度", 10),
    ("完成时限", 12), ("备注", 14),
)  # fmt: skip
KINDS = {
    "quantity": "定量",
    "milestone": "节点",
    "project": "项目",
    "designation": "争创",
    "mechanism": "机制",
    "work": "工作",
}
MEASURES = {
    "level": "总量",
    "increment": "增量",
    "growth": "增速",
    "change": "变动",
    "share": "占比",
    "rank": "位次",
    "duration": "时长",
}
SIGNS = {"ge": "≥", "le": "≤", "approx": "约"}
_SIDE = Side("thin", color="999999")
_LINE = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_HEAD = PatternFill("solid", fgColor="EEF0F3")
_GROUP = PatternFill("solid", fgColor="F6EFE9")


def _cells(book: Book, state: CommitmentState) -> list[str]:
    one = state.read
    claims = [book.claims[c].claim for c in one.claims if c in book.claims]
    figures = [
        f"{SIGNS.get(c.comparator or '', '')}{c.value}{f'–{c.high}' if c.high is not None else ''}"
        for c in claims
    ]
    first = state.items[0].item if state.items else None
    return [
        one.id, one.head, one.text, KINDS.get(one.kind, one.kind), "\n".join(c.indicator or "" for c in claims),
        "\n".join(MEASURES.get(c.measure or "", "") for c in claims), "\n".join(figures),
        "\n".join(c.unit or "" for c in claims), (first.leader or "") if first else "", (first.lead or "") if first else "",
        "、".join(first.partners) if first else "", "", "", "", "", one.due or "", "",
    ]  # fmt: skip


def _live(book: Book) -> Iterator[tuple[str, list[CommitmentState]]]:
    states = sorted((s for s in book.commitments.values() if not s.dropped), key=lambda s: s.read.start)
    for action, some in groupby(states, key=lambda s: s.read.action):
        yield action or "总体要求和预期目标", list(some)


def _put(sheet: Worksheet, row: int, values: list[str], font: Font) -> None:
    """Write text cells; a leading = stays text, so that no cell is ever a formula."""
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column)
        cell.value = "".join(c for c in value if c >= " " or c == "\n")
        cell.data_type = "s"
        cell.font, cell.border = font, _LINE
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _frame(sheet: Worksheet, book: Book) -> None:
    """Title, two heading rows, A4 landscape, repeated heads, page numbers."""
    last = get_column_letter(len(COLUMNS))
    sheet.merge_cells(f"A1:{last}1")
    sheet["A1"].value, sheet["A1"].data_type = f"{book.government}{book.year}年政府工作报告任务分解表", "s"
    sheet["A1"].font = Font("方正小标宋简体", size=18)
    sheet["A1"].alignment = Alignment(horizontal="center")
    for number, (name, width) in enumerate(COLUMNS, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = width
        _put_head(sheet, letter, name)
    sheet.merge_cells("L2:O2")
    sheet["L2"].value = "季度节点"
    sheet.freeze_panes = "C4"
    sheet.print_title_rows = "2:3"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("第 &P 页，共 &N 页"))


def _put_head(sheet: Worksheet, letter: str, name: str) -> None:
    quarter = name.endswith("季度")
    if not quarter:
        sheet.merge_cells(f"{letter}2:{letter}3")
    for row in (2, 3):
        cell = sheet[f"{letter}{row}"]
        cell.font, cell.fill, cell.border = Font("黑体", size=10), _HEAD, _LINE
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet[f"{letter}{3 if quarter else 2}"].value = name


def write_workbook(book: Book) -> bytes:
    """The table of `book` as an .xlsx file: grouped by action, with the head of the ledger it was made from."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "任务分解表"
    _frame(sheet, book)
    row, plain, bold = 4, Font("仿宋", size=10), Font("黑体", size=10)
    for action, states in _live(book):
        _put(sheet, row, [action] + [""] * (len(COLUMNS) - 1), bold)
        for cell in sheet[row]:
            cell.fill = _GROUP
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(COLUMNS))
        for row, state in enumerate(states, row + 1):  # noqa: B020 - the next group goes on below
            _put(sheet, row, _cells(book, state), plain)
        row += 1
    _put(sheet, row, [f"据账本第 {book.seq} 条制表" + (f"，截至 {book.as_of}" if book.as_of else "")], plain)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()
