"""Broken, doubled and misread characters."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from duban.core.span import Span
from duban.read.lexicon import load
from duban.read.lint.places import finding
from duban.read.model import Clean, Finding, Source

_LATIN = re.compile(r"(?<=[\u4e00-\u9fff])\s*(and|or|the|of)\s*(?=[\u4e00-\u9fff])")
_DOUBLED = re.compile(r"(的的|和和(?!美)|与与|了了|，，|。。|、、|；；|：：)")
_ECHO = re.compile(r"(?P<word>[\u4e00-\u9fff]{2,5})(?P=word)")
_SEAM = re.compile(r"(?P<tail>[\u4e00-\u9fff]{1,3})\s*\n\s*(?P=tail)(?=[\u4e00-\u9fff])")
_FULL_LINE = 20  # characters: a shorter line is a title or a signature, not a page's last line
_PAIRS = (("“", "”"), ("（", "）"), ("《", "》"))


def check_characters(source: Source, clean: Clean) -> Iterator[Finding]:
    """Seams, foreign words, doubled characters and words, unbalanced quotes, look-alikes."""
    yield from _seams(source)
    for pattern, code in (
        (_LATIN, "lint.latin_word"),
        (_DOUBLED, "lint.doubled_character"),
        (_ECHO, "lint.doubled_word"),
    ):
        for found in pattern.finditer(clean.text):
            if code == "lint.doubled_word" and _meant(found["word"]):
                continue
            start, end = (found.start(1), found.end(1)) if code != "lint.doubled_word" else found.span()
            span = clean.source(Span(start, end))
            text, context = found[1], clean.text[max(0, found.start() - 8) : found.end() + 8]
            yield finding(code, text + context, span.start, span.end, text=text, context=context)
    yield from _unbalanced(clean)
    yield from _look_alikes(clean)


def _meant(word: str) -> bool:
    """ "一项一项", "层层压实": words that Chinese doubles on purpose."""
    if len(word) == 2 and word not in load("commitments")["promise"]:
        return True  # "纪委监委监督": two words that share a character, no doubling
    return word[0] in "一逐每好你" or len(set(word)) == 1


def _seams(source: Source) -> Iterator[Finding]:
    for found in _SEAM.finditer(source.text):
        line = source.text[source.text.rfind("\n", 0, found.start()) + 1 : found.start()]
        if len(line.strip()) >= _FULL_LINE:
            key = f"{found['tail']}{line[-12:]}"
            yield finding("lint.seam", key, found.start(), found.end(), text=found["tail"])


def _unbalanced(clean: Clean) -> Iterator[Finding]:
    """Marks that are not in pairs within a paragraph, nor with the paragraph beside it."""
    at, lines = 0, clean.text.split("\n")
    for number, line in enumerate(lines):
        for opening, closing in _PAIRS:
            open_marks = line.count(opening) - line.count(closing)
            beside = [x.count(opening) - x.count(closing) for x in lines[max(0, number - 1) : number + 2]]
            if open_marks and sum(beside):
                span = clean.source(Span(at, at + min(30, len(line))))
                yield finding(
                    "lint.unbalanced", f"{opening}{line[:40]}", span.start, span.end,
                    mark=opening + closing, context=line[:20],
                )  # fmt: skip
        at += len(line) + 1


_FRAMES = ((2, 1), (1, 2), (2, 0))
_HAN = re.compile(r"[\u4e00-\u9fff]+")


def _look_alikes(clean: Clean) -> Iterator[Finding]:
    """A wording that stands once beside a sibling that differs in one character which looks the same."""
    groups = {char: group for group in load("lookalikes")["groups"] for char in group}
    at_all = [m.start() for m in re.finditer(f"(?<=.)[{''.join(groups)}]", clean.text)]
    after: dict[tuple[str, str], set[str]] = defaultdict(set)
    for at in at_all:  # only where two of a group follow the same character can one be read for the other
        after[clean.text[at - 1], groups[clean.text[at]]].add(clean.text[at])
    grams: Counter[str] = Counter()
    places = []
    for at in at_all:
        if len(after[clean.text[at - 1], groups[clean.text[at]]]) < 2:
            continue
        for a, b in _FRAMES:
            gram = clean.text[max(0, at - a) : at + 1 + b]
            if len(gram) == a + b + 1 and _HAN.fullmatch(gram):
                grams[gram] += 1
                places.append((at, a, b, gram))
    told = set()
    for at, a, b, gram in places:
        if at in told or grams[gram] > 1:
            continue
        sibling = _sibling(gram, a, groups[gram[a]], grams, clean.text)
        if sibling and not _at_home(clean.text, at):
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
