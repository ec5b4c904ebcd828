"""Numbers of sections: used twice, or left out."""

import hashlib
from collections.abc import Iterator

from duban.read.model import Finding, Outline

_NUMERALS = ["", *"一二三四五六七八九十", *(f"十{n}" for n in "一二三四五六七八九"), "二十"]


def finding_id(code: str, key: str) -> str:
    """Stable while the faulty words stand."""
    return "f" + hashlib.sha256(f"{code}\0{key}".encode()).hexdigest()[:10]


def check_sections(outline: Outline) -> Iterator[Finding]:
    """Action numbers of the plan that are used twice or skipped."""
    seen: dict[str, str] = {}
    expected = 0
    for paragraph in outline.paragraphs:
        section = paragraph.section
        label = section.action_label.strip("（）")
        if section.part != "plan" or not label or not paragraph.text.startswith(("（", "(")):
            continue
        number = _NUMERALS.index(label) if label in _NUMERALS else 0
        span = paragraph.span
        end = min(span.end, span.start + 40)
        if label in seen:
            code = "lint.section_number_twice"
            data: dict[str, str | int] = {
                "label": section.action_label,
                "first": seen[label],
                "second": section.action_title,
            }
            yield Finding(finding_id(code, paragraph.text[:40]), code, span.start, end, data)
        elif number > expected + 1:
            code = "lint.section_number_skipped"
            data = {"label": section.action_label, "expected": f"（{_NUMERALS[expected + 1]}）"}
            yield Finding(finding_id(code, paragraph.text[:40]), code, span.start, end, data)
        seen.setdefault(label, section.action_title)
        expected = max(expected, number)
