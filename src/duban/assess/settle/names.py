"""Names of indicators made comparable: aliases and contrast words are data, the rest is what links the halves of a report."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from duban.read.links import contrasts, plain

_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]")
_MARKS = re.compile(r"[“”\"‘’《》、，,\s]")


@dataclass(frozen=True)
class Names:
    """The table of names: `alias` in order of length, `words` by what they say."""

    alias: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]

    def full(self, name: str) -> str:
        """`name` with every alias written out."""
        for short, long in self.alias.items():
            if short in name and long not in name:
                name = name.replace(short, long)
        return name

    def has(self, kind: str, name: str) -> bool:
        """Whether a word of this kind stands in `name`."""
        return any(word in name for word in self.words[kind])

    def key(self, name: str, owner: str = "") -> str:
        """What of `name` is compared: without the government's own name, brackets and words of the measure."""
        name = _MARKS.sub("", _BRACKETS.sub("", self.full(name)))
        for noise in (owner, *self.words["measure"]):
            name = name.replace(noise, "") if noise else name
        return plain(name)

    def apart(self, name: str) -> frozenset[str]:
        """The words that make it another indicator than one without them; what stands in brackets is one too."""
        name = self.full(name)
        own = {word for word in self.words["contrast"] if word in name}
        return contrasts(name) | own | set(_BRACKETS.findall(name))

    def leans(self, name: str) -> bool:
        """Whether nothing but contrast words is left of it: “产业类” says of which kind, and leans on a name before it."""
        rest = self.full(name)
        for word in sorted(self.apart(name), key=len, reverse=True):
            rest = rest.replace(word, "")
        return not plain(rest)


def names_of(text: str) -> Names:
    """The table written in `text` (TOML). Raises `tomllib.TOMLDecodeError` or `KeyError` where it is none."""
    table = tomllib.loads(text)
    alias = dict(sorted(table["alias"].items(), key=lambda pair: -len(pair[0])))
    return Names(alias, {kind: tuple(words) for kind, words in table["words"].items()})


@cache
def shipped() -> Names:
    """The table that comes with duban."""
    return names_of(files(__package__).joinpath("names.toml").read_text("utf-8"))
