"""Which files stand as evidence in a book, and where."""

from collections.abc import Iterator

from duban.ledger import Book
from duban.ledger.year.filings import Evidence
from duban.ledger.year.tasks import Task


def files_of(task: Task) -> dict[str, Evidence]:
    """The evidence files of an item by their hash: those of its filings and of its clearings."""
    said = [filing.opened.body.evidence for filing in task.filings.values()]
    said += [case.opened.body.evidence for case in task.clearings]
    return {proof.sha256: proof for some in said for proof in some if proof.sha256}


def all_files(book: Book) -> Iterator[tuple[str, Evidence]]:
    """Every evidence file of a book with the key of its item."""
    for key, task in book.tasks.items():
        for proof in files_of(task).values():
            yield key, proof
