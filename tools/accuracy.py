"""Score the reader against a hand-made reading of a real report, where ../shared holds one."""

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duban.read import load_source, read_source
from duban.read.formats import write_commitments, write_jsonl
from duban.read.model import Reading

SHARED = Path(__file__).resolve().parents[2] / "shared"


@dataclass(frozen=True, slots=True)
class Precision:
    """Of the commitments read: those with a target number of the gold, those that are one of its tasks, the rest.

    A task of the gold vouches for one commitment only, so a clause split in two counts once as `doubled`.
    """

    numbered: int
    tasks: int
    doubled: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def total(self) -> int:
        """All commitments that were read."""
        return self.numbered + self.tasks + len(self.doubled) + len(self.unknown)

    @property
    def share(self) -> float:
        """The share of commitments that a person would have put down too, each once."""
        return (self.numbered + self.tasks) / max(1, self.total)


def precision(reading: Reading, tools: Any, gold: list[Any], tasks: list[Any]) -> Precision:
    """How many of the commitments read are in the gold: `tools` is the module score_reading."""
    text = reading.source.text
    table, flat = tools.offsets(text), tools.squeeze(text)
    targets = [
        place[0]
        for place, row in zip(tools.locate(gold, text), gold, strict=True)
        if row["role"] == "claim" and "target" in (row.get("tense"), *row.get("alt", {}).get("tense", []))
    ]
    spans = _task_spans(flat, [tools.squeeze(t["sentence"]) for t in tasks])
    numbered, taken, doubled, unknown = 0, set(), [], []
    for one in reading.commitments:
        start, end = table[one.start], table[one.end]
        if any(start <= at < end for at in targets):
            numbered += 1
            continue
        near = [n for n, span in enumerate(spans) if _overlap(span, (start, end)) >= 0.5]
        free = [n for n in near if n not in taken]
        if free:
            taken.add(max(free, key=lambda n: _overlap(spans[n], (start, end))))
        else:
            (doubled if near else unknown).append(one.text)
    return Precision(numbered, len(taken), tuple(doubled), tuple(unknown))


def _task_spans(flat: str, sentences: list[str]) -> list[tuple[int, int]]:
    cursor, spans = 0, []
    for sentence in sentences:
        at = flat.find(sentence, cursor)
        at = flat.find(sentence) if at < 0 else at
        cursor = max(cursor, at)
        spans.append((at, at + len(sentence)))
    return spans


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """The share of the shorter span that lies in the other."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, common) / max(1, min(one[1] - one[0], other[1] - other[0]))


def _score(tool: str, gold: str, report: Path, text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / f"{tool}.jsonl"
        out.write_text(text, "utf-8")
        command = [sys.executable, SHARED / f"tools/{tool}.py", SHARED / f"gold/{gold}.jsonl", report, out]
        subprocess.run([*command, *sys.argv[1:]], check=True)


def main() -> int:
    """Print the scorers' summaries and the precision of the commitments; `--errors N` lists what is wrong."""
    report = SHARED / "data/baotou/report-2024.txt"
    if not report.is_file():
        print("No hand-made reading is at hand (../shared); docs/accuracy.md has the last figures.")
        return 0
    sys.path.insert(0, str(SHARED / "tools"))
    import score_reading as tools

    reading = read_source(load_source(report))
    _score("score_reading", "baotou-2024.gold", report, write_jsonl(reading))
    _score("score_commitments", "baotou-2024.tasks", report, write_commitments(reading))
    gold, tasks = (
        tools.rows(SHARED / f"gold/{name}.jsonl") for name in ("baotou-2024.gold", "baotou-2024.tasks")
    )
    found = precision(reading, tools, gold, tasks)
    if "--errors" in sys.argv:
        for words, texts in (("one task twice", found.doubled), ("not a task", found.unknown)):
            print(*(f"✗ {words}: {text}" for text in texts), sep="\n")
    print(
        f"commitments {found.total} with a target {found.numbered} a task {found.tasks} one task twice"
        f" {len(found.doubled)} not a task {len(found.unknown)} | precision {found.share:.3f}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
