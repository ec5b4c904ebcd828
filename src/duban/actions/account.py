"""Open a government's account with a text, or enter a corrected text as its next version."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from duban.actions.context import require, secret
from duban.core.problem import Problem, Refused
from duban.core.rights import Thing
from duban.ledger import Book, BookKeeper, Draft, Store, instant
from duban.ledger.bodies import (
    AccountOpened,
    Change,
    ClaimDropped,
    ClaimRead,
    CommitmentDropped,
    CommitmentRead,
    DocumentRead,
    FindingDropped,
    FindingRead,
    LinkDropped,
    LinkRead,
    Passage,
    Place,
)
from duban.ledger.entries import Body
from duban.read.model import Paragraph, Reading

# Fields that move with the text around a thing, or speak of the reading and not of what was read.
QUIET = frozenset({"version", "start", "end", "sentence", "rules", "confidence"})
_DROPPED: dict[str, type[Body]] = {
    "claim": ClaimDropped,
    "commitment": CommitmentDropped,
    "finding": FindingDropped,
    "link": LinkDropped,
}
_TRIES = 20  # times that another writer may come first


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening did: the document's version now, and how many accounts it touched.

    `moved` stand elsewhere in the text or were read by another rule, but say the same as before.
    """

    version: int
    added: int = 0
    dropped: int = 0
    unchanged: int = 0
    changed: int = 0
    moved: int = 0

    @property
    def wrote(self) -> bool:
        """False when the same text was there already and nothing was added."""
        return bool(self.added or self.dropped or self.changed or self.moved)


def open_account(
    store: Store, reading: Reading, *, government: str, year: int, actor: str, at: datetime, on: date
) -> Opened:
    """Write a reading into the ledger, in one transaction; the same text again adds nothing.

    A corrected text is a new version: what is new, changed, moved or gone is entered, matched by id; people's
    decisions stay. Raises `Refused`: a book of another government or year, or a ledger that cannot be written.
    """
    if fault := secret(reading.source.text, "text", reading.source.name):
        raise Refused(fault)
    keeper = BookKeeper(store)
    for attempt in range(_TRIES):
        book = keeper.book()
        require(book, actor, "account.open", Thing("account"))
        _check_owner(book, government, year, store.location)
        bodies, opened = _news(book, reading, (government, year, store.algorithm))
        drafts = [Draft(instant(at), on.isoformat(), actor, account, body) for account, body in bodies]
        if not drafts:
            return opened
        try:
            store.append(drafts, expect=book.seq)
        except Refused as refusal:
            if refusal.problems[0].code != "ledger.moved" or attempt == _TRIES - 1:
                raise
        else:
            return opened
    raise AssertionError("unreachable")


def _check_owner(book: Book, government: str, year: int, place: str) -> None:
    if not government.strip():
        raise Refused(Problem("account.government_missing", place))
    if book.opened and (book.government, book.year) != (government, year):
        data: dict[str, str | int] = {"government": book.government, "year": book.year}
        raise Refused(Problem("account.other_book", place, data))


def _news(book: Book, reading: Reading, owner: tuple[str, int, str]) -> tuple[list[tuple[str, Body]], Opened]:
    """The bodies that bring the book to this reading, by account, and what they amount to."""
    version = book.document.version + 1 if book.document else 1
    now, before = _accounts(reading, version), _known(book)
    entries: list[tuple[str, Body]] = []
    changes: list[Change] = []
    tally: Counter[str] = Counter()
    for account, body in now.items():
        how, names = _difference(before.get(account), body)
        tally[how] += 1
        if how != "unchanged":
            entries.append((account, body))
        if how in ("added", "changed") and book.document:
            changes.append(Change(account, how, names))
    for account in [account for account in before if account not in now]:
        tally["dropped"] += 1
        changes.append(Change(account, "dropped"))
        entries.append((account, _DROPPED[account.partition("/")[0]](version)))
    if book.document and not entries and book.document.text == reading.source.text:
        return [], Opened(book.document.version, unchanged=tally["unchanged"])
    front: list[tuple[str, Body]] = [("document", _document(reading, version, tuple(changes)))]
    if not book.opened:
        front.insert(0, ("book", AccountOpened(*owner)))
    return front + entries, Opened(version, **tally)


def _difference(before: Body | None, now: Body) -> tuple[str, tuple[str, ...]]:
    """How `now` differs from what the book has, and in which fields a reader would care about."""
    if before is None:
        return "added", ()
    names = [n for n in now.keys() if n != "version" and before[n] != now[n]]  # noqa: SIM118
    loud = tuple(n for n in names if n not in QUIET)
    return ("changed" if loud else "moved" if names else "unchanged"), loud


def _known(book: Book) -> dict[str, Body]:
    """What the book holds as read and not dropped, by account; in a fixed order."""
    known: dict[str, Body] = {f"claim/{i}": s.read for i, s in book.claims.items() if not s.dropped}
    known |= {f"commitment/{i}": s.read for i, s in book.commitments.items() if not s.dropped}
    known |= {f"finding/{i}": finding for i, finding in book.findings.items()}
    known |= {f"link/{key}": link for key, link in book.links.items()}
    return known


def _accounts(reading: Reading, version: int) -> dict[str, Body]:
    """Everything a reading found, by account."""
    found: dict[str, Body] = {f"claim/{c.id}": _body(ClaimRead, c, version) for c in reading.claims}
    found |= {f"commitment/{c.id}": _body(CommitmentRead, c, version) for c in reading.commitments}
    found |= {f"finding/{f.id}": _body(FindingRead, f, version) for f in reading.findings}
    found |= {f"link/{n.review}/{n.plan}": _body(LinkRead, n, version) for n in reading.links}
    return found


def _body(kind: Any, thing: Any, version: int) -> Body:
    """A value of the reading as the body of the same fields."""
    values = msgspec.structs.asdict(thing)
    if "confidence" in values:
        values["confidence"] = {name: _sureness(c) for name, c in values["confidence"].items()}
    body: Body = kind(version=version, **values)
    return body


def _sureness(confidence: float) -> Decimal:
    """A confidence as a decimal, since no float enters the ledger: 0.95 is "0.95"."""
    return Decimal(str(round(confidence, 4)))


def _document(reading: Reading, version: int, changed: tuple[Change, ...]) -> DocumentRead:
    source, outline = reading.source, reading.outline
    paragraphs = tuple(_passage(p, source.text) for p in outline.paragraphs)
    return DocumentRead(
        version, source.name, source.sha256, source.text, outline.title, source.kind, paragraphs, changed
    )


def _passage(paragraph: Paragraph, text: str) -> Passage:
    """A paragraph whose words are written only where they are not the source's own."""
    span = paragraph.span
    section = msgspec.convert(paragraph.section, Place, from_attributes=True)
    words = None if text[span.start : span.end] == paragraph.text else paragraph.text
    return Passage(span.start, span.end, paragraph.kind, section, words)
