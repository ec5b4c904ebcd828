"""Folding: entries a second, a large book opened, catching up; the floor is only decoding the rows."""

import sys
import tempfile
import time

from duban.ledger import BookKeeper, Draft, Store, open_store
from duban.ledger.bodies import AccountOpened, ClaimDecided, ClaimRead
from duban.ledger.entries import DECODERS

STAMP = ("2026-01-12T08:00:00.000Z", "2026-01-12", "office")


def drafts(first: int, count: int) -> list[Draft]:
    """A year's mixture: claims read, then decided upon."""
    made = []
    for n in range(first, first + count):
        name = f"c{n // 4:09}"
        body = (
            ClaimDecided("unit", "个", "", "家")
            if n % 4
            else ClaimRead(1, name, n, n + 2, "12", "claim", indicator="新增企业")
        )
        made.append(Draft(*STAMP, f"claim/{name}", body))
    return made


def catch_up(store: Store, keeper: BookKeeper, first: int) -> float:
    """Seconds to bring the book up to date after ten more entries."""
    store.append(drafts(first, 10))
    start = time.perf_counter()
    keeper.book()
    return time.perf_counter() - start


def main(count: int = 1_000_000) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as place:
        store = open_store(place, create=True)
        store.append([Draft(*STAMP, "book", AccountOpened("云川市", 2026))])
        start = time.perf_counter()
        for first in range(0, count, 20_000):
            store.append(drafts(first, min(20_000, count - first)))
        print(f"append              {count / (time.perf_counter() - start):>11,.0f} entries/s")
        start = time.perf_counter()
        for page in store.postings():
            for posting in page:
                DECODERS[posting[4]](posting[6])
        floor = time.perf_counter() - start
        keeper = BookKeeper(store)
        start = time.perf_counter()
        keeper.book()
        opened = time.perf_counter() - start
        caught = sorted(catch_up(store, keeper, count + 10 * n) for n in range(9))
        store.close()
    print(f"rows decoded only   {count / floor:>11,.0f} entries/s  (the floor)")
    print(
        f"book opened         {count / opened:>11,.0f} entries/s  {opened:.2f} s for {count:,}, {opened / floor:.2f} times the floor"
    )
    print(
        f"caught up by 10     {caught[4] * 1000:>11.1f} ms  (median of 9, longest {caught[-1] * 1000:.1f} ms)"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
