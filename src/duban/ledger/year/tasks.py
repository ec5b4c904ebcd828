"""What an item owes: its split, its assignment, its target and plan, its explanations and judgements."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec
from msgspec import field

from duban.ledger.bodies import Item
from duban.ledger.entries import Body, Value, registered
from duban.ledger.postings import handles
from duban.ledger.store import Posting
from duban.ledger.year.dated import Case, Dated

if TYPE_CHECKING:
    from duban.ledger.book import Book
    from duban.ledger.year.clearing import ClearingClaimed
    from duban.ledger.year.filings import DisputeRaised, Filing, ReadingPosted

JUDGEMENTS = ("sure", "likely", "doubtful", "unlikely")  # four steps, no middle to hide in: our own
HALTS = ("suspended", "waiting")


class Target(Value, frozen=True, gc=False):
    """What shall be reached. `base` is last year's value where the measure needs one."""

    indicator: str = ""
    measure: str = ""
    value: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    comparator: str = ""
    due: str = ""
    base: Decimal | None = None


class Part(Value, frozen=True, gc=False):
    """Which number of the commitment an item takes ("" for none), and how much of it (None for all)."""

    claim: str = ""
    value: Decimal | None = None


@registered("split.proposed")
class SplitProposed(Body, frozen=True, gc=False):
    """The lead unit proposes into which items the commitment shall be split, each with its part of the numbers."""

    items: tuple[Item, ...]
    reason: str = ""
    parts: tuple[Part, ...] = ()


@registered("split.decided")
class SplitDecided(Body, frozen=True, gc=False):
    """The leader approves the last proposal (the items are entered with it) or returns it with a reason."""

    approved: bool
    reason: str = ""


@registered("assignment.made")
class AssignmentMade(Body, frozen=True, gc=False):
    """The item is given to a lead unit; until `until` it may be returned, then it stands."""

    lead: str
    partners: tuple[str, ...] = ()
    until: str = ""


@registered("assignment.returned")
class AssignmentReturned(Body, frozen=True, gc=False):
    """The lead says why the item is not its own; it goes back to the office, never on to another unit."""

    reason: str


@registered("assignment.decided")
class AssignmentDecided(Body, frozen=True, gc=False):
    """The office decides on a return: `stands`, or else a new assignment follows."""

    stands: bool
    reason: str


@registered("target.set")
class TargetSet(Body, frozen=True, gc=False):
    """The target with which the item begins: of its claim, or the item's part of it."""

    target: Target
    claim: str = ""


@registered("target.adjusted")
class TargetAdjusted(Body, frozen=True, gc=False):
    """The target is changed by an authority for a reason; the one it began with stays beside it for ever."""

    target: Target
    authority: str
    reason: str


@registered("plan.set")
class PlanSet(Body, frozen=True, gc=False):
    """How the target is expected to be reached: `kind` and `data` as `duban.plan` reads them."""

    kind: str
    data: Mapping[str, str | tuple[str, ...] | Mapping[str, str]] = {}
    frequency: str = "month"
    lag: int = 0
    workdays: bool = False
    cumulative: bool = True
    reason: str = ""


@registered("delay.explained")
class DelayExplained(Body, frozen=True, gc=False):
    """A unit says why an item lags and until when the reason should count."""

    reason: str
    until: str = ""


@registered("delay.decided")
class DelayDecided(Body, frozen=True, gc=False):
    """The office accepts the last explanation as valid (无正当理由 does not apply) or does not."""

    accepted: bool
    reason: str = ""
    until: str = ""


@registered("judgement.given")
class JudgementGiven(Body, frozen=True, gc=False):
    """A person's own view of how likely delivery is (`JUDGEMENTS`); it never touches a light."""

    step: str
    words: str = ""


@registered("item.halted")
class ItemHalted(Body, frozen=True, gc=False):
    """The item is suspended, or waits for statistics, for a reason; `how` is of `HALTS`."""

    how: str
    reason: str
    until: str = ""


@registered("item.resumed")
class ItemResumed(Body, frozen=True, gc=False):
    """The item goes on."""

    reason: str = ""


