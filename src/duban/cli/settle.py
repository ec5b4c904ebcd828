"""`duban settle`: the promises of a report beside what the next one and tables of results say of them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from duban.cli.output import writing
from duban.cli.settled import FORMS
from duban.core.problem import Problem, Refused

if TYPE_CHECKING:
    from duban.assess.settle import Outcome
    from duban.assess.settle.whole import Rules
    from duban.read.model import Reading

_TABLES = (".csv", ".xlsx")


def mount(app: typer.Typer) -> None:
    """Add the command of this room."""
    app.command(
        "settle",
        epilog="duban settle 报告2024.docx --with 报告2025.docx · duban settle 报告2024.txt --with 统计.csv --with 报告2025.txt -f csv -o 结算.csv",
    )(settle)


def settle(
    report: Annotated[Path, typer.Argument(readable=False, help="要结算的报告 the report to settle")],
    with_: Annotated[
        list[Path] | None,
        typer.Option("--with", help="下一年的报告或结果表，权威的在前 next report or table, highest first"),
    ] = None,
    rules: Annotated[
        Path | None,
        typer.Option("--rules", help="“左右”的放宽与来源先后 tolerance and order of sources (TOML)"),
    ] = None,
    form: Annotated[str, typer.Option("--format", "-f", help=" | ".join(FORMS))] = "table",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="写入文件 write to a file")] = None,
) -> None:
    """年底结算：逐项对照承诺与结果，按写明的规则下结论；只读，不记账。 Verdicts on promises; nothing is written."""
    from duban.assess.settle.halves import aims_of
    from duban.assess.settle.names import shipped
    from duban.assess.settle.whole import gathered
    from duban.assess.settle.whole import settle as settled_of

    if form not in FORMS:
        raise Refused(Problem("cli.unknown_format", data={"format": form, "known": ", ".join(FORMS)}))
    if not with_:
        raise Refused(Problem("settle.nothing_with"))
    reading = _read(report)
    outcomes = [o for rank, path in enumerate(with_) for o in _outcomes(path, rank, reading)]
    owner = (reading.outline.government or "").removesuffix("人民政府")
    reviewed = any(path.suffix.lower() not in _TABLES for path in with_)
    settled = settled_of(aims_of(reading), outcomes, rules_of(rules), shipped(), owner, reviewed=reviewed)
    text = FORMS[form](gathered(settled))
    if out is None:
        print(text, end="")
        return
    with writing(out) as file:
        file.write(text.encode("utf-8-sig" if form == "csv" else "utf-8"))
    print(out)


def _read(path: Path) -> "Reading":
    from duban.read import load_source, read_source

    reading = read_source(load_source(path))
    if not reading.outline.year:
        raise Refused(Problem("settle.no_year", path.name))
    return reading


def _outcomes(path: Path, rank: int, settled: "Reading") -> "list[Outcome]":
    """What a report's review or a table says. Raises `Refused` where a report reviews another year."""
    from duban.assess.settle.halves import outcomes_of
    from duban.assess.settle.rows import outcomes_of_rows

    if path.suffix.lower() in _TABLES:
        from duban.files.grid import load_grids

        grid = load_grids(path)[0]
        rows = ((grid.at(n, 0), cells) for n, cells in enumerate(grid.rows[1:], 1))
        return outcomes_of_rows(grid.rows[0] if grid.rows else [], rows, path.name, rank)
    next_, planned = _read(path), settled.outline.year or 0
    reviewed = (next_.outline.year or 0) - 1
    if reviewed != planned:
        data: dict[str, str | int] = {"reviewed": reviewed, "planned": planned, "next": planned + 1}
        raise Refused(Problem("settle.wrong_year", path.name, data))
    return outcomes_of(next_, rank)


def rules_of(path: Path | None) -> "Rules":
    """The city's rules of settlement in a file; those that come with duban without one."""
    from duban.assess.settle.authority import authority_of
    from duban.assess.settle.tolerance import tolerance_of
    from duban.assess.settle.whole import Rules

    if path is None:
        return Rules()
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise Refused(Problem("settle.rules_unreadable", str(path), {"fault": str(fault)})) from None
    return Rules(tolerance_of(text, path.name), authority_of(text, path.name))
