"""The same thing said twice: one indicator with two values, one promise in two places, words repeated."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from duban.read.lint.places import Placed, finding, found_in
from duban.read.model import Clean, Commitment, Finding, Outline

_PERIOD = re.compile(
    r"(?:上半年|前三季度|一季度|五年|累计|年均|平均|“?十[三四五]五”?|\d+月|连续|到20\d\d年|20\d\d年|先后|比|由|从|实际工作|其中|工作中)"
)


_TITLE = re.compile(r"《[^》]*》")
_PHRASE = re.compile(r"[\u4e00-\u9fffA-Za-z0-9“”]+")


def check_twice(
    clean: Clean, outline: Outline, placed: Sequence[Placed], commitments: Sequence[Commitment]
) -> Iterator[Finding]:
    """Two values for one indicator, one promise twice, and a run of words repeated within a sentence."""
    yield from _two_values(placed, outline)
    yield from _same_promise(commitments)
    yield from _repeated(clean, outline)


def _two_values(placed: Sequence[Placed], outline: Outline) -> Iterator[Finding]:
    """Only where nothing else differs: tense, measure, unit, date and part, in sentences of their own.

    Results are compared only where both are exact.
    """
    first: dict[tuple[str | None, ...], Placed] = {}
    for one in placed:
        c = one.claim
        if c.tense not in ("target", "actual") or not c.indicator or len(c.indicator) < 5:
            continue
        if c.measure not in ("level", "share", "growth") or _PERIOD.search(one.words):
            continue
        section = one.sentence.section
        key = (c.indicator, c.measure, c.unit, c.tense, c.due, section.part, section.part_label)
        other = first.setdefault(key, one)
        bounded = {c.comparator, other.claim.comparator} != {"eq"}
        if other.number == one.number or (c.tense == "actual" and (bounded or _long(outline, one, other))):
            continue
        if (other.claim.value, other.claim.high) != (c.value, c.high):
            yield finding(
                "lint.two_values", f"{key}{c.value}", c.start, c.end,
                indicator=c.indicator, one=_value(other), other=_value(one),
            )  # fmt: skip


def _long(outline: Outline, *places: Placed) -> bool:
    """Whether a paragraph speaks of several years, so that its results are not those of one."""
    texts = (outline.paragraphs[p.sentence.paragraph].text for p in places)
    return any(re.search(r"[三四五]年|十[三四五]五|时期", text) for text in texts)


def _value(one: Placed) -> str:
    high = f"—{one.claim.high}" if one.claim.high is not None else ""
    return f"{one.claim.value}{high}{one.claim.unit or ''}"


def _same_promise(commitments: Sequence[Commitment]) -> Iterator[Finding]:
    first: dict[str, Commitment] = {}
    for one in commitments:
        if one.kind == "quantity" or len(one.head) < 8 or not one.action_no:
            continue
        other = first.setdefault(one.head, one)
        if other is not one:
            yield finding(
                "lint.promise_twice", one.head, one.start, one.end, "info",
                head=one.head, first=other.section or other.id, second=one.section or one.id,
            )  # fmt: skip


def _without_titles(text: str) -> str:
    return _TITLE.sub(lambda title: " " * len(title[0]), text)


def _repeated(clean: Clean, outline: Outline) -> Iterator[Finding]:
    """Two neighbouring phrases that come again, word by word, in the same sentence."""
    for sentence in outline.sentences:
        bare = _without_titles(sentence.text) if "《" in sentence.text else sentence.text
        said = _PHRASE.findall(bare)
        if len(said) < 4 or len({one[-4:] + other for one, other in pairwise(said)}) == len(said) - 1:
            continue  # no two neighbours come again
        phrases = [(m.start(), m.end(), m[0]) for m in _PHRASE.finditer(bare)]
        pairs: dict[str, int] = {}
        for n, ((start, _, one), (_, end, other)) in enumerate(pairwise(phrases)):
            words = one[-4:] + other
            before = pairs.setdefault(words, n)
            if len(words) >= 8 and n > before + 1:
                text = sentence.text[start:end]
                yield finding("lint.repeated_words", text, *found_in(clean, sentence, start, end), text=text)
                break
