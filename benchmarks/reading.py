"""Reading: once loaded, as a command, and a folder of a thousand; beside a bare regex and jieba's tagging."""

import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.texts import median, text_path
from duban.read import load_source, read_source

PROGRESS = 10.0  # seconds between two words on how far a folder is read
_NAIVE = re.compile(
    r"\d+(?:\.\d+)?\s*(?:[万亿]*(?:元|吨|户|家|个|项|人|亩|公里|千瓦|平方米|场|条|处|所|名|套|台)|%|个百分点)"
)


def timed(job, times: int) -> float:
    """The median of `times` runs, in milliseconds."""
    runs = []
    for _ in range(times):
        start = time.perf_counter()
        job()
        runs.append((time.perf_counter() - start) * 1000)
    return median(runs)


def command(path: Path) -> tuple[float, float]:
    """(seconds of the whole command, peak MB of the largest process so far)."""
    runs = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run(
            [
                sys.executable,
                "-m",
                "duban.cli",
                "read",
                path,
                "-f",
                "jsonl",
                "-o",
                f"{tempfile.gettempdir()}/duban-bench.jsonl",
            ],
            check=True,
        )
        runs.append(time.perf_counter() - start)
    return median(runs), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def folder(path: Path, count: int) -> tuple[float, float, float]:
    """(MB of UTF-8 per second and core over `count` copies, the same per second of processor time, peak MB)."""
    cores = os.cpu_count() or 1
    data = path.read_bytes()
    with tempfile.TemporaryDirectory() as place:
        for number in range(count):
            (Path(place) / f"{number:04}.txt").write_bytes(data)
        start, before = time.perf_counter(), os.times()
        told = [sys.executable, "-m", "duban.cli", "read", place, "-f", "jsonl", "-o", f"{place}/out"]
        reading = subprocess.Popen([*told, "--jobs", str(cores)])
        while _goes_on(reading):
            print(f"  {len(list(Path(place, 'out').glob('*')))} of {count} read", file=sys.stderr)
        seconds, after = time.perf_counter() - start, os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    size, peak = len(data) * count / 1e6, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return size / seconds / cores, size / spent, peak


def _goes_on(process: subprocess.Popen[bytes]) -> bool:
    """Whether it is still running after a while; raises CalledProcessError when it failed."""
    try:
        code = process.wait(PROGRESS)
    except subprocess.TimeoutExpired:
        return True
    if code:
        raise subprocess.CalledProcessError(code, process.args)
    return False


def main(count: int = 1000) -> None:
    """Print the figures."""
    path = text_path()
    source = load_source(path)
    ours = timed(lambda: read_source(source), 15)
    naive = timed(lambda: _NAIVE.findall(source.text), 15)
    seconds, peak = command(path)  # before jieba is loaded: a forked child starts with our own pages
    rate, pure, worker = folder(path, count)
    import jieba.posseg as tagger

    jieba_ms = timed(lambda: list(tagger.cut(source.text)), 3)
    print(f"text                {len(source.text):>9} characters ({path.parent.name})")
    print(f"reading, loaded     {ours:>9.1f} ms   (median of 15)")
    print(
        f"bare regex          {naive:>9.1f} ms   reading takes {ours / naive:.0f} times as long and finds what, when and how much"
    )
    print(f"jieba tagging       {jieba_ms:>9.1f} ms   reading takes {ours / jieba_ms:.2f} of it")
    print(f"command, whole      {seconds:>9.2f} s    peak {peak:.0f} MB")
    print(
        f"folder of {count:<5}     {rate:>9.2f} MB/s per core ({pure:.2f} per second that a core worked for it)"
    )
    print(f"                    {worker:>9.0f} MB, peak of a process")


if __name__ == "__main__":
    main()
