"""`duban open`, `duban serve`, `duban demo`, and the ledger's commands."""

import os
import socket
from contextlib import closing
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated

import typer

from duban.core.problem import Problem, Refused


def mount(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("open", epilog="duban open 报告.docx --book 账本")(open_book)
    app.command(
        "serve", epilog="duban serve 账本 · DUBAN_PORT=8080 duban serve 账本 · duban serve --many 各市账本"
    )(serve)
    app.command("demo", hidden=True)(demo)


def _port() -> int:
    """The port that `DUBAN_PORT` names, 8000 where it names none."""
    text = os.environ.get("DUBAN_PORT") or "8000"
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 0 < number < 65536:
        raise Refused(Problem("web.port_wrong", data={"port": text[:20]}))
    return number


def check_port(host: str, port: int) -> None:
    """Raise `Refused` when the port is taken or not ours to use; asked before any long work."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise Refused(Problem("web.port_refused", data={"port": port})) from None
        except OSError:
            other = port + 1 if port < 65535 else 8001
            raise Refused(Problem("web.port_in_use", data={"port": port, "other": other})) from None


def opened(
    file: Path,
    book: Path | str,
    government: str | None,
    year: int | None,
    algorithm: str = "sha256",
    on: date | None = None,
    actor: str = "office",
    at: datetime | None = None,
) -> str:
    """Read `file`, open its account in `book` as of `on`, and say what was found and written; `at`: not now but then."""
    from duban.actions import open_account
    from duban.cli.read import summary
    from duban.ledger import open_store
    from duban.ledger.fresh import leaving_nothing
    from duban.read import load_source, read_source

    reading = read_source(load_source(file))
    government, year = government or reading.outline.government, year or reading.outline.year
    if not government or not year:
        raise Refused(Problem("document.no_owner", file.name))
    if not reading.commitments:
        raise Refused(Problem("document.no_promises", file.name))
    now = at or datetime.now(UTC)
    with leaving_nothing(book), closing(open_store(book, create=True, algorithm=algorithm)) as store:
        done = open_account(
            store, reading, government=government, year=year, actor=actor, at=now, on=on or now.date()
        )
        head = store.head()
    return f"{summary(reading)}版本 version {done.version} · 记账 entries {head.seq} · 封签 seal {head.seal[:16]}…"


def open_book(
    file: Annotated[Path, typer.Argument(readable=False, help="报告文件 the report")],
    book: Annotated[str, typer.Option(help="账本文件夹或 postgresql:// 地址 folder or URL")] = "book",
    government: Annotated[str | None, typer.Option(help="政府名称，缺省取自正文")] = None,
    year: Annotated[int | None, typer.Option(help="计划年度，缺省取自正文")] = None,
    algorithm: Annotated[str, typer.Option(help="sha256 | sm3")] = "sha256",
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="从哪一天起算，缺省为今天 counts from this day"),
    ] = None,
    actor: Annotated[str, typer.Option(help="以谁的名义 in whose name")] = "office",
) -> None:
    """建账：报告原文、数字、承诺逐条入账。 Open the account of a report."""
    print(opened(file, book, government, year, algorithm, on.date() if on else None, actor))


def serve(
    book: Annotated[str, typer.Argument(help="账本文件夹或 postgresql:// 地址")] = "book",
    host: Annotated[str, typer.Option()] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="缺省取 DUBAN_PORT，否则 8000")] = 0,
    many: Annotated[
        bool, typer.Option("--many", help="文件夹里有多个政府的账本 many governments' books")
    ] = False,
) -> None:
    """网页服务。 Serve the book's pages, or those of every government's book in a folder."""
    number = port or _port()
    check_port(host, number)
    if many:
        from duban.cli.many import serve_many

        return serve_many(Path(book), host, number)
    from duban.ledger import open_store
    from duban.web import serve as run

    open_store(book).close()  # refused before the server lays out anything of its own
    print(f"http://{host}:{number}", flush=True)
    run(book, host, number)


def demo(
    file: Annotated[Path, typer.Argument(readable=False)],
    folder: Annotated[Path | None, typer.Option(help="缺省为 .demo 下与报告同名的文件夹")] = None,
    serve_pages: Annotated[bool, typer.Option("--serve/--no-serve")] = True,
    simulated: Annotated[bool, typer.Option("--simulate/--no-simulate")] = False,
) -> None:
    """Read a report, open its account in one folder, play a year on it, serve it with the public pages on."""
    port = _port()
    if serve_pages:
        check_port("127.0.0.1", port)
    folder = folder or Path(".demo") / file.stem  # a folder for each report: none gets into another's book
    on = _adopted(file) if simulated else None
    at = (
        datetime.combine(on, time(1), UTC) if on else None
    )  # the made-up year has one clock from its beginning
    print(opened(file, folder, None, None, on=on, at=at), flush=True)
    if simulated:
        _play(folder)
    if serve_pages:
        os.environ.setdefault("DUBAN_PUBLIC", "1")
        serve(str(folder), "127.0.0.1", port)


def _adopted(file: Path) -> date | None:
    """A day in the January of the document's year, so that a year can be played after it."""
    from duban.read import load_source, read_source

    year = read_source(load_source(file)).outline.year
    return date(year, 1, 20) if year else None


def _play(folder: Path) -> None:
    """Play a year on the book once, and let the pages believe that it is its last day."""
    from duban.cli.simulate import played
    from duban.ledger import BookKeeper, open_store

    book = BookKeeper(open_store(folder)).book()
    if not book.simulated:
        print(played(str(folder), None, records=True), flush=True)
    os.environ.setdefault("DUBAN_TODAY", f"{book.year}-10-20")
