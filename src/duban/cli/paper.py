"""`duban paper`: documents in official form, as Word or PDF."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from duban.cli.output import writing
from duban.core.problem import Problem, Refused

_KINDS = "monthly | quarterly | brief | notice | sheet | settlement"


def mount(app: typer.Typer) -> None:
    """Add the command of this room."""
    app.command(
        "paper",
        epilog="duban paper 账本 monthly --on 2024-09-30 -o 通报.docx · duban paper 账本 brief -o 专报.pdf"
        " · duban paper 账本 sheet --about D-3 -o 督办单.docx",
    )(paper)


def paper(
    book: Annotated[str, typer.Argument(help="账本文件夹或 postgresql:// 地址 folder or URL")],
    kind: Annotated[str, typer.Argument(help=f"月报 季报 专报 通报 督办单 交账书：{_KINDS}")],
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="截至哪一天，缺省为今天 as of this day")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help=".docx | .pdf")] = None,
    about: Annotated[
        str,
        typer.Option(help="督办单的编号，或领导的账户或姓名 a matter's number, a leader's account or name"),
    ] = "",
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="与哪一天比较，缺省为上一期 compare with this day"),
    ] = None,
    comment: Annotated[
        bool, typer.Option("--comment", help="注明征求意见稿 mark as draft for comment")
    ] = False,
) -> None:
    """文书：通报、专报、督办单、交账书，未印发的注明草稿。 Bulletins, briefs, notices and sheets, as Word or PDF."""
    from duban.cli import locale
    from duban.ledger import BookKeeper, open_store
    from duban.papers import WRITERS, Order, make_paper

    out = out or Path(f"{kind}.docx")
    write = WRITERS.get(out.suffix.lower())
    if write is None:
        data = {"format": out.suffix or out.name, "known": " ".join(WRITERS)}
        raise Refused(Problem("cli.unknown_format", str(out), data))
    day = (on or datetime.now(UTC)).date()
    order = Order(
        kind, day, about, since.date() if since else None, locale(), "comment" if comment else "draft"
    )
    made = make_paper(BookKeeper(open_store(book)).as_of, order)
    content = write(made)
    with writing(out) as file:
        file.write(content)
    print(out)
    if made.note:
        print(made.note, file=sys.stderr)
