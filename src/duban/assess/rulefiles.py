"""Files of rules: shipped in a folder of this package, or a city's own in its book; read once for each text."""

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Generic, TypeVar

from duban.core.problem import Problem, Refused
from duban.ledger import Book

T = TypeVar("T")


def parsed(text: str, name: str) -> dict[str, Any]:
    """The tables written in `text`; raises `Refused` where it is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise Refused(Problem("profile.unreadable", name, {"fault": str(fault)})) from None


class Rulefiles(Generic[T]):
    """Rules of one kind: those of `folder`, read by `read` (text, name); the city's rule `switch` names the one in use."""

    def __init__(self, folder: str, switch: str, read: Callable[[str, str], T]) -> None:
        self._folder, self._switch = folder, switch
        self._read = cache(read)

    def shipped(self) -> Mapping[str, T]:
        """Those that come with duban, by name."""
        return {name: self._read(text, name) for name, text in _texts(self._folder).items()}

    def of(self, book: Book, name: str = "") -> T:
        """The one of this name, or that which the city has switched on; a city's own stands above a shipped one.

        Raises `Refused` where there is none of this name.
        """
        name = name or book.rules.get(self._switch) or "default"
        return self._read(self.text(book, name), name)

    def text(self, book: Book, name: str) -> str:
        """Its text as it is written; raises `Refused` when there is none of this name."""
        text = book.profiles.get(name) or _texts(self._folder).get(name)
        if text is None:
            known = ", ".join((*book.profiles, *_texts(self._folder)))
            raise Refused(Problem("profile.unknown", name, {"known": known}))
        return text


@cache
def _texts(folder: str) -> Mapping[str, str]:
    found = files("duban.assess").joinpath(folder)
    names = sorted(f.name for f in found.iterdir() if f.name.endswith(".toml"))
    return {name[:-5]: found.joinpath(name).read_text("utf-8") for name in names}
