"""Broken, doubled and misread characters."""

import re
from collections import Counter
from collections.abc import Iterator

from duban.core.span import Span
from duban.read.lexicon import load
from duban.read.lint.sections import finding_id
from duban.read.model import Clean, Finding, Source

_LATIN = re.compile(r"(?<=[\u4e00-\u9fff])\s*\b(and|or|the|of)\b\s*(?=[\u4e00-\u9fff])")
_DOUBLED = re.compile(r"(的的|和和|与与|，，|。。|、、|；；)")
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
    """A wording that stands once beside a sibling that differs in one character which looks the same."""
    groups = {char: group for group in load("lookalikes")["groups"] for char in group}
    grams: Counter[str] = Counter()
    places = []
    for found in re.finditer(f"[{''.join(groups)}]", clean.text):
        at = found.start()
        for a, b in _FRAMES:
            gram = clean.text[max(0, at - a) : at + 1 + b]
            if len(gram) == a + b + 1 and _HAN.fullmatch(gram):
                grams[gram] += 1
                places.append((at, a, b, gram))
    told = set()
    for at, a, b, gram in places:
        if at not in told and (sibling := _sibling(gram, a, groups[gram[a]], grams, clean.text)):
            told.add(at)
            span = clean.source(Span(at - a, at + 1 + b))
            yield _finding("lint.misread", span, text=gram, likely=sibling, times=grams[sibling])


_FRAMES = ((2, 1), (1, 2), (2, 0))
_HAN = re.compile(r"[\u4e00-\u9fff]+")


def _sibling(gram: str, at: int, group: str, grams: Counter[str], text: str) -> str | None:
    """The better attested wording, judged by the pair of characters around the doubtful one."""
    if grams[gram] > 1:
        return None
    others = [gram[:at] + char + gram[at + 1 :] for char in group if char != gram[at]]
    best = max(others, key=lambda other: grams[other], default="")
    if not grams[best]:
        return None
    pair = slice(max(0, at - 1), at + 1)
    if at == len(gram) - 1:  # nothing behind: only a frequent sibling convinces
        return best if grams[best] > 1 and text.count(best[-2:]) >= 2 * text.count(gram[-2:]) else None
    stronger = grams[best] > 1 or text.count(best[pair]) > text.count(gram[pair])
    return best if stronger else None
