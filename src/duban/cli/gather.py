"""`duban gather`: the figures that lower governments' books grant are taken into the upper one's."""

from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from duban.cli.output import today

if TYPE_CHECKING:
    from duban.actions.context import Writes
    from duban.actions.ties import Seals
    from duban.ledger import Book, Store


def mount(app: typer.Typer) -> None:
    """Add the command of this room."""
    app.command("gather", epilog="duban gather 市账本 区账本 · duban gather books/baotou books --yes")(gather)


def gather(
    book: Annotated[str, typer.Argument(help="上级账本 the upper government's book")],
    lower: Annotated[
        list[str], typer.Argument(help="下级账本，或装有多个账本的文件夹 lower books, or a folder of them")
    ],
    yes: Annotated[bool, typer.Option("--yes", help="记入账本 take the figures")] = False,
    actor: Annotated[str, typer.Option("--as", help="以谁的名义 in whose name")] = "office",
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="以哪一天计，缺省为今天 as of this day")
    ] = None,
) -> None:
    """汇集：双方都已对接的事项，取下级账本里已认定的数；先列出，加 --yes 才记入。 Take what lower books grant."""
    from duban.actions.context import perform
    from duban.actions.ties import gathered
    from duban.cli import locale
    from duban.ledger import BookKeeper, open_store
    from duban.ledger.book import require_book
    from duban.words import say

    keeper, day, count = BookKeeper(open_store(book)), on.date() if on else today(), 0
    for place in _books(lower, book):
        with closing(open_store(place)) as store:
            below, seal = require_book(BookKeeper(store).book(), place), _seals(store)
            writes, shut = gathered(require_book(keeper.book(), book), below, actor, seal)
            for problem in shut:
                print(say(problem, locale()))
            _show(below, writes)
            if yes and writes:
                perform(
                    keeper,
                    partial(_taken, below=below, actor=actor, seal=seal),
                    actor=actor,
                    at=datetime.now(UTC),
                    on=day,
                )
            count += len(writes)
    told = f"已记入 {count} 条数值 readings posted" if yes else "写入请加 --yes　write with --yes"
    print(told if count else "没有新的数 nothing new")


def _taken(now: "Book", below: "Book", actor: str, seal: "Seals") -> "Writes":
    from duban.actions.ties import gathered

    return gathered(now, below, actor, seal)[0]


def _seals(store: "Store") -> "Seals":
    """The seals of a ledger's entries by number."""
    return lambda seq: next(iter(store.rows(seq - 1, seq)))[-1]


def _books(lower: list[str], book: str) -> list[str]:
    """The lower books: those named, and of a folder every government's in it but the upper one's own."""
    from duban.front import governments
    from duban.ledger.sqlite import FILE

    found: list[str] = []
    for place in lower:
        if "://" in place or (Path(place) / FILE).is_file():
            found.append(place)
        else:
            every = (one.folder for one in governments(Path(place)).values())
            found += [str(folder) for folder in every if folder.resolve() != Path(book).resolve()]
    return found


def _show(below: "Book", writes: "Writes") -> None:
    """The figures that would be taken, each with the entry that it is from."""
    from duban.cli.records_shown import show_table

    if writes:
        heads = ("事项 item", "来自 from", "期间 period", "数值 value", "记账 entry")
        lines = [
            (
                account.partition("/")[2],
                body["source"],
                body["period"],
                f"{body['value']:f}",
                body["reference"],
            )
            for account, body in writes
        ]
        show_table(heads, lines)
