"""Words that a text begins or ends with, told by its first or last character before any pattern is tried."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

_PER = re.compile(r"每[一-龥]{1,3}$")


class Opening:
    """A pattern of what a text may begin with; `words` are all that it begins with, or their first characters."""

    def __init__(self, pattern: str, words: Iterable[str]) -> None:
        compiled = re.compile(pattern)
        self._match, self._fullmatch = compiled.match, compiled.fullmatch
        self.begins = frozenset(word[0] for word in words if word)

    def match(self, text: str) -> re.Match[str] | None:
        """The match at the start of `text`."""
        return self._match(text) if text and text[0] in self.begins else None

    def is_all(self, text: str) -> bool:
        """Whether `text` is nothing else."""
        return text[:1] in self.begins and self._fullmatch(text) is not None

    def past(self, text: str) -> str:
        """`text` behind the match at its start."""
        found = self._match(text) if text and text[0] in self.begins else None
        return text[found.end() :] if found else text


class Closing:
    """A pattern of what a text may end with (it ends in `$`); `words` are all that it ends with, or their last
    characters."""

    def __init__(self, pattern: str, words: Iterable[str]) -> None:
        self._search = re.compile(pattern).search
        self._ends = frozenset(word[-1] for word in words if word)

    def search(self, text: str) -> re.Match[str] | None:
        """The match at the end of `text`."""
        return self._search(text) if text and text[-1] in self._ends else None

    def before(self, text: str) -> str:
        """`text` before the match at its end."""
        found = self._search(text) if text and text[-1] in self._ends else None
        return text[: found.start()] if found else text


class Starts:
    """A set of words that a text may begin with."""

    def __init__(self, words: Iterable[str]) -> None:
        table: dict[str, list[str]] = defaultdict(list)
        for word in filter(None, words):
            table[word[0]].append(word)
        self._table = {first: tuple(listed) for first, listed in table.items()}

    def begin(self, text: str) -> bool:
        """Whether `text` begins with one of them."""
        words = self._table.get(text[:1])
        return words is not None and text.startswith(words)


class Ends:
    """A set of words; `not_after` names the characters before which a word is no word of its own."""

    def __init__(self, words: Iterable[str], not_after: Mapping[str, str] | None = None) -> None:
        table: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        for word in sorted(set(words), key=lambda w: (-len(w), w)):
            table[word[-1]].append((word, tuple(char + word for char in (not_after or {}).get(word, ""))))
        self._table = {last: (tuple(word for word, _ in listed), listed) for last, listed in table.items()}

    def last(self, text: str) -> str:
        """The longest word that `text` ends with, or nothing."""
        known = self._table.get(text[-1:])
        if known and text.endswith(known[0]):
            for word, longer in known[1]:
                if text.endswith(word) and not (longer and text.endswith(longer)):
                    return word
        return ""

    def strip(self, text: str) -> str:
        """`text` without all such words at its end, nor 每… for each of something."""
        while True:
            if word := self.last(text):
                text = text[: -len(word)]
            elif found := _PER.search(text, max(0, len(text) - 4)):
                text = text[: found.start()]
            else:
                return text
