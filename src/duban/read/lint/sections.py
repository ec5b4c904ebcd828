"""Numbers of parts, sections and lists: used twice, left out, or promised and not there."""

import re
from collections.abc import Iterator

from duban.read.lint.places import finding, found_in
from duban.read.model import Clean, Finding, Outline, Paragraph

_NUMERALS = ["", *"一二三四五六七八九十", *(f"十{n}" for n in "一二三四五六七八九"), "二十"]
_LEVELS = (
    re.compile(r"^(?P<no>[一二三四五六七八九十]{1,3})、(?P<title>[^，。：；]{2,40})"),
    re.compile(r"^[（(](?P<no>[一二三四五六七八九十]{1,3})[）)](?P<title>[^，。：；]{2,40})"),
)
_POINT = re.compile(r"(?:^|[。；：，])(?:——)?(?P<no>[一二三四五六七八九十])是")
_COUNTED = re.compile(
    r"(?:做好|抓好|实施|聚焦|突出|落实|推进|着力)(?:以下|下列|如下)?(?P<no>[一二三四五六七八九十]{1,2}|\d{1,2})(?:个)?(?:方面|大行动|项行动|项重点)(?:的)?(?:重点)?(?:工作|任务)?[：。]$"
)


def check_sections(clean: Clean, outline: Outline) -> Iterator[Finding]:
    """Numbers of headings and of 一是 … 二是 … lists, and how many sections the text says there are."""
    for level in _LEVELS:
        yield from _headings(outline, level)
    yield from _points(clean, outline)
    yield from _promised(clean, outline)


def _headings(outline: Outline, level: re.Pattern[str]) -> Iterator[Finding]:
    """A list begins anew at 一 and where a part begins."""
    seen: dict[int, str] = {}
    part = None
    for paragraph in outline.paragraphs:
        found = level.match(paragraph.text)
        here = (paragraph.section.part, paragraph.section.part_label)
        if not found or found["no"] not in _NUMERALS or (level is _LEVELS[1] and here[0] == "head"):
            continue
        number = _NUMERALS.index(found["no"])
        if (number == 1 and len(seen) > 1) or (level is _LEVELS[1] and here != part):
            seen = {}
        part = here
        if seen:
            yield from _misnumbered(paragraph, found, number, seen)
        seen.setdefault(number, found["title"])


def _misnumbered(
    paragraph: Paragraph, found: re.Match[str], number: int, seen: dict[int, str]
) -> Iterator[Finding]:
    label = found[0][: -len(found["title"])]
    span, last = paragraph.span, max(seen)
    end = min(span.end, span.start + 40)
    if number in seen:
        yield finding(
            "lint.section_number_twice", found[0], span.start, end,
            label=label, first=seen[number], second=found["title"],
        )  # fmt: skip
    elif number > last + 1:
        missing = label.replace(found["no"], _NUMERALS[last + 1])
        yield finding("lint.section_number_skipped", found[0], span.start, end, label=label, expected=missing)


def _points(clean: Clean, outline: Outline) -> Iterator[Finding]:
    """一是 … 三是 …: a point of a list in running text that is missing or used twice."""
    paragraph, last = -1, 0
    for sentence in outline.sentences:
        if sentence.paragraph != paragraph:
            paragraph, last = sentence.paragraph, 0
        for found in _POINT.finditer(sentence.text) if "是" in sentence.text else ():
            number = _NUMERALS.index(found["no"])
            if last and number != 1 and number != last + 1:
                span = found_in(clean, sentence, found.start("no"), min(found.end() + 12, len(sentence.text)))
                code = "lint.point_twice" if number <= last else "lint.point_skipped"
                words = sentence.text[found.start("no") : found.end() + 8]
                yield finding(
                    code, words, *span, label=f"{found['no']}是", expected=f"{_NUMERALS[last + 1]}是"
                )
            last = number


def _promised(clean: Clean, outline: Outline) -> Iterator[Finding]:
    """ "抓好以下八个方面工作：" with nine sections behind it."""
    for number, sentence in enumerate(outline.sentences[:-1]):
        if sentence.section.action_no or outline.sentences[number + 1].section.action_no == 0:
            continue
        if not (found := _COUNTED.search(sentence.text)):
            continue
        said = int(found["no"]) if found["no"].isdigit() else _NUMERALS.index(found["no"])
        first = outline.sentences[number + 1].section
        behind = {
            s.section.action_no
            for s in outline.sentences[number + 1 :]
            if (s.section.part, s.section.part_label) == (first.part, first.part_label)
            and not re.search(r"自身建设|[本我]届政府|政府系统|政治建设|有为政府", s.section.action_title)
        }
        if behind and len(behind) != said:
            span = found_in(clean, sentence, found.start(), found.end())
            yield finding("lint.section_count", found[0], *span, said=said, found=len(behind))
