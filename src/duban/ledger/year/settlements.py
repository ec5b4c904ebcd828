"""The year's settlement: what sources say of the outcome, the verdict on each commitment, and what people said of it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from duban.ledger.entries import Body, Value, registered
from duban.ledger.postings import handles
from duban.ledger.store import Posting
from duban.ledger.year.dated import Dated

if TYPE_CHECKING:
    from duban.ledger.book import Book


class Result(Value, frozen=True, gc=False):
    """One statement of a source on what came out, over `start` to `end` (the same day twice for a state or an event).

    `source`, `on` and `place` say where it stands, `target` the words of the promise that a row says it answers.
    """

    id: str
    indicator: str
    measure: str
    start: str
    end: str
    value: Decimal | None = None
    unit: str = ""
    comparator: str = "eq"
    source: str = ""
    on: str = ""
    place: str = ""
    target: str = ""


class Planned(Value, frozen=True, gc=False):
    """A number or step that the next report promises for the year after the one that is settled."""

    id: str
    indicator: str
    measure: str
    due: str
    value: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    comparator: str = "eq"
    text: str = ""
    start: int = 0
    commitment: str = ""
    reference: str = ""


class Answer(Value, frozen=True, gc=False):
    """A result that was held against a promise: its figure as told, where it stands, and why it belongs (a code)."""

    indicator: str
    value: str
    why: str
    source: str = ""
    on: str = ""
    place: str = ""
    file: str = ""


class Judgement(Value, frozen=True, gc=False):
    """The verdict on one number or step of a commitment. `start` is its place in this year's text."""

    id: str
    indicator: str
    goal: str
    start: int
    verdict: str
    reason: str
    data: Mapping[str, str] = {}
    readings: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()


@registered("settlement.source")
class SettlementSource(Body, frozen=True, gc=False):
    """A source was taken in, whole: the next report's review and its plan, or a table of results."""

    name: str
    sha256: str
    kind: str
    results: tuple[Result, ...]
    plans: tuple[Planned, ...] = ()
    title: str = ""


@registered("settlement.begun")
class SettlementBegun(Body, frozen=True, gc=False):
    """The year is settled by these sources (their sha256, as given) and by rules of this digest."""

    sources: tuple[str, ...]
    rules: str


@registered("settlement.judged")
class SettlementJudged(Body, frozen=True, gc=False):
    """The verdict on a commitment by its numbers; `rules` is the digest of the rules by which it came."""

    verdict: str
    reason: str
    data: Mapping[str, str]
    rules: str
    readings: tuple[str, ...] = ()
    numbers: tuple[Judgement, ...] = ()


@registered("settlement.paired")
class SettlementPaired(Body, frozen=True, gc=False):
    """A person found that a result answers a promised number, or does not. `result` is the result's key."""

    number: str
    result: str
    linked: bool
    reason: str = ""


@registered("settlement.overruled")
class SettlementOverruled(Body, frozen=True, gc=False):
    """A person finds otherwise than the rules do, for a reason; the verdict by the rules (`was`) stays beside it."""

    verdict: str
    was: str
    reason: str


class PastNumber(Value, frozen=True, gc=False):
    """A promised number of an earlier year with what came of it, as told."""

    indicator: str
    measure: str
    unit: str
    goal: str
    result: str
    verdict: str


@registered("settlement.history")
class SettlementHistory(Body, frozen=True, gc=False):
    """How an earlier year of this government was settled, from its own book: `head` is that book's last entry and seal."""

    year: int
    government: str
    head: str
    counts: Mapping[str, int]
    numbers: tuple[PastNumber, ...] = ()


class Settlement(msgspec.Struct, frozen=True, gc=False):
    """What was found on a commitment: every judgement by the rules and every one by a person, in order."""

    judged: tuple[Dated[SettlementJudged], ...] = ()
    overruled: tuple[Dated[SettlementOverruled], ...] = ()

    @property
    def by_person(self) -> Dated[SettlementOverruled] | None:
        """The person's finding that stands: one on the judgement that stands, not on an earlier one."""
        last = self.overruled[-1] if self.overruled else None
        return last if last is not None and last.seq > self.judged[-1].seq else None

    @property
    def overtaken(self) -> Dated[SettlementOverruled] | None:
        """A person's last finding where the rules have judged anew since, by other facts: a person looks again."""
        return self.overruled[-1] if self.overruled and self.by_person is None else None

    @property
    def verdict(self) -> str:
        """The verdict that stands."""
        person = self.by_person
        return person.body.verdict if person is not None else self.judged[-1].body.verdict


@handles("settlement.source")
def _source(book: Book, posting: Posting, body: SettlementSource) -> None:
    book.sources[body.sha256] = Dated.of(posting, body)


@handles("settlement.begun")
def _begun(book: Book, posting: Posting, body: SettlementBegun) -> None:
    book.settlements[posting[5].partition("/")[2]] = Dated.of(posting, body)


@handles("settlement.history")
def _history(book: Book, posting: Posting, body: SettlementHistory) -> None:
    book.histories[str(body.year)] = Dated.of(posting, body)


@handles("settlement.judged")
def _judged(book: Book, posting: Posting, body: SettlementJudged) -> None:
    id = posting[5].partition("/")[2]
    known = book.verdicts.get(id) or Settlement()
    book.verdicts[id] = replace(known, judged=(*known.judged, Dated.of(posting, body)))


@handles("settlement.paired")
def _paired(book: Book, posting: Posting, body: SettlementPaired) -> None:
    book.pairs[f"{body.number}|{body.result}"] = Dated.of(posting, body)


@handles("settlement.overruled")
def _overruled(book: Book, posting: Posting, body: SettlementOverruled) -> None:
    id = posting[5].partition("/")[2]
    known = book.verdicts.get(id)
    if known is not None:  # an as-of book may reach back to before the judgement
        book.verdicts[id] = replace(known, overruled=(*known.overruled, Dated.of(posting, body)))
