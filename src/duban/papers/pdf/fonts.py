"""Chinese fonts of this machine, to be embedded in a PDF. None is shipped: `DUBAN_FONTS` may name a folder of them.

A face is looked for by the names under which systems keep it: 小标宋 for titles, 仿宋 for text, 黑体 for heads, and
for each what comes closest. Where none is there, the refusal names the package to install.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path

from duban.core.problem import Problem, Refused

ROLES = ("title", "body", "head", "song")
_SUFFIXES = (".ttf", ".otf", ".ttc")
_SERIF = ("notoserifcjk-regular*", "notoserifcjksc-regular*", "notoserifsc*", "sourcehanserif*-regular*", "simsun*",
          "stsong*", "songti*", "uming*", "gbsn00lp*")  # fmt: skip
_SANS = ("notosanscjk-regular*", "notosanscjksc-regular*", "notosanssc*", "sourcehansans*-regular*", "simhei*",
         "msyh*", "pingfang*", "wqy-*", "droidsansfallback*", "uming*")  # fmt: skip
FACES: dict[str, tuple[str, ...]] = {
    "title": (
        "fzxbs*",
        "方正小标宋*",
        "notoserifcjk-bold*",
        "notoserifcjksc-bold*",
        "sourcehanserif*-bold*",
        *_SERIF,
    ),
    "body": ("simfang*", "fangsong*", "stfangso*", "仿宋*", "fzfs*", *_SERIF, *_SANS),
    "head": (
        "simhei*",
        "notosanscjk-bold*",
        "notosanscjksc-bold*",
        "sourcehansans*-bold*",
        "黑体*",
        *_SANS,
        *_SERIF,
    ),
    "song": (*_SERIF, *_SANS),
}
STAND_INS = (
    "notosanscjk-regular*",
    "dejavusans.ttf",
    "notosans-regular*",
    "arial.ttf",
    "liberationsans-regular*",
)


@dataclass(frozen=True, slots=True)
class Face:
    """A font file, and which font of it where it holds several."""

    path: str
    number: int = 0


def folders() -> tuple[str, ...]:
    """Where fonts are looked for, `DUBAN_FONTS` first."""
    home = Path.home()
    known = [os.environ.get("DUBAN_FONTS", "")]
    if sys.platform == "win32":
        known += [str(Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts")]
    elif sys.platform == "darwin":
        known += [str(home / "Library/Fonts"), "/Library/Fonts", "/System/Library/Fonts"]
    else:
        known += [
            str(home / ".local/share/fonts"),
            str(home / ".fonts"),
            "/usr/local/share/fonts",
            "/usr/share/fonts",
        ]
    return tuple(folder for folder in known if folder)


def faces() -> dict[str, Face]:
    """A face for each role. Raises `Refused` (papers.no_font) where this machine has no Chinese font."""
    found = _faces(folders())
    if not found:
        raise Refused(Problem("papers.no_font"))
    return dict(found)


def stand_ins() -> tuple[Face, ...]:
    """Faces for characters that a Chinese face lacks."""
    files = _files(folders())
    found = (next((f for f in files if fnmatch(f.name.lower(), pattern)), None) for pattern in STAND_INS)
    return tuple(Face(str(f), _simplified(f)) for f in found if f is not None)


@lru_cache(maxsize=8)
def _faces(where: tuple[str, ...]) -> dict[str, Face]:
    files, found = _files(where), dict[str, Face]()
    for role, patterns in FACES.items():
        face = next(_matching(files, patterns), None)
        if face is not None:
            found[role] = face
    some = next(iter(found.values()), None)
    return {role: found.get(role, some) for role in ROLES} if some is not None else {}


def _matching(files: tuple[Path, ...], patterns: tuple[str, ...]) -> Iterator[Face]:
    for pattern in patterns:
        for path in files:
            if fnmatch(path.name.lower(), pattern) and (number := _simplified(path)) >= 0:
                yield Face(str(path), number)


@lru_cache(maxsize=8)
def _files(where: tuple[str, ...]) -> tuple[Path, ...]:
    return tuple(
        path
        for folder in where
        if Path(folder).is_dir()
        for path in sorted(Path(folder).rglob("*"))
        if path.suffix.lower() in _SUFFIXES
    )


@lru_cache(maxsize=64)
def _simplified(path: Path) -> int:
    """Which font of the file has the simplified Chinese forms (0 for a file of one); −1 for one we cannot read."""
    from fontTools.ttLib import TTCollection, TTFont, TTLibError

    try:
        if path.suffix.lower() != ".ttc":
            with TTFont(path, lazy=True) as font:
                return 0 if "cmap" in font else -1
        with TTCollection(path, lazy=True) as fonts:
            names = [font["name"].getDebugName(1) or "" for font in fonts.fonts]
    except (OSError, TTLibError, ValueError, KeyError):
        return -1
    return next((n for n, name in enumerate(names) if name.endswith((" SC", " CN", " GB"))), 0)
