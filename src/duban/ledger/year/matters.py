"""Supervision: one matter, one sheet (一事一单), from a reminder to a talk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duban.ledger.entries import Body, registered
from duban.ledger.postings import handles
from duban.ledger.store import Posting
from duban.ledger.year.dated import Case, Dated

if TYPE_CHECKING:
    from duban.ledger.book import Book

LEVELS = ("remind", "supervise", "notice", "talk")  # 提醒, 督办, 通报, 约谈


@registered("matter.opened")
class MatterOpened(Body, frozen=True, gc=False):
    """A matter is taken up with a unit. `items` are item keys; `origin` says whence (rule, meeting, clue …).

    `deadline` is when the unit must have answered; `since` the red or finding that began it, so that the same
    lateness is not taken up twice; `major` a matter that may take the longer of the days set.
    """

    level: str
    title: str
    unit: str
    reason: str
    items: tuple[str, ...] = ()
    deadline: str = ""
    origin: str = ""
    since: str = ""
    major: bool = False


@registered("matter.raised")
class MatterRaised(Body, frozen=True, gc=False):
    """It goes to a higher level, with a new deadline."""

    level: str
    reason: str
    deadline: str = ""


@registered("matter.replied")
class MatterReplied(Body, frozen=True, gc=False):
    """The unit answers."""

    words: str
    evidence: tuple[str, ...] = ()


@registered("matter.concluded")
class MatterConcluded(Body, frozen=True, gc=False):
    """The conclusion (督查结论) is made and goes to the unit; until `appeal_until` it can be appealed."""

    words: str
    resolved: bool
    appeal_until: str = ""


@registered("matter.appealed")
class MatterAppealed(Body, frozen=True, gc=False):
    """The unit asks for the conclusion to be looked at again (复核)."""

    reason: str


@registered("matter.reviewed")
class MatterReviewed(Body, frozen=True, gc=False):
    """Other staff than those of the conclusion decide whether it stands."""

    upheld: bool
    reason: str


class Matter(Case[MatterOpened], frozen=True, gc=False):
    """A matter and what became of it."""

    number: str = ""

    @property
    def level(self) -> str:
        """The level it has reached, of `LEVELS`."""
        raised = [s.body.level for s in self.steps if isinstance(s.body, MatterRaised)]
        return raised[-1] if raised else self.opened.body.level

    @property
    def deadline(self) -> str:
        """The day by which the unit must answer, "" for none."""
        raised = [s.body.deadline for s in self.steps if isinstance(s.body, MatterRaised)]
        return raised[-1] if raised else self.opened.body.deadline

    @property
    def answered(self) -> bool:
        """Whether the unit has replied since the matter reached its level."""
        said = [step.kind for step in self.steps if step.kind in ("matter.raised", "matter.replied")]
        return bool(said) and said[-1] == "matter.replied"

    @property
    def conclusion(self) -> Dated[Body] | None:
        """The conclusion, unless a review took it away."""
        found: Dated[Body] | None = None
        for step in self.steps:
            if isinstance(step.body, MatterConcluded):
                found = step
            elif isinstance(step.body, MatterReviewed) and not step.body.upheld:
                found = None
        return found

    @property
    def appeal(self) -> Dated[Body] | None:
        """The unit's appeal that waits for a review."""
        return self.last if self.last.kind == "matter.appealed" else None

    @property
    def open(self) -> bool:
        """True while there is no conclusion."""
        return self.conclusion is None

    def overdue(self, day: str) -> bool:
        """Whether the unit should have answered before `day` and has not."""
        return self.open and bool(self.deadline) and self.deadline < day and not self.answered


@handles("matter.opened")
def _opened(book: Book, posting: Posting, body: MatterOpened) -> None:
    number = posting[5].partition("/")[2]
    book.matters[number] = Matter(Dated.of(posting, body), number=number)


@handles("matter.raised")
@handles("matter.replied")
@handles("matter.concluded")
@handles("matter.appealed")
@handles("matter.reviewed")
def _step(book: Book, posting: Posting, body: Body) -> None:
    number = posting[5].partition("/")[2]
    if number in book.matters:
        book.matters[number] = book.matters[number].then(Dated.of(posting, body))
