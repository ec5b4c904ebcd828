"""Plain lists as sheets: one row a thing, heads in any order, merged or over two rows; out and in alike."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from duban.core.problem import Problem, Refused
from duban.files.escape import escaped
from duban.files.grid import Grid, load_grids
from duban.files.plain import computes, guarded
from duban.files.rows import printable

_SEARCHED = 30  # rows from the top in which heads are looked for
_SPLIT = re.compile(r"[、，,；;\n]")


@dataclass(frozen=True, slots=True)
class Head:
    """A column: the field, its head, other names under which people write it, and its width in characters."""

    field: str
    name: str
    also: tuple[str, ...] = ()
    width: int = 18


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its texts by field, only of columns that the sheet has, and where each cell stands."""

    cells: dict[str, str]
    places: dict[str, str]


def read_list(path: Path, heads: Sequence[Head], needed: Iterable[str]) -> list[Line]:
    """The rows of all sheets that have the needed heads. Raises `Refused` with every cell that holds no plain text."""
    found: list[Line] = []
    faults: list[Problem] = []
    any_heads = False
    for grid in load_grids(path):
        at = _heads(grid, heads, set(needed))
        if at is not None:
            any_heads = True
            columns, first = at
            for row in range(first, len(grid.rows)):
                if not _skipped(grid, row, columns, heads):
                    faults += [grid.faults[row, c] for c in columns.values() if (row, c) in grid.faults]
                    found.append(_line(grid, row, columns))
    if not any_heads:
        names = {head.field: head.name for head in heads}
        wanted = "、".join(names[field] for field in needed)
        raise Refused(Problem("list.no_heads", path.name, {"heads": wanted}))
    if faults:
        raise Refused(*faults)
    return found


def _heads(grid: Grid, heads: Sequence[Head], needed: set[str]) -> tuple[dict[str, int], int] | None:
    """The column of each field and the first row of things; heads may take one row or two."""
    for top in range(min(_SEARCHED, len(grid.rows))):
        known, depth = _named(grid.rows[top], heads), 1
        while known and top + depth < len(grid.rows) and _continues(grid, top + depth, heads):
            known |= _named(grid.rows[top + depth], heads)
            depth += 1
        if needed <= set(known.values()):
            return _single(grid, known, top), top + depth
    return None


def _continues(grid: Grid, row: int, heads: Sequence[Head]) -> bool:
    """Whether a row below heads holds nothing but heads, or what is merged over it from above."""
    named, cells = _named(grid.rows[row], heads), grid.rows[row]
    filled = [c for c, text in enumerate(cells) if text.strip()]
    return bool(named) and all(c in named or (row, c) in grid.filled for c in filled)


def _named(row: list[str], heads: Sequence[Head]) -> dict[int, str]:
    names = {_bare(name): head.field for head in heads for name in (head.name, *head.also)}
    return {c: names[_bare(text)] for c, text in enumerate(row) if _bare(text) in names}


def _bare(text: str) -> str:
    """A head without blanks (联 系 人), marks and remarks in brackets."""
    return re.sub(r"\([^)]*\)|[\s*:]", "", unicodedata.normalize("NFKC", text))


def _single(grid: Grid, known: dict[int, str], top: int) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column, field in sorted(known.items()):
        if field in columns:
            data: dict[str, str | int] = {
                "name": grid.rows[top][column] or field,
                "other": grid.at(top, columns[field]),
            }
            raise Refused(Problem("sheet.head_twice", grid.at(top, column), data))
        columns[field] = column
    return columns


def _skipped(grid: Grid, row: int, columns: dict[str, int], heads: Sequence[Head]) -> bool:
    """Blank rows, the heads again, and a line over several columns, which is a title or a note."""
    cells = grid.rows[row]
    filled = [c for c, text in enumerate(cells) if text.strip()]
    if not filled or len(_named(cells, heads)) == len(filled):
        return True
    return len(filled) == 1 and (grid.wide.get((row, filled[0]), 1) > 1 or filled[0] not in columns.values())


def _line(grid: Grid, row: int, columns: dict[str, int]) -> Line:
    cells = grid.rows[row]
    texts = {field: cells[c].strip() if c < len(cells) else "" for field, c in columns.items()}
    return Line(texts, {field: grid.at(row, c) for field, c in columns.items()})


def words_of(text: str) -> tuple[str, ...]:
    """The words of a cell with 、 ， ； or a line between them, each once."""
    return tuple(dict.fromkeys(word.strip() for word in _SPLIT.split(text) if word.strip()))


def write_list(title: str, heads: Sequence[Head], rows: Iterable[dict[str, str]]) -> bytes:
    """The rows as an .xlsx file with one sheet of this title: every cell is text, the heads stay in sight."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    for number, head in enumerate(heads, 1):
        cell = sheet.cell(1, number, head.name)
        cell.font, cell.fill = Font("黑体", size=11), PatternFill("solid", fgColor="EEF0F3")
        sheet.column_dimensions[get_column_letter(number)].width = head.width
    for row, cells in enumerate(rows, 2):
        for number, head in enumerate(heads, 1):
            _put(sheet, row, number, printable(cells.get(head.field, "")))
    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _put(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """A text cell that stays text when it is typed over; nothing in it is computed."""
    cell = sheet.cell(row, column)
    if text:
        cell.value, cell.data_type = escaped(text), "s"
        if computes(text):
            cell.quotePrefix = True
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def write_list_csv(heads: Sequence[Head], rows: Iterable[dict[str, str]]) -> bytes:
    """The rows as CSV in UTF-8 with a mark, so that spreadsheets read it; nothing in it is computed."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([head.name for head in heads])
    for cells in rows:
        writer.writerow([guarded(printable(cells.get(head.field, ""))) for head in heads])
    return out.getvalue().encode("utf-8-sig")
