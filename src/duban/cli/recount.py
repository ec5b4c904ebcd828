"""`duban recount`: registers post what they count for the items that are bound to their indicators."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from duban.cli.city import folder_of, settle
from duban.cli.output import today
from duban.core.problem import Problem, Refused

if TYPE_CHECKING:
    from duban.actions.context import Writes
    from duban.actions.recount import Engines
    from duban.core.period import Period
    from duban.ledger import Book
    from duban.registers.indicator import Indicator
    from duban.registers.register import Register


def mount(app: typer.Typer) -> None:
    """Add the command of this room."""
    app.command("recount", epilog="duban recount 账本 · duban recount 账本 --period 2024-C10 --yes")(recount)


def recount(
    book: Annotated[str, typer.Argument(help="账本文件夹或 postgresql:// 地址 folder or URL")] = "book",
    period: Annotated[
        str, typer.Option(help="期间，缺省为上月底为止的累计 2024-C10 · 2024-M05 · 2024-Q2 · 2024")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="记入账本 post the readings")] = False,
    actor: Annotated[str, typer.Option("--as", help="以谁的名义 in whose name")] = "office",
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="以哪一天计，缺省为今天 as of this day")
    ] = None,
) -> None:
    """重算：挂接了指标的事项，由台账记录算出数值；先列出，加 --yes 才记入。 Count anew what registers say of items."""
    from duban.actions.context import perform
    from duban.actions.recount import recount_items
    from duban.cli import locale
    from duban.ledger import BookKeeper, open_store
    from duban.ledger.book import require_book
    from duban.words import say

    keeper, day = BookKeeper(open_store(book)), on.date() if on else today()
    found = require_book(keeper.book(), book)
    settle(book)
    if not found.bound:
        print(say(Problem("recount.nothing_bound"), locale()))
        return
    when = period_of(period, day)
    writes, missing = recount_items(found, actor, when, day, named, engines(found, book))
    for problem in missing:
        print(say(problem, locale()))
    _show(found, writes)
    if not yes or not writes:
        print("写入请加 --yes　write with --yes" if writes else f"{when.code} 与账本一致 nothing to write")
        return
    done = perform(keeper, lambda now: recount_items(now, actor, when, day, named, engines(now, book))[0], actor=actor,
                   at=datetime.now(UTC), on=day)  # fmt: skip
    print(f"已记入 {len(done)} 条数值 readings posted")


def period_of(text: str, day: date) -> "Period":
    """The period that is named, or the months of the year that are over. Raises `Refused`."""
    from duban.actions.recount import last_months
    from duban.core.period import parse

    try:
        found = parse(text, day.year) if text else last_months(day)
    except ValueError:
        found = None
    if found is None:
        raise Refused(Problem("recount.period_wrong", data={"period": text or day.isoformat()}))
    return found


def named(name: str) -> "tuple[Register, Indicator] | None":
    """The indicator of this name and its register, of whatever pack."""
    from duban.packs import indicator_named

    found = indicator_named(name)
    return (found[0].registered[found[1].register], found[1]) if found else None


def engines(book: "Book", location: str) -> "Engines":
    """What counts the registers of this book; a fed one's rows are in the lake of its folder."""
    from duban.table.choose import Engines as Chosen

    chosen = Chosen(folder_of(location))
    return lambda register: chosen.of(book, register)


def _show(book: "Book", writes: "Writes") -> None:
    """The readings that would be posted, beside what the register said last."""
    from duban.cli.records_shown import show_table

    heads = ("事项 item", "指标 indicator", "期间 period", "原为 before", "数值 value", "记录 records")
    lines = []
    for account, body in writes:
        key = account.partition("/")[2]
        task = book.tasks.get(key)
        before = (
            [
                r.body.value
                for r in task.readings
                if (r.body.source, r.body.period) == (body["source"], body["period"])
            ]
            if task
            else []
        )
        shown = f"{before[-1]:f}" if before else ""
        item = f"{key} {book.items[key].item.head}"
        count = body["reference"].partition("·")[0]
        lines.append((item, body["source"], body["period"], shown, f"{body['value']:f}", count))
    show_table(heads, lines)
