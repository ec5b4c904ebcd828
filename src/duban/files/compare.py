"""What the rows of one commitment ask to change.

Three states meet: what the table said when it was made, what people wrote into it, and what the book says now.
A cell that still reads as it was made asks for nothing; one that people changed is applied unless the book
changed the same cell in the meantime. So a table that comes back late takes nothing back, and the same table
applied twice adds nothing.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from duban.core.problem import Problem
from duban.files.columns import FACTS, FILLED, GOALS, NAMES
from duban.files.fields import Values, parsed, values_of, with_values
from duban.files.lines import Line
from duban.files.past import Past
from duban.files.rows import bases_of, fact_cells, item_cells, proposal, settled, target_cells
from duban.ledger import Book
from duban.ledger.bodies import TABLED, Item
from duban.ledger.items import ItemChange
from duban.ledger.states import CommitmentState

_WORDS = ("text", "place", "kind", "category")  # facts that no correction of a reading changes


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
class Wishes:
    """What the rows of a commitment ask for; `seen` are the items that have a row."""

    changes: list[ItemChange] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)


class Comparison:
    """The rows of one commitment beside the book, now and when the table was made."""

    def __init__(self, lines: list[Line], book: Book, past: Past, bases: dict[str, str]) -> None:
        self.id, self.lines, self.book, self.past, self.bases = lines[0].id, lines, book, past, bases
        self.now = book.commitments.get(self.id)
        self.found = Wishes()

    def wishes(self) -> Wishes:
        """All that these rows ask for, and all that is wrong with them."""
        if self.now is None:
            for line in self.lines:
                self._fault("sheet.id_unknown", line, "id", id=self.id[:40])
            return self.found
        self._check_facts(self.now)
        if self.found.faults:
            return self.found
        rows, further = self._matched(self.now)
        for line, n in rows:
            self._numbered(line, n, self.now)
        offered = [line for line in further if not self._then(line).items]
        self._offered(offered, self.now)
        for line in further:
            if line not in offered:
                self._further(line, self.now)
        self._check_still_there(self.now)
        return self.found

    def _then(self, line: Line) -> CommitmentState:
        """The commitment as the row's table had it."""
        then = self.past.book(self.id, line.stamp).commitments.get(self.id)
        assert self.now is not None
        return then if then is not None and not then.dropped else self.now

    def _fault(self, code: str, line: Line, name: str, **data: str | int) -> None:
        self.found.faults.append(Problem(code, line.place(name), data))

    def _check_facts(self, now: CommitmentState) -> None:
        """Facts of the report that someone wrote over, or took away from every row."""
        current = fact_cells(self.book, now, self.bases)
        for line in self.lines:
            book = self.past.book(self.id, line.stamp)
            bases = self.bases if book is self.book else bases_of(book)
            then = fact_cells(book, self._then(line), bases)
            for name in FACTS:
                text = settled(line.text(name))
                if text and not _agree(text, then[name], current[name]):
                    self._changed_fact(line, name, then[name])
        first = self.lines[0]
        for name in FACTS if first.stamped else ():
            gone = first.has(name) and not any(line.text(name) for line in self.lines)
            if gone and current[name]:
                self._changed_fact(first, name, current[name])

    def _changed_fact(self, line: Line, name: str, was: str) -> None:
        code = "sheet.words_changed" if name in _WORDS else "sheet.fact_changed"
        self._fault(code, line, name, column=NAMES[name], was=_short(was))

    def _matched(self, now: CommitmentState) -> tuple[list[tuple[Line, int]], list[Line]]:
        """Rows with the item each speaks of, and rows that are further items."""
        rows: dict[int, list[Line]] = defaultdict(list)
        further = []
        for line in self.lines:
            n = self._number(line, now)
            if n:
                rows[n].append(line)
            elif n == 0:
                further.append(line)
        own = []
        for n, some in rows.items():
            original = some[0] if len(some) == 1 else self._original(some, n, now)
            if original is not None:
                own.append((original, n))
                further += [line for line in some if line is not original]
        return own, further

    def _number(self, line: Line, now: CommitmentState) -> int | None:
        """The item's number in this row, 0 for none; None when it is wrong."""
        text = line.text("n")
        if not text:
            single = not line.has("n") and len(self.lines) == len(now.items) == 1
            return now.items[0].n if single else 0
        if not (text.isascii() and text.isdigit()) or len(text) > 6:
            self._fault("sheet.item_number", line, "n", n=text[:20])
            return None
        known = {item.n for item in (*now.items, *self._then(line).items)}
        if int(text) not in known:
            self._fault("sheet.item_unknown", line, "n", n=text, id=self.id)
            return None
        return int(text)

    def _original(self, some: list[Line], n: int, now: CommitmentState) -> Line | None:
        """Of rows that were copied with their number: the one that still has the item's wording."""
        head = settled(item_cells(now.numbered[n].item)["head"])
        same = [line for line in some if settled(line.text("head")) == head]
        if len(same) == 1:
            return same[0]
        self._fault("sheet.item_twice", some[1], "n", n=n, id=self.id, other=some[0].place("n"))
        return None

    def _read(self, line: Line, base: Item | None) -> tuple[Values, list[Problem]]:
        """The values of the cells that people changed; without `base`, of all that they filled."""
        before = item_cells(base) if base is not None else dict.fromkeys(FILLED, "")
        told = {
            name: line.text(name)
            for name in FILLED
            if line.has(name) and settled(line.text(name)) != settled(before[name])
        }
        leading = line.leading and (line.has("lead") or base is None or not base.lead)
        values, faults = parsed(told, line.place, self.book.year, leading)
        if base is not None:
            known = values_of(base)
            values = {name: value for name, value in values.items() if value != known[name]}
        return values, faults

    def _numbered(self, line: Line, n: int, now: CommitmentState) -> None:
        """A row of an item that has its number."""
        self.found.seen.add(n)
        self._check_goals(line, n)
        then = self._then(line).numbered.get(n, now.numbered[n]).item
        values, faults = self._read(line, then)
        self.found.faults += faults
        current = now.numbered[n]
        if not values or faults:
            return
        if current.removed:
            self._fault("sheet.item_gone", line, "n", n=n, id=self.id)
            return
        known, made_from = values_of(current.item), values_of(then)
        news = {name: value for name, value in values.items() if value != known[name]}
        cells = item_cells(current.item)
        for name in news:
            if known[name] != made_from[name]:
                self._fault("sheet.moved", line, name, column=NAMES[name], now=_short(cells[name]))
        if news:
            self._wish(line, n, current.item, with_values(current.item, news))

    def _check_goals(self, line: Line, n: int) -> None:
        """Targets that someone wrote over: they are changed by an adjustment with its authority only."""
        then = target_cells(self.past.book(self.id, line.stamp), self.id, n)
        now = target_cells(self.book, self.id, n)
        for name in GOALS:
            text = settled(line.text(name))
            if text and not _agree(text, then[name], now[name]):
                self._fault("sheet.goal_changed", line, name, column=NAMES[name], was=_short(now[name]))

    def _offered(self, lines: list[Line], now: CommitmentState) -> None:
        """Rows of a commitment that had no item: each is one as soon as something is written into any."""
        made: list[tuple[Line, Item]] = []
        touched = False
        for line in lines:
            values, faults = self._read(line, proposal(self._then(line)))
            self.found.faults += faults
            touched = touched or bool(values)
            made.append((line, with_values(proposal(self._then(line)), values)))
        if not touched or self.found.faults:
            return
        once = {item: line for line, item in reversed(made)}  # a row copied and left as it was counts once
        for line, item in [(line, item) for line, item in made if once[item] is line]:
            if self._known(line, item, now):
                continue
            if now.items:
                self._fault("sheet.items_since", line, "id", id=self.id)
            else:
                self._wish(line, 0, proposal(now), item)

    def _further(self, line: Line, now: CommitmentState) -> None:
        """A further item: every cell of the row counts."""
        values, faults = self._read(line, None)
        self.found.faults += faults
        if faults:
            return
        if not values.get("head"):
            self._fault("sheet.head_missing", line, "head")
            return
        item = with_values(Item(self.id, ""), values)
        if not self._known(line, item, now):
            self._wish(line, 0, Item(self.id, ""), item)

    def _known(self, line: Line, item: Item, now: CommitmentState) -> bool:
        """Whether the book has this very item without a row of its own: then the table was applied before."""
        cells = item_cells(item)
        for state in now.items:
            other = item_cells(state.item)
            if state.n not in self.found.seen and all(
                settled(cells[name]) == settled(other[name]) for name in FILLED if line.has(name)
            ):
                self.found.seen.add(state.n)
                return True
        return False

    def _wish(self, line: Line, n: int, before: Item, after: Item) -> None:
        """Note the change, and each cell of it for a person to see."""
        values = {name: after[name] for name in TABLED}
        how = "change" if n else "add"
        self.found.changes.append(ItemChange(how, n=n, place=line.place("head"), **values))
        old, new = item_cells(before), item_cells(after)
        edits = [
            Edit(line.place(name), self.id, n, name, old[name], new[name])
            for name in FILLED
            if settled(old[name]) != settled(new[name])
        ]
        if not edits:  # a split row that reads as it was proposed
            edits = [Edit(line.place("head"), self.id, n, "head", "", new["head"])]
        self.found.edits += edits

    def _check_still_there(self, now: CommitmentState) -> None:
        """Refuse wishes for a promise that the report no longer makes, or now words otherwise."""
        if not self.found.changes:
            return
        line = self.lines[0]
        if now.dropped:
            self._fault("sheet.id_dropped", line, "id", id=self.id)
        elif self._then(line).read.text != now.read.text:
            self._fault("sheet.text_moved", line, "id", id=self.id)


def _agree(text: str, *cells: str) -> bool:
    """Whether a fact reads as the book has it; blanks and line ends do not count."""
    return any("".join(text.split()) == "".join(settled(cell).split()) for cell in cells)


def _short(text: str) -> str:
    bare = " ".join(text.split())
    return (bare if len(bare) <= 40 else bare[:40] + "…") or "—"
