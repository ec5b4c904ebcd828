"""A folder that is made anew beside the old one and put in its place whole: a failed job leaves the old one as it was."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from duban.core.problem import Problem, Refused

MARK, FORMAT = "site.json", "duban-site-1"  # the file by which a folder is known to be a site of ours


def _refuse(code: str, place: Path, fault: OSError | None = None) -> Refused:
    data = {"reason": fault.strerror or str(fault)} if fault else {}
    return Refused(Problem(code, str(place), data))


def check_place(out: Path, book: str) -> Path:
    """The folder that a site may be put into: new, empty, or a site that we made. Raises `Refused`."""
    place = out.resolve()
    if "://" not in book:
        home = Path(book).resolve()
        if place == home or place in home.parents or home in place.parents:
            raise _refuse("site.in_the_book", out)
    if place.exists() and not place.is_dir():
        raise _refuse("cli.not_a_folder", out)
    try:
        if place.is_dir() and any(place.iterdir()) and not _is_site(place):
            raise _refuse("site.not_ours", out)
    except OSError as fault:
        raise _refuse("cli.cannot_write", out, fault) from None
    return place


def _is_site(place: Path) -> bool:
    try:
        told = json.loads((place / MARK).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(told, dict) and told.get("format") == FORMAT


@contextmanager
def replacing(place: Path) -> Iterator[Path]:
    """A new folder that takes the place of `place` when the block ends well. Raises `Refused` where it cannot be written."""
    new, old = (place.with_name(f".{place.name}.{what}") for what in ("new", "old"))
    try:
        if old.exists() and not place.exists():
            old.rename(place)  # an earlier job was cut off between its two last steps
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        yield new
        shutil.rmtree(old, ignore_errors=True)
        if place.exists():
            place.rename(old)
        try:
            new.rename(place)
        except OSError:
            if old.exists():
                old.rename(place)
            raise
        shutil.rmtree(old, ignore_errors=True)
    except OSError as fault:
        raise _refuse("cli.cannot_write", place, fault) from None
    finally:
        shutil.rmtree(new, ignore_errors=True)


class Writer:
    """Writes files below a folder, each once; knows how many bytes each has."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.sizes: dict[str, int] = {}

    def write(self, name: str, content: bytes | str) -> None:
        """Write a file, its folder made; ValueError for a name that leads out or was used before."""
        if ".." in Path(name).parts or name in self.sizes:
            raise ValueError(name)
        path, raw = self._root / name, content.encode() if isinstance(content, str) else content
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        self.sizes[name] = len(raw)
