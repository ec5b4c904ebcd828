"""The table as a Word document in the manner of official documents (GB/T 9704): 小标宋 title, 黑体 heads, 仿宋 body.

The rows are made as XML at once: a cell at a time, python-docx takes seconds for a few hundred rows.
"""

import io
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from duban.files.columns import COLUMNS, QUARTERS
from duban.files.rows import Row, colophon, groups, printable, title
from duban.files.standing import Day
from duban.ledger import Book

TITLE, HEAD, BODY, SONG = "方正小标宋简体", "黑体", "仿宋_GB2312", "宋体"
# What Word shows where a face is not installed, as named in the document's own list of fonts.
FALLBACKS = {TITLE: SONG, BODY: "仿宋", HEAD: "SimHei", SONG: "SimSun"}
_SIZE = 9  # 小五, the smallest that is read with ease: twelve columns on a page
_PADDING = 45  # twentieths of a point, at both sides of a cell
_FIXED = ("id", "text", "kind")  # first fields of columns that are merged over the items of one commitment


# Head, width in millimetres and fields of each column. A page has no room for thirty columns, so those that are read
# together share one; there each says its name, unless the head or the words themselves say it.
Printed = tuple[tuple[str, float, tuple[str, ...]], ...]
PRINTED: Printed = (
    ("编号", 18, ("id",)),
    ("报告原文", 40, ("text", "place")),
    ("指标和目标", 27, ("kind", "indicator", "measure", "base", "target")),
    ("工作事项", 29, ("head", "goal", "first", "adjusted")),
    ("分管市领导", 13, ("leader",)),
    ("牵头单位", 16, ("lead",)),
    ("责任单位", 19, ("partners", "person")),
    ("完成时限", 20, ("due",)),
    ("季度节点", 14, QUARTERS),
    ("数据和验收", 16, ("source", "cadence", "evidence", "checker")),
    ("进展", 33, ("status", "light", "why", "latest")),
    ("备注", 12, ("note",)),
)
_BY_NEED = ("季度节点", "数据和验收", "进展", "备注")  # left out where no row has anything to say there
_WIDER = ("报告原文", "工作事项")  # who gets their room
_PLAIN = ("text", "kind", "head", "partners", "status", "light", "why")
_NAMES = {c.field: c.name for c in COLUMNS}


def _font(run: Any, name: str, size: float) -> None:
    run.font.name, run.font.size = name, Pt(size)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), name)


def _name_fallbacks(document: Any) -> None:
    """Write into the document's font table which face stands in for which."""
    part = next(p for p in document.part.package.parts if p.partname == "/word/fontTable.xml")
    fonts = parse_xml(part.blob)
    for name, other in FALLBACKS.items():
        font = _new("font", name=name)
        font.append(_new("altName", val=other))
        font.append(_new("charset", val="86"))  # GB2312
        fonts.append(font)
    part._blob = serialize_part_xml(fonts)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(26), Mm(22)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _font(foot.add_run("— "), SONG, 14)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = foot.add_run()
        _font(run, SONG, 14)
        part = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            part.text = text
        else:
            part.set(qn("w:fldCharType"), kind)
        run._element.append(part)
    _font(foot.add_run(" —"), SONG, 14)


def _new(tag: str, **attributes: str) -> Any:
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _cell(
    text: str, width: float, face: str, *, merge: str = "", span: int = 1, centred: bool = False
) -> Any:
    """A table cell; `merge` is "restart" or "continue" where it is joined with the one above or below."""
    cell, properties = _new("tc"), _new("tcPr")
    properties.append(_new("tcW", w=str(round(width * 56.7)), type="dxa"))
    if span > 1:
        properties.append(_new("gridSpan", val=str(span)))
    if merge:
        properties.append(_new("vMerge", val=merge))
    properties.append(_new("vAlign", val="center"))
    cell.append(properties)
    paragraph = _new("p")
    if centred:
        layout = _new("pPr")
        layout.append(_new("jc", val="center"))
        paragraph.append(layout)
    if text and merge != "continue":
        paragraph.append(_run(text, face))
    cell.append(paragraph)
    return cell


def _run(text: str, face: str) -> Any:
    run, properties = _new("r"), _new("rPr")
    properties.append(_new("rFonts", ascii=face, hAnsi=face, eastAsia=face))
    properties.append(_new("sz", val=str(round(_SIZE * 2))))
    run.append(properties)
    for number, line in enumerate(text.split("\n")):
        if number:
            run.append(_new("br"))
        words = _new("t")
        words.text = line
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(words)
    return run


def _row(cells: list[Any], *marks: str) -> Any:
    """A table row; `tblHeader` repeats it on every page, `cantSplit` keeps it on one."""
    row, properties = _new("tr"), _new("trPr")
    for mark in marks:
        properties.append(_new(mark))
    row.append(properties)
    row.extend(cells)
    return row


def _text(row: Row, fields: tuple[str, ...]) -> str:
    """What a column says of the row: a line for each field that has something."""
    said = [(field, row.cells[field]) for field in fields if row.cells[field]]
    bare = len(fields) == 1
    lines = [text if bare or field in _PLAIN else f"{_NAMES[field]}：{text}" for field, text in said]
    return "\n".join(lines)


def layout(rows: list[Row]) -> Printed:
    """The columns that these rows need, as wide as a page allows."""
    kept = [c for c in PRINTED if c[0] not in _BY_NEED or any(_text(row, c[2]) for row in rows)]
    spare = (sum(c[1] for c in PRINTED) - sum(c[1] for c in kept)) / len(_WIDER)
    return tuple((head, width + spare * (head in _WIDER), fields) for head, width, fields in kept)


def _line(row: Row, merge: str, columns: Printed) -> Any:
    cells = []
    for _, width, fields in columns:
        joined = merge if fields[0] in _FIXED else ""
        cells.append(_cell(_text(row, fields), width, BODY, merge=joined))
    return _row(cells, "cantSplit")


def _lines(some: list[Row], columns: Printed) -> Iterator[Any]:
    """The rows of a group; what the report says stands once beside all items of a commitment."""
    for _, owned in groupby(some, key=lambda row: row.commitment):
        items = list(owned)
        for number, row in enumerate(items):
            yield _line(row, "" if len(items) == 1 else "continue" if number else "restart", columns)


def _table(book: Book, on: Day | None) -> Any:
    table = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{_PADDING}" w:type="dxa"/>'
        f'<w:right w:w="{_PADDING}" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid/></w:tbl>'
    )
    grouped = list(groups(book, on))
    columns = layout([row for _, some in grouped for row in some])
    for _, width, _ in columns:
        table.tblGrid.append(_new("gridCol", w=str(round(width * 56.7))))
    heads = [_cell(head, width, HEAD, centred=True) for head, width, _ in columns]
    table.append(_row(heads, "cantSplit", "tblHeader"))
    whole = sum(width for _, width, _ in columns)
    for action, some in grouped:
        table.append(_row([_cell(action, whole, HEAD, span=len(columns))], "cantSplit"))
        table.extend(list(_lines(some, columns)))
    return table


def write_word(book: Book, on: Day | None = None) -> bytes:
    """The table of `book` as a .docx file: A4 landscape, head row on every page, page numbers."""
    document = Document()
    properties = document.core_properties
    properties.author, properties.title, properties.comments = printable(book.government), title(book), ""
    _page(document)
    _name_fallbacks(document)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _font(heading.add_run(title(book)), TITLE, 22)  # 二号
    heading._p.addnext(_table(book, on))
    _font(document.add_paragraph().add_run(colophon(book, on)), BODY, _SIZE)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
