"""Commitments: the clauses that a supervision office would put into its decomposition table.

One clause is one line. A clause with several numbers of one list ("新增A 3家、B 5家") stays one
commitment with several claims; the office may split it into items.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from duban.read.commitments.clauses import Clause, find_clauses
from duban.read.commitments.kinds import head_of, kind_of
from duban.read.commitments.lines import Target
from duban.read.due import find_due, opening_due
from duban.read.model import Claim, Clean, Commitment, Outline

__all__ = ["read_commitments"]


def _targets_by_sentence(clean: Clean, outline: Outline, claims: Sequence[Claim]) -> dict[int, list[Target]]:
    """Target claims by sentence number, each with its offset within the sentence."""
    placed = ((bisect_left(clean.offsets, c.start), c) for c in claims if c.tense == "target")
    targets = iter(sorted(placed, key=lambda pair: pair[0]))
    found: dict[int, list[Target]] = defaultdict(list)
    current = next(targets, None)
    for number, sentence in enumerate(outline.sentences):
        while current is not None and current[0] < sentence.clean.end:
            at, claim = current
            found[number].append(Target(at - sentence.clean.start, claim))
            current = next(targets, None)
    return found


def _due(clause: Clause, year: int | None) -> tuple[str | None, str]:
    """(date or words, rule): what the promise says itself, else the latest of its numbers, else the aims' year."""
    found = find_due(clause.own, year) if year else None
    if found:
        return found.value, found.rule
    at = clause.sentence.text.find(clause.own)
    if year and at > 0 and (opened := opening_due(clause.sentence.text, year, at)):
        return opened.value, opened.rule
    if clause.claims and (dues := [t.claim.due for t in clause.claims if t.claim.due]):
        return max(dues), "due.of_its_numbers"
    if year and clause.sentence.section.action_no == 0 and "目标" in clause.sentence.text:
        return f"{year}-12-31", "due.year_end"
    return None, "due.none"


def _indicators(clause: Clause) -> tuple[str, ...]:
    """What the numbers count that name the promise: those of its own clause, without the parts that joined it."""
    if not clause.claims:
        return ()
    start = clause.sentence.text.find(clause.own)
    end = start + len(clause.own)
    return tuple(t.claim.indicator or "" for t in clause.claims if start <= t.at < end)


def _commitment(clause: Clause, clean: Clean, source: str, year: int | None, ordinal: int) -> Commitment:
    section = clause.sentence.section
    start, end = clean.place(clause.start, clause.end)
    value, due_rule = _due(clause, year)
    claims = tuple([t.claim for t in clause.claims]) if clause.claims else ()
    kind, kind_rule, kind_sure = kind_of(clause.own, claims, value, year)
    head, head_rule = head_of(clause.own, _indicators(clause), section.work_title)
    return Commitment(
        id=f"A{section.action_no}.{section.work_no}-{ordinal:02d}",
        kind=kind,
        head=head,
        start=start,
        end=end,
        text="".join(source[start:end].split()),
        claims=tuple([c.id for c in claims]) if claims else (),
        due=value,
        section=section.label,
        action_no=section.action_no,
        action=f"{section.action_label}{section.action_title}",
        work=section.work_title,
        rules={
            "kind": kind_rule,
            "head": head_rule,
            "due": due_rule,
            "found": clause.rule,
        },
        confidence={
            "kind": kind_sure,
            "head": 0.85,
            "due": 0.9 if due_rule == "due.none" else 0.95,
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
