"""`duban read` and `duban lint`."""

import gc
import itertools
import os
import sys
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from duban.cli.output import folder, writing
from duban.core.problem import Problem, Refused
from duban.core.sure import UNSURE
from duban.read.formats import FORMATS, WRITERS
from duban.read.model import Reading

_SUFFIX = {"jsonl": "jsonl", "commitments": "commitments.jsonl", "csv": "csv", "md": "md", "table": "txt"}
_READABLE = {".txt", ".docx", ".pdf", ".html", ".htm"}


def mount(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command(
        "read",
        epilog="duban read 报告.docx · duban read 报告.txt --format jsonl -o 数字.jsonl · duban read 文件夹 -o 结果",
    )(read)
    app.command("lint", epilog="duban lint 报告.txt")(lint)


def _reading(path: Path) -> Reading:
    from duban.read import load_source, read_source

    return read_source(load_source(path))


def summary(reading: Reading) -> str:
    """What was found, as a table for a terminal."""
    from rich.console import Console
    from rich.table import Table

    console = Console(record=True, file=open(os.devnull, "w"), width=92)  # noqa: SIM115
    claims = [c for c in reading.claims if c.role == "claim"]
    outline = reading.outline
    table = Table(
        title=f"{outline.government or reading.source.name} {outline.year or ''}", show_header=False
    )
    table.add_row("承诺 commitments", str(len(reading.commitments)))
    for kind, count in Counter(c.kind for c in reading.commitments).most_common():
        table.add_row(f"  {kind}", str(count))
    table.add_row(
        "数字 numbers",
        f"{len(reading.claims)}（目标 targets {sum(c.tense == 'target' for c in claims)}，结果 results {sum(c.tense == 'actual' for c in claims)}）",
    )
    unsure = sum(sure < float(UNSURE) for claim in claims for sure in claim.confidence.values())
    table.add_row("待人工确认 for a person", str(unsure))
    table.add_row(
        "上年结果与今年目标 linked",
        f"{len(reading.links)}（目标低于上年结果 lowered {sum(link.movement == 'lowered' for link in reading.links)}）",
    )
    notes = sum(f.level == "info" for f in reading.findings)
    table.add_row("文本问题 findings", f"{len(reading.findings)}（其中提示 notes {notes}）")
    console.print(table)
    return console.export_text()


def written(reading: Reading, form: str) -> str:
    """The reading in one of `FORMATS`."""
    return summary(reading) if form == "table" else WRITERS[form](reading)


def _one(path: Path, form: str, out: Path | None) -> tuple[Path, str, tuple[Problem, ...]]:
    """What the file reads as, with warnings; or "" with the errors for which it was refused.

    The result is written where it was made, so that it need not come through a pipe; it is "" then too. Raises
    `Refused` when it cannot be written.
    """
    try:
        reading = _reading(path)
    except Refused as refused:
        return path, "", refused.problems
    text = written(reading, form)
    if out is not None:
        _write(out, text)
    return path, "" if out is not None else text, reading.problems


def _expand(paths: list[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        found += (
            sorted(p for p in path.rglob("*") if p.suffix.lower() in _READABLE) if path.is_dir() else [path]
        )
    return found


def _results(
    places: Sequence[tuple[Path, Path | None]], form: str, jobs: int
) -> Iterator[tuple[Path, str, tuple[Problem, ...]]]:
    """Readings in order of (file, where its result goes), a bounded number under way so that memory stays flat."""
    if len(places) > 2:
        gc.freeze()  # what is loaded stays: the collector of cycles need not look through it report after report
    if jobs <= 1 or len(places) <= 2:
        yield from (_one(path, form, out) for path, out in places)
        return
    rest = iter(places)
    with ProcessPoolExecutor(jobs) as pool:
        pending = deque(pool.submit(_one, path, form, out) for path, out in islice(rest, jobs * 4))
        while pending:
            yield pending.popleft().result()
            pending.extend(pool.submit(_one, path, form, out) for path, out in islice(rest, 1))


def _names(paths: list[Path], given: list[Path], out: Path, form: str) -> dict[Path, Path]:
    """Where the result of each file goes: below `out` as the file lies below its folder, two never to one."""
    folder(out)
    names: dict[Path, Path] = {}
    taken: set[Path] = set()
    for path in paths:
        top = next((one for one in given if one in path.parents), path.parent)
        below = out / path.relative_to(top).parent
        folder(below)
        names[path] = next(n for n in _choices(below, path, _SUFFIX[form]) if n not in taken)
        taken.add(names[path])
    return names


def _choices(below: Path, path: Path, suffix: str) -> Iterator[Path]:
    """Names for the result of `path`, the plainest first."""
    yield below / f"{path.stem}.{suffix}"
    yield below / f"{path.name}.{suffix}"
    yield from (below / f"{path.name}-{number}.{suffix}" for number in itertools.count(2))


def _write(out: Path, text: str) -> None:
    with writing(out) as file:
        file.write(text.encode())


def read(
    files: Annotated[list[Path], typer.Argument(readable=False, help="报告文件或文件夹 files or folders")],
    form: Annotated[str, typer.Option("--format", "-f", help=" | ".join(FORMATS))] = "table",
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="写入文件；多个文件时为文件夹 file, or folder for several"),
    ] = None,
    jobs: Annotated[int, typer.Option(help="并行进程数 parallel workers")] = os.cpu_count() or 1,
) -> None:
    """读报告：承诺、数字、出处。 Read reports into commitments and numbers with their places."""
    if form not in FORMATS:
        raise Refused(Problem("cli.unknown_format", data={"format": form, "known": ", ".join(FORMATS)}))
    paths = _expand(files)
    many = len(paths) > 1 or any(path.is_dir() for path in files)
    names = _names(paths, files, out, form) if out is not None and many else {}
    places = [(path, names.get(path, out)) for path in paths]
    bad = []
    for path, text, problems in _progress(_results(places, form, jobs), len(paths), many):
        if any(problem.level == "error" for problem in problems):
            bad.append((path, problems))
            continue
        _warn(problems)
        print(text, end="")
    _finish(bad, many)


def _progress(results: Iterator, total: int, many: bool) -> Iterator:  # type: ignore[type-arg]
    if not (many and sys.stderr.isatty()):
        return results
    from rich.console import Console
    from rich.progress import track

    return iter(track(results, "读取 reading", total=total, console=Console(stderr=True)))


def _warn(problems: tuple[Problem, ...]) -> None:
    """Say on standard error what is odd with a document that could be read all the same."""
    from duban.cli import refuse

    if problems:
        refuse(Refused(*problems))


def _finish(bad: list[tuple[Path, tuple[Problem, ...]]], many: bool) -> None:
    if not bad:
        return
    problems = [problem for _, found in bad for problem in found]
    if many:
        names = ", ".join(path.name for path, _ in bad)
        problems.append(Problem("cli.some_refused", data={"count": len(bad), "names": names}))
    raise Refused(*problems)


def lint(
    file: Annotated[Path, typer.Argument(readable=False, help="报告文件 the report")],
    all_: Annotated[bool, typer.Option("--all", help="也列出提示 also the informational findings")] = False,
) -> None:
    """查文本：序号、错字、数字矛盾、无法核验的承诺。 What is wrong with the text itself."""
    from duban.cli import locale
    from duban.words import sentence

    reading = _reading(file)
    shown = [f for f in reading.findings if all_ or f.level != "info"]
    for finding in shown:
        line = reading.source.text.count("\n", 0, finding.start) + 1
        print(f"{file.name}:{line}  {sentence(finding.code, finding.data, locale())}")
    hints = sum(f.level == "info" for f in reading.findings)
    print(
        f"问题 findings {len(reading.findings) - hints} · 提示 hints {hints}" + ("" if all_ else " (--all)")
    )
