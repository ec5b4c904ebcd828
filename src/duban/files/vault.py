"""Where evidence files are kept: each once, under the SHA-256 of its bytes, beside the book.

A file is written beside first, checked, brought to the disk, and only then moved to its place; a file whose bytes
are not those of its name any more is never given out.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from duban.core.problem import Problem, Refused
from duban.files.kinds import clean_name, kind_of

_BLOCK = 1 << 20
_INCOMING = "incoming"


@dataclass(frozen=True, slots=True)
class Staged:
    """A checked file that waits beside the vault; `sha256`, `kind` and `size` are facts of its content."""

    path: Path
    name: str
    sha256: str
    kind: str
    size: int


class Vault:
    """A folder of evidence files; `limit` is the largest size of one in bytes."""

    def __init__(self, folder: Path, limit: int) -> None:
        self.folder, self.limit = folder, limit

    def place(self, sha256: str) -> Path:
        """Where the file of this hash is kept."""
        return self.folder / sha256[:2] / sha256

    def receive(self, name: str, chunks: Iterable[bytes]) -> Staged:
        """Write and check a file beside the vault, never more of it than the limit. Raises `Refused`."""
        incoming = self.folder / _INCOMING
        try:
            incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
            with tempfile.NamedTemporaryFile(dir=incoming, delete=False) as file:
                try:
                    return self._staged(clean_name(name), file, chunks)
                except BaseException:
                    Path(file.name).unlink(missing_ok=True)
                    raise
        except OSError as fault:
            raise Refused(
                Problem("evidence.not_kept", clean_name(name), {"fault": fault.strerror or ""})
            ) from None

    def _staged(
        self, name: str, file: "tempfile._TemporaryFileWrapper[bytes]", chunks: Iterable[bytes]
    ) -> Staged:
        digest, size = hashlib.sha256(), 0
        for chunk in chunks:
            size += len(chunk)
            if size > self.limit:
                raise Refused(Problem("evidence.too_large", name, {"limit": self.limit // 1_000_000}))
            digest.update(chunk)
            file.write(chunk)
        if not size:
            raise Refused(Problem("evidence.empty", name))
        file.flush()
        kind = kind_of(name, file.file, size)  # type: ignore[arg-type]
        os.fsync(file.fileno())
        return Staged(Path(file.name), name, digest.hexdigest(), kind, size)

    def keep(self, staged: Staged) -> None:
        """Move a staged file to its place; the same content is kept once. Raises `Refused`: the disk does not take it."""
        place = self.place(staged.sha256)
        try:
            place.parent.mkdir(exist_ok=True, mode=0o700)
            if place.exists() and _digest_of(place) == staged.sha256:
                staged.path.unlink(missing_ok=True)
                return
            staged.path.replace(place)
            _settle(place.parent)
        except OSError as fault:
            raise Refused(
                Problem("evidence.not_kept", staged.name, {"fault": fault.strerror or ""})
            ) from None

    def drop(self, staged: Staged) -> None:
        """Throw away a staged file that was not kept."""
        staged.path.unlink(missing_ok=True)

    def open(self, sha256: str, name: str = "") -> BinaryIO:
        """The file of this hash, checked against it. Raises `Refused`: it is gone, or has been changed."""
        try:
            file = self.place(sha256).open("rb")
        except OSError:
            raise Refused(Problem("evidence.missing", name or sha256, {"sha256": sha256})) from None
        if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
            file.close()
            raise Refused(Problem("evidence.changed", name or sha256, {"sha256": sha256}))
        file.seek(0)
        return file

    def fault(self, sha256: str, name: str = "") -> Problem | None:
        """What is wrong with a kept file, None when nothing is."""
        try:
            self.open(sha256, name).close()
        except Refused as refused:
            return refused.problems[0]
        return None


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _settle(folder: Path) -> None:
    """Bring a folder's entries to the disk, so that a moved file is there after a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
