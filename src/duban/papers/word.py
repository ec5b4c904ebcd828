"""A paper as a Word document in the manner of GB/T 9704-2012. The same paper gives the same bytes."""

import io
import zipfile
from datetime import datetime
from typing import Any

from docx import Document
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from duban.files.word import BODY, FALLBACKS, HEAD, SONG, TITLE
from duban.papers.model import Block, Heading, Paper, Table, leads
from duban.papers.style import MM, NOTE_SIZE, NUMBER_SIZE, Style, style_of

_RED = "C81010"
_DXA = 56.7  # twentieths of a point in a millimetre


def write_docx(paper: Paper) -> bytes:
    """The paper as a .docx file."""
    style, document = style_of(paper), Document()
    day = datetime.fromisoformat(paper.day)
    properties = document.core_properties
    properties.author, properties.title, properties.comments = paper.office, paper.title, ""
    properties.created = properties.modified = day
    properties.language = "zh-CN" if paper.locale == "zh" else "en"
    _page(document, paper, style)
    _name_fallbacks(document)
    _speak_chinese(document)
    body = document.element.body
    for element in (*_head(paper, style), *_body(paper, style), *_foot(paper, style)):
        body.insert(len(body) - 1, element)  # before the section's own properties
    out = io.BytesIO()
    document.save(out)
    return _dated(out.getvalue(), day)


def _dated(file: bytes, day: datetime) -> bytes:
    """The same file with every part dated by the paper and not by the clock."""
    out = io.BytesIO()
    stamp = (max(day.year, 1980), day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = zipfile.ZipInfo(info.filename, stamp)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(info.filename))
    return out.getvalue()


def _new(tag: str, **attributes: str) -> Any:
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _with(element: Any, *inner: Any) -> Any:
    element.extend([one for one in inner if one is not None])
    return element


def _run(text: str, face: str, size: float, colour: str = "") -> Any:
    """Words in one face; a paper's texts are clean, so any of them can be written."""
    properties = _with(
        _new("rPr"),
        _new("rFonts", ascii=face, hAnsi=face, eastAsia=face, cs=face),
        _new("color", val=colour) if colour else None,
        _new("sz", val=str(round(size * 2))),
    )
    words = _new("t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return _with(_new("r"), properties, words)


def _paragraph(
    *runs: Any, align: str = "", leading: float = 0, first: float = 0, right: tuple[int, float] = (0, 0),
    keep: bool = False, rule: str = "",
) -> Any:  # fmt: skip
    """A paragraph. `first` indents by two characters of this size, `right` by a number of characters of a size;
    `rule` is the colour of a line below."""
    layout = _new("pPr")
    if keep:
        layout.append(_new("keepNext"))
    if rule:
        below = _new("bottom", val="single", sz="12", space="1", color=rule)
        layout.append(_with(_new("pBdr"), below))
    line = {"line": str(round(leading * 20)), "lineRule": "exact"} if leading else {}
    layout.append(_new("spacing", before="0", after="0", **line))
    indent = {"firstLineChars": "200", "firstLine": str(round(first * 40))} if first else {}
    chars, size = right
    indent |= {"rightChars": str(chars * 100), "right": str(round(chars * size * 20))} if chars else {}
    if indent:
        layout.append(_new("ind", **indent))
    if align:
        layout.append(_new("jc", val=align))
    return _with(_new("p"), layout, *runs)


def _head(paper: Paper, style: Style) -> list[Any]:
    """The office in red, the number, the red line, and the title."""
    number = paper.number or paper.mark
    size = min(style.office, style.width * MM / len(paper.office))
    titles = [
        _paragraph(_run(line, TITLE, style.title), align="center", leading=style.title * 1.5)
        for line in paper.titles
    ]
    return [
        _paragraph(_run(paper.office, TITLE, size, _RED), align="center", leading=style.office * 1.4),
        _paragraph(_run(number, BODY, style.body), align="center", leading=style.leading, rule=_RED),
        _paragraph(leading=style.gap),
        *titles,
        _paragraph(leading=style.gap),
    ]


def _body(paper: Paper, style: Style) -> list[Any]:
    found = []
    if paper.to:
        colon = "：" if paper.locale == "zh" else ":"
        found.append(_paragraph(_run(paper.to + colon, BODY, style.body), leading=style.leading))
    for block in paper.blocks:
        found.extend(_block(block, style))
    return found


def _block(block: Block, style: Style) -> list[Any]:
    if isinstance(block, Heading):
        return [
            _paragraph(_run(block.text, HEAD, style.body), leading=style.leading, first=style.body, keep=True)
        ]
    if isinstance(block, Table):
        return [_table(block, style), _paragraph(leading=style.pad * 2)]
    size, leading = (style.small, style.small_leading) if block.small else (style.body, style.leading)
    return [_paragraph(_run(block.text, BODY, size), align="both", leading=leading, first=size,
                       keep=leads(block))]  # fmt: skip


def _table(block: Table, style: Style) -> Any:
    room = {"top": style.pad / 2, "left": 3, "bottom": style.pad / 2, "right": 3}
    sides = (f'<w:{side} w:w="{round(points * 20)}" w:type="dxa"/>' for side, points in room.items())
    table = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/>'
        '<w:tblInd w:w="60" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{''.join(sides)}</w:tblCellMar></w:tblPr><w:tblGrid/></w:tbl>"
    )
    whole = sum(column.share for column in block.columns)
    widths = [round(style.width * _DXA * column.share / whole) for column in block.columns]
    for width in widths:
        table.tblGrid.append(_new("gridCol", w=str(width)))
    middle = [column.centred for column in block.columns]
    if not block.pairs:
        heads = [_cell(column.name, width, HEAD, style, centred=True, keep=True)
                 for column, width in zip(block.columns, widths, strict=True)]  # fmt: skip
        table.append(_row(heads, "cantSplit", "tblHeader"))
    for number, row in enumerate(block.rows):
        faces = [HEAD if block.pairs and n == 0 else BODY for n in range(len(row))]
        cells = [_cell(text, width, face, style, centred=c, keep=not number)
                 for text, width, face, c in zip(row, widths, faces, middle, strict=True)]  # fmt: skip
        long = max(map(len, row), default=0) > 400
        table.append(_row(cells, *([] if long else ["cantSplit"])))
    return table


