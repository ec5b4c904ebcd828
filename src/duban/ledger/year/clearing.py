"""Clearing (销号): claimed, countersigned, checked twice by others, published, closed, looked back at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duban.ledger.entries import Body, registered
from duban.ledger.postings import handles
from duban.ledger.store import Posting
from duban.ledger.year.dated import Case, Dated
from duban.ledger.year.filings import Evidence
from duban.ledger.year.tasks import put, task_of

if TYPE_CHECKING:
    from duban.ledger.book import Book


@registered("clearing.claimed")
class ClearingClaimed(Body, frozen=True, gc=False):
    """The lead says that the item is finished, and where the proof is."""

    words: str
    evidence: tuple[Evidence, ...] = ()


@registered("clearing.countersigned")
class ClearingCountersigned(Body, frozen=True, gc=False):
    """The unit's head stands for it."""


@registered("clearing.checked")
class ClearingChecked(Body, frozen=True, gc=False):
    """The first check, by another unit (行业主管, 统计)."""

    passed: bool
    words: str


@registered("clearing.verified")
class ClearingVerified(Body, frozen=True, gc=False):
    """The second check, by the office; `draw` names the draw that chose it for the site, "" for papers."""

    passed: bool
    words: str
    draw: str = ""


@registered("clearing.published")
class ClearingPublished(Body, frozen=True, gc=False):
    """The public notice stands until `until`."""

    until: str


@registered("clearing.objected")
class ClearingObjected(Body, frozen=True, gc=False):
    """Someone objects while the notice stands; it must be answered before the item is closed."""

    who: str
    words: str


@registered("clearing.answered")
class ClearingAnswered(Body, frozen=True, gc=False):
    """What the objection came to; `about` is the number of its entry."""

    words: str
    upheld: bool
    about: int = 0


@registered("clearing.closed")
class ClearingClosed(Body, frozen=True, gc=False):
    """The item is cleared; it will be looked back at on or after `look_back`."""

    look_back: str = ""


@registered("clearing.confirmed")
class ClearingConfirmed(Body, frozen=True, gc=False):
    """The look-back found it still so."""

    words: str


@registered("clearing.reopened")
class ClearingReopened(Body, frozen=True, gc=False):
    """A look-back or an upheld objection found it not so: the item is open again, for a reason."""

    reason: str


@registered("clearing.refused")
class ClearingRefused(Body, frozen=True, gc=False):
    """A head or a checker sends the claim back; the item stays open."""

    reason: str


@registered("draw.made")
class DrawMade(Body, frozen=True, gc=False):
    """A share of claims drawn for checking on the site: anyone can repeat it from what stands here."""

    method: str
    seed: str
    share: str
    among: tuple[str, ...]
    drawn: tuple[str, ...]


CLEARING_STAGES = (
    *("claimed", "countersigned", "checked", "verified", "published", "objected"),
    *("closed", "confirmed", "reopened", "refused"),
)


def clearing_stage(case: Case[ClearingClaimed]) -> str:
    """Where a claim stands, of `CLEARING_STAGES`: a failed check is "refused", an open objection "objected"."""
    last = case.last.body
    if isinstance(last, ClearingChecked | ClearingVerified) and not last.passed:
        return "refused"
    if isinstance(last, ClearingPublished | ClearingObjected | ClearingAnswered):
        return "objected" if open_objections(case) else "published"
    return last.KIND.partition(".")[2]


def objections(case: Case[ClearingClaimed]) -> list[tuple[Dated[Body], Dated[Body] | None]]:
    """Every objection with its answer, None where it has none yet."""
    answers = {s.body.about: s for s in case.steps if isinstance(s.body, ClearingAnswered)}
    return [(s, answers.get(s.seq)) for s in case.steps if isinstance(s.body, ClearingObjected)]


def open_objections(case: Case[ClearingClaimed]) -> list[Dated[Body]]:
    """The objections that wait for an answer."""
    return [objection for objection, answer in objections(case) if answer is None]


def notice_until(case: Case[ClearingClaimed]) -> str:
    """The last day of the public notice, "" where there is none."""
    return next((s.body.until for s in case.steps if isinstance(s.body, ClearingPublished)), "")


def look_back_on(case: Case[ClearingClaimed]) -> str:
    """The day from which the cleared item is looked at again, "" where it is not closed."""
    return next((s.body.look_back for s in case.steps if isinstance(s.body, ClearingClosed)), "")


@handles("clearing.claimed")
def _claimed(book: Book, posting: Posting, body: ClearingClaimed) -> None:
    put(book, posting, clearings=(*task_of(book, posting).clearings, Case(Dated.of(posting, body))))


@handles("clearing.countersigned")
@handles("clearing.checked")
@handles("clearing.verified")
@handles("clearing.published")
@handles("clearing.objected")
@handles("clearing.answered")
@handles("clearing.closed")
@handles("clearing.confirmed")
@handles("clearing.reopened")
@handles("clearing.refused")
def _step(book: Book, posting: Posting, body: Body) -> None:
    cases = task_of(book, posting).clearings
    if cases:
        put(book, posting, clearings=(*cases[:-1], cases[-1].then(Dated.of(posting, body))))


@handles("draw.made")
def _drawn(book: Book, posting: Posting, body: DrawMade) -> None:
    book.draws[posting[5].partition("/")[2]] = Dated.of(posting, body)
