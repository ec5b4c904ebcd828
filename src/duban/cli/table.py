"""`duban export`: the decomposition table as a workbook."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from duban.cli.output import writing


def mount(app: typer.Typer) -> None:
    """Add the command of this room."""
    app.command("export", epilog="duban export 账本 -o 任务分解表.xlsx")(export)


def export(
    book: Annotated[str, typer.Argument(help="账本文件夹或 postgresql:// 地址 folder or URL")] = "book",
    out: Annotated[Path, typer.Option("--out", "-o")] = Path("任务分解表.xlsx"),
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="截至哪一天 as of this day")
    ] = None,
) -> None:
    """任务分解表（Excel）。 The decomposition table as a workbook."""
    from duban.files import write_workbook
    from duban.ledger import BookKeeper, open_store
    from duban.ledger.book import require_book

    keeper = BookKeeper(open_store(book))
    found = require_book(keeper.as_of(as_of.date()) if as_of else keeper.book(), book)
    with writing(out) as file:
        file.write(write_workbook(found))
    print(out)
