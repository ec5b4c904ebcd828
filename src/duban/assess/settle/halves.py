"""What two reports give to a settlement: the promises of the one, and the results in the review of the next."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Protocol

from duban.assess.settle.figures import Aim, Outcome
from duban.assess.settle.names import Names, shipped
from duban.assess.settle.pace import paced
from duban.read.model import Reading

_CLAUSE = re.compile(r"[，。；：、！？\n]")
_BEFORE = 60  # characters in which the clause of a figure begins; a longer one is looked at from there


class Number(Protocol):
    """A number of a text, read from it or from a book."""

    @property
    def id(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def sentence(self) -> str: ...
    @property
    def tense(self) -> str | None: ...
    @property
    def indicator(self) -> str | None: ...
    @property
    def measure(self) -> str | None: ...
    @property
    def value(self) -> Decimal | None: ...
    @property
    def high(self) -> Decimal | None: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def comparator(self) -> str | None: ...
    @property
    def due(self) -> str | None: ...
    @property
    def start(self) -> int: ...


class Promise(Protocol):
    """A commitment of a text, read from it or from a book."""

    @property
    def id(self) -> str: ...
    @property
    def head(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def claims(self) -> tuple[str, ...]: ...
    @property
    def due(self) -> str | None: ...
    @property
    def start(self) -> int: ...


def aims_of(reading: Reading) -> list[Aim]:
    """Every number promised for the year that the report plans, and every promise without a number, in text order."""
    return aims(reading.claims, reading.commitments, reading.outline.year or 0)


def aims(numbers: Iterable[Number], promises: Iterable[Promise], year: int) -> list[Aim]:
    """The same of the numbers and commitments of a year, wherever they are kept."""
    promises, names = list(promises), shipped()
    told = {claim: c for c in promises for claim in c.claims}
    found = [*_numbers(numbers, told, year)]
    answered = {aim.commitment for aim in found}
    for c in promises:
        if c.id not in answered:
            found += _step(c, year, names)
    return sorted(found, key=lambda aim: aim.start)


def _numbers(numbers: Iterable[Number], told: dict[str, Promise], year: int) -> Iterator[Aim]:
    for c in numbers:
        if c.role == "claim" and c.tense == "target" and c.indicator and c.value is not None:
            promise = told.get(c.id)
            text, commitment = (promise.text, promise.id) if promise else (c.sentence, c.id)
            yield Aim(c.id, c.indicator, c.measure or "", year, _due(c.due, year), c.value, c.high, c.unit or "",
                      c.comparator or "eq", text, c.start, commitment)  # fmt: skip


def _step(c: Promise, year: int, names: Names) -> list[Aim]:
    """A promise without a number that counts: growth in step with something, else a step."""
    due = _due(c.due, year)
    paced_ = list(paced(c.id, c.text, year, due, c.start, names))
    step = Aim(c.id, c.head, "event", year, due, comparator="", text=c.text, start=c.start, commitment=c.id)
    return paced_ or [step]


def _due(due: str | None, year: int) -> date:
    """The day, or the year's last where the text gives words."""
    try:
        return date.fromisoformat(due or "")
    except ValueError:
        return date(year, 12, 31)


def outcomes_of(reading: Reading, rank: int) -> list[Outcome]:
    """Every result that the review states, of the year before the one it plans."""
    year = (reading.outline.year or 0) - 1
    start, end, name = date(year, 1, 1), date(year, 12, 31), reading.source.name
    source, owner = titled(reading), (reading.outline.government or "").removesuffix("人民政府")
    review = [
        range(p.span.start, p.span.end) for p in reading.outline.paragraphs if p.section.part == "review"
    ]
    return [
        Outcome(c.id, _scoped(reading.source.text, c.start, c.indicator, owner), c.measure or "", end if c.measure in ("level", "rank") else start, end, c.value,
                c.unit or "", c.comparator or "eq", source, "", f"{c.section}@{c.start}", rank, file=name)
        for c in reading.claims
        if any(c.start in span for span in review) and c.role == "claim" and c.tense == "actual" and c.indicator and c.value is not None
    ]  # fmt: skip


def _scoped(text: str, start: int, indicator: str, owner: str) -> str:
    """The indicator with the larger place whose figure it is (全区绿色供电项目), where its clause names one."""
    before = _CLAUSE.split(text[max(0, start - _BEFORE) : start])[-1]
    scope = shipped().scope(before, owner)
    return scope + indicator if scope and scope not in indicator else indicator


def titled(reading: Reading) -> str:
    """The report as a source is named: its title with its year; the file's name where it has no title."""
    title, year = reading.outline.title, str(reading.outline.year or "")
    if not title:
        return reading.source.name
    return title if year in title else f"{year}年{title}"
