"""`duban settle`: the promises of a report or a book beside what the next report and tables of results say of them."""

from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from duban.cli.output import writing
from duban.cli.settle_sources import read_report, rules_of, sources_of
from duban.cli.settled import FORMS
from duban.core.problem import Problem, Refused

if TYPE_CHECKING:
    from duban.assess.settle.figures import Aim, Outcome
    from duban.assess.settle.whole import Settled
    from duban.ledger import BookKeeper
    from duban.ledger.year.settlements import SettlementSource


def mount(app: typer.Typer) -> None:
    """Add the command of this room."""
    app.command(
        "settle",
        epilog="duban settle 报告2024.docx --with 报告2025.docx"
        " · duban settle 报告2024.txt --with 统计.csv --with 报告2025.txt -f csv -o 结算.csv"
        " · duban settle 账本 --with 统计.csv --with 报告2025.txt --write",
    )(settle)


def settle(
    book: Annotated[str, typer.Argument(help="要结算的报告或账本 the report to settle, or a book")],
    with_: Annotated[
        list[Path] | None,
        typer.Option("--with", help="下一年的报告或结果表，权威的在前 next report or table, highest first"),
    ] = None,
    before: Annotated[
        str,
        typer.Option(
            help="上一年已结算的账本，随 --write 收入 last year's settled book, taken in with --write"
        ),
    ] = "",
    write: Annotated[bool, typer.Option("--write", help="把结论记入账本 enter the verdicts")] = False,
    rules: Annotated[
        Path | None,
        typer.Option("--rules", help="“左右”的放宽与来源先后 tolerance and order of sources (TOML)"),
    ] = None,
    form: Annotated[str, typer.Option("--format", "-f", help=" | ".join(FORMS))] = "table",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="写入文件 write to a file")] = None,
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="从哪一天起算，缺省为今天 counts from this day"),
    ] = None,
    actor: Annotated[str, typer.Option(help="以谁的名义 in whose name")] = "office",
) -> None:
    """年底结算：逐项对照承诺与结果，按写明的规则下结论。 Verdicts on promises; without --write nothing is entered."""
    from duban.assess.settle.whole import gathered

    is_book = "://" in book or Path(book).is_dir()
    _check(book, form, is_book, sources=bool(with_), enters=bool(write or before), rules=rules is not None)
    if is_book:
        day = on.date() if on else datetime.now(UTC).date()
        if before and write:
            _take_in(book, before, actor, day)
        settled, said = _of_book(book, with_ or [], (actor, day) if write else None)
    else:
        settled, said = _of_report(Path(book), with_ or [], rules)
    _put(FORMS[form](gathered(settled)), form, out)
    if said:
        typer.echo(said, err=True)


def _check(book: str, form: str, is_book: bool, *, sources: bool, enters: bool, rules: bool) -> None:
    """Raise `Refused` for wishes that do not go together."""
    if form not in FORMS:
        raise Refused(Problem("cli.unknown_format", data={"format": form, "known": ", ".join(FORMS)}))
    if enters and not is_book:
        raise Refused(Problem("settle.write_needs_book", book))
    if not sources and not is_book:
        raise Refused(Problem("settle.nothing_with"))
    if is_book and rules:
        raise Refused(Problem("settle.rules_in_book", book))


def _put(text: str, form: str, out: Path | None) -> None:
    if out is None:
        print(text, end="")
        return
    with writing(out) as file:
        file.write(text.encode("utf-8-sig" if form == "csv" else "utf-8"))
    print(out)


def _unplaced(aims: "list[Aim]", outcomes: "list[Outcome]") -> list[str]:
    """A sentence for each row whose words of a promise stand nowhere in the text."""
    from duban.assess.settle.stated import unplaced
    from duban.cli import locale
    from duban.words import say

    rows = unplaced(aims, outcomes)
    return [say(Problem("settle.unplaced", o.place, {"target": o.target}), locale()) for o in rows]


def _of_report(path: Path, with_: list[Path], rules: Path | None) -> "tuple[list[Settled], str]":
    """The report's settlement, and what is to be told about the files beside it."""
    from duban.assess.settle.books import outcomes_of_sources
    from duban.assess.settle.halves import aims_of
    from duban.assess.settle.names import shipped
    from duban.assess.settle.whole import settle as settled_of

    reading = read_report(path)
    sources = sources_of(with_, reading.outline.year or 0)
    owner = (reading.outline.government or "").removesuffix("人民政府")
    reviewed = any(source.kind == "report" for source in sources)
    aims, outcomes = aims_of(reading), outcomes_of_sources(sources)
    settled = settled_of(aims, outcomes, rules_of(rules), shipped(), owner, reviewed=reviewed)
    return settled, "\n".join(_unplaced(aims, outcomes))


def _of_book(
    location: str, with_: list[Path], writer: "tuple[str, date] | None"
) -> "tuple[list[Settled], str]":
    """The book's settlement by the files given, else by its own sources; and what was entered, where it was to be."""
    from duban.assess.settle.books import aims_in, decided_in, outcomes_of_sources, settled_by, settled_in
    from duban.ledger import BookKeeper, open_store
    from duban.ledger.book import require_book

    with closing(open_store(location)) as store:
        keeper = BookKeeper(store)
        book = require_book(keeper.book(), location)
        sources = sources_of(with_, book.year)
        if not sources and not book.settlements:
            raise Refused(Problem("settle.nothing_with"))
        said = _written(keeper, sources, *writer) if writer else ""
        book = keeper.book()
        settled = settled_by(book, sources, decided_in(book)) if sources else settled_in(book)
        told = [*_unplaced(aims_in(book), outcomes_of_sources(sources)), *([said] if said else [])]
    return settled, "\n".join(told)


def _written(keeper: "BookKeeper", sources: "list[SettlementSource]", actor: str, day: date) -> str:
    """Enter the verdicts, and say how many entries that took."""
    from duban.actions.context import perform
    from duban.actions.settlement import settle_book
    from duban.assess.settle.books import sources_in

    made = perform(
        keeper, lambda book: settle_book(book, actor, sources or sources_in(book)),
        actor=actor, at=datetime.now(UTC), on=day,
    )  # fmt: skip
    judged = sum(entry.kind == "settlement.judged" for entry in made)
    return f"结论 verdicts {judged} · 记账 entries {len(made)}"


def _take_in(location: str, before: str, actor: str, day: date) -> None:
    """Put the settlement of an earlier year's book behind this one's."""
    from duban.actions.context import perform
    from duban.actions.settlement import bring_history
    from duban.assess.settle.past import history_of
    from duban.ledger import BookKeeper, open_store

    with closing(open_store(before)) as store:
        head = store.head()
        past = history_of(BookKeeper(store).book(), f"{head.seq} {head.seal}")
    if past is None:
        raise Refused(Problem("settle.before_unsettled", before))
    with closing(open_store(location)) as store:
        perform(BookKeeper(store), lambda book: bring_history(book, actor, past),
                actor=actor, at=datetime.now(UTC), on=day)  # fmt: skip
