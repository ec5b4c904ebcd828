"""Which result answers which promise: ranked pairs with their certainty and why; below `CERTAIN` nothing links alone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from duban.assess.settle.figures import Aim, Outcome
from duban.assess.settle.names import Names
from duban.read.links import CERTAIN, size_of

RANKED = 60.0  # below this likeness a pair is not even shown to a person: a matter of the screen, not of any verdict
_SHOWN = 3  # pairs that a person is shown for one promise
_AMOUNTS = ("level", "increment")


@dataclass(frozen=True, slots=True)
class Pair:
    """`certainty` is 0 to 100; `linked` says that it stands without a person; `why` is a code of the catalogue."""

    aim: Aim
    outcome: Outcome
    certainty: float
    linked: bool
    why: str
    data: dict[str, str] = field(default_factory=dict)


def agree(aim: Aim, outcome: Outcome) -> bool:
    """Whether the measures can answer each other. A rank or a level at both ends of the year answers a change."""
    mine, other = aim.measure, outcome.measure
    if other == "amount":
        return mine in _AMOUNTS
    return mine == other or (mine == "change" and other == "rank")


def same_unit(aim: Aim, outcome: Outcome) -> bool:
    """Whether one unit can be turned into the other: 万人 and 人 can, 户 and 个 cannot."""
    if aim.measure == "event" or outcome.measure == "rank":
        return True
    mine, other = size_of(aim.unit)[1], size_of(outcome.unit)[1]
    return mine == other or {mine, other} == {"%", "‰"}


def match(aims: Sequence[Aim], outcomes: Iterable[Outcome], names: Names, owner: str = "") -> list[Pair]:
    """Pairs by promise, the most certain first; of one source and span at most one figure is linked to a promise."""
    keyed = [(o, names.key(o.indicator, owner), names.apart(o.indicator)) for o in outcomes]
    return _settled([pair for aim in aims for pair in _of(aim, keyed, names, owner)])


def _of(
    aim: Aim, keyed: Sequence[tuple[Outcome, str, frozenset[str]]], names: Names, owner: str
) -> list[Pair]:
    key, apart = names.key(aim.indicator, owner), names.apart(aim.indicator)
    pairs = []
    for outcome, other, others in keyed:
        if outcome.target:
            if _answers(outcome.target, aim):
                pairs.append(Pair(aim, outcome, 100.0, True, "settle.stated"))
            continue
        if not agree(aim, outcome) or not key or not other:
            continue
        score = fuzz.ratio(key, other, score_cutoff=RANKED)
        if score:
            pairs.append(_pair(aim, outcome, score, apart ^ others, names))
    return sorted(pairs, key=lambda pair: (-pair.linked, -pair.certainty, pair.outcome.rank, pair.outcome.id))


def _answers(target: str, aim: Aim) -> bool:
    """Whether a person's words name this promise: as its words stand in the report, or by its id."""
    return target == aim.id or (len(target) > 3 and target in aim.text)


def _pair(aim: Aim, outcome: Outcome, score: float, apart: frozenset[str], names: Names) -> Pair:
    data = {"a": outcome.indicator, "b": aim.indicator, "score": f"{score:.0f}"}
    if apart:
        return Pair(aim, outcome, score, False, "settle.contrast", data | {"words": "、".join(sorted(apart))})
    if not same_unit(aim, outcome):
        return Pair(
            aim, outcome, score, False, "settle.units", data | {"units": f"{outcome.unit}、{aim.unit}"}
        )
    adds = names.has("added", aim.indicator) and not names.has("added", outcome.indicator)
    if outcome.measure == "amount" and adds:
        return Pair(aim, outcome, score, False, "settle.added", data)
    event = aim.measure == "event" and score < 100
    linked = score >= CERTAIN and not event and not names.leans(aim.indicator)
    return Pair(aim, outcome, score, linked, "settle.alike" if linked else "settle.unlike", data)


def _settled(pairs: list[Pair]) -> list[Pair]:
    """Only what is sure stays linked; of the others a person is shown the likest."""
    best: dict[str, float] = defaultdict(float)
    for pair in pairs:
        if pair.linked:
            best[pair.outcome.id] = max(best[pair.outcome.id], pair.certainty)
    sure = [
        _loose(pair, "settle.better_elsewhere")
        if pair.linked and pair.certainty < best[pair.outcome.id]
        else pair
        for pair in pairs
    ]
    shown: dict[str, int] = defaultdict(int)
    kept = []
    for pair in _one_answer_each(sure):
        shown[pair.aim.id] += not pair.linked
        if pair.linked or shown[pair.aim.id] <= _SHOWN:
            kept.append(pair)
    return kept


def _one_answer_each(pairs: list[Pair]) -> Iterator[Pair]:
    """One source gives one answer for a span: its exact figure stands before a bound; two figures wait for a person."""
    said: dict[tuple[object, ...], list[Outcome]] = defaultdict(list)
    for pair in pairs:
        if pair.linked and not pair.outcome.target:
            said[_told_by(pair)].append(pair.outcome)
    for pair in pairs:
        answers = said[_told_by(pair)] if pair.linked and not pair.outcome.target else []
        exact = [answer for answer in answers if answer.comparator == "eq"]
        if exact and pair.outcome.comparator != "eq":
            yield _loose(pair, "settle.looser")
        elif len({(answer.value, answer.unit) for answer in exact or answers}) > 1:
            yield _loose(pair, "settle.two_answers")
        else:
            yield pair


def _told_by(pair: Pair) -> tuple[object, ...]:
    return pair.aim.id, pair.outcome.source, pair.outcome.on, pair.outcome.start, pair.outcome.end


def _loose(pair: Pair, why: str) -> Pair:
    return replace(pair, linked=False, why=why)
