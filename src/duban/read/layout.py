"""Mend the layout of a text, keeping for every character the place it came from.

Nothing is invented: the clean text holds characters of the source, at most in their half-width form, and the
line feeds that separate paragraphs.
"""

import re
from array import array
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from duban.read.model import Clean

_ENDS = "。！？：；…”）》—.!?"
_HALF = {
    c: chr(ord(c) - 0xFEE0)
    for c in "０１２３４５６７８９％．＋－／ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ"
}
_WIDE = re.compile(f"[{''.join(_HALF)}]")
_DROP = set("\u00ad\u200b\u200c\u200d\u2060\ufeff\r")
_FURNITURE = re.compile(
    r"\s*(?:[-—–－]\s*\d{1,3}\s*[-—–－]|第\s*\d{1,3}\s*页(?:\s*[，,/共]\s*共?\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3}|\d{1,3})\s*$"
)
_START = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[.．、](?!\d)|——|第[一二三四五六七八九十]+[章部节条、]|[一二三四五六七八九十]+是|各位(?:代表|委员)|目\s*录)"
)
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]+[章部节]"
)
_SPACE = " \t\u3000\u00a0"
_DOUBTFUL = re.compile(rf"[［\[①-⑳{_SPACE}{''.join(sorted(_DROP))}]")  # what `_GONE` may begin with
_GONE = re.compile(rf"[［\[]\s*\d{{1,3}}\s*[］\]]|[①-⑳]|[{_SPACE}]+|[{''.join(sorted(_DROP))}]")
_CJK = re.compile(r"[\u3400-\u9fff，。、；：！？“”‘’（）《》〔〕—…·％%]")
_WORD = re.compile(r"[0-9A-Za-z+.%]")


def _is_gap(before: str, after: str) -> bool:
    """Whether white space between these two characters is only layout: "增长 9.5 %"."""
    if _CJK.match(before):
        return bool(_CJK.match(after) or (_WORD.match(after) and after != "."))
    return bool(_WORD.match(before) and _CJK.match(after)) or (before.isdigit() and after == "‰")


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while at <= len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield at, end
        at = end + 1


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in _DROP):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _DROP):
        end -= 1
    return start, end


def _repeated(lines: list[str]) -> set[str]:
    """Short lines that stand again and again: running heads and feet."""
    counts = Counter(line for line in lines if 2 < len(line) <= 30 and line[-1] not in _ENDS)
    return {line for line, n in counts.items() if n >= 4}


def _is_open(text: str) -> bool:
    """A paragraph that ends here is not finished."""
    return (
        bool(text)
        and text[-1] not in _ENDS
        and (len(text) > 24 or text[-1] in "，、" or text.count("“") != text.count("”"))
    )


def _is_heading(line: str, after: str) -> bool:
    """A numbered heading that ends without a mark, with a whole paragraph after it; no sentence has begun in it."""
    return (
        bool(_NUMBERED.match(line)) and len(line) <= 45 < len(after) and not re.search(r"。|[；，、]$", line)
    )


def _seam(before: str, after: str) -> int:
    """How many characters of `after` repeat the end of `before` where a page broke inside a word."""
    for size in (3, 2, 1):
        tail = before[-size:]
        if len(tail) == size and after.startswith(tail) and re.fullmatch(r"[\u3400-\u9fff]+", tail):
            return size if size > 1 or after[1:2] != "" else 0
    return 0


def _wrapped(lengths: list[int]) -> bool:
    """Whether the text is hard-wrapped: most lines are of one width."""
    long = [n for n in lengths if n > 12]
    if len(long) < 12:
        return False
    width = max(Counter(long).items(), key=lambda item: item[1])[0]
    return width <= 60 and sum(abs(n - width) <= 2 for n in long) / len(long) > 0.45


@lru_cache(1)  # the checks ask for the lines of the text that was just read
def body_lines(text: str) -> tuple[tuple[int, int, str], ...]:
    """The lines without page numbers and running heads: (start and end without its margins, the line itself)."""
    raw = [(*_stripped(text, a, b), text[a:b]) for a, b in _lines(text)]
    running = _repeated([text[a:b] for a, b, _ in raw])
    return tuple(
        (a, b, line)
        for a, b, line in raw
        if b > a and text[a:b] not in running and not _FURNITURE.fullmatch(text[a:b])
    )


def _paragraphs(text: str) -> list[list[tuple[int, int]]]:
    """Runs of line spans that belong to one paragraph each."""
    kept = body_lines(text)
    wrapped = _wrapped([b - a for a, b, _ in kept])
    groups: list[list[tuple[int, int]]] = []
    for a, b, line in kept:
        indented = line[:1] in "\u3000\t" or line.startswith("  ")
        joined = text[groups[-1][-1][0] : groups[-1][-1][1]] if groups else ""
        fresh = bool(_START.match(text[a:b])) and not (joined and joined[-1] in "，、")
        goes_on = (
            bool(groups)
            and not fresh
            and not (len(groups[-1]) == 1 and _is_heading(joined, text[a:b]))
            and (_is_open(joined) if not wrapped else (not indented and _continues(joined, kept)))
        )
        if goes_on:
            seam = _seam(joined, text[a:b])
            groups[-1].append((a + seam, b))
        else:
            groups.append([(a, b)])
    return groups


def _continues(line: str, kept: tuple[tuple[int, int, str], ...]) -> bool:
    """In a hard-wrapped text a line goes on unless it ends a sentence short of the margin."""
    width = max(b - a for a, b, _ in kept)
    return len(line) >= width - 3 or (bool(line) and line[-1] not in _ENDS and len(line) > 12)


def _kept(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a line that stay, without notes, gaps and invisible characters."""
    at = last = start
    while doubtful := _DOUBTFUL.search(text, last, end):
        first = last = doubtful.start()
        if not (found := _GONE.match(text, first, end)):
            last += 1
            continue
        last = found.end()
        if text[first] in _SPACE:
            gone = first > start and last < end and _is_gap(text[first - 1], text[last])
        else:
            gone = first > start or text[first] in _DROP
        if gone:
            if first > at:
                yield at, first
            at = last
    if at < end:
        yield at, end


def _half(text: str) -> str:
    """`text` with its full-width letters and figures in half width."""
    return _WIDE.sub(lambda found: _HALF[found[0]], text)


@lru_cache(4)
def _numbers(upto: int) -> "array[int]":
    return array("l", range(upto))


def repair(text: str) -> Clean:
    """The text with one line per paragraph, and where each of its characters stood."""
    out: list[str] = []
    offsets = array("l")
    numbers = _numbers(
        1 << len(text).bit_length()
    )  # a slice of them is copied many times faster than counted
    for group in _paragraphs(text):
        if out:
            out.append("\n")
            offsets.append(offsets[-1] + 1)
        for line in group:
            for start, end in _kept(text, *line):
                out.append(text[start:end])
                offsets += numbers[start:end]
    offsets.append(len(text))
    return Clean(_half("".join(out)), offsets)
