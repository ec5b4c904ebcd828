"""`duban feed`: what another system has becomes the next vintage of a fed register."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from duban.cli.city import folder_of
from duban.cli.output import today
from duban.cli.records import ACTOR, BOOK, ON, register_of
from duban.core.problem import Problem, Refused

if TYPE_CHECKING:
    from duban.intake import Fed


def mount(app: typer.Typer) -> None:
    """Add the command of this room."""
    app.command(
        "feed",
        epilog="duban feed calls 工单.csv --book 账本 · duban feed calls 工单.parquet --accept '季度初清理' · "
        "duban feed calls --held --accept '已核实'",
    )(feed)


def feed(
    register: Annotated[str, typer.Argument(help="台账名，见 duban packs the register's name")],
    file: Annotated[Path | None, typer.Argument(readable=False, help=".csv .xlsx .parquet")] = None,
    book: BOOK = "book",
    actor: ACTOR = "office",
    held: Annotated[bool, typer.Option("--held", help="收下等待确认的文件 take the file that waits")] = False,
    accept: Annotated[str, typer.Option(help="少了一半也照收的理由 why it is taken although it shrank")] = "",
    on: ON = None,
) -> None:
    """导入外部系统的文件：逐行检查，好行入湖，坏行写明原因；少了一半先停下来问。 Feed a register from a file."""
    named = register_of(register, book)
    if named.kind != "fed":
        raise Refused(Problem("records.kept", data={"register": named.name}))
    from duban.cli import locale
    from duban.intake import Feeder
    from duban.ledger import BookKeeper, open_store
    from duban.words import say

    day = on.date() if on else today()
    feeder = Feeder(
        BookKeeper(open_store(book)),
        folder_of(book),
        actor,
        datetime.now(UTC),
        day,
        lambda p: say(p, locale()),
    )
    if held:
        show(feeder.accept(named, accept))
    elif file is None:
        raise Refused(Problem("feed.no_file", data={"register": named.name}))
    else:
        show(feeder.file(named, file, accepted=accept))


def show(fed: "Fed") -> None:
    """What became of the file, and what is wrong with its rows."""
    import sys

    from duban.cli import locale
    from duban.words import say, sentence

    for note in fed.notes:
        print(say(note, locale()))
    for fault in fed.faults:
        print(say(fault, locale()), file=sys.stderr)
    data = {"rows": fed.rows, "refused": fed.refused, "vintage": fed.vintage, "report": str(fed.report or "")}
    print(sentence(f"feed.state_{fed.state}", data, locale()))
    if fed.refused and fed.report:
        print(fed.report)
