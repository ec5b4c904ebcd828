"""`duban file`: a unit's filings by workbook, out and in."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from duban.core.problem import Problem, Refused

if TYPE_CHECKING:
    from duban.actions.context import Writes
    from duban.assess import Light
    from duban.files.filing_in import FilingsRead
    from duban.ledger import Book


def mount(app: typer.Typer) -> None:
    """Add the command of this room."""
    app.command(
        "file",
        epilog="duban file 账本 填报表.xlsx --as wang --blank · duban file 账本 填报表.xlsx --as wang --yes",
    )(file)


def file(
    book: Annotated[str, typer.Argument(help="账本文件夹或 postgresql:// 地址 folder or URL")],
    table: Annotated[Path, typer.Argument(help="填报表 the filing sheet (.xlsx .csv)")],
    actor: Annotated[str, typer.Option("--as", help="以谁的名义（账户） in whose name (account)")],
    yes: Annotated[bool, typer.Option("--yes", help="写入账本 write the filings")] = False,
    blank: Annotated[
        bool, typer.Option("--blank", help="先写出待填的表 write the sheet to be filled in")
    ] = False,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="以哪一天计，缺省为今天 as of this day")
    ] = None,
) -> None:
    """按表报送：先列出每处填写，加 --yes 才写入。 File by workbook: shows every cell, --yes writes."""
    from duban.actions.context import perform
    from duban.files.filing_in import read_filings
    from duban.ledger import BookKeeper, open_store
    from duban.ledger.book import require_book

    keeper = BookKeeper(open_store(book))
    now = datetime.now(UTC)
    day = on.date() if on else now.date()
    found = require_book(keeper.book(), book)
    unit = unit_of(found, actor)
    if blank:
        _write_blank(found, unit, table, day)
        return
    read = read_filings(table, found, _lights(found, day), unit, day)
    _decided(found, actor, read)
    _show(read)
    if not yes or not read.filed:
        print("写入请加 --yes　write with --yes" if read.filed else "没有新的报送 nothing to write")
        return
    written = perform(keeper, lambda now_: _decided(now_, actor, read), actor=actor, at=now, on=day)
    print(f"已写入 {len(written)} 条 entries written")


def unit_of(book: "Book", username: str) -> str:
    """The code of the unit that someone reports for. Raises `Refused`: nobody, or of no unit."""
    from duban.actions.context import actor_of

    unit = actor_of(book, username).unit
    if unit not in book.units:
        raise Refused(Problem("file.no_unit", username))
    return unit


def _lights(book: "Book", day: date) -> "dict[str, Light]":
    from duban.assess import profile_of
    from duban.assess.lights import lights

    return lights(book, day, profile_of(book))


def _write_blank(book: "Book", unit: str, table: Path, day: date) -> None:
    from duban.assess.owed import owed_by
    from duban.cli.output import writing
    from duban.files.filing_out import write_filing

    name, lights = book.units[unit].name, _lights(book, day)
    owed = owed_by(book, lights, name, day)
    with writing(table) as out:
        out.write(write_filing(name, owed, lights, day.isoformat()))
    print(f"{table} · {len(owed)} 项待报 to report")


def _decided(book: "Book", username: str, read: "FilingsRead") -> "Writes":
    """What the filings write, through the action that the form uses too."""
    from duban.actions.filings import submit_filings, tabled
    from duban.files.filing_columns import KNOWN

    rows = [
        (f.key, f.place, tabled(f.period.code, f.figures, f.notes, asked=len(f.said), known=KNOWN))
        for f in read.filed
    ]
    return submit_filings(book, username, rows)


def _show(read: "FilingsRead") -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("单元格 cell", "事项 item", "所属期 period", "字段 field", "上期 before", "填报 reported")
    for filed in read.filed:
        for said in filed.said:
            cells = (
                said.place,
                f"{filed.key} {filed.head}",
                filed.period.code,
                said.field,
                said.before,
                said.after,
            )
            table.add_row(*(Text(cell.replace("\n", " / "), overflow="fold") for cell in cells))
    if table.row_count:
        Console(width=160, highlight=False).print(table)
    print(f"新报 new {len(read.filed)} · 已报过 already {read.same} · 未填 empty {read.idle}")
