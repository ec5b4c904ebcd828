"""A month's end: 500 signed-in users read (70 %), report (25 %) and export (5 %), on SQLite and on PostgreSQL.

The rate is raised until the 95th percentile of pages passes 150 ms or that of submits 300 ms; the highest rate
that held is printed. Then the server is killed at random during the load, again and again, and every
acknowledged submit is looked for in the ledger.
"""

import asyncio
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.ledger.databases import running

from benchmarks.city import City, build
from benchmarks.users import Tally, Users, Wish, wishes
from duban.ledger import BookKeeper, open_store

UNITS, USERS = 160, 500  # the units beside the lexicon's departments make about 200
PAGE_MS, SUBMIT_MS = 150, 300
RATES = (5, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100)
SECONDS, KILLS = 20, 50


def highest(city: City, users: Users, mix: Iterator[Wish], seconds: float = SECONDS) -> list[dict[str, str]]:
    """Raise the rate while it holds; print each step. Returns the acknowledged submits."""
    acknowledged: list[dict[str, str]] = []
    held = 0.0
    for rate in RATES:
        tally = asyncio.run(users.load(mix, rate, seconds))
        acknowledged += tally.acknowledged
        print(f"  {rate:>4}/s  {told(tally)}", flush=True)
        if tally.faults or tally.percentile("page") > PAGE_MS or tally.percentile("submit") > SUBMIT_MS:
            break
        held = rate
    print(f"  highest rate that holds: {held:.0f} requests a second ({held * 3600:,.0f} an hour)")
    return acknowledged


def told(tally: Tally) -> str:
    """One line of a step's figures."""
    parts = [
        f"{kind} n={len(tally.times[kind])} p50 {tally.percentile(kind, 0.5):.0f} p95 {tally.percentile(kind):.0f} ms"
        for kind in tally.times
    ]
    return (
        " · ".join(parts)
        + f" · faults {len(tally.faults)}"
        + (f" {tally.faults[:3]}" if tally.faults else "")
    )


def lost(location: str, acknowledged: list[dict[str, str]]) -> list[dict[str, str]]:
    """The acknowledged submits that the ledger does not hold; it must verify too."""
    store = open_store(location)
    verdict = store.verify()
    book = BookKeeper(store).book()
    store.close()
    there = {
        (key, filing.opened.body.period, filing.opened.body.progress)
        for key, task in book.tasks.items()
        for filing in task.filings.values()
    }
    print(f"  ledger of {verdict.entries:,} entries {'verifies' if verdict.ok else 'IS BROKEN'}")
    return [f for f in acknowledged if (f["item"], f["period"], f["progress"]) not in there]


def killed(
    city: City, users: Users, mix: Iterator[Wish], kills: int = KILLS, rate: float = 20
) -> list[dict[str, str]]:
    """Kill the server at a random moment of the load, start it again, and so on. Returns the acknowledged submits."""
    chance, acknowledged = random.Random(9), []
    for _ in range(kills):
        acknowledged += asyncio.run(
            _until_killed(city, users, mix, chance.uniform(0.2, 1.5), rate)
        ).acknowledged
        city.start()
        users.url = f"http://127.0.0.1:{city.port}"
    return acknowledged


async def _until_killed(city: City, users: Users, mix: Iterator[Wish], after: float, rate: float) -> Tally:
    load = asyncio.create_task(users.load(mix, rate, after + 0.3))
    await asyncio.sleep(after)
    city.kill()
    return await load


def run(name: str, location: str, folder: Path) -> None:
    """Both trials on one database."""
    print(f"{name}:")
    build(location, UNITS)
    city = City(location, folder)
    sessions = city.sessions()
    book = BookKeeper(open_store(location)).book()
    people = random.Random(5).choices(sorted(sessions), k=USERS)
    print(
        f"  {len(book.commitments)} commitments, {len(book.items)} items, {len(book.units)} units, {USERS} users of {len(sessions)} accounts, {book.seq:,} entries"
    )
    city.start()
    try:
        users, mix = Users(city.port, sessions), wishes(book, people, 1)
        asyncio.run(users.load(mix, 5, 4))  # warm the caches
        acknowledged = highest(city, users, mix)
        start = time.perf_counter()
        acknowledged += killed(city, users, mix)
        print(f"  killed {KILLS} times in {time.perf_counter() - start:.0f} s")
    finally:
        city.kill()
    gone = lost(location, acknowledged)
    print(f"  acknowledged submits {len(acknowledged):,}, lost {len(gone)}")
    if gone:
        raise SystemExit(f"lost: {gone[:3]}")


def main() -> None:
    """Print the figures of both databases; fails where anything acknowledged was lost."""
    with tempfile.TemporaryDirectory() as place:
        run("SQLite", f"{place}/book", Path(place) / "book")
    with running() as server, tempfile.TemporaryDirectory() as place:
        if server is None:
            print("PostgreSQL: no server on this machine")
        else:
            run("PostgreSQL", f"{server}/postgres", Path(place))


if __name__ == "__main__":
    main()
