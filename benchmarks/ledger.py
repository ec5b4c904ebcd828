"""Folding: entries a second, a large book opened, catching up; on SQLite and on PostgreSQL.

The floor of each is the loop that only fetches and decodes the rows. Rates are of this process's own time on one
core; seconds and milliseconds are what a person waits. `reading` is what people decide of a text;
`year` is what a running year writes: filings with their countersignatures and acceptances, and statistics.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal

from tests.ledger.databases import running

from duban.ledger import Body, BookKeeper, Draft, Store, open_store
from duban.ledger.bodies import AccountOpened, ClaimDecided, ClaimRead
from duban.ledger.entries import DECODERS
from duban.ledger.year.filings import FilingAccepted, FilingCountersigned, FilingSubmitted, ReadingPosted

STAMP = ("2026-01-12T08:00:00.000Z", "2026-01-12", "office")
BATCH = 20_000
Mixture = Callable[[int], tuple[str, Body]]


def reading(n: int) -> tuple[str, Body]:
    """A claim read, then decided upon three times."""
    name = f"c{n // 4:09}"
    if n % 4:
        return f"claim/{name}", ClaimDecided("unit", "个", "", "家")
    return f"claim/{name}", ClaimRead(1, name, n, n + 2, "12", "claim", indicator="新增企业")


def year(n: int) -> tuple[str, Body]:
    """Twelve filings of an item, each countersigned and accepted, and a figure of the statistics beside it."""
    month, step = n // 4 % 12 + 1, n % 4
    period = f"2026-C{month:02}"
    words = "已完成选址和初步设计，正在办理用地手续。"
    bodies: tuple[Body, ...] = (
        FilingSubmitted(period, Decimal(n % 97), n=month, unit_code="U12", progress=words, asked=4, known=2),
        FilingCountersigned(month),
        FilingAccepted(month),
        ReadingPosted(period, Decimal(n % 97), source="统计局"),
    )
    return f"item/A1.1-{n // 48:06}/1", bodies[step]


def drafts(mixture: Mixture, first: int, count: int) -> list[Draft]:
    """Entries `first` to `first + count` of a mixture."""
    return [Draft(*STAMP, *mixture(n)) for n in range(first, first + count)]


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of this process's own time, and seconds by the clock."""
    start, clock = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - start, time.perf_counter() - clock


def fill(store: Store, mixture: Mixture, count: int) -> None:
    """Append `count` entries in batches."""
    for first in range(0, count, BATCH):
        store.append(drafts(mixture, first, min(BATCH, count - first)))


def decode(store: Store) -> None:
    """The floor: fetch and decode every row, keep nothing."""
    for page in store.postings():
        for posting in page:
            DECODERS[posting[4]](posting[6])


def catch_up(store: Store, keeper: BookKeeper, mixture: Mixture, first: int) -> float:
    """Seconds to bring the book up to date after ten more entries."""
    store.append(drafts(mixture, first, 10))
    return timed(keeper.book)[1]


def measure(store: Store, mixture: Mixture, count: int) -> None:
    """Fill the ledger with `count` entries, open its book, catch up; print a line each."""
    store.append([Draft(*STAMP, "book", AccountOpened("云川市", 2026))])
    appended, _ = timed(lambda: fill(store, mixture, count))
    floor, _ = timed(lambda: decode(store))
    keeper = BookKeeper(store)
    opened, waited = timed(keeper.book)
    caught = [1000 * catch_up(store, keeper, mixture, count + 10 * n) for n in range(9)]
    print(f"  append            {count / appended:>11,.0f} entries/s")
    print(f"  rows decoded only {count / floor:>11,.0f} entries/s  (the floor)")
    print(
        f"  book opened       {count / opened:>11,.0f} entries/s  {opened / floor:.2f} × the floor, {waited:.2f} s"
    )
    print(f"  caught up by 10   {caught[0]:>11.2f} ms the first time, longest of 9 {max(caught):.2f} ms")


def main(count: int = 1_000_000) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as place, running() as server:
        for mixture in (reading, year):
            addresses = [("SQLite", f"{place}/{mixture.__name__}", count)]
            if server:
                import psycopg

                with psycopg.connect(f"{server}/postgres", autocommit=True) as db:
                    db.execute(f"CREATE DATABASE {mixture.__name__}")
                addresses.append(("PostgreSQL", f"{server}/{mixture.__name__}", count // 5))
            for database, address, entries in addresses:
                print(f"{mixture.__name__}, {database}, {entries:,} entries")
                with closing(open_store(address, create=True)) as store:
                    measure(store, mixture, entries)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
