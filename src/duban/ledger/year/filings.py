"""What units and statisticians say about an item in a period: readings, progress notes, evidence, disputes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from duban.ledger.entries import Body, Value, registered
from duban.ledger.postings import handles
from duban.ledger.store import Posting
from duban.ledger.year.dated import Case, Dated
from duban.ledger.year.tasks import put, task_of

if TYPE_CHECKING:
    from duban.ledger.book import Book

BASES = ("", "real", "nominal")  # 不变价, 现价
ORIGINS = (
    "statistics",
    "register",
    "book",
    "unit",
)  # the first stands above the next; "book": a lower government's
EVIDENCE = ("document", "statistics", "acceptance", "file")
FILING_STAGES = ("submitted", "countersigned", "accepted", "returned", "reopened")


def is_day(text: str) -> bool:
    """Whether this is a day written 2024-10-18, so that days sort as texts; not 20241018, which sorts elsewhere."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


class Evidence(Value, frozen=True, gc=False):
    """Where the proof is: the number of an existing record, or a file by its hash."""

    kind: str
    reference: str = ""
    sha256: str = ""
    name: str = ""
    size: int = 0
    type: str = ""


class Reading(Body, frozen=True, gc=False):
    """A value for a period. `period` is a code of `duban.core.period` ("2024-C05" is 1—5月 cumulated).

    `numerator` and `denominator` carry a share, or the two levels of a growth; `basis` is one of `BASES`, `scope` what
    is covered in words; `vintage` names a revision: of official statistics the day on which they were published.
    """

    period: str
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    basis: str = ""
    scope: str = ""
    vintage: str = ""
    source: str = ""


@registered("filing.submitted")
class FilingSubmitted(Reading, frozen=True, gc=False):
    """A unit's report on one item for one period: a reading, a progress note, or both.

    `began` is the instant at which the form was opened, so that the burden can be counted; `asked` and
    `known` count the fields of the form, and those that it filled in by itself.
    """

    n: int = 0
    unit_code: str = ""
    progress: str = ""
    problems: str = ""
    next_step: str = ""
    claims_done: bool = False
    evidence: tuple[Evidence, ...] = ()
    began: str = ""
    asked: int = 0
    known: int = 0


@registered("filing.countersigned")
class FilingCountersigned(Body, frozen=True, gc=False):
    """The unit's head stands for it."""

    n: int


@registered("filing.accepted")
class FilingAccepted(Body, frozen=True, gc=False):
    """The office or the checker takes it as it is; it is locked."""

    n: int


@registered("filing.returned")
class FilingReturned(Body, frozen=True, gc=False):
    """It goes back with a reason and counts for nothing; a new one follows."""

    n: int
    reason: str


@registered("filing.reopened")
class FilingReopened(Body, frozen=True, gc=False):
    """A locked filing may be replaced again, for a reason."""

    n: int
    reason: str


@registered("reading.posted")
class ReadingPosted(Reading, frozen=True, gc=False):
    """A value that did not come from a reporting unit: official statistics, a register, a lower government's book."""

    origin: str = "statistics"
    reference: str = ""


@registered("dispute.raised")
class DisputeRaised(Body, frozen=True, gc=False):
    """A unit says that the figure of entry `about` is wrong: its own value, why, and from where."""

    about: int
    value: Decimal
    reason: str
    source: str


@registered("dispute.decided")
class DisputeDecided(Body, frozen=True, gc=False):
    """The office decides which value stands; both stay to be seen. `about` is the disputed entry."""

    about: int
    upheld: bool
    reason: str


_STAGE_OF = {f"filing.{stage}": stage for stage in FILING_STAGES}


class Filing(Case[FilingSubmitted], frozen=True, gc=False):
    """A unit's report and what became of it."""

    @property
    def n(self) -> int:
        """Its number under the item."""
        return self.opened.body.n

    @property
    def stage(self) -> str:
        """One of `FILING_STAGES`."""
        steps = self.steps
        return _STAGE_OF[(steps[-1] if steps else self.opened).body.KIND]


@handles("filing.submitted")
def _submitted(book: Book, posting: Posting, body: FilingSubmitted) -> None:
    task = task_of(book, posting)
    put(book, posting, filings={**task.filings, body.n: Filing(Dated.of(posting, body))})


@handles("filing.countersigned")
@handles("filing.accepted")
@handles("filing.returned")
@handles("filing.reopened")
def _filing_step(book: Book, posting: Posting, body: FilingAccepted) -> None:
    task = task_of(book, posting)
    filing = task.filings.get(body.n)
    if filing is not None:
        put(book, posting, filings={**task.filings, body.n: filing.then(Dated.of(posting, body))})


@handles("reading.posted")
def _posted(book: Book, posting: Posting, body: ReadingPosted) -> None:
    put(book, posting, readings=(*task_of(book, posting).readings, Dated.of(posting, body)))


@handles("dispute.raised")
def _disputed(book: Book, posting: Posting, body: DisputeRaised) -> None:
    put(book, posting, disputes=(*task_of(book, posting).disputes, Case(Dated.of(posting, body))))


@handles("dispute.decided")
def _dispute_decided(book: Book, posting: Posting, body: DisputeDecided) -> None:
    cases = task_of(book, posting).disputes
    step: Dated[Body] = Dated.of(posting, body)
    settled = tuple(
        case.then(step) if case.opened.body.about == body.about and not case.steps else case for case in cases
    )
    put(book, posting, disputes=settled)
