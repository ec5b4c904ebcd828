"""Names of indicators made comparable: aliases and contrast words are data, the rest is what links the halves of a report."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
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
    references: Mapping[str, str] = field(default_factory=dict)
    several: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def reference(self, name: str) -> str:
        """The indicator that is meant where something is to grow in step with `name`."""
        return self.references.get(name) or self.full(name)

    def each(self, name: str) -> tuple[str, ...]:
        """The indicators that `name` speaks of at once: 城乡居民 are two."""
        for word, parts in self.several.items():
            if word in name:
                return tuple(name.replace(word, part) for part in parts)
        return (name,)

    def ranked_by(self, name: str) -> frozenset[str]:
        """By what a list of places ranks, where `name` says it."""
        return frozenset(word for word in self.words["ranked_by"] if word in name)

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
        for noise in (owner, *self.words["measure"], *self.words["doing"]):
            name = name.replace(noise, "") if noise else name
        return plain(name)

    def apart(self, name: str) -> frozenset[str]:
        """The words that make it another indicator than one without them; what stands in brackets is one too."""
        name = self.full(name)
        own = {word for word in self.words["contrast"] if word in name}
        return contrasts(name) | own | set(_BRACKETS.findall(name))

    def scope(self, before: str, owner: str) -> str:
        """The larger place that the words `before` a figure in its clause name; "" for the government's own."""
        own = f"全{owner[-1:]}"
        return next((word for word in self.words["scope"] if word in before and word != own), "")

    def joint(self, name: str) -> int:
        """How many joining words stand in `name`."""
        return sum(name.count(word) for word in self.words["joint"])

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
    words = {kind: tuple(words) for kind, words in table["words"].items()}
    several = {word: tuple(parts) for word, parts in table["each"].items()}
    return Names(alias, words, table["reference"], several)


@cache
def shipped() -> Names:
    """The table that comes with duban."""
    return names_of(files(__package__).joinpath("names.toml").read_text("utf-8"))
