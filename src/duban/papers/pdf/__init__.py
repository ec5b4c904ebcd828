"""A paper as a PDF with an embedded Chinese font: the same words as the Word file, and the same bytes each time."""

from duban.papers.model import Heading, Paper, Table, Text, leads
from duban.papers.pdf.fonts import faces
from duban.papers.pdf.sheet import Sheet
from duban.papers.pdf.tables import draw_table
from duban.papers.style import RED, Style, style_of

__all__ = ["faces", "write_pdf"]


def write_pdf(paper: Paper) -> bytes:
    """The paper as PDF. Raises `Refused` (papers.no_font) where this machine has no Chinese font."""
    style = style_of(paper)
    sheet = Sheet(paper, style)
    _head(sheet, style)
    if paper.to:
        _lines(sheet, paper.to + ("：" if paper.locale == "zh" else ":"), style.body, style.leading)
    for block in paper.blocks:
        if isinstance(block, Heading):
            _heading(sheet, block, style)
        elif isinstance(block, Table):
            draw_table(sheet, block, style)
        else:
            _text(sheet, block, style)
    _foot(sheet, style)
    return bytes(sheet.output())


def _head(sheet: Sheet, style: Style) -> None:
    """The office in red, the number (or the mark of a draft), the red line, and the title."""
    paper = sheet.paper
    size = min(style.office, style.office * sheet.wide / sheet.measure(paper.office, "title", style.office))
    sheet.at += style.office
    sheet.set_text_color(*RED)
    sheet.centred(paper.office, "title", size, sheet.at)
    sheet.set_text_color(0)
    sheet.at += style.office * 0.4 + style.leading * 0.7
    sheet.centred(paper.number or paper.mark, "body", style.body, sheet.at)
    sheet.at += style.leading * 0.35
    sheet.rule(sheet.at)
    sheet.at += style.gap
    for line in (
        line for part in paper.titles for line in sheet.wrap(part, "title", style.title, sheet.wide)
    ):
        sheet.at += style.title * 1.45
        sheet.centred(line, "title", style.title, sheet.at)
    sheet.at += style.gap + style.title * 0.3


def _heading(sheet: Sheet, block: Heading, style: Style) -> None:
    """A section's head, with room for two lines after it on the same page."""
    sheet.need(style.leading * 3)
    _lines(sheet, block.text, style.body, style.leading, role="head", first=2 * style.body)


def _text(sheet: Sheet, block: Text, style: Style) -> None:
    sheet.need(style.leading * 2 if leads(block) else 0)
    size, leading = (style.small, style.small_leading) if block.small else (style.body, style.leading)
    _lines(sheet, block.text, size, leading, first=2 * size)


def _lines(
    sheet: Sheet, text: str, size: float, leading: float, *, role: str = "body", first: float = 0
) -> None:
    """A paragraph, its lines filled but the last."""
    lines = sheet.wrap(text, role, size, sheet.wide, first)
    for number, line in enumerate(lines):
        sheet.need(leading)
        indent = 0 if number else first
        fill = sheet.wide - indent if number < len(lines) - 1 else 0
        base = sheet.at + (leading + size * 0.76) / 2
        sheet.write_at(sheet.left + indent, base, line, role, size, fill=fill)
        sheet.at += leading


def _foot(sheet: Sheet, style: Style) -> None:
    """Who signs, and when."""
    sheet.need(style.gap + 2 * style.leading)
    sheet.at += style.gap
    for text, indent in ((sheet.paper.signed, 2), (sheet.paper.dated, 4)):
        x = sheet.left + sheet.wide - sheet.measure(text, "body", style.body) - indent * style.body
        sheet.write_at(max(x, sheet.left), sheet.at + style.leading * 0.7, text, "body", style.body)
        sheet.at += style.leading
