"""Which result answers which promise: ranked pairs with their certainty and why; below `CERTAIN` nothing links alone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from duban.assess.settle import matching
from duban.assess.settle.figures import Aim, Outcome
from duban.assess.settle.names import Names
from duban.assess.settle.stated import stated
from duban.read.links import CERTAIN, size_of

_AMOUNTS = ("level", "increment")
Decided = Mapping[
    tuple[str, str], bool
]  # (a promise's id, a result's key) → whether a person found that they belong


@dataclass(frozen=True, slots=True)
class Pair:
    """`certainty` is 0 to 100; `linked` says that it stands without a person; `why` is a code of the catalogue."""

    aim: Aim
    outcome: Outcome
    certainty: float
    linked: bool
    why: str
    data: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Keyed:
    """A result with what of its name is compared."""

    outcome: Outcome
    key: str
    apart: frozenset[str]
    by: frozenset[str]


def agree(aim: Aim, outcome: Outcome) -> bool:
    """Whether the measures can answer each other. A rank or a level at both ends of the year answers a change."""
    mine, other = aim.measure, outcome.measure
    if other == "amount":
        return mine in _AMOUNTS
    return mine == other or (mine == "change" and other == "rank")


def _near(aim: Aim, outcome: Outcome) -> bool:
    """Whether their measures are a level and an increment: words tell these apart, so a person should look."""
    return {aim.measure, outcome.measure} == set(_AMOUNTS)


def same_unit(aim: Aim, outcome: Outcome) -> bool:
    """Whether one unit can be turned into the other: 万人 and 人 can, 户 and 个 cannot."""
    if aim.measure == "event" or outcome.measure == "rank":
        return True
    mine, other = size_of(aim.unit)[1], size_of(outcome.unit)[1]
    return mine == other or {mine, other} == {"%", "‰"}


def match(
    aims: Sequence[Aim],
    outcomes: Iterable[Outcome],
    names: Names,
    owner: str = "",
    decided: Decided | None = None,
) -> list[Pair]:
    """Pairs by promise, the most certain first; of one source and span at most one figure is linked to a promise.

    What a person `decided` stands before any likeness: a pair that they refused is gone.
    """
    outcomes = list(outcomes)
    by_measure: dict[str, list[_Keyed]] = defaultdict(list)
    for outcome in outcomes:
        if not outcome.target:
            by_measure[outcome.measure].append(_keyed(outcome, names, owner))
    told: dict[str, list[Pair]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.target:
            for pair in _stated(aims, outcome, names, owner):
                told[pair.aim.id].append(pair)
    pairs = [pair for aim in aims for pair in [*told[aim.id], *_of(aim, by_measure, names, owner)]]
    return _settled(list(_by_people(pairs, decided or {})))


def _stated(aims: Sequence[Aim], outcome: Outcome, names: Names, owner: str) -> Iterator[Pair]:
    """The pairs of a result whose row names its promise: one promise is linked, several that fit wait for a person."""
    named = [aim for aim in aims if stated(outcome.target, aim)]
    named = [aim for aim in named if aim.indicator in outcome.target] or named
    fit = [aim for aim in named if agree(aim, outcome) and same_unit(aim, outcome)]
    likest = _likest(fit, outcome, names, owner)
    for aim in likest or named:
        linked = len(likest or named) == 1
        score = fuzz.ratio(names.key(aim.indicator, owner), names.key(outcome.indicator, owner))
        data = {"a": outcome.indicator, "b": aim.indicator, "score": f"{score:.0f}"}
        yield Pair(aim, outcome, 100.0 if linked else score, linked,
                   "settle.stated" if linked else "settle.stated_several", data)  # fmt: skip


def _likest(aims: Sequence[Aim], outcome: Outcome, names: Names, owner: str) -> list[Aim]:
    """Of several promises those whose names are most like the result's."""
    key = names.key(outcome.indicator, owner)
    scores = [fuzz.ratio(names.key(aim.indicator, owner), key) for aim in aims]
    return [aim for aim, score in zip(aims, scores, strict=True) if score == max(scores)]


def _keyed(outcome: Outcome, names: Names, owner: str) -> _Keyed:
    return _Keyed(outcome, *_compared(outcome, names, owner))


def _compared(one: Aim | Outcome, names: Names, owner: str) -> tuple[str, frozenset[str], frozenset[str]]:
    """(what is compared, the contrast words, by what a list of places ranks) of a name."""
    name, by = one.indicator, frozenset[str]()
    if one.measure in ("rank", "change"):
        by = names.ranked_by(name)
        for word in by:
            name = name.replace(word, "")
    return names.key(name, owner), names.apart(name), by