def _row(cells: list[Any], *marks: str) -> Any:
    return _with(_new("tr"), _with(_new("trPr"), *(_new(mark) for mark in marks)), *cells)


def _cell(text: str, width: int, face: str, style: Style, *, centred: bool, keep: bool = False) -> Any:
    properties = _with(_new("tcPr"), _new("tcW", w=str(width), type="dxa"), _new("vAlign", val="center"))
    run = _run(text, face, style.cell) if text else None
    inside = _paragraph(run, align="center" if centred else "", leading=style.cell_leading, keep=keep)
    return _with(_new("tc"), properties, inside)


def _foot(paper: Paper, style: Style) -> list[Any]:
    """Who signs and when; for an issued paper the line that says who issued it when."""
    size, leading = style.body, style.leading
    found = [
        _paragraph(leading=style.gap, keep=True),
        _paragraph(
            _run(paper.signed, BODY, size), align="right", leading=leading, right=(2, size), keep=True
        ),
        _paragraph(_run(paper.dated, BODY, size), align="right", leading=leading, right=(4, size)),
    ]
    return found


def _page(document: Any, paper: Paper, style: Style) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    top, bottom, left, right = style.margins
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.header_distance, section.footer_distance = Mm(top / 2), Mm(bottom - 12)
    document.settings.odd_and_even_pages_header_footer = True
    told = "　".join(part for part in (paper.mark, paper.note) if part)
    for header, footer, side in (
        (section.header, section.footer, "right"), (section.even_page_header, section.even_page_footer, "left")
    ):  # fmt: skip
        _replace(header, _paragraph(_run(told, SONG, NOTE_SIZE), align="center"))
        _replace(footer, _numbered(side))


def _replace(part: Any, paragraph: Any) -> None:
    old = part.paragraphs[0]._p
    old.addprevious(paragraph)
    old.getparent().remove(old)


def _numbered(side: str) -> Any:
    """The page's number between dashes, one character from the edge."""
    runs = [_run("— ", SONG, NUMBER_SIZE)]
    for kind in ("begin", "", "end"):
        run = _run("", SONG, NUMBER_SIZE)
        run.remove(run[-1])
        if kind:
            run.append(_new("fldChar", fldCharType=kind))
        else:
            field = _new("instrText")
            field.text = "PAGE"
            run.append(field)
        runs.append(run)
    paragraph = _paragraph(*runs, _run(" —", SONG, NUMBER_SIZE), align=side)
    indent = _new("ind", **{f"{side}Chars": "100", side: str(round(NUMBER_SIZE * 20))})
    paragraph.pPr.insert(1, indent)
    return paragraph


def _name_fallbacks(document: Any) -> None:
    """Write into the document's font table which face stands in for which."""
    part = next(p for p in document.part.package.parts if p.partname == "/word/fontTable.xml")
    fonts = parse_xml(part.blob)
    for name, other in FALLBACKS.items():
        fonts.append(_with(_new("font", name=name), _new("altName", val=other), _new("charset", val="86")))
    part._blob = serialize_part_xml(fonts)


def _speak_chinese(document: Any) -> None:
    """The language of East Asian text, by which a reader's program chooses the forms of characters."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    run = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in run.findall(qn("w:lang")):
        run.remove(old)
    run.append(_new("lang", val="en-US", eastAsia="zh-CN"))
