"""The ledger as it is kept: an append-only chain of sealed entries in one database.

What SQLite and PostgreSQL share stands here; `sqlite.py` and `postgres.py` hold what differs.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any

from duban.core.problem import Problem, Refused
from duban.ledger.entries import Draft, Entry, decoded, written
from duban.ledger.seal import entry_form, hasher, sealed

SCHEMA_VERSION = 1
PAGE = 5000

# One row as written: seq, at, on, actor, kind, account, body (canonical), seal.
Row = tuple[int, str, str, str, str, str, str, str]
# The same without its seal, the body as the database gives it quickest.
Posting = tuple[int, str, str, str, str, str, bytes | str]


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: how many entries, and the last one's seal ("" for none). Can be published."""

    seq: int
    seal: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.seal}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found: the chain up to `head` holds; `broken` names the first entry that does not."""

    ok: bool
    entries: int
    head: Head
    broken: Problem | None = None


class Cursor(ABC):
    """What the store needs of a database cursor inside its one writing transaction."""

    @abstractmethod
    def head(self) -> Head:
        """The head as it stands under the writing lock."""

    @abstractmethod
    def insert(self, rows: Sequence[Row]) -> None:
        """Write the rows; they are committed when the transaction ends."""


class Store(ABC):
    """An open ledger. Safe to use from several threads; every process opens its own."""

    location: str
    algorithm: str

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Cursor]:
        """One transaction that alone may write; commits at its end, leaves nothing after an exception."""

    @abstractmethod
    def _select(self, condition: str, values: Sequence[Any], quick: bool = False) -> list[Any]:
        """Rows of entries: `condition` follows WHERE, `?` marks values; `quick` gives postings, not rows."""

    @abstractmethod
    def close(self) -> None:
        """Give the database connections of this process back."""

    def append(self, drafts: Sequence[Draft], *, expect: int | None = None) -> list[Entry]:
        """Write all drafts in one transaction, or none; returns them numbered and sealed, safely on disk.

        Raises `Refused`: "ledger.moved" when `expect` is given and is not the last seq; a draft that cannot
        be written as it is; a database that is locked, full, or not ours to write.
        """
        forms = [written(draft, f"draft {n}") for n, draft in enumerate(drafts, 1)]
        with self._writing() as cursor:
            head = cursor.head()
            if expect is not None and head.seq != expect:
                raise Refused(Problem("ledger.moved", self.location, {"expected": expect, "found": head.seq}))
            rows = self._chained(head, drafts, forms)
            cursor.insert(rows)
        return [Entry(*row[:6], draft.body, row[7]) for row, draft in zip(rows, drafts, strict=True)]

    def _chained(self, head: Head, drafts: Sequence[Draft], forms: Sequence[str]) -> list[Row]:
        digest, seal, rows = hasher(self.algorithm), head.seal, []
        for seq, (draft, body) in enumerate(zip(drafts, forms, strict=True), head.seq + 1):
            outside = (seq, draft.at, draft.on, draft.actor, draft.kind, draft.account)
            seal = sealed(digest, seal, entry_form(*outside, body))
            rows.append((*outside, body, seal))
        return rows

    def insert_sealed(self, rows: Iterator[Row]) -> int:
        """Write rows that bear their seals into an empty ledger, all or none; returns how many.

        The caller has checked the chain. Raises `Refused` ("ledger.not_empty").
        """
        count = 0
        with self._writing() as cursor:
            if cursor.head().seq:
                raise Refused(Problem("ledger.not_empty", self.location, {"entries": cursor.head().seq}))
            batch: list[Row] = []
            for row in rows:
                batch.append(row)
                count += 1
                if len(batch) == PAGE:
                    cursor.insert(batch)
                    batch.clear()
            cursor.insert(batch)
        return count

    def rows(self, after: int = 0, upto: int | None = None) -> Iterator[Row]:
        """The rows with `after` < seq <= `upto`, in order, as they are written; memory stays flat."""
        last = self.head().seq if upto is None else upto
        while after < last:
            page: list[Row] = self._select("seq > ? AND seq <= ? ORDER BY seq LIMIT ?", (after, last, PAGE))
            if not page:
                return
            yield from page
            after = page[-1][0]

    def postings(self, after: int = 0, on: str | None = None) -> Iterator[list[Posting]]:
        """Pages of postings after `after`, in order, as the fold reads them; `on`: that count by then."""
        condition, values = ("seq > ?", ()) if on is None else ("seq > ? AND day <= ?", (on,))
        while True:
            page = self._select(f"{condition} ORDER BY seq LIMIT ?", (after, *values, PAGE), quick=True)
            if page:
                yield page
                after = page[-1][0]
            if len(page) < PAGE:
                return

    def entries(self, after: int = 0, upto: int | None = None) -> Iterator[Entry]:
        """The entries with `after` < seq <= `upto` (None: all there are now), in order."""
        return map(read_entry, self.rows(after, upto))

    def timeline(self, account: str, upto: int | None = None) -> list[Entry]:
        """The entries of `account` and of the accounts below it ("item/A1-01" has "item/A1-01/2")."""
        rows: list[Row] = self._select(
            "(account = ? OR (account >= ? AND account < ?)) ORDER BY seq",
            (account, account + "/", account + "0"),  # "0" is the character after "/"
        )
        return [read_entry(row) for row in rows if upto is None or row[0] <= upto]

    def head(self) -> Head:
        """The end of the chain as it stands now."""
        rows: list[Row] = self._select("seq > ? ORDER BY seq DESC LIMIT 1", (0,))
        return Head(rows[0][0], rows[0][7]) if rows else Head(0, "")

    def head_for(self, day: date) -> Head:
        """The last entry that counts by the end of `day`: up to it, the ledger holds all that the book of that day
        is folded from, and its chain is whole."""
        rows: list[Row] = self._select("day <= ? ORDER BY seq DESC LIMIT 1", (day.isoformat(),))
        return Head(rows[0][0], rows[0][7]) if rows else Head(0, "")

    def verify(self, known: Head | None = None) -> Verdict:
        """Walk the whole chain, streaming; with `known` (a published head) that it still holds that one."""
        link = Chain(self.algorithm, known)
        for row in self.rows():
            broken = link.broken_by(row)
            if broken:
                return Verdict(False, link.head.seq, link.head, broken)
        if known is not None and known.seq > link.head.seq:
            lost = Problem("ledger.head_lost", f"#{known.seq}", {"entries": link.head.seq})
            return Verdict(False, link.head.seq, link.head, lost)
        return Verdict(True, link.head.seq, link.head)


class Chain:
    """Checks rows one after the other: numbers without a gap, seals that fit."""

    def __init__(self, algorithm: str, known: Head | None = None) -> None:
        self.head = Head(0, "")
        self._digest = hasher(algorithm)
        self._known = known

    def broken_by(self, row: Row) -> Problem | None:
        """What is wrong with `row` as the next entry; None moves the head to it."""
        seq, body, seal = row[0], row[6], row[7]
        place = f"#{self.head.seq + 1}"
        if seq != self.head.seq + 1:
            return Problem("ledger.gap", place, {"found": seq})
        if sealed(self._digest, self.head.seal, entry_form(*row[:6], body)) != seal:
            return Problem("ledger.seal_broken", place, {"kind": row[4], "account": row[5]})
        if self._known is not None and self._known.seq == seq and self._known.seal != seal:
            return Problem("ledger.head_differs", place, {"known": self._known.seal, "found": seal})
        self.head = Head(seq, seal)
        return None


def read_entry(row: Row) -> Entry:
    """The entry that a row holds; raises `Refused` for a kind or field this version does not know."""
    return Entry(*row[:6], decoded(row[4], row[6], f"#{row[0]}"), row[7])
