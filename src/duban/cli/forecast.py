"""`duban forecast`: how the year of each item will end, as far as was known on a day."""

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from duban.cli.output import today, writing
from duban.core.problem import Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from duban.assess import Account
    from duban.assess.forecast import Forecast, Record
    from duban.ledger import Book

    Found = Mapping[str, tuple[Account, Forecast]]

_FORMS = ("table", "json", "csv")
_HEADS = (
    "key",
    "item",
    "period",
    "value",
    "target",
    "end",
    "low",
    "high",
    "chance",
    "family",
    "said",
    "needed",
)


def mount(app: typer.Typer) -> None:
    """Add the command of this room."""
    app.command(
        "forecast",
        epilog="duban forecast 账本 · duban forecast 账本 A1.1-09/2 --on 2024-08-31 · duban forecast 账本 projects.completed · duban forecast 账本 --with 历年.csv -f csv -o 预测.csv",
    )(forecast)


def forecast(
    book: Annotated[str, typer.Argument(help="账本文件夹或 postgresql:// 地址 folder or URL")],
    item: Annotated[
        str, typer.Argument(help="事项编号或指标名，缺省为全部 an item's key or an indicator")
    ] = "",
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="只用这一天已知的数，缺省为今天 as of this day"),
    ] = None,
    with_: Annotated[
        list[Path] | None, typer.Option("--with", help="历年逐月数表 earlier years series,period,value (CSV)")
    ] = None,
    record: Annotated[
        Path | None, typer.Option(help="检验记录，缺省为自带的 a record of backtest --learn")
    ] = None,
    form: Annotated[str, typer.Option("--format", "-f", help=" | ".join(_FORMS))] = "table",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="写入文件 write to a file")] = None,
) -> None:
    """预测：各事项年底约到多少，把握有多大，余下每月须多少；只用当天已知的数。 How each item's year will end."""
    from duban.assess import profile_of
    from duban.assess.forecast import forecasts
    from duban.cli import pipelines
    from duban.cli.backtest import record_of, series_of

    if form not in _FORMS:
        raise Refused(Problem("cli.unknown_format", data={"format": form, "known": ", ".join(_FORMS)}))
    used, series = record_of(record), [one for path in with_ or () for one in series_of(path)]
    day, known = _known(book, on)
    if "." in item and "/" not in item and (named := pipelines.named(item)):
        print(pipelines.told(known, item, named, day), end="")
        return
    found = _asked(forecasts(known, used, day, slack=profile_of(known).slack, series=series), item, book)
    if form == "table":
        text = (
            _paragraphs(found, used, pipelines.of_items(known, found, day)) if item else _table(found, used)
        )
    else:
        text = (_json if form == "json" else _csv)(found, used)
    _given(text, out, "utf-8-sig" if form == "csv" else "utf-8")


def _known(location: str, on: datetime | None) -> "tuple[date, Book]":
    """The day, and the book as of that day."""
    from duban.ledger import BookKeeper, open_store
    from duban.ledger.book import require_book

    day, keeper = on.date() if on else today(), BookKeeper(open_store(location))
    require_book(keeper.book(), location)
    return day, keeper.as_of(day)


def _given(text: str, out: Path | None, encoding: str) -> None:
    """Print it, or write it to a file."""
    if out is None:
        print(text, end="")
        return
    with writing(out) as file:
        file.write(text.encode(encoding))
    print(out)


def _asked(found: "Found", item: str, place: str) -> "Found":
    """The items of a key, or of a commitment; raises `Refused` where there is none."""
    kept = {key: one for key, one in found.items() if not item or item in (key, key.rpartition("/")[0])}
    if not kept and item:
        raise Refused(Problem("forecast.no_item", place, {"item": item[:40]}))
    return kept


def _lines(found: "Found") -> list[tuple[str, ...]]:
    from duban.cli import locale
    from duban.words.forecasts import needed, target_of, told

    lines = []
    for key, (account, one) in found.items():
        unit, latest = account.target.unit, account.latest
        figures = [
            "" if number is None else f"{number:f}{unit}"
            for number in (one.value, one.end, one.low, one.high)
        ]
        lines.append((
            key, account.state.item.head, latest.period.code if latest else "", figures[0],
            target_of(account, locale()), *figures[1:], "" if one.chance is None else f"{one.chance}%", one.family,
            told(one, locale()), needed(one, account, locale()),
        ))  # fmt: skip
    return lines


def _paragraphs(found: "Found", used: "Record", ways: "Mapping[str, str]") -> str:
    """Each item in words; `ways` say what registers' records on their way will bring to those that are bound."""
    from duban.cli import locale
    from duban.words.forecasts import proved

    said = []
    for line, (_account, one) in zip(_lines(found), found.values(), strict=True):
        parts = (
            f"{line[0]} {line[1]}",
            line[10],
            line[11],
            ways.get(line[0], ""),
            proved(one, used, locale()),
        )
        said.append("\n".join(part for part in parts if part))
    return "\n\n".join(said) + "\n"


def _table(found: "Found", used: "Record") -> str:
    """Those that something can be said of, the least likely first; and how many are left."""
    import io

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from duban.cli import locale
    from duban.words import sentence

    shown = {key: pair for key, pair in found.items() if pair[1].end is not None}
    ranked = dict(
        sorted(shown.items(), key=lambda one: (one[1][1].chance is None, one[1][1].chance or 0, one[0]))
    )
    console = Console(file=io.StringIO(), width=None if sys.stdout.isatty() else 150, highlight=False)
    heads = ("item", "period", "value", "target", "end", "interval", "chance", "needed")
    table = Table(*(sentence(f"forecast.head_{head}", {}, locale()) for head in heads))
    for line in _lines(ranked):
        between = f"{line[6]} – {line[7]}" if line[6] else "—"
        cells = (f"{line[0]} {line[1]}", *line[2:6], between, line[8] or "—", line[11])
        table.add_row(*(Text(cell, overflow="fold") for cell in cells))
    console.print(table)
    left = {"n": len(found) - len(shown), "made": used.made, "how": used.how}
    console.print(sentence("forecast.left", left, locale()))
    return console.file.getvalue()  # type: ignore[attr-defined,no-any-return]


def _json(found: "Found", used: "Record") -> str:
    from duban.words.forecasts import plain

    rows = [
        {"key": key, "item": account.state.item.head, **plain(one, account, used)}
        for key, (account, one) in found.items()
    ]
    return json.dumps({"forecasts": rows}, ensure_ascii=False, indent=1) + "\n"


def _csv(found: "Found", _used: "Record") -> str:
    import csv
    import io

    from duban.files.escape import escaped

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEADS)
    writer.writerows([escaped(cell) for cell in line] for line in _lines(found))
    return out.getvalue()
