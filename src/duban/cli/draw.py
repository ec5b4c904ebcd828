"""`duban draw`: certificates of a random inspection's draw, and their verification by anyone."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from duban.core.problem import Problem, Refused

if TYPE_CHECKING:
    from duban.ledger import Store


def mount(app: typer.Typer) -> None:
    """Add the commands of this room."""
    room = typer.Typer(
        help="抽取证书：写出与核验。 Certificates of a draw: written, and verified.", no_args_is_help=True
    )
    room.command("certificate", epilog="duban draw certificate 账本 2024-01 -o 证书.json")(write)
    room.command("verify", epilog="duban draw verify 证书.json")(verify)
    app.add_typer(room, name="draw")


def write(
    book: Annotated[str, typer.Argument(help="账本文件夹或 postgresql:// 地址 folder or URL")],
    plan: Annotated[str, typer.Argument(help="抽查任务的编号 the plan's number")],
    out: Annotated[
        Path | None, typer.Option("-o", help="写到这个文件，缺省为屏幕 to this file, else the screen")
    ] = None,
) -> None:
    """写出一次抽取的证书：名单、随机数和结果。 Write the certificate of a draw: lists, number and outcome."""
    from duban.cli.city import settle
    from duban.ledger import open_store

    settle(book)  # the shares of a draw may be the city's own
    told = _certificate(open_store(book), plan, book)
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    if out is None:
        print(text, end="")
    else:
        out.write_text(text, "utf-8")


def _certificate(store: "Store", plan: str, place: str) -> dict[str, object]:
    """The certificate of a plan's draw, from the lists as they stood at its entry: what changes later is not in it."""
    from duban.ledger import fold
    from duban.ledger.year.records import RecordMoved, account_of
    from duban.packs import installed
    from duban.packs.inspection.rules import drawn
    from duban.registers.indicator import Plain
    from duban.registers.pack import Desk
    from duban.registers.record import rows

    moves = (
        (entry.seq, entry.body.day)
        for entry in reversed(store.timeline(account_of("plans", plan)))
        if isinstance(entry.body, RecordMoved) and entry.body.stage == "drawn"
    )
    seq, day = next(moves, (0, ""))
    if not seq:
        raise Refused(Problem("draw.not_drawn", place, {"plan": plan}))
    pack, then = installed()["inspection"], fold(store.entries(upto=seq))  # lists as they were at that entry
    found = {r.name: list(rows(r, then.registers.of(r.name))) for r in pack.registers}
    desk = Desk(
        pack,
        date.fromisoformat(day),
        lambda name: Plain(pack.registered[name], found[name]),
        found.__getitem__,
    )
    row = next(row for row in found["plans"] if row["id"] == plan)
    _, told, _ = drawn(desk, row, str(row["nonce"]))
    return told


def verify(certificate: Annotated[Path, typer.Argument(help="抽取证书 the certificate (.json)")]) -> None:
    """只凭证书重做抽取，看是否一致。 Repeat the draw from its certificate alone and compare."""
    from duban.cli import locale
    from duban.engines.lots import verify_certificate
    from duban.words import sentence

    try:
        told = json.loads(certificate.read_text("utf-8"))
    except (OSError, ValueError):
        raise Refused(Problem("draw.certificate_wrong", str(certificate))) from None
    faults = verify_certificate(told if isinstance(told, dict) else {}, str(certificate))
    if faults:
        raise Refused(*faults)
    drawn = {rank: len(ids) for rank, ids in told["drawn"].items()}
    data = {"objects": len(told["objects"]), "drawn": sum(drawn.values()), "hash": told["list_hash"]}
    print(sentence("draw.holds", data, locale()))
