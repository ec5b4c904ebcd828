"""`duban backtest`: forecasts and lights tried on years that are over, and the record that comes of it."""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from duban.cli.output import today, writing
from duban.core.problem import Problem, Refused

if TYPE_CHECKING:
    from duban.assess.forecast import Record, Score, Series
    from duban.assess.profile import Profile

TESTED = (
    101,
    102,
    103,
)  # seeds of the made-up series that forecasts are tried on; the record learned from others
YEARS = 6  # of each made-up series
_FORMS = ("table", "json")


def mount(app: typer.Typer) -> None:
    """Add the command of this room."""
    app.command("backtest", epilog="duban backtest · duban backtest 历年.csv --no-simulated · duban backtest 历年.csv --learn 本市.json")(
        backtest
    )  # fmt: skip


def backtest(
    files: Annotated[
        list[Path] | None,
        typer.Argument(readable=False, help="历年逐月数表 series,period,value[,family,…] (CSV)"),
    ] = None,
    simulated_too: Annotated[
        bool, typer.Option("--simulated/--no-simulated", help="连同模拟序列 with the made-up series")
    ] = True,
    seed: Annotated[
        list[int] | None, typer.Option("--seed", help="模拟序列的种子 seeds of made-up series")
    ] = None,
    profile: Annotated[str, typer.Option(help="以哪一套规则亮灯 lights by this profile")] = "default",
    record: Annotated[
        Path | None, typer.Option(help="检验哪一份记录，缺省为自带的 the record to try")
    ] = None,
    learn: Annotated[
        Path | None, typer.Option(help="由所给表另立记录，写入文件 learn a record from the files")
    ] = None,
    form: Annotated[str, typer.Option("--format", "-f", help=" | ".join(_FORMS))] = "table",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="写入文件 write to a file")] = None,
) -> None:
    """回测：在已经过完的年份上逐月重做预测与亮灯，对照结局。 Forecasts and lights tried on years that are over."""
    if form not in _FORMS:
        raise Refused(Problem("cli.unknown_format", data={"format": form, "known": ", ".join(_FORMS)}))
    used, lit = record_of(record), _profile(profile)
    given = [(path.name, series_of(path)) for path in files or ()]
    if learn is not None:
        _learned(learn, [one for _name, found in given for one in found], lit)
        return
    if simulated_too:
        given.append(("simulated", _unlearned(tuple(seed or TESTED), used)))
    if not given:
        raise Refused(Problem("forecast.nothing_given"))
    text = (_json if form == "json" else _table)(_tried(given, used, lit), used)
    if out is None:
        print(text, end="")
        return
    with writing(out) as file:
        file.write(text.encode())
    print(out)


def _tried(
    given: "list[tuple[str, list[Series]]]", used: "Record", lit: "Profile"
) -> "Mapping[str, Mapping[str, Score]]":
    """The scores of each source, by family."""
    from duban.assess.forecast import backtest as tried
    from duban.assess.forecast import cases

    return {
        name: tried((case for one in _watched(found, name) for case in cases(one)), used.families, lit)
        for name, found in given
    }


def _unlearned(seeds: tuple[int, ...], used: "Record") -> "list[Series]":
    """Made-up series that the record did not learn from; raises `Refused` for seeds that it did."""
    if same := sorted(set(seeds) & set(used.seeds)):
        raise Refused(Problem("forecast.same_seed", data={"seeds": ", ".join(map(str, same))}))
    return simulated(seeds, YEARS)


def simulated(seeds: Iterable[int], years: int) -> "list[Series]":
    """Made-up series of these seeds, in the form of forecasts."""
    from duban.assess.forecast import Seen, Series
    from duban.simulate.series import series

    return [
        Series(
            f"{one.name}·{seed}", one.family, one.measure, one.unit,
            tuple(Seen(known.day, known.year, known.month, known.value) for known in one.months), one.target,
        )
        for seed in seeds for one in series(seed, years)
    ]  # fmt: skip


def series_of(path: Path) -> "list[Series]":
    """The series of a CSV file; says on standard error how many of its rows are of no use."""
    from duban.assess.forecast import read_series
    from duban.cli import locale
    from duban.words import say

    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise Refused(Problem("forecast.unreadable", str(path), {"fault": str(fault)})) from None
    found, left = read_series(text, path.name)
    if left:
        print(say(Problem("forecast.left_out", path.name, {"n": left}), locale()), file=sys.stderr)
    return found


