"""The project's own rules: sizes, floors, and that it speaks of itself alone."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def texts():
    for path in ROOT.rglob("*"):
        inside = path.relative_to(ROOT).parts
        if (
            path.is_file()
            and not any(p.startswith(".") and p != ".ci" for p in inside)
            and path.suffix in {".py", ".md", ".toml", ".txt", ""}
        ):
            yield path, path.read_text("utf-8", errors="ignore")


def test_budgets_hold():
    done = subprocess.run([sys.executable, ROOT / "tools/budgets.py"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_no_index_address_and_no_machine_path():
    foreign = re.compile("--index" + r"-url|pypi\." + r"org|/work" + r"/|file://" + "/")
    assert [str(path) for path, text in texts() if foreign.search(text)] == []


def test_the_example_says_what_it_is():
    assert "演示用改写稿" in (ROOT / "examples/report-2024.txt").read_text("utf-8").splitlines()[0]
