"""The decomposition table read back after people worked on it: what they ask to change, cell by cell."""

from dataclasses import dataclass, field
from pathlib import Path

from duban.core.problem import Problem, Refused
from duban.files.compare import Comparison, Edit
from duban.files.lines import Lines, read_lines
from duban.files.past import Past
from duban.files.rows import bases_of
from duban.ledger import Book
from duban.ledger.items import ItemChange

__all__ = ["Edit", "TableRead", "read_table"]


@dataclass(slots=True)
class TableRead:
    """What a table asks for.

    `missing` are items that stood in the table when it was made and have no row now; `others` are heads of
    columns that were not read.
    """

    changes: list[ItemChange] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    missing: list[tuple[str, int]] = field(default_factory=list)
    rows: int = 0
    others: tuple[str, ...] = ()


def read_table(path: Path, book: Book, *, remove_missing: bool = False, reason: str = "") -> TableRead:
    """Compare the table in `path` (.xlsx, .csv or .json) with the book.

    A row without an item number is a new item, unless it only repeats what the table proposed. Columns that the
    sheet does not have keep what the book says. With `remove_missing`, items whose rows were deleted are asked
    to go, for `reason`. Raises `Refused` with every fault of every cell.
    """
    lines, past, bases = read_lines(path, book), Past(book), bases_of(book)
    found = TableRead(rows=len(lines.rows), others=lines.others)
    faults = list(lines.faults)
    seen: set[tuple[str, int]] = set()
    for some in lines.by_commitment():
        wishes = Comparison(some, book, past, bases).wishes()
        faults += wishes.faults
        found.changes += wishes.changes
        found.edits += wishes.edits
        seen |= {(some[0].id, n) for n in wishes.seen}
    if faults:
        raise Refused(*faults)
    found.missing = _missing(book, past, lines, seen)
    if remove_missing:
        found.changes += _removals(path.name, book, past, lines, found.missing, reason)
    return found


def _missing(book: Book, past: Past, lines: Lines, seen: set[tuple[str, int]]) -> list[tuple[str, int]]:
    """The items without a row; not those that came after the table was made."""
    found = []
    for state in book.commitments.values():
        lost = {item.n for item in state.items} - {n for one, n in seen if one == state.read.id}
        if lost and not state.dropped:
            then = past.book(state.read.id, lines.oldest).commitments.get(state.read.id)
            there = {item.n for item in then.items} if then is not None else set()
            found += [(state.read.id, n) for n in sorted(lost & there)]
    return sorted(found)


def _removals(
    name: str, book: Book, past: Past, lines: Lines, missing: list[tuple[str, int]], reason: str
) -> list[ItemChange]:
    """The wishes to take items off; raises `Refused` for those that changed after the table was made."""
    moved = [
        Problem("sheet.missing_moved", name, {"id": one, "n": n})
        for one, n in missing
        if past.book(one, lines.oldest).commitments[one].numbered[n].item
        != book.commitments[one].numbered[n].item
    ]
    if moved:
        raise Refused(*moved)
    return [ItemChange("remove", one, n, note=reason, place=name) for one, n in missing]