def _of(aim: Aim, by_measure: Mapping[str, Sequence[_Keyed]], names: Names, owner: str) -> list[Pair]:
    """The pairs of one promise by likeness of names, the likest first."""
    key, apart, by = _compared(aim, names, owner)
    least, pairs = matching.shipped().shown_from, []
    for measure in by_measure:
        for other in by_measure[measure]:
            if not (agree(aim, other.outcome) or _near(aim, other.outcome)):
                break  # all of this list are of one measure
            score = fuzz.ratio(key, other.key, score_cutoff=least) if key and other.key else 0
            if score >= (least if agree(aim, other.outcome) else CERTAIN):
                differ = apart ^ other.apart | (by ^ other.by if by and other.by else frozenset())
                pairs.append(_pair(aim, other.outcome, score, differ, names))
    return sorted(pairs, key=lambda pair: (-pair.linked, -pair.certainty, pair.outcome.rank, pair.outcome.id))


def _pair(aim: Aim, outcome: Outcome, score: float, apart: frozenset[str], names: Names) -> Pair:
    data = {"a": outcome.indicator, "b": aim.indicator, "score": f"{score:.0f}"}
    if apart:
        return Pair(aim, outcome, score, False, "settle.contrast", data | {"words": "、".join(sorted(apart))})
    if not same_unit(aim, outcome):
        return Pair(
            aim, outcome, score, False, "settle.units", data | {"units": f"{outcome.unit}、{aim.unit}"}
        )
    if not agree(aim, outcome):
        return Pair(aim, outcome, score, False, "settle.measures", data)
    if names.joint(aim.indicator) != names.joint(outcome.indicator):
        return Pair(aim, outcome, score, False, "settle.joint", data)
    adds = names.has("added", aim.indicator) and not names.has("added", outcome.indicator)
    if outcome.measure == "amount" and adds:
        return Pair(aim, outcome, score, False, "settle.added", data)
    event = aim.measure == "event" and score < 100
    linked = score >= CERTAIN and not event and not names.leans(aim.indicator)
    return Pair(aim, outcome, score, linked, "settle.alike" if linked else "settle.unlike", data)


def _by_people(pairs: Iterable[Pair], decided: Decided) -> Iterator[Pair]:
    """The pairs as people decided them: a confirmed one is linked, a refused one is gone."""
    for pair in pairs:
        said = decided.get((pair.aim.id, pair.outcome.key))
        if said is None:
            yield pair
        elif said:
            yield replace(pair, certainty=100.0, linked=True, why="settle.confirmed")


def _settled(pairs: list[Pair]) -> list[Pair]:
    """Only what is sure stays linked; of the others a person is shown the likest."""
    best: dict[tuple[str, str], float] = defaultdict(float)
    for pair in pairs:
        if pair.linked:
            key = (pair.outcome.file, pair.outcome.id)
            best[key] = max(best[key], pair.certainty)
    sure = [
        _loose(pair, "settle.better_elsewhere")
        if _alone(pair) and pair.certainty < best[pair.outcome.file, pair.outcome.id]
        else pair
        for pair in pairs
    ]
    shown: dict[str, int] = defaultdict(int)
    most, kept = matching.shipped().shown, []
    for pair in _one_answer_each(sure):
        shown[pair.aim.id] += not pair.linked
        if pair.linked or shown[pair.aim.id] <= most:
            kept.append(pair)
    return kept


def _alone(pair: Pair) -> bool:
    """Whether it is linked by the names alone, without a person's word."""
    return pair.linked and pair.why == "settle.alike"


def _one_answer_each(pairs: list[Pair]) -> Iterator[Pair]:
    """One source gives one answer for a span: a person's choice, else its exact figure before a bound; two figures wait."""
    said: dict[tuple[object, ...], list[Outcome]] = defaultdict(list)
    chosen = {_told_by(pair) for pair in pairs if pair.linked and not _alone(pair)}
    for pair in pairs:
        if _alone(pair):
            said[_told_by(pair)].append(pair.outcome)
    for pair in pairs:
        answers = said[_told_by(pair)] if _alone(pair) else []
        exact = [answer for answer in answers if answer.comparator == "eq"]
        if answers and _told_by(pair) in chosen:
            yield _loose(pair, "settle.other_chosen")
        elif exact and pair.outcome.comparator != "eq":
            yield _loose(pair, "settle.looser")
        elif len({(answer.value, answer.unit) for answer in exact or answers}) > 1:
            yield _loose(pair, "settle.two_answers")
        else:
            yield pair


def _told_by(pair: Pair) -> tuple[object, ...]:
    return pair.aim.id, pair.outcome.source, pair.outcome.on, pair.outcome.start, pair.outcome.end


def _loose(pair: Pair, why: str) -> Pair:
    return replace(pair, linked=False, why=why)
