"""The office places a commitment in another list than its words suggest."""

from duban.actions.context import Writes, refused, require, words
from duban.actions.tasks import commitment_thing
from duban.assess.category import CATEGORIES, category_of
from duban.ledger import Book
from duban.ledger.year.placings import CommitmentPlaced


def place_commitment(book: Book, username: str, commitment: str, *, category: str, reason: str) -> Writes:
    """Place a commitment, for a reason; where it is already, nothing is written."""
    place = f"commitment/{commitment}"
    require(book, username, "item.edit", commitment_thing(book, commitment), "category")
    if category not in CATEGORIES:
        raise refused("category.unknown", place, category=category[:40], known=", ".join(CATEGORIES))
    told = words(reason, "reason", place)
    if category_of(book, book.commitments[commitment]).name == category:
        return []
    return [(place, CommitmentPlaced(category, told))]
