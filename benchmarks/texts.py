"""The text that benchmarks read: a real report where ../shared holds one, else the example."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def text_path() -> Path:
    """The file."""
    real = ROOT.parent / "shared/data/baotou/report-2024.txt"
    return real if real.is_file() else ROOT / "examples/report-2024.txt"


def median(times: list[float]) -> float:
    """The middle one."""
    return sorted(times)[len(times) // 2]
