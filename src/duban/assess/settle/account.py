"""The settlement as it stands in the book: each commitment's verdict, and the counts by action and by unit."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from duban.assess.category import category_of
from duban.assess.settle.books import owner_of, settled_in, sources_in
from duban.assess.settle.combine import KEPT
from duban.assess.settle.figures import VERDICTS, Aim
from duban.assess.settle.names import shipped
from duban.assess.settle.onward import Onward, onward
from duban.assess.settle.whole import Settled
from duban.ledger import Book
from duban.ledger.year.settlements import Judgement, Planned, Settlement


@dataclass(frozen=True, slots=True)
class Line:
    """A commitment with what was found on it. `units` lead its items on the table, by the name written there."""

    id: str
    text: str
    start: int
    action_no: int
    action: str
    units: tuple[str, ...]
    found: Settlement

    @property
    def verdict(self) -> str:
        """The verdict that stands, a person's before that of the rules."""
        return self.found.verdict


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of verdicts. What cannot be judged is counted, and is no part of a share."""

    counts: Mapping[str, int]

    @property
    def all(self) -> int:
        """How many commitments there are."""
        return sum(self.counts.values())

    @property
    def kept(self) -> int:
        """How many are kept: exceeded, met, met late."""
        return sum(self.counts.get(code, 0) for code in KEPT)

    @property
    def judged(self) -> int:
        """How many have a verdict other than "cannot be judged"."""
        return self.all - self.counts.get("unclear", 0)


def lines_in(book: Book) -> list[Line]:
    """Every commitment of the text that was judged, in the order of the text."""
    found = []
    for id, settlement in book.verdicts.items():
        state = book.commitments.get(id)
        if state is None or state.dropped or not settlement.judged:
            continue
        one = state.read
        units = tuple(dict.fromkeys(i.item.lead for i in state.items if i.item.lead))
        found.append(Line(id, one.text, one.start, one.action_no, one.action, units, settlement))
    return sorted(found, key=lambda line: line.start)


def tally(lines: Iterable[Line]) -> Tally:
    """The counts of these lines, in the order of `VERDICTS`."""
    counts = Counter(line.verdict for line in lines)
    return Tally({code: counts[code] for code in VERDICTS if counts[code]})


def by_action(lines: Sequence[Line]) -> dict[tuple[int, str], Tally]:
    """The counts of each action, in the order of the text."""
    keys = dict.fromkeys((line.action_no, line.action) for line in lines)
    return {key: tally(line for line in lines if (line.action_no, line.action) == key) for key in keys}


def by_unit(lines: Sequence[Line]) -> dict[str, Tally]:
    """The counts of each leading unit, the one with most first; a commitment that several lead counts for each."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        for unit in line.units:
            found.setdefault(unit, []).append(line)
    return {unit: tally(some) for unit, some in sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))}


def headline(book: Book, lines: Iterable[Line]) -> list[tuple[Line, Judgement]]:
    """The numbers of the commitments that are economic indicators, in the order of the text."""
    return [
        (line, number)
        for line in lines
        if category_of(book, book.commitments[line.id]).name == "indicator"
        for number in line.found.judged[-1].body.numbers
    ]


def onward_in(book: Book, settled: Sequence[Settled] | None = None) -> list[Onward]:
    """This year's numbers beside those that the next report promises; [] without a next report."""
    plans = [_aim(p, book.year + 1) for source in sources_in(book) for p in source.plans]
    settled = settled_in(book) if settled is None else settled
    return onward(settled, plans, shipped(), owner_of(book))


def _aim(p: Planned, year: int) -> Aim:
    return Aim(p.id, p.indicator, p.measure, year, date.fromisoformat(p.due), p.value, p.high, p.unit, p.comparator,
               p.text, p.start, p.commitment, p.reference)  # fmt: skip
