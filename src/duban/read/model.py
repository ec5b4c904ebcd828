"""What a reading of a work report consists of: values only, no behaviour.

They are made by the thousand, so they are structs, which are made four times as fast as frozen dataclasses; none is
part of a cycle, so the collector of cycles may pass them by (`gc=False`).
"""

from array import array
from collections.abc import Mapping
from decimal import Decimal

import msgspec

from duban.core.problem import Problem
from duban.core.span import Span


class Source(msgspec.Struct, frozen=True, gc=False):
    """A file as decoded. All offsets in a reading count characters of `text`."""

    name: str
    text: str
    kind: str
    sha256: str
    problems: tuple[Problem, ...] = ()


class Clean(msgspec.Struct, frozen=True, gc=False):
    """The text with its layout mended: one line per paragraph.

    Clean character `i` came from source character `offsets[i]`; `len(offsets) == len(text) + 1`.
    """

    text: str
    offsets: "array[int]"

    def source(self, span: Span) -> Span:
        """The source span that a clean span came from."""
        return Span(*self.place(span.start, span.end))

    def place(self, start: int, end: int) -> tuple[int, int]:
        """(start, end) in the source of the clean characters from `start` to `end`."""
        first = self.offsets[start]
        return first, (self.offsets[end - 1] + 1 if end > start else first)


class Section(msgspec.Struct, frozen=True, gc=False):
    """Where a sentence stands. `action_no` counts by order, so a number printed twice still differs.

    `horizon` is the last year of a plan for many years, 0 where the section plans one year or none.
    """

    part: str = "head"
    part_label: str = ""
    action_no: int = 0
    action_label: str = ""
    action_title: str = ""
    work_no: int = 0
    work_title: str = ""
    label: str = "题头"
    horizon: int = 0


class Paragraph(msgspec.Struct, frozen=True, gc=False):
    """One paragraph; `kind` is title, heading or body."""

    span: Span
    clean: Span
    text: str
    kind: str
    section: Section


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """One sentence of a paragraph, in clean characters."""

    clean: Span
    text: str
    paragraph: int
    section: Section


class Outline(msgspec.Struct, frozen=True, gc=False):
    """The document's frame: whose it is, which year it plans, and where every sentence stands."""

    government: str | None
    year: int | None
    title: str
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]


class Claim(msgspec.Struct, frozen=True, gc=False):
    """One number token. Fields from `tense` on are None unless `role` is "claim"."""

    id: str
    start: int
    end: int
    number: str
    role: str
    section: str
    sentence: str
    tense: str | None = None
    indicator: str | None = None
    measure: str | None = None
    value: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    comparator: str | None = None
    due: str | None = None
    rules: Mapping[str, str] = msgspec.field(default_factory=dict)
    confidence: Mapping[str, float] = msgspec.field(default_factory=dict)


class Commitment(msgspec.Struct, frozen=True, gc=False):
    """One promise as the text words it; `claims` are the ids of the numbers in it."""

    id: str
    kind: str
    head: str
    start: int
    end: int
    text: str
    claims: tuple[str, ...]
    due: str | None
    section: str
    action_no: int
    action: str
    work: str
    rules: Mapping[str, str] = msgspec.field(default_factory=dict)
    confidence: Mapping[str, float] = msgspec.field(default_factory=dict)


class Finding(msgspec.Struct, frozen=True, gc=False):
    """Something wrong with the text itself, or a promise that nobody could verify."""

    id: str
    code: str
    start: int
    end: int
    data: Mapping[str, str | int] = msgspec.field(default_factory=dict)
    level: str = "warning"


class Link(msgspec.Struct, frozen=True, gc=False):
    """A result of the review and a target of the plan that speak of the same indicator."""

    review: str
    plan: str
    movement: str
    reason: str


class Reading(msgspec.Struct, frozen=True, gc=False):
    """All that was read from one source."""

    source: Source
    clean: Clean
    outline: Outline
    claims: tuple[Claim, ...]
    commitments: tuple[Commitment, ...]
    findings: tuple[Finding, ...]
    links: tuple[Link, ...]
    problems: tuple[Problem, ...] = ()
