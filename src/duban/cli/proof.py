"""`duban ledger roots`, `duban proof`, and the checks of `duban verify` that need no ledger."""

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from duban.cli.ledger import BOOK, ledger_app
from duban.cli.output import today, writing
from duban.core.problem import Problem, Refused

if TYPE_CHECKING:
    from duban.ledger import Store
    from duban.ledger.witness import Witness
    from duban.ledger.witnessed import Roots

_ROOT = re.compile(r"[0-9a-fA-F]{64}")


def mount(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("proof", epilog="duban proof 账本 1235 -o 1235.json · duban verify --proof 1235.json")(proof)
    ledger_app.command("roots", epilog="duban ledger roots 账本 · duban ledger roots 账本 -o roots.json")(
        roots
    )


def roots(
    book: BOOK = "book",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="写成可以公布的 .json to be published")
    ] = None,
) -> None:
    """每一天的账根：日期、条数、根，可以公布。 The root of every ended day, to be published."""
    from duban.ledger import BookKeeper, open_store
    from duban.ledger.book import require_book
    from duban.ledger.witness import published

    store = open_store(book)
    found = require_book(BookKeeper(store).book(), book)
    made = published(witness_of(store), found.government, found.year, today())
    for one in made["roots"]:
        print(one["day"], one["size"], one["root"])
    if out is not None:
        with writing(out) as file:
            file.write(json.dumps(made, ensure_ascii=False, indent=1).encode() + b"\n")


def proof(
    book: BOOK,
    entry: Annotated[str, typer.Argument(help="记账序号 the entry's number")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="证明文件 .json")] = None,
) -> None:
    """一条记账当天在账的证明；只带公开的栏。 A proof that an entry stood on its day; open fields only."""
    from duban.actions.open_fields import open_fields
    from duban.ledger import open_store

    seq = entry.removeprefix("#")
    if not (seq.isascii() and seq.isdigit() and len(seq) < 16):
        raise Refused(Problem("proof.number_wrong", entry[:40]))
    store = open_store(book)
    witness = witness_of(store)
    witness.day_for(int(seq), today())
    row = next(store.rows(after=int(seq) - 1, upto=int(seq)))
    text = json.dumps(witness.proof(row, open_fields(row[4]), today()), ensure_ascii=False, indent=1)
    if out is None:
        print(text)
        return
    with writing(out) as file:
        file.write(text.encode() + b"\n")
    print(out)


def witness_of(store: "Store") -> "Witness":
    """The ledger's tree, with a bar on a terminal while it grows."""
    from rich.console import Console
    from rich.progress import Progress

    from duban.ledger.witness import Witness

    witness = Witness(store.algorithm)
    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as bar:
        task = bar.add_task("账根 roots", total=store.head().seq)
        for seq in witness.catch_up(store):
            if seq % 500 == 0:
                bar.update(task, completed=seq)
    return witness


def verify_proof(file: Path, root: str) -> None:
    """Check a proof, against a published root or list of roots where one is given; say what it proves."""
    from duban.cli import locale
    from duban.ledger.witnessed import check_proof, read_proofs, shown_values
    from duban.words import sentence

    known = _known(root) if root else None
    every = read_proofs(_bytes(file), str(file))
    for n, one in enumerate(every, 1):
        check_proof(one, f"{file}:{n}" if len(every) > 1 else str(file), known)
    code = "proof.holds_known" if known else "proof.holds"
    for one in every:
        print(sentence(code, {"seq": one.index + 1, "day": one.day, "root": one.root}, locale()))
        if one.shown is not None:
            print(shown_values(one))


def verify_consistent(first: Path, second: Path) -> None:
    """Check that nothing was rewritten between two published lists of roots."""
    from duban.cli import locale
    from duban.ledger.witnessed import check_consistent, read_roots
    from duban.words import sentence

    lists = [read_roots(_bytes(file), str(file)) for file in (first, second)]
    days = check_consistent(lists[0], lists[1], (str(first), str(second)))
    print(sentence("proof.consistent", {"days": days}, locale()))


def _known(root: str) -> "str | Roots":
    from duban.ledger.witnessed import read_roots

    if _ROOT.fullmatch(root.strip()):
        return root.strip().lower()
    if not Path(root).is_file():
        raise Refused(Problem("proof.root_wrong", root[:80]))
    return read_roots(_bytes(Path(root)), root)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise Refused(
            Problem("ledger.file_unreadable", str(file), {"fault": fault.strerror or str(fault)})
        ) from None
