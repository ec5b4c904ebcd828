"""The bodies of our kinds. Fields are named as in a reading (docs/glossary.md), quantities are decimals."""

from collections.abc import Mapping
from decimal import Decimal

from duban.ledger.entries import Body, Value, registered


@registered("account.opened")
class AccountOpened(Body, frozen=True, gc=False):
    """The book is begun: whose it is, for which year, and how it is sealed."""

    government: str
    year: int
    algorithm: str = "sha256"


class Place(Value, frozen=True, gc=False):
    """Where a paragraph stands in the document's outline."""

    part: str = "head"
    part_label: str = ""
    action_no: int = 0
    action_label: str = ""
    action_title: str = ""
    work_no: int = 0
    work_title: str = ""
    label: str = ""


class Passage(Value, frozen=True, gc=False):
    """A paragraph: characters `start` to `end` of the text; `text` only where the layout had to be mended."""

    start: int
    end: int
    kind: str
    section: Place
    text: str | None = None


class Change(Value, frozen=True, gc=False):
    """What a corrected text did to one thing: `how` is added, dropped or changed (then in these fields)."""

    account: str
    how: str
    fields: tuple[str, ...] = ()


@registered("document.read")
class DocumentRead(Body, frozen=True, gc=False):
    """The text as it was read, whole; version 1 is the first, a corrected text is the next."""

    version: int
    name: str
    sha256: str
    text: str
    title: str = ""
    kind: str = "txt"
    paragraphs: tuple[Passage, ...] = ()
    changed: tuple[Change, ...] = ()


@registered("claim.read")
class ClaimRead(Body, frozen=True, gc=False):
    """A number of the text as it was read in this version of the document."""

    version: int
    id: str
    start: int
    end: int
    number: str
    role: str
    section: str = ""
    sentence: str = ""
    tense: str | None = None
    indicator: str | None = None
    measure: str | None = None
    value: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    comparator: str | None = None
    due: str | None = None
    rules: Mapping[str, str] = {}
    confidence: Mapping[str, Decimal] = {}


@registered("claim.dropped")
class ClaimDropped(Body, frozen=True, gc=False):
    """The number is no longer in this version of the document."""

    version: int


@registered("claim.decided")
class ClaimDecided(Body, frozen=True, gc=False):
    """A person confirmed (`value` equals `was`) or corrected one field; `was` is what stood there before."""

    field: str
    value: str | None
    reason: str = ""
    was: str | None = None


@registered("commitment.read")
class CommitmentRead(Body, frozen=True, gc=False):
    """A promise as this version of the document words it."""

    version: int
    id: str
    kind: str
    head: str
    start: int
    end: int
    text: str
    claims: tuple[str, ...] = ()
    due: str | None = None
    section: str = ""
    action_no: int = 0
    action: str = ""
    work: str = ""
    rules: Mapping[str, str] = {}
    confidence: Mapping[str, Decimal] = {}


@registered("commitment.dropped")
class CommitmentDropped(Body, frozen=True, gc=False):
    """The promise is no longer in this version of the document."""

    version: int


@registered("finding.read")
class FindingRead(Body, frozen=True, gc=False):
    """Something wrong with the text itself."""

    version: int
    id: str
    code: str
    start: int
    end: int
    data: Mapping[str, str | int] = {}
    level: str = "warning"


@registered("finding.dropped")
class FindingDropped(Body, frozen=True, gc=False):
    """This version of the document no longer has the fault."""

    version: int


@registered("link.read")
class LinkRead(Body, frozen=True, gc=False):
    """A result of the review and a target of the plan that speak of the same indicator."""

    version: int
    review: str
    plan: str
    movement: str
    reason: str = ""


@registered("link.dropped")
class LinkDropped(Body, frozen=True, gc=False):
    """This version of the document no longer links the two."""

    version: int


class Item(Body, frozen=True, gc=False):
    """A work item under a commitment, as the decomposition table states it.

    `leader` is the name that the table gives, `leader_account` the account that is meant ("" where none was chosen:
    then `ledger.year.people.leader_of` says who of that name).
    """

    commitment: str
    head: str
    lead: str = ""
    partners: tuple[str, ...] = ()
    leader: str = ""
    due: str | None = None
    note: str = ""
    quarters: tuple[str, ...] = ()
    person: str = ""
    source: str = ""
    cadence: str = ""
    evidence: str = ""
    checker: str = ""
    leader_account: str = ""


TABLED = tuple(name for name in Item.__struct_fields__ if name != "leader_account")  # no table has accounts


@registered("item.added")
class ItemAdded(Item, frozen=True, gc=False):
    """A work item is put under a commitment."""


@registered("item.changed")
class ItemChanged(Item, frozen=True, gc=False):
    """The work item reads so from now on; the whole item is written."""


@registered("item.removed")
class ItemRemoved(Body, frozen=True, gc=False):
    """The work item is taken off the table; its number is not used again."""

    commitment: str
    reason: str = ""
