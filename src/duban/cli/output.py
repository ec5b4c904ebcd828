"""Files that a command writes: beside first, then moved into place, so that a full disk leaves what was there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO

from duban.core.problem import Problem, Refused


def today() -> date:
    """The calendar's day, or `DUBAN_TODAY` where a year is simulated."""
    told = os.environ.get("DUBAN_TODAY", "")
    try:
        return date.fromisoformat(told) if told else date.today()
    except ValueError:
        raise Refused(Problem("cli.day_wrong", data={"day": told[:20]})) from None


def folder(out: Path) -> None:
    """Make the folder `out` unless it is there; raises `Refused` when it cannot be made."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        code = (
            "cli.not_a_folder"
            if isinstance(fault, FileExistsError | NotADirectoryError)
            else "cli.cannot_write"
        )
        raise Refused(Problem(code, str(out), {"reason": fault.strerror or str(fault)})) from None


@contextmanager
def writing(out: Path) -> Iterator[IO[bytes]]:
    """A binary file that becomes `out` when the block ends well; raises `Refused` when it cannot be written."""
    beside = out.with_name(f".{out.name}.part")
    try:
        with beside.open("wb") as file:
            yield file
        beside.replace(out)
    except OSError as fault:
        raise Refused(
            Problem("cli.cannot_write", str(out), {"reason": fault.strerror or str(fault)})
        ) from None
    finally:
        beside.unlink(missing_ok=True)
