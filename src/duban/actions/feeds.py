"""Files of other systems become the next vintage of a fed register, or wait for a person where they look wrong."""

from dataclasses import dataclass
from datetime import date

from duban.actions.context import Writes, refused, require, words
from duban.core.rights import Thing
from duban.ledger import Book
from duban.ledger.year.records import FeedHeld, FeedTaken
from duban.registers.register import Register

SHRUNK = (
    2  # a file with fewer than one row in this many of the last vintage is held: a feed that halved overnight
)


def next_vintage(book: Book, register: Register) -> int:
    """The number of the register's next vintage."""
    return len(book.feeds.get(register.name, ())) + 1


def taken_before(book: Book, register: Register, sha256: str) -> bool:
    """Whether the latest vintage is this very file: feeding it again changes nothing."""
    vintages = book.feeds.get(register.name, ())
    return bool(vintages) and vintages[-1].body.sha256 == sha256


@dataclass(frozen=True, slots=True)
class Freshness:
    """When a register was last fed, how many days ago, and by how many of them its figures are stale (0: fresh)."""

    fed_on: date | None
    days: int = 0
    stale: int = 0


def freshness(book: Book, register: Register, day: date) -> Freshness:
    """How old a fed register's figures are on a day; one that says no limit never gets stale."""
    vintages = book.feeds.get(register.name, ())
    if not vintages:
        return Freshness(None)
    fed = date.fromisoformat(vintages[-1].on)
    days = (day - fed).days
    return Freshness(fed, days, max(0, days - register.fresh) if register.fresh else 0)


def take_feed(
    book: Book, username: str, register: Register, *, name: str, sha256: str, rows: int, refused_rows: int,
    accepted: str = "",
) -> Writes:  # fmt: skip
    """Make a checked file the next vintage; one that lost half of its rows is held unless a reason is given.

    `accepted` is the person's reason for taking it as it is. The same file again adds nothing.
    """
    place = f"feed/{register.name}"
    require(book, username, "feed.take", Thing(place))
    if register.kind != "fed":
        raise refused("feed.not_fed", place)
    if taken_before(book, register, sha256):
        return []
    reason = words(accepted, "reason", place, required=False)
    vintages = book.feeds.get(register.name, ())
    before = vintages[-1].body.rows if vintages else 0
    if rows * SHRUNK < before and not reason:
        held = book.held.get(register.name)
        if held and held.body.sha256 == sha256:
            return []
        return [(place, FeedHeld(name, sha256, rows, before, "shrunk"))]
    return [(place, FeedTaken(len(vintages) + 1, name, sha256, rows, refused_rows, accepted=reason))]
