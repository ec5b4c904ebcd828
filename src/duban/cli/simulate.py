"""`duban simulate`: a year made up by a seeded program, for looking, testing and load."""

import sys
from datetime import date, datetime
from typing import Annotated

import typer

from duban.core.problem import Problem, Refused


def mount(app: typer.Typer) -> None:
    """Add the command of this room."""
    app.command("simulate", epilog="duban simulate 账本 --until 2024-10-20 --units 160 --seed 7")(simulate)


def simulate(
    book: Annotated[str, typer.Argument(help="账本文件夹或 postgresql:// 地址 folder or URL")] = "book",
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="演到哪一天，缺省为当年10月20日")
    ] = None,
    seed: Annotated[int, typer.Option(help="同一种子得同样的账 the same seed, the same entries")] = 1,
    units: Annotated[int, typer.Option(min=0, max=2000, help="另加多少个报送单位 more reporting units")] = 0,
    field_seconds: Annotated[
        int, typer.Option(min=1, max=600, help="假定每填一栏要几秒 assumed seconds a field")
    ] = 40,
    records: Annotated[
        bool, typer.Option("--records/--no-records", help="也填各系统的台账 fill the systems' registers too")
    ] = False,
) -> None:
    """模拟一年：单位、报送、签批、统计、异议；账里和每一页都注明是模拟。 A simulated year, marked for good."""
    day = until.date() if until else None
    print(played(book, day, seed, units, field_seconds, records=records))


def played(
    location: str,
    until: date | None,
    seed: int = 1,
    units: int = 0,
    field_seconds: int = 40,
    *,
    records: bool,
) -> str:
    """Simulate on the book at `location` and say what was written. Raises `Refused` for a book in use."""
    from duban.ledger import BookKeeper, open_store
    from duban.ledger.book import require_book
    from duban.simulate import simulate as play

    store = open_store(location)
    book = require_book(BookKeeper(store).book(), location)
    if book.units or book.tasks or book.items or book.people:
        raise Refused(Problem("cli.in_use", location))
    until = until or date(book.year, 10, 20)
    if until.year != book.year:
        raise Refused(Problem("cli.other_year", until.isoformat(), {"year": book.year}))
    with _bar(book.year, until) as tell:
        told = play(
            store, book, seed=seed, until=until, units=units, field_seconds=field_seconds, records=records,
            progress=tell,
        )  # fmt: skip
    store.close()
    said = f"模拟 simulated {until} · 事项 items {told.items} · 报送 filings {told.filings} · 记账 entries {told.entries}"
    if (filled := told.filled) is None:
        return said
    counts = (
        f"台账 records {filled.records} · 挂接 items bound {filled.bound} · 台账数 readings {filled.readings}"
    )
    rows = _fed(location, until)
    return f"{said}\n{counts} · 导入 rows fed {rows}" if rows else f"{said}\n{counts}"


def _fed(location: str, until: date) -> int:
    """Feed the packs' example files of other systems, on the last day; gives how many rows there are: none without the extra `table`."""
    from duban.cli.city import folder_of
    from duban.ledger import open_store
    from duban.simulate.fed import fed_examples
    from duban.words import say

    store = open_store(location)
    rows = fed_examples(store, folder_of(location), until, say)
    store.close()
    return rows


def _bar(year: int, until: date):  # type: ignore[no-untyped-def]
    """A progress bar over the days, on a terminal; a context that gives the function to tell a day to."""
    from contextlib import contextmanager

    from rich.console import Console
    from rich.progress import Progress

    begin = date(year, 1, 1)

    @contextmanager
    def shown():  # type: ignore[no-untyped-def]
        with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as bar:
            task = bar.add_task("模拟 simulating", total=(until - begin).days)
            yield lambda day: bar.update(task, completed=(day - begin).days)

    return shown()
