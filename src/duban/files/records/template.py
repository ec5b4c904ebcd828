"""The workbook in which a register's records are collected, made from its declaration alone.

Every column is text, so that nothing typed into it becomes a formula; choices are lists to pick from, and what a
field is for stands as a note at its head.
"""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from duban.files.records.columns import Column, columns_of
from duban.files.records.write import HEAD
from duban.registers.field import Field
from duban.registers.register import Register

_REQUIRED = PatternFill("solid", fgColor="F6EFE9")
_LAST = 1_048_576  # row of a sheet
_TYPES = {
    "text": ("文字", "words"), "number": ("数字", "a number"), "integer": ("整数", "a whole number"),
    "date": ("日期，如 2024-03-15", "a date such as 2024-03-15"), "yes": ("是或否", "yes or no"),
    "choice": ("从列表中选", "pick from the list"), "unit": ("单位名称", "a unit's name"),
    "reference": ("另一本台账里的编号", "the id of a record of another register"),
    "point": ("经度,纬度，如 109.84,40.66", "longitude,latitude such as 109.84,40.66"),
}  # fmt: skip


def write_template(register: Register, language: str = "zh", *, units: Sequence[str] = ()) -> bytes:
    """The empty workbook of a register; `units` are names to pick from where a field is a unit."""
    workbook = Workbook()
    workbook.properties.creator, workbook.properties.title = "duban", register.label(language)
    sheet, english = workbook.active, language == "en"
    assert isinstance(sheet, Worksheet)
    sheet.title = register.label(language)[:31]
    codes = workbook.create_sheet("Codes" if english else "代码")
    columns = [c for c in columns_of(register, language, proofs=True)
               if c.name not in ("id", "stage") and (c.field is None or c.field.asked)]  # fmt: skip
    listed = _write_codes(codes, columns, language, units)
    for number, column in enumerate(columns, 1):
        _write_head(sheet, number, column, language)
        letter = get_column_letter(number)
        if column.name in listed:
            pick = DataValidation("list", formula1=listed[column.name], allow_blank=True)
            pick.error = "请从列表中选" if english is False else "Pick one from the list"
            pick.add(f"{letter}2:{letter}{_LAST}")
            sheet.add_data_validation(pick)
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _write_head(sheet: Worksheet, number: int, column: Column, language: str) -> None:
    letter = get_column_letter(number)
    required = column.field is not None and column.field.required
    sheet.column_dimensions[letter].width = max(12, 2 * len(column.head) + 2)
    sheet.column_dimensions[letter].number_format = "@"
    cell = sheet.cell(1, number)
    cell.value, cell.data_type = column.head + ("*" if required else ""), "s"
    cell.font, cell.fill = Font(bold=True), _REQUIRED if required else HEAD
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.comment = Comment(_note(column, language), "duban", width=260, height=120)


def _note(column: Column, language: str) -> str:
    """What the column is for: whether it must be filled, what kind of words it takes, its help."""
    english = language == "en"
    if column.field is None:
        if column.name.startswith("at_"):
            return (
                "The day on which the stage was reached; empty until then."
                if english
                else "到这一阶段的日期；没到就空着。"
            )
        return "The number of the paper that shows it." if english else "证明到了这一阶段的文件编号。"
    one = column.field
    lines = [
        _TYPES[one.type][english]
        + (f" ({one.unit})" if one.unit and english else f"（{one.unit}）" if one.unit else "")
    ]
    if one.required:
        lines.insert(0, "Required." if english else "必填。")
    lines += [_limits(one, english), one.help_en if english else one.help_zh]
    return "\n".join(line for line in lines if line)


def _limits(of: Field, english: bool) -> str:
    told = [f"≥ {of.low:f}" if of.low is not None else "", f"≤ {of.high:f}" if of.high is not None else ""]
    return ", ".join(filter(None, told)) if english else "，".join(filter(None, told))


def _write_codes(
    codes: Worksheet, columns: Sequence[Column], language: str, units: Sequence[str]
) -> dict[str, str]:
    """The lists to pick from, one a column of the second sheet; returns each one's range by column name."""
    found, at = dict[str, str](), 0
    for column in columns:
        values = _values(column.field, language, units) if column.field is not None else []
        if not values:
            continue
        at += 1
        letter = get_column_letter(at)
        codes.column_dimensions[letter].width = 24
        codes.cell(1, at).value = f"〔{column.head}〕"
        codes.cell(1, at).font = Font(bold=True)
        for row, value in enumerate(values, 2):
            cell = codes.cell(row, at)
            cell.value, cell.data_type = value, "s"
        found[column.name] = f"{quote_sheetname(codes.title)}!${letter}$2:${letter}${len(values) + 1}"
    codes.sheet_properties.tabColor = "999999"
    return found


def _values(of: Field, language: str, units: Sequence[str]) -> list[str]:
    if of.type == "choice":
        return [code.en if language == "en" else code.zh for code in of.codes]
    if of.type == "yes":
        return ["yes", "no"] if language == "en" else ["是", "否"]
    return list(units) if of.type == "unit" else []
