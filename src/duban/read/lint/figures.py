"""Figures that contradict each other: parts above their whole, lists that do not match, two values for one aim."""

import itertools
import re
from collections.abc import Iterator, Sequence

from duban.core.span import Span
from duban.read.claims.heads import split_list, strip_lead
from duban.read.lint.sections import finding_id
from duban.read.model import Claim, Clean, Finding, Outline


def check_figures(clean: Clean, outline: Outline, claims: Sequence[Claim]) -> Iterator[Finding]:
    """Parts and wholes, 分别 lists, and aims stated twice with different values."""
    yield from _parts_above_whole(claims)
    yield from _uneven_lists(clean, outline)
    yield from _two_values(claims)


def _parts_above_whole(claims: Sequence[Claim]) -> Iterator[Finding]:
    for whole, part in itertools.pairwise(claims):
        if (
            whole.sentence != part.sentence
            or whole.unit != part.unit
            or whole.value is None
            or part.value is None
        ):
            continue
        between = part.sentence.find("其中")
        if between < 0 or not (part.sentence.find(whole.number) < between < part.sentence.rfind(part.number)):
            continue
        if part.value > whole.value and whole.measure == part.measure:
            data = {
                "whole": f"{whole.indicator} {whole.value}{whole.unit}",
                "part": f"{part.indicator} {part.value}{part.unit}",
            }
            yield Finding(
                finding_id("lint.part_above_whole", str(data)),
                "lint.part_above_whole",
                whole.start,
                part.end,
                data,
            )


def _uneven_lists(clean: Clean, outline: Outline) -> Iterator[Finding]:
    pattern = re.compile(
        r"(?P<heads>[^，。；]{4,60})分别(?:达到|达|为|增长|下降|提高到|突破)(?P<values>\d[^，。；]{2,60})"
    )
    for sentence in outline.sentences:
        for found in pattern.finditer(sentence.text):
            heads = split_list(strip_lead(found["heads"]))
            values = re.findall(r"\d[\d.]*", found["values"])
            if (
                len(heads) > 1
                and len(values) > 1
                and len(heads) != len(values)
                and "城乡" not in found["heads"]
            ):
                span = clean.source(
                    Span(sentence.clean.start + found.start(), sentence.clean.start + found.end())
                )
                data: dict[str, str | int] = {"heads": len(heads), "values": len(values), "text": found[0]}
                yield Finding(
                    finding_id("lint.uneven_list", found[0]), "lint.uneven_list", span.start, span.end, data
                )


def _two_values(claims: Sequence[Claim]) -> Iterator[Finding]:
    first: dict[tuple[str, str, str], Claim] = {}
    for claim in claims:
        if (
            claim.tense != "target"
            or not claim.indicator
            or len(claim.indicator) < 5
            or claim.measure not in ("level", "share", "growth")
        ):
            continue
        key = (claim.indicator, claim.measure or "", claim.unit or "")
        other = first.setdefault(key, claim)
        if other.value != claim.value:
            data = {
                "indicator": claim.indicator,
                "one": f"{other.value}{other.unit}",
                "other": f"{claim.value}{claim.unit}",
            }
            yield Finding(
                finding_id("lint.two_values", str(data)), "lint.two_values", claim.start, claim.end, data
            )
