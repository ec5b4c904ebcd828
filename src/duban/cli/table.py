"""`duban export` and `duban apply`: the decomposition table out, and in again."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from duban.cli.output import today, writing
from duban.core.problem import Problem, Refused

if TYPE_CHECKING:
    from duban.files import TableRead
    from duban.ledger import Book, Store

_TRIES = 5  # times that another writer may come first
_WIDE = 160  # characters of a line where no terminal says how wide it is
_SHOWN = 300  # characters of a cell that are shown


def mount(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("export", epilog="duban export 账本 -o 任务分解表.xlsx · .docx · .csv · .json")(export)
    app.command("apply", epilog="duban apply 账本 任务分解表.xlsx · duban apply 账本 任务分解表.xlsx --yes")(
        apply
    )


def export(
    book: Annotated[str, typer.Argument(help="账本文件夹或 postgresql:// 地址 folder or URL")] = "book",
    out: Annotated[Path, typer.Option("--out", "-o", help=".xlsx .docx .csv .json")] = Path(
        "任务分解表.xlsx"
    ),
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="截至哪一天 as of this day")
    ] = None,
) -> None:
    """任务分解表：Excel、Word、CSV 或 JSON，看后缀。 The decomposition table, in the format of the suffix."""
    from duban.files import WRITERS, Day
    from duban.ledger import BookKeeper, open_store
    from duban.ledger.book import require_book
    from duban.words import sentence

    write = WRITERS.get(out.suffix.lower())
    if write is None:
        raise Refused(
            Problem(
                "cli.unknown_format", str(out), {"format": out.suffix or out.name, "known": " ".join(WRITERS)}
            )
        )
    keeper = BookKeeper(open_store(book))
    found = require_book(keeper.as_of(as_of.date()) if as_of else keeper.book(), book)
    on = Day(as_of.date() if as_of else today(), sentence)
    with writing(out) as file:
        file.write(write(found, on))
    print(out)


def apply(
    book: Annotated[str, typer.Argument(help="账本文件夹或 postgresql:// 地址 folder or URL")],
    table: Annotated[
        Path, typer.Argument(readable=False, help="填好的表 the table as it came back (.xlsx .csv .json)")
    ],
    yes: Annotated[bool, typer.Option("--yes", help="写入账本 write the changes")] = False,
    remove_missing: Annotated[
        bool,
        typer.Option("--remove-missing", help="表里删去的事项也从账里撤下 take off items that have no row"),
    ] = False,
    actor: Annotated[str, typer.Option(help="以谁的名义 in whose name")] = "office",
) -> None:
    """收回任务分解表：先列出每处改动，加 --yes 才写入。 Take the table back: shows every change, --yes writes."""
    from duban.ledger import open_store

    store = open_store(book)
    found, read = _read(store, book, table, remove_missing)
    if not yes or not read.changes:
        _show(read)
        print("写入请加 --yes　write with --yes" if read.changes else "与账本一致 nothing to write")
        return
    read, written = _written(store, found, read, lambda: _read(store, book, table, remove_missing), actor)
    _show(read)
    print(f"已写入 {written} 条 entries written · 账本 {store.head().seq}")


def _read(store: "Store", book: str, table: Path, remove_missing: bool) -> "tuple[Book, TableRead]":
    """The book as it stands and what the table asks of it; raises `Refused` with every fault."""
    from duban.actions import table_problems
    from duban.files import read_table
    from duban.ledger import BookKeeper
    from duban.ledger.book import require_book

    found = require_book(BookKeeper(store).book(), book)
    read = read_table(table, found, remove_missing=remove_missing, reason=f"表中已删去（{table.name}）")
    faults = table_problems(found, read.changes)
    if faults:
        raise Refused(*faults)
    return found, read


def _written(
    store: "Store",
    book: "Book",
    read: "TableRead",
    again: "Callable[[], tuple[Book, TableRead]]",
    actor: str,
) -> "tuple[TableRead, int]":
    """Write the changes; when somebody else wrote first, compare the table with what the book says now."""
    from duban.actions import apply_table

    for attempt in range(_TRIES):
        now = datetime.now(UTC)
        try:
            return read, len(apply_table(store, book, read.changes, actor=actor, at=now, on=now.date()))
        except Refused as refused:
            if refused.problems[0].code != "ledger.moved" or attempt == _TRIES - 1:
                raise
        book, read = again()
    raise AssertionError("unreachable")


def _show(read: "TableRead") -> None:
    """Every change on a line of its own, and what was counted."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from duban.files.columns import NAMES

    console = Console(width=None if sys.stdout.isatty() else _WIDE, highlight=False)
    table = Table("单元格 cell", "编号 id", "字段 field", "原为 before", "改为 after")
    for edit in read.edits:
        owner = f"{edit.commitment}#{edit.n or '+'}"
        cells = (edit.place, owner, NAMES[edit.field], _one_line(edit.before), _one_line(edit.after))
        table.add_row(*(Text(cell, overflow="fold") for cell in cells))
    for change in read.changes:
        if change.how == "remove":
            owner = f"{change.commitment}#{change.n}"
            table.add_row(*(Text(cell) for cell in (change.place, owner, "—", "在表 listed", "撤下 removed")))
    if table.row_count:
        console.print(table)
    _count(read)


def _count(read: "TableRead") -> None:
    counts = {how: sum(c.how == how for c in read.changes) for how in ("add", "change", "remove")}
    told = f"新增 new {counts['add']} · 修改 changed {counts['change']} · 撤下 removed {counts['remove']}"
    print(f"{read.rows} 行 rows · {told}")
    if read.others:
        print(f"没有读的列 columns not read：{'、'.join(map(_one_line, read.others))}")
    if read.missing and not counts["remove"]:
        names = "、".join(f"{one}#{n}" for one, n in read.missing[:20]) + (
            "…" if len(read.missing) > 20 else ""
        )
        print(
            f"表里缺 {len(read.missing)} 个事项，未撤下 items without a row, kept：{names}（--remove-missing）"
        )


def _one_line(text: str) -> str:
    """A cell's text for a terminal: nothing in it can move the cursor; nothing at all is 空."""
    bare = " / ".join("".join(c for c in part if c.isprintable()) for part in text.split("\n"))
    return (bare if len(bare) <= _SHOWN else bare[:_SHOWN] + "…") or "（空）"
