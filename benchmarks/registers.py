"""Registers at scale: three rates of 50,000,000 cases beside peers, growth, a feed of 5,000,000 rows, a month's recount.

`DUBAN_BENCH_ROWS` sets how many cases there are; files stand in a temporary folder and are removed.
"""

import os
import resource
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from importlib.resources import as_file, files
from pathlib import Path

from msgspec.structs import replace

from benchmarks.hotline_rows import FED, write_csv, write_parquet
from benchmarks.register_peers import peers
from duban.actions.records import put_record
from duban.core.period import period
from duban.core.problem import Refused
from duban.files.records.read import read_records
from duban.intake import Feeder
from duban.ledger import BookKeeper, Entry, open_store
from duban.ledger.book import Book
from duban.packs import packs
from duban.packs.hotline import PACK
from duban.registers.indicator import reckon_all
from duban.registers.pack import Pack
from duban.table.choose import Engines
from duban.table.engine import Table, duckdb, over_parquet
from duban.words import say

ROWS = int(os.environ.get("DUBAN_BENCH_ROWS", "50000000"))
GROWTH = (1, 5, 10, 25, 50, 100)  # millions of rows
PEERS, FEED = 2_000_000, 5_000_000
RATES = [PACK.indicated[f"archive_{name}"] for name in ("response", "resolution", "satisfaction")]
YEAR, MONTH, DAY = period("2024"), period("2024-M10"), date(2024, 12, 31)


def peak() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def rates(engine: Table) -> object:
    """The three rates of the year by district and month, in one question."""
    return reckon_all(RATES, engine, YEAR, DAY, ("district", "received_on.month"))


def best(of: Callable[[], object], times: int = 3) -> tuple[float, float]:
    """Seconds by the clock and of processor time, of the quickest run."""
    found = []
    for _ in range(times):
        start, spent = time.perf_counter(), time.process_time()
        of()
        found.append((time.perf_counter() - start, time.process_time() - spent))
    return min(found)


def large(folder: Path) -> None:
    """The three rates, as the register grows; two copies of one file stand for more rows than there are."""
    sizes = {}
    for millions in (size for size in GROWTH if size * 1_000_000 <= ROWS):
        sizes[millions] = folder / f"{millions}.parquet"
        write_parquet(sizes[millions], millions * 1_000_000)
    parts = {millions: [path] for millions, path in sizes.items()}
    parts[2 * max(sizes)] = [sizes[max(sizes)]] * 2
    for millions, paths in parts.items():
        engine = over_parquet(FED, *paths, connection=duckdb(memory="3GB", threads=2))
        wall, spent = best(lambda engine=engine: rates(engine))
        size = sum(path.stat().st_size for path in paths) / 1e6
        print(f"{millions:>4} million rows, 3 rates by district × month  {wall:>6.2f} s  "
              f"({spent:.2f} s of processor, {size:,.0f} MB of Parquet, {peak():,.0f} MB of memory)", flush=True)  # fmt: skip
    for path in sizes.values():
        path.unlink()


def beside(folder: Path) -> None:
    """The same question to the same rows by pandas, SQLite and PostgreSQL, as ratios."""
    path = folder / "peers.parquet"
    write_parquet(path, PEERS)
    engine = over_parquet(FED, path, connection=duckdb(memory="3GB", threads=2))
    own, _ = best(lambda: rates(engine))
    print(f"{PEERS:,} rows, duban on DuckDB  {own * 1000:>8.0f} ms")
    for name, ask in peers(path, folder):
        told, _ = best(ask)
        print(f"{PEERS:,} rows, {name:<16} {told * 1000:>8.0f} ms  {told / own:>5.1f} × as long", flush=True)


def feeding(folder: Path) -> None:
    """A CSV file of five million rows with all checks, and again when nothing changes."""
    path, book = folder / "cases.csv", folder / "book"
    write_csv(path, FEED)
    book.mkdir()
    keeper = BookKeeper(open_store(book, create=True))
    feeder = Feeder(keeper, book, "office", datetime(2025, 1, 2, tzinfo=UTC), date(2025, 1, 2), say)
    for _ in range(2):
        start, spent = time.perf_counter(), time.process_time()
        fed = feeder.file(FED, path)
        wall, spent = time.perf_counter() - start, time.process_time() - spent
        print(f"{FEED:,} rows of {path.stat().st_size / 1e6:,.0f} MB fed: {fed.state:<6} {wall:>6.1f} s  {FEED / wall:>10,.0f} a second  "
              f"({FEED / spent:,.0f} a second of processor, {peak():,.0f} MB of memory)", flush=True)  # fmt: skip
    keeper.store.close()
    path.unlink()


def example_book(pack: Pack) -> Book:
    """The pack's examples as records; a row that waits for something of the pack's acts is left out."""
    book = Book()
    for register in pack.in_order:
        if register.kind == "fed":
            continue  # another system has its records: no entries of the ledger
        with as_file(files(f"duban.packs.{pack.name}") / f"{register.name}.csv") as path:
            told = read_records(path, register).rows if path.is_file() else []
        for one in told:
            with suppress(Refused):
                for account, body in put_record(book, "office", register, one, DAY):
                    book.apply(
                        Entry(book.seq + 1, "", DAY.isoformat(), "office", body.KIND, account, body, "")
                    )
    return book


def multiplied(book: Book, times: int) -> Book:
    """The book with each record so many times."""
    grown = book.copy()
    for name, shelf in book.registers.items():
        for state in list(shelf.values()):
            for n in range(1, times):
                grown.registers[name][f"{state.id}#{n}"] = replace(state, id=f"{state.id}#{n}")
        grown.registers.note(name)
    return grown


def recount(engines: Engines, books: dict[str, Book]) -> int:
    """All indicators of all packs for one month; gives how many."""
    done = 0
    for name, book in books.items():
        pack = packs()[name]
        for register in pack.registers:
            asked = [one for one in pack.indicators if one.register == register.name]
            if asked:
                done += len(reckon_all(asked, engines.of(book, register), MONTH, MONTH.end))
    return done


def recounts() -> None:
    """Over the packs' examples, and over a hundred times as many records."""
    books = {name: example_book(pack) for name, pack in packs().items()}
    seconds = {}
    for times in (1, 10, 100):
        grown = {name: multiplied(book, times) for name, book in books.items()}
        records = sum(len(shelf) for book in grown.values() for shelf in book.registers.values())
        engines = Engines(memory="3GB")
        first, _ = best(lambda engines=engines, grown=grown: recount(engines, grown), 1)
        again, _ = best(lambda engines=engines, grown=grown: recount(engines, grown))
        seconds[times] = first
        print(f"recount of {recount(engines, grown)} indicators over {records:>7,} records  {first:>6.2f} s, again {again:.2f} s  "
              f"{first / seconds[1]:>5.1f} × the time for {times} × the records", flush=True)  # fmt: skip


def main() -> None:
    """Print the figures."""
    recounts()
    with tempfile.TemporaryDirectory() as place:
        feeding(Path(place))
    with tempfile.TemporaryDirectory() as place:
        beside(Path(place))
        large(Path(place))


if __name__ == "__main__":
    main()
