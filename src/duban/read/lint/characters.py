"""Broken, doubled and misread characters."""

import re
from collections import Counter
from collections.abc import Iterator

from duban.core.span import Span
from duban.read.lexicon import load
from duban.read.lint.sections import finding_id
from duban.read.model import Clean, Finding, Source

_LATIN = re.compile(r"(?<=[\u4e00-\u9fff])\s*\b(and|or|the|of)\b\s*(?=[\u4e00-\u9fff])")
_DOUBLED = re.compile(r"(的的|了了|和和|与与|是是|在在|将将|，，|。。|、、|；；)")
_SEAM = re.compile(r"(?P<tail>[\u4e00-\u9fff]{1,3})\s*\n\s*(?P=tail)(?=[\u4e00-\u9fff])")


def _finding(code: str, span: Span, **data: str | int) -> Finding:
    return Finding(
        finding_id(code, f"{sorted(data.items())}{span.start if code == 'lint.seam' else ''}"),
        code,
        span.start,
        span.end,
        data,
    )


def check_characters(source: Source, clean: Clean) -> Iterator[Finding]:
    """Seams, foreign words, doubled characters, unbalanced quotes, look-alikes."""
    for found in _SEAM.finditer(source.text):
        yield _finding("lint.seam", Span(found.start(), found.end()), text=found["tail"])
    for pattern, code in ((_LATIN, "lint.latin_word"), (_DOUBLED, "lint.doubled_character")):
        for found in pattern.finditer(clean.text):
            yield _finding(
                code,
                clean.source(Span(found.start(1), found.end(1))),
                text=found[1],
                context=clean.text[max(0, found.start() - 8) : found.end() + 8],
            )
    yield from _unbalanced(clean)
    yield from _look_alikes(clean)


def _unbalanced(clean: Clean) -> Iterator[Finding]:
    at = 0
    for line in clean.text.split("\n"):
        for opening, closing in ("“”", "（）", "《》"):
            if line.count(opening) != line.count(closing):
                span = clean.source(Span(at, at + min(30, len(line))))
                yield _finding("lint.unbalanced", span, mark=opening + closing, context=line[:20])
        at += len(line) + 1


def _look_alikes(clean: Clean) -> Iterator[Finding]:
    """A rare wording beside a frequent one that differs in one character which looks the same."""
    text = clean.text
    for group in load("lookalikes")["groups"]:
        for char in group:
            for found in re.finditer(char, text):
                at = found.start()
                yield from _contradicted(clean, text, at, char, group)


def _contradicted(clean: Clean, text: str, at: int, char: str, group: str) -> Iterator[Finding]:
    window = re.search(r"[\u4e00-\u9fff]+$", text[max(0, at - 3) : at])
    left = window[0] if window else ""
    follow = re.match(r"[\u4e00-\u9fff]+", text[at + 1 : at + 4])
    right = follow[0] if follow else ""
    for a, b in ((2, 1), (1, 2), (3, 0), (2, 0)):
        before, after = left[len(left) - a :] if a else "", right[:b]
        if len(before) != a or len(after) != b or a + b < 2:
            continue
        words = {other: text.count(before + other + after) for other in group}
        best = Counter(words).most_common(1)[0]
        if best[0] != char and words[char] == 1 and best[1] >= (2 if a + b >= 3 else 4):
            yield _finding(
                "lint.misread",
                clean.source(Span(at - a, at + 1 + b)),
                text=before + char + after,
                likely=before + best[0] + after,
                times=best[1],
            )
            return
