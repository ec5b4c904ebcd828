"""Files that a command writes: beside first, then moved into place, so that a full disk leaves what was there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from duban.core.problem import Problem, Refused


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
