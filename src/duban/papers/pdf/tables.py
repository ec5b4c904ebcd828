"""Tables that go on over pages with their heads repeated; a row that is taller than a page is cut between lines."""

from dataclasses import dataclass

from duban.papers.model import Table
from duban.papers.pdf.sheet import Sheet
from duban.papers.style import Style

_SIDE = 3.0  # points between a cell's text and its rules


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table's columns in points from the left, and how its cells are set."""

    sheet: Sheet
    style: Style
    edges: tuple[float, ...]
    centred: tuple[bool, ...]
    pairs: bool

    def lines(self, row: tuple[str, ...], *, head: bool) -> list[list[str]]:
        """The cells of a row in lines."""
        return [
            self.sheet.wrap(text, self.role(n, head=head), self.style.cell, self.width(n) - 2 * _SIDE)
            for n, text in enumerate(row)
        ]

    def role(self, column: int, *, head: bool) -> str:
        """The face of a cell."""
        return "head" if head or (self.pairs and column == 0) else "body"

    def width(self, column: int) -> float:
        """A column's width."""
        return self.edges[column + 1] - self.edges[column]

    def height(self, lines: list[list[str]]) -> float:
        """A row's height."""
        return max(map(len, lines)) * self.style.cell_leading + 2 * self.style.pad


def draw_table(sheet: Sheet, block: Table, style: Style) -> None:
    """Draw the table at the sheet's place and go on below it."""
    whole = sum(column.share for column in block.columns)
    edges = [sheet.left]
    for column in block.columns:
        edges.append(edges[-1] + sheet.wide * column.share / whole)
    grid = _Grid(sheet, style, tuple(edges), tuple(c.centred for c in block.columns), block.pairs)
    head = [] if block.pairs else grid.lines(tuple(c.name for c in block.columns), head=True)
    above = grid.height(head) if head else 0
    sheet.at += style.pad
    sheet.need(above + style.cell_leading * 2)
    _draw_head(grid, head)
    for row in block.rows:
        lines = grid.lines(row, head=False)
        page = sheet.low - sheet.top - above
        while lines:
            fits = grid.height(lines)
            if fits <= page:
                if sheet.need(fits):
                    _draw_head(grid, head)
                _draw(grid, lines, head=False)
                break
            lines = _piece(grid, lines, head)
    sheet.at += style.pad * 2


def _draw_head(grid: _Grid, head: list[list[str]]) -> None:
    if head:
        _draw(grid, head, head=True)


def _piece(grid: _Grid, lines: list[list[str]], head: list[list[str]]) -> list[list[str]]:
    """Draw as many lines of a too tall row as the page has room for; returns the rest."""
    sheet, style = grid.sheet, grid.style
    count = int((sheet.low - sheet.at - 2 * style.pad) / style.cell_leading)
    if count < 2:
        sheet.need(sheet.low)
        _draw_head(grid, head)
        return lines
    _draw(grid, [cell[:count] for cell in lines], head=False)
    return [cell[count:] for cell in lines]


def _draw(grid: _Grid, lines: list[list[str]], *, head: bool) -> None:
    sheet, style = grid.sheet, grid.style
    height = grid.height(lines)
    for n, cell in enumerate(lines):
        x, width = grid.edges[n], grid.width(n)
        sheet.set_line_width(0.5)
        sheet.rect(x, sheet.at, width, height)
        role = grid.role(n, head=head)
        y = sheet.at + (height - len(cell) * style.cell_leading) / 2
        for line in cell:
            y += style.cell_leading
            middle = head or grid.centred[n]
            shift = (width - sheet.measure(line, role, style.cell)) / 2 if middle else _SIDE
            sheet.write_at(x + shift, y - style.cell_leading * 0.27, line, role, style.cell)
    sheet.at += height
