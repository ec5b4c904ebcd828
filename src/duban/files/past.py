"""What the table said when it was made, so that only what people wrote into it counts as a change."""

import re
from dataclasses import dataclass
from datetime import date

from duban.ledger import Book, Entry, fold

_STAMP = re.compile(r"(\d{1,12})(?:@(\d{4}-\d\d-\d\d))?")


@dataclass(frozen=True, slots=True, order=True)
class Stamp:
    """The last entry a row was made from, and the day it was made for: "401" or "401@2024-03-31"."""

    seq: int
    as_of: str = ""

    def __str__(self) -> str:
        return f"{self.seq}@{self.as_of}" if self.as_of else str(self.seq)


def stamp_of(book: Book) -> Stamp:
    """The stamp of rows made from `book`."""
    return Stamp(book.seq, book.as_of or "")


def parsed_stamp(text: str) -> Stamp | None:
    """The stamp written so; None when it is none."""
    found = _STAMP.fullmatch(text)
    if found is None:
        return None
    try:
        return Stamp(int(found[1]), date.fromisoformat(found[2]).isoformat() if found[2] else "")
    except ValueError:
        return None


class Past:
    """Looks up commitments as a stamp saw them, from the timeline of a book that knows more."""

    def __init__(self, book: Book) -> None:
        self._now = book
        self._links: list[Entry] | None = None
        self._known: dict[tuple[str, Stamp], Book] = {}

    def book(self, commitment: str, stamp: Stamp | None) -> Book:
        """A book that holds this commitment, its items and its figures as they were; no stamp means now."""
        if stamp is None or stamp == stamp_of(self._now):
            return self._now
        key = (commitment, stamp)
        if key not in self._known:
            self._known[key] = self._then(commitment, stamp)
        return self._known[key]

    def _then(self, commitment: str, stamp: Stamp) -> Book:
        own = self._now.timeline(f"commitment/{commitment}", f"item/{commitment}")
        entries = own + self._figures({claim for entry in own for claim in entry.body.get("claims", ())})
        day = date.fromisoformat(stamp.as_of) if stamp.as_of else None
        return fold((e for e in sorted(entries, key=lambda e: e.seq) if e.seq <= stamp.seq), day)

    def _figures(self, claims: set[str]) -> list[Entry]:
        """The entries of these figures, and of last year's that were ever linked with them."""
        if self._links is None:
            self._links = self._now.timeline("link")
        links = [entry for entry in self._links if entry.account.rpartition("/")[2] in claims]
        both = claims | {entry.account.split("/")[1] for entry in links}
        return links + self._now.timeline(*(f"claim/{claim}" for claim in sorted(both)))
