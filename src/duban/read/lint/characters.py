"""Broken, doubled and misread characters."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from duban.core.span import Span
from duban.read.layout import body_lines
from duban.read.lexicon import load
from duban.read.lint.places import finding
from duban.read.model import Clean, Finding, Source

_LATIN = re.compile(r"(?:and|or|the|of)(?=\s*[\u4e00-\u9fff])")
_DOUBLED = re.compile(r"(的的|和和(?!美)|与与|了了|，，|。。|、、|；；|：：)")
_ECHO = re.compile(r"(?P<word>[\u4e00-\u9fff]{2,5})(?P=word)")
_FULL_LINE = 20  # characters: a shorter line is a title or a signature, not a page's last line
_PAIRS = (("“", "”"), ("（", "）"), ("《", "》"))
_HAN = re.compile(r"[\u4e00-\u9fff]+")


def check_characters(source: Source, clean: Clean) -> Iterator[Finding]:
    """Seams, foreign words, doubled characters and words, unbalanced quotes, look-alikes."""
    yield from _seams(source)
    yield from _latin_words(clean)
    for found in _DOUBLED.finditer(clean.text):
        yield _in_context("lint.doubled_character", clean, found.span(), found.span(), found[0])
    for found in _echoes(clean.text):
        if not _meant(found["word"]):
            yield _in_context("lint.doubled_word", clean, found.span(), found.span(), found["word"])
    yield from _unbalanced(clean)
    yield from _look_alikes(clean)


def _in_context(code: str, clean: Clean, at: tuple[int, int], around: tuple[int, int], text: str) -> Finding:
    """A finding at clean characters `at`, told by `text` and the characters beside `around`."""
    context = clean.text[max(0, around[0] - 8) : around[1] + 8]
    return finding(code, text + context, *clean.place(*at), text=text, context=context)


def _latin_words(clean: Clean) -> Iterator[Finding]:
    """Foreign words between two Chinese characters."""
    for found in _LATIN.finditer(clean.text):
        before = clean.text[: found.start()].rstrip()
        if _HAN.match(before[-1:]):
            end = len(clean.text) - len(clean.text[found.end() :].lstrip())
            yield _in_context("lint.latin_word", clean, found.span(), (len(before), end), found[0])


def _echoes(text: str) -> Iterator[re.Match[str]]:
    """What `_ECHO.finditer` finds, asked only where two characters stand again soon behind: twice as fast."""
    wide = text.encode("utf-16-le", "surrogatepass")
    if len(wide) != 2 * len(text):  # a character beyond the first 65,536 is two of UTF-16's
        yield from _ECHO.finditer(text)
        return
    end = 0
    for at in sorted({at for gap in range(2, 6) for at in _again(wide, gap)}):
        if at >= end and (found := _ECHO.match(text, at)):
            yield found
            end = found.end()


def _again(wide: bytes, gap: int) -> Iterator[int]:
    """Where a character and the next one stand again `gap` characters on: where both differ by nothing."""
    number, nothing = int.from_bytes(wide, "little"), bytes(4)
    differs = (number ^ number >> 16 * gap).to_bytes(len(wide), "little")
    at = differs.find(nothing)
    while at >= 0:
        if at % 2 == 0:
            yield at // 2
        at = differs.find(nothing, at + 1)


def _meant(word: str) -> bool:
    """ "一项一项", "层层压实": words that Chinese doubles on purpose."""
    if len(word) == 2 and word not in load("commitments")["promise"]:
        return True  # "纪委监委监督": two words that share a character, no doubling
    return word[0] in "一逐每好你" or len(set(word)) == 1


def _seams(source: Source) -> Iterator[Finding]:
    """Characters at the end of a full line that the next one begins with again."""
    text, done = source.text, 0
    for (_, end, _), (start, _, _) in pairwise(body_lines(text)):
        if text[start] not in text[max(0, end - 3) : end]:
            continue
        for at in range(max(done, end - 3), end):
            tail = text[at:end]
            after = start + len(tail)
            if text.startswith(tail, start) and _HAN.fullmatch(tail) and _HAN.match(text, after):
                line, done = text[text.rfind("\n", 0, at) + 1 : at], after
                if len(line.strip()) >= _FULL_LINE:
                    yield finding("lint.seam", f"{tail}{line[-12:]}", at, after, text=tail)
                break


def _unbalanced(clean: Clean) -> Iterator[Finding]:
    """Marks that are not in pairs within a paragraph, nor with the paragraph beside it."""
    at, lines = 0, clean.text.split("\n")
    excess = [[line.count(opening) - line.count(closing) for opening, closing in _PAIRS] for line in lines]
    for number, line in enumerate(lines):
        for pair, (opening, closing) in enumerate(_PAIRS):
            if excess[number][pair] and sum(x[pair] for x in excess[max(0, number - 1) : number + 2]):
                yield finding(
                    "lint.unbalanced", f"{opening}{line[:40]}", *clean.place(at, at + min(30, len(line))),
                    mark=opening + closing, context=line[:20],
                )  # fmt: skip
        at += len(line) + 1


_FRAMES = ((2, 1), (1, 2), (2, 0))


def _look_alikes(clean: Clean) -> Iterator[Finding]:
    """A wording that stands once beside a sibling that differs in one character which looks the same."""
    groups = {char: group for group in load("lookalikes")["groups"] for char in group}
    text, alike = clean.text, re.compile(f"[{''.join(groups)}]")
    met = [m.start() for m in alike.finditer(text)]
    keys = {at: (text[at - 1], groups[text[at]]) for at in met if at and text[at - 1] != "\n"}
    after: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (
        at,
        key,
    ) in keys.items():  # only where two of a group follow the same character can one be read for the other
        after[key].add(text[at])
    grams: Counter[str] = Counter()
    places = []
    for at, key in keys.items():
        if len(after[key]) < 2:
            continue
        for a, b in _FRAMES:
            gram = text[max(0, at - a) : at + 1 + b]
            if len(gram) == a + b + 1 and _HAN.fullmatch(gram):
                grams[gram] += 1
                places.append((at, a, b, gram))
    told = set()
    for at, a, b, gram in places:
        if at in told or grams[gram] > 1:
            continue
        sibling = _sibling(gram, a, groups[gram[a]], grams, text)
        if sibling and not _at_home(text, at):
            told.add(at)
            span = clean.source(Span(at - a, at + 1 + b))
            yield finding(
                "lint.misread", f"{gram}{sibling}", span.start, span.end,
                text=gram, likely=sibling, times=grams[sibling],
            )  # fmt: skip


def _at_home(text: str, at: int) -> bool:
    """The character makes a word with its neighbour that stands elsewhere too ("推动|人才")."""
    return text.count(text[at : at + 2]) > 1


def _sibling(gram: str, at: int, group: str, grams: Counter[str], text: str) -> str | None:
    """The better attested wording, judged by the pair of characters around the doubtful one."""
    others = [gram[:at] + char + gram[at + 1 :] for char in group if char != gram[at]]
    best = max(others, key=lambda other: grams[other], default="")
    if not grams[best]:
        return None
    if at == len(gram) - 1:  # nothing behind: only a frequent sibling convinces, and not for 人, 入 and 大
        if gram[at] in "人入八大太":
            return None
        return best if grams[best] > 1 and text.count(best[-2:]) > text.count(gram[-2:]) else None
    pair = slice(max(0, at - 1), at + 1)
    return best if grams[best] > 1 or text.count(best[pair]) > text.count(gram[pair]) else None