def record_of(path: Path | None) -> "Record":
    """The record of a file, or the one that the package brings."""
    from msgspec import MsgspecError

    from duban.assess.forecast import read_record, shipped

    if path is None:
        return shipped()
    try:
        return read_record(path.read_bytes())
    except (OSError, MsgspecError) as fault:
        raise Refused(Problem("forecast.record_unreadable", str(path), {"fault": str(fault)})) from None


def _profile(name: str) -> "Profile":
    from duban.assess.profile import shipped_profiles

    known = shipped_profiles()
    if name not in known:
        raise Refused(Problem("profile.unknown", name, {"known": ", ".join(known)}))
    return known[name]


def _watched(found: "list[Series]", name: str) -> "Iterable[Series]":
    """The same, with a progress bar on a terminal."""
    from rich.console import Console
    from rich.progress import track

    return track(found, name, console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True)


def _learned(path: Path, found: "list[Series]", lit: "Profile") -> None:
    """Write a record of the given series' own; its scores come from each year judged by those before it."""
    from duban.assess.forecast import Record, cases, write_record
    from duban.assess.forecast import backtest as tried
    from duban.assess.forecast import learn as learned

    known = [case for one in found for case in cases(one)]
    if not known:
        raise Refused(Problem("forecast.nothing_over"))
    said = f"由 {len(found)} 条本地序列学得¦learned from {len(found)} series of the city's own"
    tested = "逐年以此前各年检验¦each year tried by the years before it"
    families = learned(known)
    alone = tried([case for case in known if not case.view.now.years], {}, lit)
    record = Record(today().isoformat(), said, families, (), tested, tried(known, {}, lit), alone)
    with writing(path) as file:
        file.write(write_record(record))
    print(path)


def _json(told: "Mapping[str, Mapping[str, Score]]", used: "Record") -> str:
    from msgspec import to_builtins

    from duban.assess.forecast import whole

    found = {
        name: {
            "families": {family: to_builtins(score) for family, score in scores.items()},
            "whole": {plain: whole(scores, plain) for plain in ("against_pace", "against_last")},
        }
        for name, scores in told.items()
    }
    record = {"made": used.made, "how": used.how, "seeds": list(used.seeds)}
    return json.dumps({"record": record, "sources": found}, ensure_ascii=False, indent=1) + "\n"


def _table(told: "Mapping[str, Mapping[str, Score]]", used: "Record") -> str:
    import io

    from rich.console import Console
    from rich.table import Table

    from duban.assess.forecast import whole
    from duban.cli import locale
    from duban.words import sentence

    console = Console(file=io.StringIO(), width=None if sys.stdout.isatty() else 150, highlight=False)
    heads = ("family", "series", "n", "covered", "error", "pace", "last", "lights", "likely", "unlikely")
    for name, scores in told.items():
        title = sentence("forecast.simulated_source", {}, locale()) if name == "simulated" else name
        table = Table(*(sentence(f"backtest.{head}", {}, locale()) for head in heads), title=title)
        for family, score in scores.items():
            table.add_row(*_row(family, score, locale()))
        parts = [whole(scores, plain) for plain in ("against_pace", "against_last")]
        table.add_section()
        table.add_row(sentence("backtest.whole", {}, locale()), "", "", "", "", *map(_part, parts))
        console.print(table)
    console.print(sentence("backtest.record", {"made": used.made, "how": used.how}, locale()))
    console.print(sentence("backtest.reading", {}, locale()))
    return console.file.getvalue()  # type: ignore[attr-defined,no-any-return]


def _row(family: str, score: "Score", locale: str) -> tuple[str, ...]:
    from duban.words import sentence

    unit = sentence("backtest.points" if family in ("growth", "share") else "backtest.percent", {}, locale)
    lights = " ".join(
        f"{sentence(f'colour.{colour}', {}, locale)} {held}/{n}" for colour, (n, held) in score.lights.items()
    )
    return (
        sentence(f"family.{family}", {}, locale) if family else "—", str(score.series), str(score.n),
        "—" if score.covered is None else f"{score.covered:.1f}%", "—" if score.error is None else f"{score.error:.2f}{unit}",
        _part(score.against_pace), _part(score.against_last), lights or "—",
        f"{score.likely_held}/{score.likely}" if score.likely else "—",
        f"{score.unlikely_failed}/{score.unlikely}" if score.unlikely else "—",
    )  # fmt: skip


def _part(part: float | None) -> str:
    return "—" if part is None else f"{part:.2f}"
