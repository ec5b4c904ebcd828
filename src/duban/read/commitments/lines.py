"""Which promises of a sentence are lines of a decomposition table.

A sentence often opens with its topic ("做强光伏产业，…") and closes with what comes of it ("…，带动就业增收").
Neither is a line of its own: a topic with one promise behind it joins that promise, a topic with several is only
their heading; an effect joins the promise before it. Whatever names something concrete stays a line.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import msgspec
from msgspec.structs import replace

from duban.read.claims.ends import Opening, Starts
from duban.read.commitments.wording import without_manner
from duban.read.lexicon import alternation, load
from duban.read.model import Claim


class Target(msgspec.Struct, frozen=True, gc=False):
    """A number that promises, and where it begins in its sentence."""

    at: int
    claim: Claim


class Piece(msgspec.Struct, frozen=True, gc=False):
    """One clause of a sentence, in characters of the sentence; `rule` is None where it promises nothing.

    `own` is the part that says what is done: the clause itself, or the promise behind its topic. `claims` are all
    its numbers; those that name it are the ones inside `own`.
    """

    start: int
    end: int
    own: str
    claims: tuple[Target, ...] = ()
    rule: str | None = None


_QUOTED_END = re.compile(r"“[^”]+”$")
_MAKES = re.compile(r"做[大强优精实]")
_NAMED = re.compile(r"[《（\d]")
_SYSTEMS = ("体系", "平台", "主体", "生态", "转化", "城市", "高地")


@dataclass(frozen=True, slots=True)
class _Patterns:
    concrete: re.Pattern[str]
    listed: re.Pattern[str]
    opening: Starts
    topic: Opening
    praise: re.Pattern[str]
    effect: Starts


@cache
def _patterns() -> _Patterns:
    words = load("commitments")["line"]
    verbs = words["topic_verbs"]
    return _Patterns(
        re.compile(alternation(words["concrete"])),
        re.compile(r"、[^、，]+(?:等|和[^、，]+)|[^、]、[^、]+、|等[一-龥]"),
        Starts(verbs),
        Opening(rf"{alternation(verbs)}+.{{0,18}}{alternation(words['topic_nouns'])}$", verbs),
        re.compile(alternation(words["praise"])),
        Starts(words["effects"]),
    )


def concrete(text: str, listed: bool = True) -> bool:
    """Whether the clause names something that can be pointed at: a project, a programme, a rule, a place.

    With `listed`, an enumeration or a quoted name at its end will do.
    """
    p = _patterns()
    if _NAMED.search(text) or p.concrete.search(text):
        return True
    return listed and bool(p.listed.search(text) or _QUOTED_END.search(text))


def topic(text: str) -> bool:
    """Whether the clause only announces what the sentence is about."""
    p = _patterns()
    bare = without_manner(text)
    if (bare.endswith("产业") and _MAKES.match(bare)) or bare.endswith(("”应用", "”产业", "”经济")):
        return True
    if not p.opening.begin(bare) or _NAMED.search(bare) or p.listed.search(bare):
        return False
    if bare.endswith(_SYSTEMS) and p.praise.search(text):
        return True
    if bare.endswith("品牌"):
        return bool(p.topic.match(bare))
    if "“" in bare or bare.endswith("体系"):
        return False
    return bool(p.topic.match(bare)) and not p.concrete.search(bare)


def effect(text: str) -> bool:
    """Whether the clause only says what comes of the promise before it."""
    p = _patterns()
    bare = without_manner(text)
    if not (p.effect.begin(bare) or text.startswith("努力")):
        return False
    if _NAMED.search(bare) or bare.endswith("”") or "全覆盖" in bare or "清零" in bare:
        return False
    general = bare.startswith("形成") or bare.endswith(("水平", "质量", "效益", "竞争力"))
    return general or not p.listed.search(bare)


def lines(pieces: Sequence[Piece]) -> list[Piece]:
    """The lines among the clauses of one sentence; parts, topics and effects join them or are left out."""
    return _without_topic(_with_effects(_with_parts(pieces)))


_PART = re.compile(r"^(?:其中|涉及|含|总投资|惠及|覆盖|(?:比|较)(?:上年|去年|年初))")


def _with_parts(pieces: Sequence[Piece]) -> list[Piece]:
    """Numbers that only say more of the number before them (其中…, 涉及…, 比上年…) join it; it keeps its name."""
    kept: list[Piece] = []
    for piece in pieces:
        before = kept[-1] if kept else None
        if before and before.rule and before.claims and piece.claims and _PART.match(piece.own):
            kept[-1] = replace(before, end=piece.end, claims=(*before.claims, *piece.claims))
        else:
            kept.append(piece)
    return kept


def _with_effects(pieces: Sequence[Piece]) -> list[Piece]:
    """Effects join the promise before them: those that close the sentence, or stand before its numbers."""
    kept: list[Piece] = []
    promises = [p for p in pieces if p.rule]
    last = len(promises) - 1
    while last >= 0 and not promises[last].claims and effect(promises[last].own):
        last -= 1
    for number, piece in enumerate(promises):
        before = kept[-1] if kept else None
        if (
            before is None
            or piece.claims
            or not _depends(piece, before, promises[number + 1 :], number > last)
        ):
            kept.append(piece)
        elif not any(before.end < p.start < piece.start for p in pieces):
            kept[-1] = replace(before, end=piece.end)
    return kept


def _depends(piece: Piece, before: Piece, after: Sequence[Piece], closing: bool) -> bool:
    """Whether the clause belongs to the promise before it."""
    if piece.own.startswith(("明确", "构建起")):
        return True
    made = ("发展", "完善", "健全", "引进", "优化")
    if piece.own.startswith("构建") and without_manner(before.own).startswith(made):
        return True
    counted = bool(after) and bool(after[0].claims) and piece.own.startswith(("不断", "进一步", "持续"))
    return (closing or counted) and effect(piece.own)


def _without_topic(promises: list[Piece]) -> list[Piece]:
    """A topic joins the only promise behind it, or is the heading of several and left out."""
    if len(promises) < 2 or promises[0].claims or not topic(promises[0].own):
        return promises
    first, second = promises[:2]
    if len(promises) == 2 and not second.claims:
        return [replace(second, start=first.start)]
    return promises[1:]
