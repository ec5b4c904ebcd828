"""The lake: one folder per fed register, one Parquet file per vintage, and what is wrong with files beside them.

A checked file waits under its own digest until the ledger has an entry about it; only then it gets the name of its
vintage. Whoever reads a vintage finishes what was cut off between the two, so entry and file always agree.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from duban.core.problem import Problem, Refused
from duban.ledger.book import Book

_WAITING, _NOTE, _REFUSED = "waiting-{}.parquet", "waiting-{}.json", "refused-{}.csv"


@dataclass(frozen=True, slots=True)
class Staged:
    """A checked file that waits for the ledger: how many rows it has, and how many were refused."""

    register: str
    name: str
    sha256: str
    rows: int
    refused: int
    columns: tuple[str, ...]


class Lake:
    """The folder `lake` beside a book."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def beside(cls, book_folder: Path) -> "Lake":
        """The lake of the book in this folder."""
        return cls(book_folder / "lake")

    def room(self, register: str) -> Path:
        """The folder of a register, made where there is none."""
        found = self.folder / register
        found.mkdir(parents=True, exist_ok=True)
        return found

    @contextmanager
    def alone(self, register: str) -> Iterator[None]:
        """One feed of a register at a time: a second one waits. Ends with the process that holds it."""
        with (self.room(register) / ".lock").open("w") as opened:
            fcntl.flock(opened, fcntl.LOCK_EX)
            yield

    def vintage(self, register: str, number: int) -> Path:
        """Where a vintage is: `lake/<register>/v0001.parquet`."""
        return self.folder / register / f"v{number:04d}.parquet"

    def waiting(self, register: str, sha256: str) -> Path:
        """Where a checked file waits."""
        return self.folder / register / _WAITING.format(sha256)

    def refused(self, register: str, sha256: str) -> Path:
        """Where the refused rows of a file are written down."""
        return self.folder / register / _REFUSED.format(sha256)

    def keep(self, staged: Staged, made: Path) -> None:
        """Let a file that was just checked wait, safely on the disk."""
        note = self.folder / staged.register / _NOTE.format(staged.sha256)
        note.write_text(json.dumps(asdict(staged), ensure_ascii=False), "utf-8")
        _flush(made)
        made.replace(self.waiting(staged.register, staged.sha256))
        _flush(note.parent)

    def staged(self, register: str, sha256: str) -> Staged | None:
        """What is known of a file that waits or was taken; None where there is none."""
        note = self.folder / register / _NOTE.format(sha256)
        if not note.is_file():
            return None
        told = json.loads(note.read_text("utf-8"))
        return Staged(**{**told, "columns": tuple(told["columns"])})

    def settle(self, book: Book, register: str) -> None:
        """Give waiting files the names of the vintages that the ledger has, and throw away what it knows nothing of."""
        known = book.feeds.get(register, ())
        for taken in known:
            path, waiting = (
                self.vintage(register, taken.body.vintage),
                self.waiting(register, taken.body.sha256),
            )
            _name(waiting, path)
        held = book.held.get(register)
        for waiting in (self.folder / register).glob(_WAITING.format("*")):
            if held is None or waiting != self.waiting(register, held.body.sha256):
                waiting.unlink(missing_ok=True)

    def current(self, book: Book, register: str) -> Path | None:
        """The file of the latest vintage that the book knows, None where nothing was fed yet. Raises `Refused`.

        A book as of a day knows the vintages of its days, so an older one gives the older file.
        """
        vintages = book.feeds.get(register, ())
        if not vintages:
            return None
        last = vintages[-1].body
        path, waiting = self.vintage(register, last.vintage), self.waiting(register, last.sha256)
        _name(waiting, path)
        if not path.exists():
            raise Refused(
                Problem("feed.file_gone", f"feed/{register}", {"vintage": last.vintage, "name": last.name})
            )
        return path


def _name(waiting: Path, path: Path) -> None:
    """Give a waiting file its name where it has none yet; another process may be doing the same."""
    if not path.exists():
        with suppress(FileNotFoundError):
            waiting.replace(path)


def _flush(path: Path) -> None:
    """Make sure that it is on the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
