"""What became of the files of a fed register: how old its records are, the batches, and the rows that were refused."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from duban.actions.feeds import Freshness, freshness
from duban.core.rights import Thing, may
from duban.ledger.year.dated import Dated
from duban.ledger.year.records import FeedHeld, FeedTaken
from duban.registers.register import Register
from duban.table.lake import Lake
from duban.web.registers.sight import Sight

VINTAGES = 12  # the latest first


@dataclass(frozen=True, slots=True)
class Feed:
    """The last batches, the latest first, how old they are, and what waits; whether the reader takes feeds, and has the report."""

    age: Freshness
    last: Dated[FeedTaken] | None
    every: tuple[Dated[FeedTaken], ...]
    held: Dated[FeedHeld] | None
    feeds: bool
    report: bool


def of(sight: Sight, register: Register) -> Feed:
    """The feeds of a register as the reader's book has them."""
    every = sight.book.feeds.get(register.name, ())
    last = every[-1] if every else None
    takes = bool(may(sight.who, "feed.take", Thing(f"feed/{register.name}")))
    there = last is not None and last.body.refused > 0 and report_of(register, last).is_file()
    return Feed(
        freshness(sight.book, register, sight.day), last, every[::-1][:VINTAGES], sight.book.held.get(register.name),
        takes, takes and there,
    )  # fmt: skip


def plain(sight: Sight, register: Register) -> dict[str, Any] | None:
    """The last batch as JSON; None before the first."""
    told = of(sight, register)
    if told.last is None:
        return None
    body = told.last.body
    return {
        "vintage": body.vintage, "fed_on": told.last.on, "rows": body.rows, "refused": body.refused,
        "days": told.age.days, "days_stale": told.age.stale,
    }  # fmt: skip


def report_of(register: Register, last: Dated[FeedTaken]) -> Path:
    """Where the rows of a batch that were refused are written down."""
    return Lake.beside(settings.FOLDER).refused(register.name, last.body.sha256)
