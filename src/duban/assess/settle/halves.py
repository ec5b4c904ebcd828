"""What two reports give to a settlement: the promises of the one, and the results in the review of the next."""

from collections.abc import Iterator
from datetime import date

from duban.assess.settle.figures import Aim, Outcome
from duban.read.model import Reading


def aims_of(reading: Reading) -> list[Aim]:
    """Every number promised for the year that the report plans, and every promise without a number, in text order."""
    year = reading.outline.year or 0
    return sorted([*_numbers(reading, year), *_steps(reading, year)], key=lambda aim: aim.start)


def _numbers(reading: Reading, year: int) -> Iterator[Aim]:
    told = {claim: c.text for c in reading.commitments for claim in c.claims}
    for c in reading.claims:
        if c.role == "claim" and c.tense == "target" and c.indicator and c.value is not None:
            text = told.get(c.id, c.sentence)
            yield Aim(c.id, c.indicator, c.measure or "", year, _due(c.due, year), c.value, c.high, c.unit or "",
                      c.comparator or "eq", text, c.start)  # fmt: skip


def _steps(reading: Reading, year: int) -> Iterator[Aim]:
    for c in reading.commitments:
        if not c.claims:
            yield Aim(
                c.id, c.head, "event", year, _due(c.due, year), comparator="", text=c.text, start=c.start
            )


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
    review = [
        range(p.span.start, p.span.end) for p in reading.outline.paragraphs if p.section.part == "review"
    ]
    return [
        Outcome(c.id, c.indicator, c.measure or "", end if c.measure in ("level", "rank") else start, end, c.value,
                c.unit or "", c.comparator or "eq", name, "", f"{c.section}@{c.start}", rank)
        for c in reading.claims
        if any(c.start in span for span in review) and c.role == "claim" and c.tense == "actual" and c.indicator and c.value is not None
    ]  # fmt: skip
