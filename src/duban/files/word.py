"""The table as a Word document in the manner of official documents (GB/T 9704: title 小标宋 two, body 仿宋)."""

import io
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from duban.files.columns import COLUMNS
from duban.files.rows import colophon, groups, title
from duban.ledger import Book

# A page holds fewer columns than a sheet: those that a notice's annex prints.
_SHOWN = ("id", "head", "target", "leader", "lead", "partners", "due", "note")
_WIDTHS = (20, 82, 34, 22, 30, 40, 24, 20)  # millimetres; the text area is 272 wide


def _font(run: Any, name: str, size: float) -> None:
    """Set a Chinese face; Word falls back to its own 宋体 or 仿宋 where a face is not installed."""
    run.font.name, run.font.size = name, Pt(size)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), name)


def _field(paragraph: Any, instruction: str) -> None:
    """A field that Word computes: the page number."""
    run = paragraph.add_run()
    for kind, text in (("begin", None), (None, instruction), ("end", None)):
        part = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            part.text = text
        else:
            part.set(qn("w:fldCharType"), kind)
        run._element.append(part)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(12.5)
    section.top_margin, section.bottom_margin = Mm(20), Mm(15)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("— ")
    _field(foot, "PAGE")
    foot.add_run(" —")


def _mark(row: Any, name: str) -> None:
    """Set a property of a row: `tblHeader` repeats it on every page, `cantSplit` keeps it on one."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement(f"w:{name}"))


def _write(cell: Any, text: str, face: str, size: float = 10.5) -> None:
    paragraph = cell.paragraphs[0]
    _font(paragraph.add_run(text), face, size)


def _heads(table: Any) -> None:
    names = {c.field: c.name for c in COLUMNS}
    for cell, field in zip(table.rows[0].cells, _SHOWN, strict=True):
        _write(cell, names[field], "黑体")
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    _mark(table.rows[0], "tblHeader")


def _fill(table: Any, book: Book) -> None:
    for action, some in groups(book):
        cells = table.add_row().cells
        _write(cells[0].merge(cells[-1]), action, "黑体")
        for line in some:
            row = table.add_row()
            _mark(row, "cantSplit")
            for cell, field in zip(row.cells, _SHOWN, strict=True):
                _write(cell, line.cells[field], "仿宋_GB2312")


def write_word(book: Book) -> bytes:
    """The table of `book` as a .docx file: A4 landscape, head row on every page, page numbers."""
    document = Document()
    _page(document)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _font(heading.add_run(title(book)), "方正小标宋简体", 22)
    table = document.add_table(rows=1, cols=len(_SHOWN), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(width)
    _heads(table)
    _fill(table, book)
    _font(document.add_paragraph().add_run(colophon(book)), "仿宋_GB2312", 10.5)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
