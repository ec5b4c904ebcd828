"""Commitments: the clauses that a supervision office would put into its decomposition table.

One clause is one line. A clause with several numbers of one list ("新增A 3家、B 5家") stays one
commitment with several claims; the office may split it into items.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from duban.core.span import Span
from duban.read.commitments.clauses import Clause, find_clauses
from duban.read.commitments.kinds import head_of, kind_of
from duban.read.due import find_due
from duban.read.model import Claim, Clean, Commitment, Outline

__all__ = ["read_commitments"]


def _targets_by_sentence(clean: Clean, outline: Outline, claims: Sequence[Claim]) -> dict[int, list[Claim]]:
    """Target claims by sentence number, each carrying its offset within the sentence."""
    place = {source: at for at, source in enumerate(clean.offsets[:-1])}
    targets = iter(sorted((place[c.start], c) for c in claims if c.tense == "target"))
    found: dict[int, list[Claim]] = defaultdict(list)
    current = next(targets, None)
    for number, sentence in enumerate(outline.sentences):
        while current is not None and current[0] < sentence.clean.end:
            at, claim = current
            found[number].append(replace(claim, rules={**claim.rules, "at": str(at - sentence.clean.start)}))
            current = next(targets, None)
    return found


def _commitment(clause: Clause, clean: Clean, source: str, year: int | None, ordinal: int) -> Commitment:
    section = clause.sentence.section
    span = clean.source(Span(clause.start, clause.end))
    due = find_due(clause.text, year) if year else None
    value = due.value if due else (f"{year}-12-31" if clause.claims and year else None)
    kind, kind_rule, kind_sure = kind_of(clause.text, bool(clause.claims), value, year)
    head, head_rule = head_of(clause.text, tuple(c.indicator or "" for c in clause.claims))
    return Commitment(
        id=f"A{section.action_no}.{section.work_no}-{ordinal:02d}",
        kind=kind,
        head=head,
        start=span.start,
        end=span.end,
        text=re.sub(r"\s+", "", source[span.start : span.end]),
        claims=tuple(c.id for c in clause.claims),
        due=value,
        section=section.label,
        action_no=section.action_no,
        action=f"{section.action_label}{section.action_title}",
        work=section.work_title,
        rules={
            "kind": kind_rule,
            "head": head_rule,
            "due": due.rule if due else "due.none",
            "found": clause.rule,
        },
        confidence={
            "kind": kind_sure,
            "head": 0.85,
            "due": 0.95 if due else 0.9,
            "found": 0.9 if clause.claims else 0.8,
        },
    )


def read_commitments(
    clean: Clean, outline: Outline, claims: Sequence[Claim], source: str
) -> tuple[Commitment, ...]:
    """All promises of the plan part in text order; ids show action, work and ordinal."""
    ordinals: dict[tuple[int, int], int] = defaultdict(int)
    found = []
    for clause in find_clauses(outline.sentences, _targets_by_sentence(clean, outline, claims)):
        section = clause.sentence.section
        place = (section.action_no, section.work_no)
        ordinals[place] += 1
        found.append(_commitment(clause, clean, source, outline.year, ordinals[place]))
    return tuple(found)
