"""All indicators of all packs for one month: over the demonstration's records, and over a hundred times as many.

Counted from nothing, the engine's own tables included, as the first recount after a start; then once more, as the
next one. The records are the packs' own examples.
"""

import time
from datetime import date

from msgspec.structs import replace as changed

from duban.actions.records import weigh_records
from duban.core.period import period
from duban.files.records import load_bytes, read_loaded
from duban.ledger import Book, Entry
from duban.packs import folder_of, packs
from duban.registers.indicator import reckon
from duban.registers.pack import Pack
from duban.table.choose import Engines

DAY, MONTH, TIMES = date(2024, 10, 20), period("2024-C09"), 100
BOUND = 2  # seconds for the demonstration's records


def filled() -> Book:
    """A book with every pack's example records."""
    book = Book()
    for pack in packs().values():
        for register in pack.in_order:
            file = folder_of(pack) / f"{register.name}.csv"
            if register.kind == "kept" and file.is_file():
                rows = read_loaded(file.name, load_bytes(file.name, file.read_bytes()), register).rows
                for account, body in weigh_records(book, "office", register, rows, DAY).writes:
                    book.apply(
                        Entry(book.seq + 1, "", DAY.isoformat(), "office", body.KIND, account, body, "")
                    )
    return book


def multiplied(book: Book, times: int) -> Book:
    """The book with so many copies of each record."""
    grown = book.copy()
    for name, shelf in book.registers.items():
        for copy in range(1, times):
            for id, state in shelf.items():
                twin = f"{id}·{copy}"
                grown.registers[name][twin] = changed(state, id=twin)
    return grown


def recounted(book: Book, engines: Engines) -> int:
    """Work every indicator out; returns how many have a figure."""
    return sum(_figures(book, engines, pack) for pack in packs().values())


def _figures(book: Book, engines: Engines, pack: Pack) -> int:
    found = (
        reckon(one, engines.of(book, pack.registered[one.register]), MONTH, DAY)[()]
        for one in pack.indicators
    )
    return sum(one.value is not None for one in found)


def timed(book: Book) -> tuple[float, float]:
    """Seconds of the first recount and of the next, of our own processor time."""
    engines, seconds = Engines(), []
    for _ in range(2):
        start = time.process_time()
        assert recounted(book, engines)
        seconds.append(time.process_time() - start)
    return seconds[0], seconds[1]


def main() -> None:
    """Print the figures."""
    book = filled()
    every = sum(len(pack.indicators) for pack in packs().values())
    large = multiplied(book, TIMES)
    counts = [sum(map(len, one.registers.values())) for one in (book, large)]
    first, again = timed(book)
    first_large, again_large = timed(large)
    print(
        f"{every} indicators over {counts[0]:,} records: {first * 1000:.0f} ms, again {again * 1000:.0f} ms (bound {BOUND} s)"
    )
    print(f"over {counts[1]:,} records: {first_large:.1f} s, again {again_large:.1f} s;"
          f" {first_large / first:.0f} and {again_large / again:.0f} times as long for {counts[1] / counts[0]:.0f} times as many")  # fmt: skip


if __name__ == "__main__":
    main()
