"""Lights: 5,000 items for one date; every month-end of ten years of a book. The floor only reads the figures."""

import tempfile
import time
from datetime import date

from benchmarks.texts import text_path
from duban.actions import open_account
from duban.assess.account import account_of
from duban.assess.lights import lights
from duban.assess.profile import shipped_profiles
from duban.core.period import grid
from duban.ledger import Book, BookKeeper, Store, open_store
from duban.ledger.moments import moments
from duban.read import load_source, read_source
from duban.simulate import simulate

DAY = date(2024, 12, 28)
ITEMS, YEARS, A_CITY = 5000, 10, 600


def simulated(place: str) -> Store:
    """The example with a year behind it."""
    from datetime import UTC, datetime

    store = open_store(place, create=True)
    now = datetime(2024, 1, 20, tzinfo=UTC)
    reading = read_source(load_source(text_path()))
    open_account(
        store,
        reading,
        government=reading.outline.government or "市",
        year=2024,
        actor="office",
        at=now,
        on=now.date(),
    )
    simulate(store, BookKeeper(store).book(), until=DAY)
    return store


def multiplied(book: Book, count: int) -> Book:
    """The book with its items and what was said about them copied until there are `count`."""
    grown, keys = book.copy(), list(book.items)
    for n in range(count - len(keys)):
        key = keys[n % len(keys)]
        twin = f"x{n}/{key}"
        grown.items[twin] = book.items[key]
        grown.tasks[twin] = book.tasks[key]
    return grown


def month_ends(store: Store) -> dict[date, Book]:
    """The books of the month-ends of the year, folded in one walk."""
    return moments(
        [posting for page in store.postings() for posting in page], [p.end for p in grid(2024, "month")]
    )


def timed(what, *args) -> float:
    """Seconds of the quickest of five runs, of our own processor time: what else the machine does is not counted."""
    found = []
    for _ in range(5):
        start = time.process_time()
        what(*args)
        found.append(time.process_time() - start)
    return min(found)


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as place:
        store = simulated(place)
        book = multiplied(BookKeeper(store).book(), ITEMS)
        floor = timed(lambda: [account_of(book, key) for key in book.items])
        for name in ("default", "ouhai"):
            seconds = timed(lights, book, DAY, shipped_profiles()[name])
            print(
                f"{ITEMS:,} lights, {name:<10} {seconds * 1000:>8.0f} ms  {seconds / floor:.2f} times reading the figures"
            )
        shown, folding, start = 0, 0.0, time.process_time()
        for _ in range(YEARS):
            begun = time.process_time()
            ends = {day: multiplied(end, A_CITY) for day, end in month_ends(store).items() if end.items}
            folding += time.process_time() - begun
            shown += sum(len(lights(end, day, shipped_profiles()["default"])) for day, end in ends.items())
        whole = time.process_time() - start
        print(
            f"month-ends of {YEARS} years  {whole:>8.2f} s   ({shown:,} lights of {A_CITY} items; {folding:.2f} s of it folding)"
        )
        store.close()


if __name__ == "__main__":
    main()
