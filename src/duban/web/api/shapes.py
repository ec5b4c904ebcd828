"""What the API takes and gives. Quantities are texts, so that no digit is lost."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from duban.core.problem import Problem
from duban.words import say

Kind = Literal["quantity", "milestone", "project", "designation", "mechanism", "work"]
Measure = Literal["level", "increment", "growth", "change", "share", "rank", "duration"]


class Error(Schema):
    """One thing that is wrong: its code, where it stands, and a sentence with the mend."""

    code: str
    place: str
    sentence: str


class Errors(Schema):
    """Everything that was wrong; nothing was changed."""

    problems: list[Error]


def errors(problems: Iterable[Problem], language: str) -> dict[str, Any]:
    """Problems in the shape of `Errors`."""
    told = [{"code": p.code, "place": p.place, "sentence": say(p, language)} for p in problems]
    return {"problems": told}


class BookOut(Schema):
    """The account: whose it is, and what it holds."""

    government: str
    year: int
    as_of: date | None
    entries: int
    version: int
    commitments: int
    claims: int
    findings: int


class ClaimOut(Schema):
    """A number of the text, as people settled it where they did (design of a reading: docs/accuracy.md)."""

    id: str
    start: int
    end: int
    number: str
    role: str
    section: str
    tense: str | None
    indicator: str | None
    measure: str | None
    value: str | None
    high: str | None
    unit: str | None
    comparator: str | None
    due: str | None


class ItemOut(Schema):
    """A work item under a commitment."""

    n: int
    head: str
    lead: str
    partners: list[str]
    leader: str
    due: str | None
    note: str


class AdjustmentOut(Schema):
    """A change of a target: when, to what, by which authority, why."""

    on: date
    value: str
    authority: str
    reason: str


class TargetOut(Schema):
    """An item's target: what counts now, and what it began with."""

    item: str
    value: str
    unit: str
    due: str
    original: str | None
    adjustments: list[AdjustmentOut]


class CommitmentOut(Schema):
    """A promise in the words of the report, its numbers and its work items."""

    id: str
    kind: str
    head: str
    text: str
    start: int
    end: int
    due: str | None
    section: str
    state: str
    claims: list[ClaimOut]
    items: list[ItemOut]
    targets: list[TargetOut]


class Page(Schema):
    """A part of a list: `total` are all that match, `items` those from `offset` on."""

    total: int
    offset: int


class CommitmentPage(Page):
    """Commitments."""

    items: list[CommitmentOut]


class ClaimPage(Page):
    """Claims."""

    items: list[ClaimOut]


class FindingOut(Schema):
    """Something wrong with the text itself."""

    id: str
    code: str
    level: str
    start: int
    end: int
    sentence: str


class LinkOut(Schema):
    """A result of the review and a target of the plan for the same indicator."""

    review: str
    plan: str
    movement: str
    reason: str


class EntryOut(Schema):
    """One entry of the ledger, with the seal over it and all before it."""

    seq: int
    at: str
    on: date
    actor: str
    kind: str
    account: str
    seal: str


class EntryPage(Page):
    """Entries, oldest first."""

    items: list[EntryOut]


class Decision(Schema):
    """One field of a claim as a person settles it; `value` null: the field has none."""

    model_config = ConfigDict(extra="forbid")

    field: str = Field(max_length=40, examples=["unit"])
    value: str | None = Field(max_length=400, examples=["万人"])
    reason: str = Field("", max_length=2000, examples=["核对原文"])
