"""Reads what a settlement is given: the next report, and tables of results."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from duban.core.problem import Problem, Refused

if TYPE_CHECKING:
    from duban.assess.settle.whole import Rules
    from duban.ledger.year.settlements import SettlementSource
    from duban.read.model import Reading

_TABLES = (".csv", ".xlsx")


def read_report(path: Path) -> "Reading":
    """The reading of a report; raises `Refused` where its year cannot be told."""
    from duban.read import load_source, read_source

    reading = read_source(load_source(path))
    if not reading.outline.year:
        raise Refused(Problem("settle.no_year", path.name))
    return reading


def sources_of(paths: Iterable[Path], year: int) -> "list[SettlementSource]":
    """What each file says of `year`, in the order given; the same file given twice counts once."""
    found = {source.sha256: source for source in reversed([_source(path, year) for path in paths])}
    return list(reversed(found.values()))


def _source(path: Path, year: int) -> "SettlementSource":
    """One file's results. Raises `Refused` where a report reviews another year."""
    from duban.assess.settle.books import source_of_outcomes
    from duban.assess.settle.halves import aims_of, outcomes_of

    if path.suffix.lower() in _TABLES:
        return _table(path)
    next_ = read_report(path)
    reviewed = (next_.outline.year or 0) - 1
    if reviewed != year:
        data: dict[str, str | int] = {"reviewed": reviewed, "planned": year, "next": year + 1}
        raise Refused(Problem("settle.wrong_year", path.name, data))
    return source_of_outcomes(
        path.name, next_.source.sha256, "report", outcomes_of(next_, 0), aims_of(next_), next_.outline.title
    )


def _table(path: Path) -> "SettlementSource":
    from duban.assess.settle.books import source_of_outcomes
    from duban.assess.settle.rows import outcomes_of_rows
    from duban.files.grid import load_grids

    grid = load_grids(path)[0]
    rows = ((grid.at(n, 0), cells) for n, cells in enumerate(grid.rows[1:], 1))
    outcomes = outcomes_of_rows(grid.rows[0] if grid.rows else [], rows, path.name, 0)
    return source_of_outcomes(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), "table", outcomes)


def rules_of(path: Path | None) -> "Rules":
    """The city's rules of settlement in a file; those that come with duban without one."""
    from duban.assess.settle.authority import authority_of
    from duban.assess.settle.tolerance import tolerance_of
    from duban.assess.settle.whole import Rules

    if path is None:
        return Rules()
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise Refused(Problem("settle.rules_unreadable", str(path), {"fault": str(fault)})) from None
    return Rules(tolerance_of(text, path.name), authority_of(text, path.name))
