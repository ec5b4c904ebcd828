"""Where a sheet's heads stand, however they were merged, moved or renamed."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from duban.core.problem import Problem, Refused
from duban.files.columns import COLUMNS, HELPERS, Column
from duban.files.grid import Grid

_SEARCHED = 30  # rows from the top


def _name(text: str) -> str:
    """A head without blanks (备 注), marks and remarks in brackets."""
    return re.sub(r"\([^)]*\)|[\s*:]", "", unicodedata.normalize("NFKC", text))


def names_of(columns: Iterable[Column]) -> dict[str, str]:
    """The field for each head that these columns may have."""
    return {_name(name): column.field for column in columns for name in (column.name, *column.also)}


_NAMES = names_of(COLUMNS)


@dataclass(frozen=True, slots=True)
class Heads:
    """`columns` gives the column of each field that the sheet has; the rows of things start at `first`.

    `others` are heads of columns that are not ours and not read. `helpers` are columns of helping units beside one
    of responsible units; where no column names a lead (`listed`), the first responsible unit leads. `names` are the
    heads looked for.
    """

    columns: dict[str, int]
    first: int
    others: tuple[str, ...] = ()
    helpers: tuple[int, ...] = ()
    listed: bool = False
    names: Mapping[str, str] = field(default_factory=lambda: _NAMES)

    def repeated(self, row: list[str]) -> bool:
        """Whether this row only says the heads again, as on each page of a table that was pasted together."""
        column = self.columns["id"]
        return column < len(row) and self.names.get(_name(row[column])) == "id"


def _fields(row: list[str], names: Mapping[str, str]) -> dict[int, str]:
    """The known heads of a row by column."""
    return {c: names[_name(text)] for c, text in enumerate(row) if _name(text) in names}


def find_heads(grid: Grid, columns: Iterable[Column] = COLUMNS) -> Heads | None:
    """The heads of a sheet, None when it has no column for the field `id` with one to fill in beside it.

    Raises `Refused` when two columns claim the same head.
    """
    columns = tuple(columns)
    names, filled = names_of(columns), {column.field for column in columns if column.filled}
    for top in range(min(_SEARCHED, len(grid.rows))):
        known = _fields(grid.rows[top], names)
        if "id" not in known.values():
            continue
        depth = _depth(grid, top, next(c for c, f in known.items() if f == "id"), names)
        lowest: dict[int, str] = {}
        for row in grid.rows[top : top + depth]:
            lowest |= _fields(row, names)
        if len(lowest) > 1 and set(lowest.values()) & filled:
            others = _others(grid, range(top, top + depth), set(lowest))
            helpers = _helpers(grid, lowest, range(top, top + depth))
            own = {column: name for column, name in lowest.items() if column not in helpers}
            found = Heads(_single(grid, own, top), top + depth, others, helpers, names=names)
            return replace(found, listed=bool(helpers) and "lead" not in found.columns)
    return None


def _helpers(grid: Grid, found: dict[int, str], rows: range) -> tuple[int, ...]:
    """The columns of helping units, where another column has the responsible ones."""
    units = [column for column, name in sorted(found.items()) if name == "partners"]
    said = {c: {_name(grid.rows[r][c]) for r in rows if c < len(grid.rows[r])} for c in units}
    helping = tuple(c for c in units if said[c] & set(HELPERS))
    return helping if len(helping) == len(units) - 1 else ()


def _depth(grid: Grid, top: int, column: int, names: Mapping[str, str]) -> int:
    """How many rows the heads take: as many as the first one covers, or as long as known heads follow under it."""
    depth = grid.tall.get((top, column), 1)
    while top + depth < len(grid.rows) and _is_head_row(grid.rows[top + depth], column, names):
        depth += 1
    return depth


def _is_head_row(row: list[str], column: int, names: Mapping[str, str]) -> bool:
    """A row of nothing but heads, with none where the first one stands."""
    here = row[column].strip() if column < len(row) else ""
    filled = [text for text in row if text.strip()]
    return not here and bool(filled) and len(_fields(row, names)) == len(filled)


def _others(grid: Grid, rows: range, known: set[int]) -> tuple[str, ...]:
    """The heads over columns that have no known one."""
    found: dict[int, str] = {}
    for row in rows:
        for column, text in enumerate(grid.rows[row]):
            if text.strip() and column not in known:
                found[column] = text.replace("\n", "").strip()
    return tuple(found.values())


def _single(grid: Grid, found: dict[int, str], top: int) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column, name in sorted(found.items()):
        if name in columns:
            data: dict[str, str | int] = {
                "name": grid.rows[top][column] or name,
                "other": grid.at(top, columns[name]),
            }
            raise Refused(Problem("sheet.head_twice", grid.at(top, column), data))
        columns[name] = column
    return columns
