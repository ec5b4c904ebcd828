"""The rows of the table: one for each work item, and one for each commitment that has none yet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from duban.assess.category import category_of
from duban.files.columns import KINDS, LISTS, MEASURES, QUARTERS
from duban.files.past import stamp_of
from duban.files.standing import Day, figure, goal_cells, no_state, states_of
from duban.ledger import Book
from duban.ledger.bodies import Item
from duban.ledger.states import CommitmentState

PREFACE = "总体要求和预期目标"  # what stands before the first action
LONGEST_CELL = 16_000  # characters; a spreadsheet cuts a cell at 32,767, escapes included
_CUT = "……（未完，全文见账本）"


@dataclass(frozen=True, slots=True)
class Row:
    """One line: the commitment, the item's number (0: none yet), and the text of every cell by field."""

    commitment: str
    n: int
    action: str
    cells: dict[str, str]


def proposal(state: CommitmentState) -> Item:
    """What the table offers for a commitment that has no work item yet."""
    return Item(state.read.id, state.read.head, due=state.read.due)


def printable(text: str) -> str:
    """`text` without the control characters that no file format may carry; line breaks stay."""
    text = re.sub(r"\r\n?", "\n", text).replace("\t", " ")
    return re.sub(r"[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]", "", text)


def _cell(text: str) -> str:
    """`text` as a cell holds it: printable, and not longer than a spreadsheet keeps."""
    text = printable(text)
    return text if len(text) <= LONGEST_CELL else text[:LONGEST_CELL] + _CUT


def settled(text: str) -> str:
    """`text` as it may come back from a spreadsheet: two texts that settle alike are the same to a person."""
    return "\n".join(part.strip() for part in printable(text).strip().split("\n"))


def quarter_cells(item: Item) -> dict[str, str]:
    """What stands in the four quarters."""
    return dict(zip(QUARTERS, (*item.quarters, "", "", "", ""), strict=False))


def item_cells(item: Item) -> dict[str, str]:
    """The cells that the office fills, as they are written."""
    cells = {
        "head": item.head,
        "leader": item.leader,
        "lead": item.lead,
        "partners": "、".join(item.partners),
        "person": item.person,
        **quarter_cells(item),
        "due": item.due or "",
        "source": item.source,
        "cadence": item.cadence,
        "evidence": item.evidence,
        "checker": item.checker,
        "note": item.note,
    }
    return {field: _cell(text) for field, text in cells.items()}


def _lines(texts: list[str]) -> str:
    """A line for each figure; a dash keeps the lines of neighbouring cells level."""
    return "\n".join(text or "—" for text in texts) if any(texts) else ""


def fact_cells(book: Book, state: CommitmentState, bases: dict[str, str]) -> dict[str, str]:
    """The cells that state what the report says; they are never taken from a file."""
    one = state.read
    claims = [book.claims[c].claim for c in one.claims if c in book.claims]
    cells = {
        "id": one.id,
        "text": one.text,
        "place": one.section,
        "kind": KINDS.get(one.kind, one.kind),
        "category": LISTS[category_of(book, state).name],
        "indicator": _lines([c.indicator or "" for c in claims]),
        "measure": _lines([MEASURES.get(c.measure or "", "") for c in claims]),
        "base": _lines([bases.get(c.id, "") for c in claims]),
        "target": _lines([figure(c) for c in claims]),
    }
    return {field: _cell(text) for field, text in cells.items()}


def bases_of(book: Book) -> dict[str, str]:
    """For each claim of the plan that the review speaks of too: last year's figure, as the report states it."""
    return {
        link.plan: figure(book.claims[link.review].claim)
        for link in book.links.values()
        if link.review in book.claims
    }


def target_cells(book: Book, commitment: str, n: int) -> dict[str, str]:
    """The cells of an item's target; empty where it has none, or `n` is 0."""
    cells = goal_cells(book.tasks.get(f"{commitment}/{n}"))
    return {field: _cell(text) for field, text in cells.items()}


def rows(book: Book, on: Day | None = None) -> Iterator[Row]:
    """All rows in the order of the text, with their state on a day; dropped commitments are left out."""
    bases, stamp, states = bases_of(book), str(stamp_of(book)), states_of(book, on)
    for state in sorted((s for s in book.commitments.values() if not s.dropped), key=lambda s: s.read.start):
        facts = fact_cells(book, state, bases)
        items = [(i.n, i.item) for i in state.items] or [(0, proposal(state))]
        for n, item in items:
            cells = {**facts, "n": str(n) if n else "", **item_cells(item), "stamp": stamp}
            cells |= target_cells(book, state.read.id, n)
            state_cells = states.get(f"{state.read.id}/{n}") or no_state()
            cells |= {field: _cell(text) for field, text in state_cells.items()}
            yield Row(state.read.id, n, state.read.action, cells)


def groups(book: Book, on: Day | None = None) -> Iterator[tuple[str, list[Row]]]:
    """The rows by action, each with the title of its group."""
    for action, some in groupby(rows(book, on), key=lambda row: row.action):
        yield printable(action) or PREFACE, list(some)


def title(book: Book) -> str:
    """The title over the table."""
    mark = "（模拟数据）" if book.simulated else ""
    return printable(f"{book.government}{book.year}年政府工作报告任务分解表{mark}")


def colophon(book: Book, on: Day | None = None) -> str:
    """Which state of the ledger the table was made from, and for which day."""
    until = f"，截至{book.as_of}" if book.as_of else ""
    return f"据账本第{book.seq}条制表{until}" + (f"，进度和亮灯为{on.day}" if on else "")
