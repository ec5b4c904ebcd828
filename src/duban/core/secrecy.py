"""Marks of state secrets in a text. Nothing secret may enter the system (Yaodu: docs/sources.md).

The mark of a secret document is its level, a star, and a term or an event (机密★20年, 绝密★启用前); it is also found
written out (密级：秘密), in brackets, or alone on a line. Plain talk of secrecy is no mark: 市保密局, 商业秘密,
保守国家秘密, 机密计算 all pass.
"""

import re
from dataclasses import dataclass

_GAP = (
    "[ \t\u00a0\u2000-\u200d\u2060\u3000\ufeff]*"  # letters may be spaced apart, or hide blanks without width
)


def _spaced(word: str) -> str:
    return _GAP.join(word)


_LEVEL = f"(?:{'|'.join(_spaced(word) for word in ('绝密', '絕密', '机密', '機密', '秘密'))})"
_TERM = rf"(?:(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}}){_GAP}(?:年|个月|個月|月)|{_spaced('长期')}|{_spaced('启用前')})"
_STAR = "[★☆⭐✩✭⋆]"
_BRACKETS = (("[【\\[［〔]", "[】\\]］〕]"), ("[（(]", "[)）]"))
_DURATION = "(?:保密期限|密级期限)"
_MARKS = re.compile(
    "|".join(
        (
            f"{_LEVEL}{_GAP}{_STAR}(?:{_GAP}{_TERM})?",
            f"{_STAR}{_GAP}{_LEVEL}",
            f"{_LEVEL}{_GAP}[*＊·•]{_GAP}{_TERM}",
            f"{_LEVEL}{_TERM}",
            f"密{_GAP}级{_GAP}(?:[:：]|为|是){_GAP}{_LEVEL}",
            f"{_DURATION}{_GAP}(?:[:：]|为|是){_GAP}{_TERM}",
            *(f"{left}{_GAP}{_LEVEL}{_GAP}级?{_GAP}{right}" for left, right in _BRACKETS),
            f"(?m:^{_GAP}{_LEVEL}{_GAP}级?{_GAP}$)",
        )
    )
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark as it is written, and at which character it stands (the first is 1)."""

    text: str
    at: int


def secret_mark(text: str) -> Mark | None:
    """The first mark of a state secret in `text`, None when there is none."""
    found = _MARKS.search(text) if "密" in text else None
    return Mark(" ".join(found[0].split())[:30], found.start() + 1) if found else None
