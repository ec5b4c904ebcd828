"""What an import would do, in words: rows skipped, changes, faults; the first ones shown, all of them in a file."""

import csv
import io
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from duban.cli import locale
from duban.cli.output import writing
from duban.core.problem import Problem
from duban.words import say, sentence

if TYPE_CHECKING:
    from duban.actions.records import Weighed
    from duban.files.records import Change, RecordsRead
    from duban.ledger import Book
    from duban.registers.register import Register

FAULTS, CHANGES, NOTES = 100, 200, 60  # shown; what is more stands in a file
_WIDE = 160  # characters of a line where no terminal says how wide it is
_HOW = {
    "new": ("新增", "new"),
    "changed": ("修改", "changed"),
    "moved": ("阶段", "moved"),
    "back": ("恢复", "back"),
}


@contextmanager
def progress() -> Iterator[Callable[[str], Callable[[int, int], None]]]:
    """Progress bars on a terminal: call with a name for a bar, then that with what is done and the whole."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as bars:

        def bar(name: str) -> Callable[[int, int], None]:
            task = bars.add_task(name, total=None)
            return lambda done, total: bars.update(task, completed=done, total=total)

        yield bar


def show_notes(read: "RecordsRead", kept: int) -> None:
    """What was skipped or not read, and why."""
    for note in read.notes[:NOTES]:
        print(say(note, locale()))
    if kept:
        print(sentence("records.kept_back", {"count": kept}, locale()))


def show_changes(
    book: "Book", register: "Register", read: "RecordsRead", weighed: "Weighed", out: Path | None
) -> None:
    """The first changes as a table, all of them as CSV where a file is named, and the counts."""
    from duban.files.records import changes_of

    changes = list(changes_of(book, register, weighed.writes))
    rows = [_change(register, change) for change in changes[: None if out else CHANGES]]
    heads = ("记录 record", "名称 title", "什么 what", "栏目 field", "原为 before", "改为 after")
    show_table(heads, rows[:CHANGES])
    if len(changes) > CHANGES:
        print(f"… {len(changes) - CHANGES} 处改动没有列出 more changes（--changes FILE）")
    if out is not None:
        _write_csv(out, heads, rows)
        print(out)
    counts = Counter(change.how for change in changes)
    told = " · ".join(
        f"{zh} {en} {counts[how]}" for how, (zh, en) in _HOW.items() if counts[how] or how == "new"
    )
    bad = weighed.refused + read.refused
    print(
        f"{weighed.rows + read.refused} 行 rows · {told} · 无变化 same {weighed.same} · 不能收 refused {bad}"
    )


def _change(register: "Register", change: "Change") -> tuple[str, ...]:
    language = locale()
    how = _HOW[change.how][language == "en"]
    if change.field == "stage":
        before, after = (
            register.staged[s].label(language) if s else "" for s in (change.before, change.after)
        )
        return change.id, change.title, how, "", before, f"{after} {change.day}"
    field = register.named.get(change.field)
    if field is None:
        return change.id, change.title, how, "", "", ""
    texts = (field.shown(text, language) for text in (change.before, change.after))
    return change.id, change.title, how, field.label(language), *texts


def show_faults(faults: Sequence[Problem], out: Path, *, always: bool) -> None:
    """The first faults in sentences on standard error; where there are more, or a file is named, all in the file."""
    for fault in faults[:FAULTS]:
        print(say(fault, locale()), file=sys.stderr)
    if len(faults) > FAULTS or (faults and always):
        rows = ((fault.place, fault.code, say(fault, locale())) for fault in faults)
        _write_csv(out, ("位置 place", "代码 code", "问题 fault"), rows)
        data = {"more": max(0, len(faults) - FAULTS), "count": len(faults), "file": str(out)}
        print(sentence("records.more_faults", data, locale()), file=sys.stderr)


def _write_csv(out: Path, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from duban.files.plain import guarded

    with writing(out) as file, io.TextIOWrapper(file, "utf-8-sig", newline="", write_through=True) as text:
        writer = csv.writer(text)
        writer.writerow(heads)
        writer.writerows([guarded(cell) for cell in row] for row in rows)


def show_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table on the terminal; nothing where it has no rows."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not rows:
        return
    table = Table(*heads)
    for row in rows:
        table.add_row(*(Text(_one_line(cell), overflow="fold") for cell in row))
    Console(width=None if sys.stdout.isatty() else _WIDE, highlight=False).print(table)


def _one_line(text: str) -> str:
    """A cell for a terminal: nothing in it can move the cursor."""
    bare = " / ".join("".join(c for c in part if c.isprintable()) for part in text.split("\n"))
    return bare if len(bare) <= 80 else bare[:80] + "…"


def show_records(book: "Book", register: "Register", actor: str, *, stage: str, find: str, most: int) -> None:
    """The records that the account may see, in a table of few columns."""
    from duban.actions.context import actor_of
    from duban.actions.seen import seen
    from duban.registers.record import disputed

    language, rows, count = locale(), [], 0
    shown = dict.fromkeys((register.title, register.unit, *register.key, *register.groups))
    fields = [register.named[name] for name in shown if name in register.named][:5]
    for one in seen(book, actor_of(book, actor), register, book.registers.of(register.name), published=False):
        at = register.staged.get(one.state.stage)
        if stage and (at is None or stage not in (at.name, at.zh, at.en)):
            continue
        marked = disputed(register, one.state)
        texts = [
            _marked(field.shown(one.value(field), language), field.name in marked, language)
            for field in fields
        ]
        if find and not any(find in one.value(field) for field in one.fields):
            continue
        count += 1
        if count <= most:
            rows.append((one.state.id, *texts, at.label(language) if at else ""))
    last = ("stage",) if language == "en" else ("阶段",)
    show_table(("id", *(field.label(language) for field in fields), *last), rows)
    more = f" · 只列 {most} 条 the first {most} (-n)" if count > most else ""
    print(f"{count} 条记录 records{more}")


def _marked(text: str, disputed: bool, language: str) -> str:
    """A value with the mark of one that is disputed."""
    return f"{text}{' (disputed)' if language == 'en' else '（有异议）'}" if disputed and text else text
