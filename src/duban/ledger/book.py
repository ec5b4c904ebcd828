"""The book: what the ledger's entries add up to, for a date. Entries are folded in order of their number."""

import gc
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from contextlib import contextmanager
from datetime import date

from duban.core.problem import Problem, Refused
from duban.ledger.bodies import FindingRead, LinkRead
from duban.ledger.entries import DECODERS, Body, Entry, decoded
from duban.ledger.postings import HANDLERS
from duban.ledger.shelf import paged
from duban.ledger.states import ClaimState, CommitmentState, DocumentState, ItemState
from duban.ledger.store import Posting
from duban.ledger.year.clearing import DrawMade
from duban.ledger.year.dated import Case, Dated
from duban.ledger.year.demands import DemandSent
from duban.ledger.year.doubts import DoubtJudged
from duban.ledger.year.matters import Matter
from duban.ledger.year.meetings import DecisionRecorded, MeetingHeld
from duban.ledger.year.papers import PaperIssued
from duban.ledger.year.people import PersonState
from duban.ledger.year.placings import CommitmentPlaced
from duban.ledger.year.records import FeedHeld, FeedTaken, IndicatorBound, Registers
from duban.ledger.year.remarks import RemarkSent
from duban.ledger.year.settlements import (
    Settlement,
    SettlementBegun,
    SettlementHistory,
    SettlementPaired,
    SettlementSource,
)
from duban.ledger.year.tasks import SplitProposed, Task
from duban.ledger.year.ties import Tie
from duban.ledger.year.units import UnitState

SHELVES = (
    *(
        "claims",
        "commitments",
        "findings",
        "links",
        "items",
        "units",
        "unit_names",
        "people",
        "leaders",
        "rules",
        "profiles",
        "splits",
    ),
    *(
        "tasks",
        "draws",
        "matters",
        "meetings",
        "decisions",
        "demands",
        "doubts",
        "papers",
        "placings",
        "ties",
        "grants",
        "remarks",
    ),
    *("registers", "feeds", "held", "bound"),
    *("sources", "settlements", "verdicts", "pairs", "histories"),
)  # what a copy of the book must copy, and equal books must share

History = Callable[[str], Iterable[Entry]]  # the entries of an account and those below it


