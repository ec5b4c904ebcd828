"""Earlier years behind this one: how each was settled, and what it says of an indicator that is promised again."""

from collections.abc import Sequence
from datetime import date

from duban.assess.settle.account import lines_in, tally
from duban.assess.settle.books import aims_in, owner_of
from duban.assess.settle.figures import Aim, Outcome
from duban.assess.settle.match import match
from duban.assess.settle.names import shipped
from duban.ledger import Book
from duban.ledger.year.settlements import PastNumber, SettlementHistory


def history_of(book: Book, head: str) -> SettlementHistory | None:
    """How this book was settled, for the book of the next year; None where it is not settled yet."""
    lines = lines_in(book)
    if not lines:
        return None
    aims = {aim.id: aim for aim in aims_in(book)}
    numbers = []
    for line in lines:
        for n in line.found.judged[-1].body.numbers:
            aim = aims.get(n.id)
            if aim is not None and aim.value is not None:
                result = n.answers[0].value if n.answers else ""
                numbers.append(PastNumber(n.indicator, aim.measure, aim.unit, n.goal, result, n.verdict))
    return SettlementHistory(book.year, book.government, head, dict(tally(lines).counts), tuple(numbers))


def before(book: Book, aims: Sequence[Aim]) -> dict[str, list[tuple[int, PastNumber]]]:
    """By promise, what earlier years say of the same indicator: (year, number), the latest year first."""
    found: dict[str, list[tuple[int, PastNumber]]] = {}
    for year in sorted(map(int, book.histories), reverse=True):
        numbers = {str(n): number for n, number in enumerate(book.histories[str(year)].body.numbers)}
        told = [_as_outcome(id, number, year) for id, number in numbers.items()]
        for pair in match([a for a in aims if a.value is not None], told, shipped(), owner_of(book)):
            if pair.linked and year not in [y for y, _ in found.get(pair.aim.id, [])]:
                found.setdefault(pair.aim.id, []).append((year, numbers[pair.outcome.id]))
    return found


def _as_outcome(id: str, number: PastNumber, year: int) -> Outcome:
    return Outcome(id, number.indicator, number.measure, date(year, 1, 1), date(year, 12, 31), None, number.unit, on=id)  # fmt: skip
