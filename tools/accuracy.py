"""Score the reader against a hand-made reading of a real report, where ../shared holds one."""

import subprocess
import sys
import tempfile
from pathlib import Path

from duban.read import load_source, read_source
from duban.read.formats import write_commitments, write_jsonl

SHARED = Path(__file__).resolve().parents[2] / "shared"


def main() -> int:
    """Print the scorers' summaries."""
    report = SHARED / "data/baotou/report-2024.txt"
    if not report.is_file():
        print("No hand-made reading is at hand (../shared); docs/accuracy.md has the last figures.")
        return 0
    reading = read_source(load_source(report))
    with tempfile.TemporaryDirectory() as folder:
        for tool, gold, text in (
            ("score_reading", "baotou-2024.gold", write_jsonl(reading)),
            ("score_commitments", "baotou-2024.tasks", write_commitments(reading)),
        ):
            out = Path(folder) / f"{tool}.jsonl"
            out.write_text(text, "utf-8")
            subprocess.run(
                [
                    sys.executable,
                    SHARED / f"tools/{tool}.py",
                    SHARED / f"gold/{gold}.jsonl",
                    *((report, out)),
                    *sys.argv[1:],
                ],
                check=True,
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
