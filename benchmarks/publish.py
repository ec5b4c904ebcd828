"""Publishing the demonstration book (issue: under 20 s, the home page under 300 KB), as its own process each time."""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[1] / "examples/report-2024.txt"
RUNS, SECONDS, HOME_KB = 3, 20, 300


def main() -> None:
    """Make the book once, publish it several times, and print the best and the worst time and the sizes."""
    with tempfile.TemporaryDirectory() as place:
        book, site = Path(place, "book"), Path(place, "site")
        _duban("demo", EXAMPLE, "--folder", book, "--no-serve", "--simulate")
        before, times = _spent(), []
        for _ in range(RUNS):
            begun = time.perf_counter()
            _duban("publish", book, site, "--on", "2024-10-20")
            times.append(time.perf_counter() - begun)
        files = [path for path in site.rglob("*") if path.is_file()]
        home = (site / "index.html").stat().st_size / 1000
        extra = sum((site / name).stat().st_size for name in ("style.css", "search.js")) / 1000
        total = sum(path.stat().st_size for path in files) / 1e6
    print(f"  processor time of a run {(_spent() - before) / RUNS:.1f} s")
    print(
        f"  publish {min(times):.1f}–{max(times):.1f} s (bound {SECONDS}) · {len(files)} files, {total:.1f} MB"
    )
    print(f"  home page {home:.0f} KB, with style and script {home + extra:.0f} KB (bound {HOME_KB})")


def _spent() -> float:
    """Seconds of processor time of all commands so far."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _duban(*args: object) -> None:
    subprocess.run(
        [sys.executable, "-m", "duban.cli", *map(str, args)], check=True, stdout=subprocess.DEVNULL
    )


if __name__ == "__main__":
    main()
