"""The books of several days at once, folded in one walk: each is what a book as of that day would be."""

from collections.abc import Iterable, Sequence
from datetime import date

from duban.ledger.book import Book, History, without_collection
from duban.ledger.store import Posting


def moments(
    postings: Iterable[Posting], days: Sequence[date], history: History | None = None
) -> dict[date, Book]:
    """For each day the book of the postings that count by its end, as folding them alone would give it.

    `postings` are all of the ledger's, in order of their numbers. What was entered late for an earlier day stands
    where its number puts it, so a day's book begins from the longest run that counts by that day.
    """
    every = list(postings)
    run, at, found = Book(None, history), 0, dict[date, Book]()
    with without_collection():
        for day in sorted(days):
            until = day.isoformat()
            end = next((n for n in range(at, len(every)) if every[n][2] > until), len(every))
            run.post(every[at:end])
            at = end
            book = run.copy()
            book.as_of = until
            book.post([posting for posting in every[end:] if posting[2] <= until])
            found[day] = book
    return found
