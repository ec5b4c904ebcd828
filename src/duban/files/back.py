"""The decomposition table read back after people worked on it: what they ask to change, cell by cell."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from duban.core.problem import Problem, Refused
from duban.files.columns import FACTS, FILLED, NAMES
from duban.files.fields import parsed_item
from duban.files.grid import Grid, load_grids
from duban.files.heads import Heads, find_heads
from duban.files.rows import bases_of, fact_cells, item_cells, proposal, settled
from duban.ledger import Book
from duban.ledger.bodies import Item
from duban.ledger.items import ItemChange
from duban.ledger.states import CommitmentState


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell that reads otherwise than the book: for a person to see before anything is applied."""

    place: str
    commitment: str
    n: int
    field: str
    before: str
    after: str


@dataclass(slots=True)
class TableRead:
    """What a table asks for. `missing` are items of the book that stand in no row."""

    changes: list[ItemChange] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    missing: list[tuple[str, int]] = field(default_factory=list)
    rows: int = 0


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of a sheet: cells by field, with their places."""

    grid: Grid
    heads: Heads
    row: int

    def text(self, name: str) -> str:
        column = self.heads.columns.get(name)
        cells = self.grid.rows[self.row]
        return cells[column].strip() if column is not None and column < len(cells) else ""

    def place(self, name: str) -> str:
        return self.grid.at(self.row, self.heads.columns.get(name, 0))

    def faults(self) -> Iterator[Problem]:
        for column in self.heads.columns.values():
            fault = self.grid.faults.get((self.row, column))
            if fault is not None:
                yield fault


def read_table(path: Path, book: Book, *, remove_missing: bool = False) -> TableRead:
    """Compare the table in `path` (.xlsx or .csv) with the book.

    A row without an item number is a new item, unless it only repeats what the table proposed. Columns that the
    sheet does not have keep what the book says. Raises `Refused` with every fault of every cell.
    """
    found, bases = TableRead(), bases_of(book)
    faults: list[Problem] = []
    seen: set[tuple[str, int]] = set()
    for line in _lines(path):
        found.rows += 1
        line_faults = [*line.faults(), *_wrong_facts(line, book, bases)]
        if not line_faults:
            line_faults = _compare(line, book, found, seen)
        faults.extend(line_faults)
    if not faults:
        found.missing = _missing(book, seen)
        if remove_missing:
            found.changes += [ItemChange("remove", c, n, place=path.name) for c, n in found.missing]
        return found
    raise Refused(*faults)


def _lines(path: Path) -> Iterator[_Line]:
    """The rows that speak of a commitment, in all visible sheets that have the table's heads."""
    tables = [(grid, heads) for grid in load_grids(path) if (heads := find_heads(grid)) is not None]
    if not tables:
        raise Refused(Problem("sheet.no_heads", path.name))
    for grid, heads in tables:
        for row in range(heads.first, len(grid.rows)):
            if not _is_title(grid, row):
                yield _Line(grid, heads, row)


def _is_title(grid: Grid, row: int) -> bool:
    """A blank row, or the name of a group or a note: one cell filled, across the columns or on the left."""
    filled = [c for c, text in enumerate(grid.rows[row]) if text.strip()]
    return not filled or (len(filled) == 1 and (filled[0] == 0 or grid.wide.get((row, filled[0]), 1) > 1))


def _wrong_facts(line: _Line, book: Book, bases: dict[str, str]) -> Iterator[Problem]:
    """Unknown numbers, and facts of the report that someone wrote over; empty fact cells are let pass."""
    one = line.text("id")
    state = book.commitments.get(one)
    if not one:
        yield Problem("sheet.id_missing", line.place("id"))
    elif state is None or state.dropped:
        yield Problem("sheet.id_unknown", line.place("id"), {"id": one[:40]})
    else:
        facts = fact_cells(book, state, bases)
        for name in FACTS:
            text = line.text(name)
            if text and settled(text) != settled(facts[name]):
                yield Problem("sheet.fact_changed", line.place(name), {"column": NAMES[name]})


def _compare(line: _Line, book: Book, found: TableRead, seen: set[tuple[str, int]]) -> list[Problem]:
    """Add what this row asks for to `found`; its faults are returned."""
    state = book.commitments[line.text("id")]
    number, fault = _number(line, state)
    if fault is not None:
        return [fault]
    if number:
        seen.add((state.read.id, number))
    before = state.numbered[number].item if number else proposal(state)
    shown = item_cells(before)
    told = [
        name
        for name in FILLED
        if name in line.heads.columns and settled(line.text(name)) != settled(shown[name])
    ]
    fresh = number == 0 and (state.items or _claimed(found, state.read.id))
    if not told and not fresh:
        return []
    base = before if number or not fresh else Item(state.read.id, "")
    if fresh:  # a further item: every cell of the row counts
        shown = dict.fromkeys(FILLED, "")
        told = [name for name in FILLED if line.text(name)]
    item, faults = parsed_item(base, {n: line.text(n) for n in told}, line.place, book.year, _one_unit(line))
    if not faults:
        found.changes.append(_change(item, number, line.place("head")))
        found.edits += [Edit(line.place(n), state.read.id, number, n, shown[n], line.text(n)) for n in told]
    return faults


def _one_unit(line: _Line) -> bool:
    """Whether the sheet has one column of units only: then the first unit listed leads."""
    return "partners" not in line.heads.columns


def _claimed(found: TableRead, commitment: str) -> bool:
    """True when a row above already made the first item of this commitment."""
    return any(c.commitment == commitment and c.how == "add" for c in found.changes)


def _number(line: _Line, state: CommitmentState) -> tuple[int, Problem | None]:
    """The item's number in this row, 0 for none."""
    text = line.text("n")
    if not text:
        return 0, None
    if not (text.isascii() and text.isdigit()) or len(text) > 6:
        return 0, Problem("sheet.item_number", line.place("n"), {"n": text[:20]})
    item = state.numbered.get(int(text))
    if item is None or item.removed:
        return 0, Problem("sheet.item_unknown", line.place("n"), {"n": text, "id": state.read.id})
    return int(text), None


def _change(item: Item, number: int, place: str) -> ItemChange:
    values = {name: item[name] for name in item.keys()}  # noqa: SIM118
    return ItemChange("change" if number else "add", n=number, place=place, **values)


def _missing(book: Book, seen: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    known = {(s.read.id, i.n) for s in book.commitments.values() if not s.dropped for i in s.items}
    return sorted(known - set(seen))


def with_reason(found: TableRead, reason: str) -> TableRead:
    """The same wishes, with a reason beside every removal."""
    changes = [replace(c, note=reason) if c.how == "remove" else c for c in found.changes]
    return replace(found, changes=changes)
