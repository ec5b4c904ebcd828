"""Books that many tests start from: made once a run by the command itself, for all workers, and copied."""

import fcntl
import os
import shutil
from pathlib import Path

from tests.cli.forked import forked

EXAMPLE = Path(__file__).resolve().parents[1] / "examples/report-2024.txt"
MADE = {
    "opened": lambda folder: ("open", EXAMPLE, "--book", folder),
    "year": lambda folder: ("demo", EXAMPLE, "--folder", folder, "--no-serve", "--simulate"),
}


def copy_of(name, factory):
    """A new folder with the book `name` of `MADE`; `factory` is pytest's tmp_path_factory."""
    base = factory.getbasetemp()
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "books"
    place.mkdir(exist_ok=True)
    with (place / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / f"{name}.made").exists():
            shutil.rmtree(place / name, ignore_errors=True)  # what a failed attempt has left
            done = forked(*MADE[name](place / name))
            assert done.returncode == 0, done.stderr
            (place / f"{name}.made").touch()
    return shutil.copytree(place / name, factory.mktemp("book") / name)
