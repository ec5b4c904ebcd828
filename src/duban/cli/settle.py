"""`duban settle`: the promises of a report beside what the next one and tables of results say of them."""

import csv
import io
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from duban.cli.output import writing
from duban.core.problem import Problem, Refused

if TYPE_CHECKING:
    from duban.assess.settle import Outcome
    from duban.assess.settle.tolerance import Tolerance
    from duban.assess.settle.whole import Settled
    from duban.read.model import Reading

_TABLES = (".csv", ".xlsx")
_FORMS = ("table", "json", "csv")
_HEADS = ("id", "promise", "verdict", "reason", "sources", "start")


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
        Path | None, typer.Option("--rules", help="“左右”的放宽 tolerance for 左右 (TOML)")
    ] = None,
    form: Annotated[str, typer.Option("--format", "-f", help=" | ".join(_FORMS))] = "table",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="写入文件 write to a file")] = None,
) -> None:
    """年底结算：逐项对照承诺与结果，按写明的规则下结论；只读，不记账。 Verdicts on promises; nothing is written."""
    from duban.assess.settle.halves import aims_of
    from duban.assess.settle.names import shipped
    from duban.assess.settle.whole import settle as settled_of

    if form not in _FORMS:
        raise Refused(Problem("cli.unknown_format", data={"format": form, "known": ", ".join(_FORMS)}))
    if not with_:
        raise Refused(Problem("settle.nothing_with"))
    reading = _read(report)
    outcomes = [o for rank, path in enumerate(with_) for o in _outcomes(path, rank, reading)]
    owner = reading.outline.government or ""
    owner = owner.removesuffix("人民政府")
    reviewed = any(path.suffix.lower() not in _TABLES for path in with_)
    settled = settled_of(aims_of(reading), outcomes, _tolerance(rules), shipped(), owner, reviewed=reviewed)
    text = {"table": _table, "json": _json, "csv": _csv}[form](settled)
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


def _tolerance(path: Path | None) -> "Tolerance":
    from duban.assess.settle.tolerance import shipped, tolerance_of

    if path is None:
        return shipped()
    try:
        return tolerance_of(path.read_text("utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as fault:
        raise Refused(Problem("settle.rules_unreadable", str(path), {"fault": str(fault)})) from None


def _lines(settled: "list[Settled]") -> list[tuple[str, ...]]:
    from duban.cli import locale
    from duban.words import sentence

    return [
        (s.aim.id, s.aim.indicator, sentence(f"term.{s.verdict.code}", {}, locale()),
         sentence(s.verdict.reason, s.verdict.data, locale()), "; ".join(s.verdict.sources), str(s.aim.start))
        for s in settled
    ]  # fmt: skip


def _counts(settled: "list[Settled]") -> dict[str, int]:
    from duban.assess.settle import VERDICTS

    found = Counter(s.verdict.code for s in settled)
    return {code: found[code] for code in VERDICTS}


def _table(settled: "list[Settled]") -> str:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from duban.cli import locale
    from duban.words import sentence

    told = " · ".join(f"{sentence(f'term.{c}', {}, locale())} {n}" for c, n in _counts(settled).items())
    width = None if sys.stdout.isatty() else 160
    console = Console(file=io.StringIO(), width=width, highlight=False, record=False)
    table = Table("承诺 promise", "结论 verdict", "理由 reason", "来源 sources")
    for row in _lines(settled):
        table.add_row(*(Text(cell, overflow="fold") for cell in row[1:5]))
    console.print(Text(told))
    console.print(table)
    return console.file.getvalue()  # type: ignore[attr-defined,no-any-return]


def _json(settled: "list[Settled]") -> str:
    rows = [
        dict(zip(_HEADS, line, strict=True))
        | {"code": s.verdict.code, "rule": s.verdict.reason, "data": dict(s.verdict.data),
           "readings": list(s.verdict.readings),
           "ranked": [{"result": p.outcome.indicator, "certainty": round(p.certainty), "why": p.why} for p in s.ranked]}
        for s, line in zip(settled, _lines(settled), strict=True)
    ]  # fmt: skip
    return json.dumps({"counts": _counts(settled), "promises": rows}, ensure_ascii=False, indent=1) + "\n"


def _csv(settled: "list[Settled]") -> str:
    from duban.files.escape import escaped

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEADS)
    writer.writerows([escaped(cell) for cell in line] for line in _lines(settled))
    return out.getvalue()
