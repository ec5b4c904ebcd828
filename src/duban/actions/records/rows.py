"""Many records at once, as the rows of a file bring them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from duban.actions.context import Writes, refused
from duban.actions.records.put import record_made
from duban.actions.records.reading import Memo
from duban.core.problem import Problem, Refused
from duban.ledger import Book
from duban.registers.record import next_id
from duban.registers.register import Register
from duban.registers.told import Told


@dataclass(slots=True)
class Weighed:
    """What many rows come to: what would be written, every fault, and how many rows were refused or said nothing new."""

    writes: Writes = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)
    rows: int = 0
    refused: int = 0
    same: int = 0


def weigh_records(
    book: Book, username: str, register: Register, every: Iterable[Told], day: date, *,
    progress: Callable[[int], None] | None = None,
) -> Weighed:  # fmt: skip
    """What rows would write on this book, without those that are refused, and why these are.

    Two rows with one key are a fault of the second. `progress` is told how many rows were weighed, now and then.
    """
    found, first, memo = Weighed(), dict[str, str](), Memo()
    number = int(next_id(book.registers.get(register.name, {})))
    for told in every:
        found.rows += 1
        if progress is not None and found.rows % 1000 == 0:
            progress(found.rows)
        try:
            id, made = record_made(book, username, register, told, day, f"{number:06d}", False, memo)
            if id in first:
                raise refused("record.twice", told.place, id=id, first=first[id])
        except Refused as refusal:
            found.faults += refusal.problems
            found.refused += 1
            continue
        number += id == f"{number:06d}" and not register.key
        first[id] = told.place
        found.same += not made
        found.writes += made
    return found


def put_records(book: Book, username: str, register: Register, every: Iterable[Told], day: date) -> Writes:
    """Many records at once, all or none. Raises `Refused` with every fault of every row."""
    weighed = weigh_records(book, username, register, every, day)
    if weighed.faults:
        raise Refused(*weighed.faults)
    return weighed.writes
