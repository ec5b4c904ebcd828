"""Sentences for people: every Problem and finding has one in Chinese and one in English.

Catalogues are the files `<area>.zh.toml` and `<area>.en.toml` beside this module, flat tables of
`"code" = "sentence with {place} and {fields}"`.
"""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from duban.core.problem import SIDES, Problem

LOCALES = ("zh", "en")

__all__ = ["LOCALES", "catalogue", "named", "say", "sentence"]


@cache
def catalogue(locale: str) -> Mapping[str, str]:
    """All sentences of one locale by code."""
    found: dict[str, str] = {}
    for entry in files(__package__).iterdir():
        if entry.name.endswith(f".{locale}.toml"):
            found.update(tomllib.loads(entry.read_text("utf-8")))
    return found


def sentence(code: str, data: Mapping[str, object], locale: str = "zh") -> str:
    """The sentence for `code` filled with `data`; the bare code where none is written."""
    pattern = catalogue(locale).get(code) or catalogue("zh").get(code)
    if pattern is None:
        return f"{code} {dict(data)}"
    return pattern.format_map(defaultdict(str, {k: named(str(v), locale) for k, v in data.items()}))


def named(value: str, locale: str = "zh") -> str:
    """`value`, or the names of what it lists where every word of it is a code of the catalogue ("role.head").

    Words that a pack brings in both languages come as "中文¦English".
    """
    if SIDES in value:
        return value.split(SIDES)[locale != "zh"]
    codes, known = value.split(), catalogue(locale)
    if not codes or not all("." in code and code in known for code in codes):
        return value
    return ("、" if locale == "zh" else ", ").join(known[code] for code in codes)


def say(problem: Problem, locale: str = "zh") -> str:
    """What is wrong, where, and the mend."""
    return sentence(problem.code, {"place": problem.place, **problem.data}, locale)
