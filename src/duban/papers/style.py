"""The measures of an official document (GB/T 9704-2012), in points and millimetres, shared by both writers.

A4; the text stands 156 × 225 mm, 37 mm from the top and 28 mm from the left; title 二号, body 三号 on 22 lines of
28 characters, page number 四号 between two dashes, on the right of odd pages and the left of even ones.
"""

from dataclasses import dataclass, fields

from duban.papers.model import Paper, Table, Text

MM = 72 / 25.4
RED = (200, 16, 16)
NUMBER_SIZE = 14.0  # 四号
NOTE_SIZE = 9.0


@dataclass(frozen=True, slots=True)
class Style:
    """Sizes in points, margins in millimetres (top, bottom, left, right)."""

    margins: tuple[float, float, float, float] = (37, 35, 28, 26)
    office: float = 30
    title: float = 22  # 二号
    body: float = 16  # 三号
    leading: float = 28.9  # 225 mm in 22 lines
    small: float = 12
    small_leading: float = 19
    cell: float = 10.5  # 五号
    cell_leading: float = 14.5
    pad: float = 3
    gap: float = 14

    @property
    def width(self) -> float:
        """The width of the text in millimetres."""
        return 210 - self.margins[2] - self.margins[3]

    @property
    def height(self) -> float:
        """The height of the text in millimetres."""
        return 297 - self.margins[0] - self.margins[1]


OFFICIAL = Style()
# A brief is no formal document: it may be set closer, so that it stays one page.
DENSE = Style((24, 20, 25, 25), office=22, title=17, body=11.5, leading=17.5, small=9, small_leading=12.5,
              cell=9, cell_leading=11.6, pad=1.8, gap=4)  # fmt: skip
SCALES = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7)  # by which a brief is set smaller until it fits on its page


def style_of(paper: Paper) -> Style:
    """The measures of a paper; a brief's are chosen so that it fits on one page, as far as can be reckoned."""
    if not paper.dense:
        return OFFICIAL
    smaller = (_scaled(scale) for scale in SCALES)
    return next(
        (style for style in smaller if height(paper, style) <= style.height * MM), _scaled(SCALES[-1])
    )


def _scaled(scale: float) -> Style:
    sizes = {f.name: getattr(DENSE, f.name) * scale for f in fields(Style) if f.name != "margins"}
    return Style(DENSE.margins, **sizes)


def height(paper: Paper, style: Style) -> float:
    """About how high the paper is in points, counted by the character: a Chinese one is as wide as it is high."""
    width = style.width * MM
    used = style.office * 1.4 + style.leading * (4 if paper.to else 3) + style.gap * 3
    used += style.title * 1.5 * len(paper.titles)
    for block in paper.blocks:
        if isinstance(block, Table):
            used += _table_height(block, style, width)
        elif isinstance(block, Text) and block.small:
            used += _lines(block.text, style.small, width) * style.small_leading
        else:
            used += _lines("　　" + block.text, style.body, width) * style.leading
    return used


def _table_height(block: Table, style: Style, width: float) -> float:
    whole = sum(column.share for column in block.columns)
    widths = [width * column.share / whole - 6 for column in block.columns]
    heads = () if block.pairs else (tuple(column.name for column in block.columns),)
    lines = [
        max(_lines(cell, style.cell, wide) for cell, wide in zip(row, widths, strict=True))
        for row in (*heads, *block.rows)
    ]
    return sum(lines) * style.cell_leading + (2 * len(lines) + 3) * style.pad


def _lines(text: str, size: float, width: float) -> int:
    used = sum(0.56 if char.isascii() else 1.0 for char in text) * size
    return max(1, -int(-used // (width - size / 2)))  # half a character for what may not begin a line
