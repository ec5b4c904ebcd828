"""`duban export`: the decomposition table as a workbook."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from duban.core.problem import Problem, Refused


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
    beside = out.with_name(f".{out.name}.part")
    try:
        beside.write_bytes(write_workbook(found))
        beside.replace(out)
    except OSError as fault:
        beside.unlink(missing_ok=True)
        raise Refused(
            Problem("cli.cannot_write", str(out), {"reason": fault.strerror or str(fault)})
        ) from None
    print(out)
