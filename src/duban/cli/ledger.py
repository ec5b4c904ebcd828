"""`duban verify`, `duban ledger export` and `duban ledger import`."""

import io
import os
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from duban.cli.output import writing
from duban.core.problem import Problem, Refused

ledger_app = typer.Typer(help="账本的导出与导入。 Export and import of a ledger.", no_args_is_help=True)
_VERIFY = (
    "duban verify 账本 · duban verify 账本 --head '1235 f6d4…' · duban verify --proof 1235.json --root roots.json · "
    "duban verify --consistent 一月.json 二月.json"
)
BOOK = Annotated[str, typer.Argument(help="账本文件夹或 postgresql:// 地址 folder or URL")]


def mount(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("verify", epilog=_VERIFY)(verify)
    app.add_typer(ledger_app, name="ledger")


def verify(
    book: BOOK = "book",
    head: Annotated[str, typer.Option(help="曾公布的“序号 封签” a published head: number and seal")] = "",
    proof: Annotated[Path | None, typer.Option(help="核验一份证明，不需要账本 a proof, off-line")] = None,
    root: Annotated[str, typer.Option(help="公布的根或 roots.json the published root or list of roots")] = "",
    consistent: Annotated[
        tuple[Path, Path] | None,
        typer.Option(
            help="先后公布的两份 roots.json：其间没有改写 two lists of roots, nothing rewritten between"
        ),
    ] = None,
) -> None:
    """核验封签，指出第一条被改动的记账，并给出可以公布的账头。 Check the chain of seals, a proof, or published roots."""
    from duban.cli.proof import verify_consistent, verify_proof

    if root and proof is None:
        raise Refused(Problem("proof.root_alone", root[:80]))
    if proof is not None:
        verify_proof(proof, root)
    if consistent is not None:
        verify_consistent(*consistent)
    if proof is None and consistent is None:
        _verify_book(book, head)


def _verify_book(book: str, head: str) -> None:
    """Walk the chain, check the evidence, print the head."""
    from duban.ledger import Head, open_store

    known = None
    if head:
        number, _, seal = head.strip().partition(" ")
        if not number.isdigit() or not seal:
            raise Refused(Problem("cli.head_wrong", data={"head": head}))
        known = Head(int(number), seal.strip())
    verdict = open_store(book).verify(known)
    if verdict.broken is not None:
        raise Refused(verdict.broken)
    _verify_files(book)
    print(f"{verdict.head.seq} {verdict.head.seal}")


def _verify_files(book: str) -> None:
    """Raise `Refused` with every evidence file that the book names and that is gone or was changed."""
    from duban.assess.evidence import all_files
    from duban.files.vault import Vault
    from duban.ledger import BookKeeper, open_store

    folder = Path(os.environ.get("DUBAN_FOLDER", ".")) if "://" in book else Path(book)
    vault = Vault(folder / "evidence", 0)
    named = {
        proof.sha256: f"{account} {proof.name}"
        for account, proof in all_files(BookKeeper(open_store(book)).book())
    }
    faults = [fault for sha256, name in named.items() if (fault := vault.fault(sha256, name)) is not None]
    if faults:
        raise Refused(*faults)


@ledger_app.command("export", epilog="duban ledger export 账本 -o 账本.jsonl --as-of 2024-06-30")
def export(
    book: BOOK = "book",
    out: Annotated[Path | None, typer.Option("--out", "-o")] = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="到截至这一天生效的最后一条 as of this day")
    ] = None,
) -> None:
    """每条记账一行 JSON，一字不差。 Every entry as a line of JSON, losslessly."""
    from duban.ledger import open_store
    from duban.ledger.lines import export_lines

    store, day = open_store(book), as_of.date() if as_of else None
    if out is None:
        export_lines(store, sys.stdout, day)
        return
    with writing(out) as file, io.TextIOWrapper(file, "utf-8", write_through=True) as text:
        head = export_lines(store, text, day)
    print(head.seq, head.seal)


@ledger_app.command("import", epilog="duban ledger import 账本.jsonl 新账本")
def import_(file: Annotated[Path, typer.Argument(readable=False)], book: BOOK = "book") -> None:
    """导入到一个新的账本；先核验全部封签，不合即不导入。 Import into a new ledger, whole or not at all."""
    from duban.ledger import open_store
    from duban.ledger.fresh import leaving_nothing
    from duban.ledger.lines import check_parcel, import_lines

    parcel = check_parcel(file)
    with leaving_nothing(book), closing(open_store(book, create=True, algorithm=parcel.algorithm)) as store:
        head = import_lines(parcel, store)
    print(head.seq, head.seal)
