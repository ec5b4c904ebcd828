"""Which files stand as evidence in a book, and where."""

from collections.abc import Iterator

from duban.ledger import Book
from duban.ledger.year.filings import Evidence
from duban.ledger.year.records import account_of
from duban.ledger.year.tasks import Task


def files_of(task: Task) -> dict[str, Evidence]:
    """The evidence files of an item by their hash: those of its filings and of its clearings."""
    said = [filing.opened.body.evidence for filing in task.filings.values()]
    said += [case.opened.body.evidence for case in task.clearings]
    return {proof.sha256: proof for some in said for proof in some if proof.sha256}


def all_files(book: Book) -> Iterator[tuple[str, Evidence]]:
    """Every evidence file of a book with the account that names it: an item's, or a record's."""
    for key, task in book.tasks.items():
        for proof in files_of(task).values():
            yield f"item/{key}", proof
    for register, shelf in book.registers.items():
        for state in shelf.values():
            for move in state.moves:
                yield from (
                    (account_of(register, state.id), proof) for proof in move.evidence if proof.sha256
                )
