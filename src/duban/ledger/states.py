"""What the book knows of one thing. States are never changed in place: a new entry makes a new state.

They are structs that the cycle collector does not watch: a million of them cost it nothing.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec
from msgspec import field
from msgspec.structs import replace

from duban.core.sure import UNSURE
from duban.ledger.bodies import Change, ClaimRead, CommitmentRead, DocumentRead, Item, Passage

DECIMALS = ("value", "high")


class Decision(msgspec.Struct, frozen=True, gc=False):
    """One field of a claim as a person settled it."""

    seq: int
    at: str
    on: str
    actor: str
    field: str
    value: str | None
    was: str | None
    reason: str

    @property
    def confirms(self) -> bool:
        """True when the person found the reading right."""
        return self.value == self.was


class ClaimState(msgspec.Struct, frozen=True, gc=False):
    """A number: as read, and as it stands after the decisions of people."""

    read: ClaimRead
    dropped: bool = False
    decisions: tuple[Decision, ...] = ()

    @property
    def claim(self) -> ClaimRead:
        """The claim with every decided field as last decided."""
        if not self.decisions:
            return self.read
        fields = {d.field: parsed(d.field, d.value) for d in self.decisions}
        return replace(self.read, **fields)

    @property
    def version(self) -> int:
        """The document version in which the claim was last read."""
        return self.read.version

    def decided(self) -> dict[str, Decision]:
        """The last decision on each field that has one."""
        return {d.field: d for d in self.decisions}

    def unsure(self, limit: Decimal | float = UNSURE) -> tuple[str, ...]:
        """The fields that need a person: read with less certainty than `limit` and not yet decided."""
        decided = self.decided()
        return tuple(f for f, sure in self.read.confidence.items() if sure < limit and f not in decided)

    def overtaken(self) -> tuple[Decision, ...]:
        """Decisions that a later text puts in doubt: it reads neither as it did then nor as decided."""
        doubtful = []
        for name, decision in self.decided().items():
            first = next(d for d in self.decisions if d.field == name)
            if shown(getattr(self.read, name)) not in (first.was, decision.value):
                doubtful.append(decision)
        return tuple(doubtful)


class ItemState(msgspec.Struct, frozen=True, gc=False):
    """A work item under a commitment; `n` is its number there, for good."""

    commitment: str
    n: int
    item: Item
    removed: bool = False

    @property
    def account(self) -> str:
        """The account of the item in the ledger."""
        return f"item/{self.commitment}/{self.n}"


class CommitmentState(msgspec.Struct, frozen=True, gc=False):
    """A promise, its work items and where it stands."""

    read: CommitmentRead
    dropped: bool = False
    numbered: Mapping[int, ItemState] = field(default_factory=dict)
    state: str = "open"

    @property
    def commitment(self) -> CommitmentRead:
        """The promise as worded; it is never edited."""
        return self.read

    @property
    def version(self) -> int:
        """The document version in which the promise was last read."""
        return self.read.version

    @property
    def items(self) -> tuple[ItemState, ...]:
        """The items on the table now, by number."""
        return tuple(self.numbered[n] for n in sorted(self.numbered) if not self.numbered[n].removed)

    @property
    def next_item(self) -> int:
        """The number a new item gets; numbers of removed items are not used again."""
        return max(self.numbered, default=0) + 1

    def with_item(self, item: ItemState) -> "CommitmentState":
        """This state with one item put in or replaced."""
        return replace(self, numbered={**self.numbered, item.n: item})


class Version(msgspec.Struct, frozen=True, gc=False):
    """One reading of the document."""

    version: int
    name: str
    sha256: str
    seq: int
    on: str
    actor: str
    changed: tuple[Change, ...]


class DocumentState(msgspec.Struct, frozen=True, gc=False):
    """The text as it stands, and the readings that led to it."""

    read: DocumentRead
    versions: tuple[Version, ...]

    @property
    def version(self) -> int:
        """The number of the current version."""
        return self.read.version

    @property
    def text(self) -> str:
        """The source text as decoded; all offsets count its characters."""
        return self.read.text

    @property
    def title(self) -> str:
        """The document's own title."""
        return self.read.title

    @property
    def paragraphs(self) -> tuple[Passage, ...]:
        """The paragraphs; use `words` for their text."""
        return self.read.paragraphs

    def words(self, passage: Passage) -> str:
        """A paragraph's text with its layout mended."""
        return self.text[passage.start : passage.end] if passage.text is None else passage.text


def parsed(field: str, value: str | None) -> Any:
    """A decided value as the claim's field holds it (`value` and `high` are decimals)."""
    if value is None or field not in DECIMALS:
        return value
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def shown(value: Any) -> str | None:
    """A claim's field as a decision writes it down."""
    return None if value is None else str(value)
