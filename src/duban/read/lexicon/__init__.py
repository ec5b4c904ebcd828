"""The reader's word lists: TOML files beside this module, which an official can read and extend.

A city's own words go into a file of the same name in a folder named by `DUBAN_LEXICON`: its lists are
appended to the ones shipped here.
"""

import os
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any


def _merge(base: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in more.items():
        old = merged.get(key)
        if isinstance(old, list) and isinstance(value, list):
            merged[key] = [*old, *value]
        elif isinstance(old, Mapping) and isinstance(value, Mapping):
            merged[key] = _merge(old, value)
        else:
            merged[key] = value
    return merged


@cache
def load(name: str) -> Mapping[str, Any]:
    """The lexicon `name` (without `.toml`); raises FileNotFoundError for an unknown one."""
    shipped = tomllib.loads((files(__package__) / f"{name}.toml").read_text("utf-8"))
    folder = os.environ.get("DUBAN_LEXICON")
    own = Path(folder) / f"{name}.toml" if folder else None
    if own is not None and own.is_file():
        return _merge(shipped, tomllib.loads(own.read_text("utf-8")))
    return shipped


def alternation(words: Iterable[str]) -> str:
    """A regular expression that matches any of `words`, the longest first.

    Words that begin alike share their beginning, so that a search gives up at the first character that no word
    goes on with instead of trying every word in turn; which words match, and in which order, stays the same.
    """
    return _alternation(tuple(words))


@cache
def _alternation(words: tuple[str, ...]) -> str:
    return _branches(frozenset(words))


def _branches(words: frozenset[str]) -> str:
    """Any of `words`: one branch for each first character, the empty word last."""
    tails: dict[str, set[str]] = defaultdict(set)
    for word in sorted(words - {""}):
        tails[word[0]].add(word[1:])
    branches = [re.escape(char) + _tail(frozenset(rest)) for char, rest in tails.items()]
    return "(?:" + "|".join([*branches, *([""] if "" in words else [])]) + ")"


def _tail(rest: frozenset[str]) -> str:
    """What may follow a first character."""
    if len(rest) == 1:
        return re.escape(*rest)
    return _branches(rest)