class Task(msgspec.Struct, frozen=True, gc=False):
    """An item in its year: everything that was said about it, in order, by subject."""

    assignment: Case[AssignmentMade] | None = None
    begun: Dated[TargetSet] | None = None
    adjustments: tuple[Dated[TargetAdjusted], ...] = ()
    plans: tuple[Dated[PlanSet], ...] = ()
    filings: Mapping[int, Filing] = field(default_factory=dict)
    readings: tuple[Dated[ReadingPosted], ...] = ()
    disputes: tuple[Case[DisputeRaised], ...] = ()
    delays: tuple[Case[DelayExplained], ...] = ()
    judgements: tuple[Dated[JudgementGiven], ...] = ()
    halt: Dated[ItemHalted] | None = None
    clearings: tuple[Case[ClearingClaimed], ...] = ()

    @property
    def original(self) -> Target | None:
        """The target with which the item began."""
        return self.begun.body.target if self.begun else None

    @property
    def target(self) -> Target | None:
        """The target that counts now."""
        return self.adjustments[-1].body.target if self.adjustments else self.original

    @property
    def plan(self) -> Dated[PlanSet] | None:
        """The plan that counts now."""
        return self.plans[-1] if self.plans else None

    @property
    def clearing(self) -> Case[ClearingClaimed] | None:
        """The latest attempt to clear the item."""
        return self.clearings[-1] if self.clearings else None


def put(book: Book, posting: Posting, **fields: object) -> None:
    """Replace fields of the task whose item the posting's account names."""
    key = posting[5].partition("/")[2]
    book.tasks[key] = msgspec.structs.replace(book.tasks.get(key) or Task(), **fields)


def task_of(book: Book, posting: Posting) -> Task:
    """The task whose item the posting's account names; an empty one where nothing was said yet."""
    return book.tasks.get(posting[5].partition("/")[2]) or Task()


@handles("split.proposed")
def _proposed(book: Book, posting: Posting, body: SplitProposed) -> None:
    key = posting[5].partition("/")[2]
    book.splits[key] = (*book.splits.get(key, ()), Case(Dated.of(posting, body)))


@handles("split.decided")
def _split_decided(book: Book, posting: Posting, body: SplitDecided) -> None:
    key = posting[5].partition("/")[2]
    if cases := book.splits.get(key):
        book.splits[key] = (*cases[:-1], cases[-1].then(Dated.of(posting, body)))


@handles("assignment.made")
def _assigned(book: Book, posting: Posting, body: AssignmentMade) -> None:
    put(book, posting, assignment=Case(Dated.of(posting, body)))


@handles("assignment.returned")
@handles("assignment.decided")
def _assignment_step(book: Book, posting: Posting, body: Body) -> None:
    case = task_of(book, posting).assignment
    if case is not None:
        put(book, posting, assignment=case.then(Dated.of(posting, body)))


@handles("target.set")
def _target(book: Book, posting: Posting, body: TargetSet) -> None:
    if task_of(book, posting).begun is None:  # what it began with is never overwritten
        put(book, posting, begun=Dated.of(posting, body))


@handles("target.adjusted")
def _adjusted(book: Book, posting: Posting, body: TargetAdjusted) -> None:
    put(book, posting, adjustments=(*task_of(book, posting).adjustments, Dated.of(posting, body)))


@handles("plan.set")
def _plan(book: Book, posting: Posting, body: PlanSet) -> None:
    put(book, posting, plans=(*task_of(book, posting).plans, Dated.of(posting, body)))


@handles("delay.explained")
def _explained(book: Book, posting: Posting, body: DelayExplained) -> None:
    put(book, posting, delays=(*task_of(book, posting).delays, Case(Dated.of(posting, body))))


@handles("delay.decided")
def _delay_decided(book: Book, posting: Posting, body: DelayDecided) -> None:
    if delays := task_of(book, posting).delays:
        put(book, posting, delays=(*delays[:-1], delays[-1].then(Dated.of(posting, body))))


@handles("judgement.given")
def _judged(book: Book, posting: Posting, body: JudgementGiven) -> None:
    put(book, posting, judgements=(*task_of(book, posting).judgements, Dated.of(posting, body)))


@handles("item.halted")
def _halted(book: Book, posting: Posting, body: ItemHalted) -> None:
    put(book, posting, halt=Dated.of(posting, body))


@handles("item.resumed")
def _resumed(book: Book, posting: Posting, body: ItemResumed) -> None:
    put(book, posting, halt=None)
