"""The rows of a returned table that speak of a commitment, each with its cells by field and their places."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from duban.core.problem import Problem, Refused
from duban.files.columns import FILLED
from duban.files.fields import units
from duban.files.grid import Grid, load_grids
from duban.files.heads import Heads, find_heads
from duban.files.past import Stamp, parsed_stamp
from duban.ledger import Book

_ID = re.compile(r"[A-Z]+\d+(\.\d+)*-\d+")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet. `stamp` is its own, or else the oldest of its sheet; `stamped` tells which."""

    grid: Grid
    heads: Heads
    row: int
    id: str
    stamp: Stamp | None = None
    stamped: bool = False

    def has(self, name: str) -> bool:
        """Whether the sheet has this column, or others that say the same."""
        return name in self.heads.columns or (name == "lead" and self.heads.listed)

    def text(self, name: str) -> str:
        """The text of a cell; a merged item number counts for its first row only."""
        column = self.heads.columns.get(name)
        if self.heads.helpers and name in ("lead", "partners"):
            return self._units(name)
        if column is None or (name == "n" and (self.row, column) in self.grid.filled):
            return ""
        return self._cell(column)

    def _cell(self, column: int) -> str:
        cells = self.grid.rows[self.row]
        return cells[column].strip() if column < len(cells) else ""

    def _units(self, name: str) -> str:
        """The lead or its partners, where units stand in columns of leading, responsible and helping ones."""
        columns = self.heads.columns
        responsible = units(self._cell(columns["partners"]))
        lead = responsible[:1] if self.heads.listed else units(self._cell(columns["lead"]))
        if name == "lead":
            return "、".join(lead)
        helping = [unit for column in self.heads.helpers for unit in units(self._cell(column))]
        rest = responsible[1:] if self.heads.listed else responsible
        return "、".join(dict.fromkeys(unit for unit in rest + helping if unit not in lead))

    def place(self, name: str) -> str:
        """Where that cell stands; the number's where the sheet has no such column."""
        columns = self.heads.columns
        here = (
            columns["partners"] if name == "lead" and self.heads.listed else columns.get(name, columns["id"])
        )
        return self.grid.at(self.row, here)

    def faults(self) -> Iterator[Problem]:
        """The cells of this row that hold no plain value."""
        for column in (*self.heads.columns.values(), *self.heads.helpers):
            fault = self.grid.faults.get((self.row, column))
            if fault is not None:
                yield fault

    @property
    def leading(self) -> bool:
        """Whether the sheet has one column of units only: then the first unit listed leads."""
        return self.has("lead") != self.has("partners")

    @property
    def idle(self) -> bool:
        """A row that only stands beside a number merged over it, and says nothing itself."""
        merged = (self.row, self.heads.columns["id"]) in self.grid.filled
        return merged and not any(self.text(name) for name in FILLED)


@dataclass(slots=True)
class Lines:
    """The rows of all sheets of a file that have the table's heads."""

    rows: list[Line]
    others: tuple[str, ...]
    faults: list[Problem]

    @property
    def oldest(self) -> Stamp | None:
        """The oldest table that any row comes from."""
        return min((line.stamp for line in self.rows if line.stamp), default=None)

    def by_commitment(self) -> list[list[Line]]:
        """The rows of one commitment together, in the order in which each is first named."""
        found: dict[str, list[Line]] = defaultdict(list)
        for line in self.rows:
            found[line.id].append(line)
        return list(found.values())


def read_lines(path: Path, book: Book) -> Lines:
    """The rows of a file; raises `Refused` for a file that is no table."""
    tables = [(grid, heads) for grid in load_grids(path) if (heads := find_heads(grid)) is not None]
    if not tables:
        raise Refused(Problem("sheet.no_heads", path.name))
    found = Lines([], tuple(dict.fromkeys(other for _, heads in tables for other in heads.others)), [])
    for grid, heads in tables:
        lines = [_line(grid, heads, row, book) for row in range(heads.first, len(grid.rows))]
        _add(found, [line for line in lines if line is not None], book)
    return found


def _add(found: Lines, lines: list[Line], book: Book) -> None:
    """Add the rows of one sheet with their stamps; those that were made by hand take the oldest beside them."""
    stamped = []
    for line in lines:
        text = line.text("stamp")
        stamp = parsed_stamp(text) if text else None
        if text and (stamp is None or stamp.seq > book.seq):
            data: dict[str, str | int] = {"stamp": text[:40], "entries": book.seq}
            found.faults.append(Problem("sheet.stamp_wrong", line.place("stamp"), data))
        else:
            stamped.append(replace(line, stamp=stamp, stamped=stamp is not None))
    oldest = min((line.stamp for line in stamped if line.stamp), default=None)
    for line in stamped:
        wrong = [*line.faults()]
        if not line.id:
            wrong.append(Problem("sheet.id_missing", line.place("id")))
        found.faults += wrong
        if not wrong and not line.idle:
            found.rows.append(line if line.stamped else replace(line, stamp=oldest))


def _line(grid: Grid, heads: Heads, row: int, book: Book) -> Line | None:
    """The row, or None for one that speaks of no commitment: blank, a group's title, heads again, a note."""
    cells = grid.rows[row]
    column = heads.columns["id"]
    line = Line(grid, heads, row, _ident(cells[column] if column < len(cells) else "", book))
    filled = [c for c, text in enumerate(cells) if text.strip()]
    if not filled or heads.repeated(cells):
        return None
    if len(filled) == 1 and filled[0] <= column < filled[0] + grid.wide.get((row, filled[0]), 1):
        if grid.wide.get((row, filled[0]), 1) > 1:
            return None
        return line if line.id in book.commitments or _ID.fullmatch(line.id) else None
    filled_in = any(line.text(name) or _at_fault(line, name) for name in FILLED)
    return line if line.id or filled_in else None


def _at_fault(line: Line, name: str) -> bool:
    return (line.row, line.heads.columns.get(name, -1)) in line.grid.faults


def _ident(text: str, book: Book) -> str:
    """A commitment's number as the book writes it, however it was typed."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    return plain if plain in book.commitments else plain.upper()
