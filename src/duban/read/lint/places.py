"""What the checks share: a finding's id, and where each number stands."""

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec

from duban.read.claims.mentions import clauses
from duban.read.model import Claim, Clean, Finding, Outline, Sentence


class Placed(msgspec.Struct, frozen=True, gc=False):
    """A number with its sentence, its offset in it, and its clause (number and span in the sentence)."""

    claim: Claim
    sentence: Sentence
    number: int
    at: int
    clause: int
    span: tuple[int, int]

    @property
    def words(self) -> str:
        """The clause that the number stands in."""
        return self.sentence.text[slice(*self.span)]


def finding(code: str, key: str, start: int, end: int, level: str = "warning", **data: str | int) -> Finding:
    """A finding whose id is stable while the faulty words (`key`) stand."""
    return Finding(
        "f" + hashlib.sha256(f"{code}\0{key}".encode()).hexdigest()[:10], code, start, end, data, level
    )


def found_in(clean: Clean, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The source's characters of a stretch of a sentence."""
    at = sentence.clean.start
    return clean.place(at + start, at + end)


def _clause_at(spans: tuple[tuple[int, int], ...], at: int) -> int:
    for number, (start, end) in enumerate(spans):
        if start <= at < end:
            return number
    return 0


def place_claims(clean: Clean, outline: Outline, claims: Sequence[Claim]) -> list[Placed]:
    """The numbers that claim something, in text order, each with its sentence and clause."""
    starts = [s.clean.start for s in outline.sentences]
    placed = []
    for claim in claims:
        if claim.role != "claim":
            continue
        at = bisect_left(clean.offsets, claim.start)
        number = bisect_right(starts, at) - 1
        if number < 0:
            continue
        sentence = outline.sentences[number]
        spans, inside = clauses(sentence.text), at - sentence.clean.start
        clause = _clause_at(spans, inside)
        placed.append(Placed(claim, sentence, number, inside, clause, spans[clause]))
    return placed
