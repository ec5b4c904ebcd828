"""`duban open-data`: what a pack publishes in a format of others, of the fields that everybody may see."""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from duban.cli.output import today, writing
from duban.core.problem import Problem, Refused


def mount(app: typer.Typer) -> None:
    """Add the command of this room."""
    app.command("open-data", epilog="duban open-data projects.oc4ids 项目.json --book 账本 --uri https://…")(
        open_data
    )


def open_data(
    export: Annotated[str, typer.Argument(help="系统.格式，如 projects.oc4ids pack and format")],
    out: Annotated[Path, typer.Argument(help="写到这个文件 .json")],
    uri: Annotated[str, typer.Option(help="这个文件将要公布的网址 the address under which it will stand")],
    book: Annotated[
        str, typer.Option("--book", "-b", help="账本文件夹或 postgresql:// 地址 folder or URL")
    ] = "book",
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="以哪一天计，缺省为今天 as of this day")
    ] = None,
) -> None:
    """开放数据：按公开的国际标准写出，只写公开栏。 Open data in a published standard; open fields only."""
    from duban.actions.open_records import open_desk
    from duban.cli import locale
    from duban.ledger import BookKeeper, open_store
    from duban.packs import packs
    from duban.registers.pack import Publisher

    pack = packs().get(export.partition(".")[0])
    form = pack.exported.get(export.partition(".")[2]) if pack else None
    if pack is None or form is None:
        known = " ".join(f"{one.name}.{name}" for one in packs().values() for name in one.exported)
        raise Refused(Problem("open_data.unknown", data={"name": export[:40], "known": known}))
    keeper, day = BookKeeper(open_store(book)), on.date() if on else today()
    found = keeper.as_of(day) if on else keeper.book()
    made = form.make(open_desk(found, pack, day, locale()), Publisher(found.government, uri))
    with writing(out) as file:
        file.write(json.dumps(made, ensure_ascii=False, indent=1).encode())
    print(f"{out} · {form.label(locale())}")
