"""`duban open-data`: what a pack publishes in a format of others, of the fields that everybody may see."""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from duban.cli.output import today, writing
from duban.core.problem import Problem, Refused

if TYPE_CHECKING:
    from duban.ledger import Book
    from duban.registers.record import Row
    from duban.registers.register import Register


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
    from duban.cli import locale
    from duban.ledger import BookKeeper, open_store
    from duban.packs import packs
    from duban.registers.indicator import Plain
    from duban.registers.pack import Desk, Publisher

    pack = packs().get(export.partition(".")[0])
    form = pack.exported.get(export.partition(".")[2]) if pack else None
    if pack is None or form is None:
        known = " ".join(f"{one.name}.{name}" for one in packs().values() for name in one.exported)
        raise Refused(Problem("open_data.unknown", data={"name": export[:40], "known": known}))
    keeper, day = BookKeeper(open_store(book)), on.date() if on else today()
    found = keeper.as_of(day) if on else keeper.book()
    rows = {register.name: list(_open_rows(found, register)) for register in pack.registers}
    desk = Desk(pack, day, lambda name: Plain(pack.registered[name], rows[name]), rows.__getitem__, locale())
    made = form.make(desk, Publisher(found.government, uri))
    with writing(out) as file:
        file.write(json.dumps(made, ensure_ascii=False, indent=1).encode())
    print(f"{out} · {form.label(locale())}")


def _open_rows(book: "Book", register: "Register") -> "list[Row]":
    """The rows of a register without what not everybody may see."""
    from duban.actions.seen import seen
    from duban.core.rights.decide import PUBLIC
    from duban.registers.record import row

    found: list[Row] = []
    for one in seen(book, PUBLIC, register, book.registers.of(register.name), published=True):
        shown = {field.name for field in one.fields}
        values = row(register, one.state)
        found.append({n: v if n in shown or n not in register.named else None for n, v in values.items()})
    return found