class Book:
    """Everything known about one government's year. A book from a keeper never changes once handed out."""

    def __init__(self, as_of: str | None = None, history: History | None = None) -> None:
        self.government, self.year, self.algorithm = "", 0, ""
        self.seq, self.simulated = 0, ""  # by which program, where the book is made up
        self.as_of, self._history = as_of, history
        self.document: DocumentState | None = None
        self.claims: MutableMapping[str, ClaimState] = {}
        self.commitments: MutableMapping[str, CommitmentState] = {}
        self.findings: MutableMapping[str, FindingRead] = {}
        self.links: MutableMapping[str, LinkRead] = {}
        self.items: MutableMapping[str, ItemState] = {}
        self.units: MutableMapping[str, UnitState] = {}
        self.unit_names: dict[str, str] = {}  # full names and aliases to codes
        self.people: MutableMapping[str, PersonState] = {}
        self.leaders: dict[str, tuple[str, ...]] = {}  # accounts by name, those that have left too
        self.rules: dict[str, str] = {}
        self.profiles: dict[str, str] = {}
        self._begin_year()
        self.waiting: dict[str, list[tuple[Posting, Body]]] = {}
        self._kept: list[Entry] = []

    def _begin_year(self) -> None:
        """The empty shelves of what a running year writes."""
        self.splits: MutableMapping[str, tuple[Case[SplitProposed], ...]] = {}  # by commitment
        self.tasks: MutableMapping[str, Task] = {}  # by item
        self.draws: MutableMapping[str, Dated[DrawMade]] = {}
        self.matters: MutableMapping[str, Matter] = {}
        self.meetings: MutableMapping[str, Dated[MeetingHeld]] = {}
        self.decisions: MutableMapping[str, Case[DecisionRecorded]] = {}
        self.demands: MutableMapping[str, Dated[DemandSent]] = {}
        self.doubts: MutableMapping[str, tuple[Dated[DoubtJudged], ...]] = {}  # by the doubt's id
        self.papers: MutableMapping[str, Dated[PaperIssued]] = {}  # by number in the order of issue
        self.placings: MutableMapping[str, Dated[CommitmentPlaced]] = {}  # by commitment
        self.ties: dict[str, Dated[Tie]] = {}  # by item, whose figures it takes
        self.grants: dict[str, Dated[Tie]] = {}  # by item, to whom its figures may go
        self.remarks: MutableMapping[str, tuple[RemarkSent, ...]] = {}  # by commitment
        self.registers = Registers()
        self.feeds: dict[str, tuple[Dated[FeedTaken], ...]] = {}  # by register, the oldest vintage first
        self.held: dict[str, Dated[FeedHeld]] = {}  # by register, the file that waits
        self.bound: dict[str, Dated[IndicatorBound]] = {}  # by item
        self.sources: dict[str, Dated[SettlementSource]] = {}  # by sha256
        self.settlements: dict[str, Dated[SettlementBegun]] = {}  # by number; the last one stands
        self.verdicts: MutableMapping[str, Settlement] = {}  # by commitment
        self.pairs: dict[str, Dated[SettlementPaired]] = {}  # by number and result
        self.histories: dict[str, Dated[SettlementHistory]] = {}  # by year
        self.priority: tuple[str, ...] = ()

    @property
    def opened(self) -> bool:
        """True once an account was opened."""
        return bool(self.government)

    def apply(self, entry: Entry) -> None:
        """Fold one more entry in; one that counts only after `as_of` is passed over."""
        if self.as_of is not None and entry.on > self.as_of:
            return
        if self._history is None:
            self._kept.append(entry)
        posting = (entry.seq, entry.at, entry.on, entry.actor, entry.kind, entry.account, b"")
        handler = HANDLERS.get(entry.kind)
        if handler is not None:
            handler(self, posting, entry.body)
        self.seq = entry.seq

    def post(self, postings: Iterable[Posting]) -> None:
        """Fold postings in as the store gives them; raises `Refused` for one that cannot be read."""
        posting: Posting | None = None
        try:
            for posting in postings:
                kind = posting[4]
                body = DECODERS[kind](posting[6])
                handler = HANDLERS.get(kind)
                if handler is not None:
                    handler(self, posting, body)
        except (KeyError, ValueError):
            if posting is not None:
                decoded(posting[4], posting[6], f"#{posting[0]}")
            raise
        if posting is not None:
            self.seq = posting[0]

    def timeline(self, *accounts: str) -> list[Entry]:
        """The entries of these accounts and those below them that this book counts, in order."""
        found: dict[int, Entry] = {}
        for account in accounts:
            for entry in self._history(account) if self._history else self._own(account):
                if entry.seq <= self.seq and (self.as_of is None or entry.on <= self.as_of):
                    found[entry.seq] = entry
        return [found[seq] for seq in sorted(found)]

    def story(self, commitment: str) -> list[Entry]:
        """A commitment's whole history: its own entries, its items' and its claims', in order."""
        state = self.commitments.get(commitment)
        claims = [f"claim/{claim}" for claim in state.read.claims] if state else []
        return self.timeline(f"commitment/{commitment}", f"item/{commitment}", *claims)

    def _own(self, account: str) -> Iterator[Entry]:
        return (e for e in self._kept if e.account == account or e.account.startswith(account + "/"))

    def copy(self) -> "Book":
        """A book of its own that starts from what this one knows."""
        twin = Book(self.as_of, self._history)
        twin.government, twin.year, twin.algorithm = self.government, self.year, self.algorithm
        twin.seq, twin.document = self.seq, self.document
        twin.priority, twin.simulated = self.priority, self.simulated
        for shelf in SHELVES:
            setattr(twin, shelf, getattr(self, shelf).copy())
        twin.waiting = {account: list(held) for account, held in self.waiting.items()}
        twin._kept = list(self._kept)
        return twin

    def settle(self) -> None:
        """Put shelves that have grown large into pages, so that copies of this book stay quick."""
        for shelf in SHELVES:
            setattr(self, shelf, paged(getattr(self, shelf)))
        self.registers.settle()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Book) and self._facts() == other._facts()

    __hash__ = None  # type: ignore[assignment]

    def _facts(self) -> tuple[object, ...]:
        return (
            (self.government, self.year, self.algorithm, self.document),
            tuple(getattr(self, shelf) for shelf in SHELVES),
            (self.priority, self.simulated),
        )


def fold(entries: Iterable[Entry], as_of: date | None = None) -> Book:
    """The book of these entries; with `as_of`, of those that count by that date."""
    book = Book(as_of.isoformat() if as_of else None)
    for entry in entries:
        book.apply(entry)
    return book


def require_book(book: Book, place: str = "") -> Book:
    """`book` if an account is opened in it, else `Refused`."""
    if not book.opened:
        raise Refused(Problem("ledger.no_account", place))
    return book


@contextmanager
def without_collection() -> Iterator[None]:
    """Many objects are about to be made and none thrown away: the cycle collector would only look on."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
