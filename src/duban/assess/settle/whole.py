"""The settlement of a whole report: each promise with its verdict, and with the pairs that a person should look at."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from duban.assess.settle.authority import Authority
from duban.assess.settle.combine import combine
from duban.assess.settle.figures import Aim, Outcome, Verdict
from duban.assess.settle.match import Decided, Pair, match
from duban.assess.settle.names import Names
from duban.assess.settle.pace import by_pace
from duban.assess.settle.tolerance import Tolerance
from duban.assess.settle.verdict import verdict


@dataclass(frozen=True, slots=True)
class Settled:
    """A promised number or step, its verdict, what was linked and what is only ranked for a person."""

    aim: Aim
    verdict: Verdict
    linked: tuple[Pair, ...]
    ranked: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Commitment:
    """A commitment as a whole: the verdict that its numbers make together."""

    id: str
    text: str
    start: int
    verdict: Verdict
    numbers: tuple[Settled, ...]


@dataclass(frozen=True)
class Rules:
    """The city's rules of settlement: how far 左右 reaches, and which source is believed first."""

    tolerance: Tolerance = field(default_factory=Tolerance)
    authority: Authority = field(default_factory=Authority)


def settle(
    aims: Sequence[Aim],
    outcomes: Sequence[Outcome],
    rules: Rules,
    names: Names,
    owner: str = "",
    *,
    reviewed: bool,
    decided: Decided | None = None,
) -> list[Settled]:
    """Every promise settled, in the order given. What is only ranked gives no verdict: a person is to look.

    `reviewed` says that the next report's review is among the sources: only then is silence a verdict, and only on a
    number, since of a review nothing but its numbers is read. `decided` is what people said of pairs.
    """
    outcomes = rules.authority.ranked(outcomes)
    aims = parted(aims, outcomes, names, owner)
    pairs: dict[str, list[Pair]] = {aim.id: [] for aim in aims}
    for pair in match(aims, outcomes, names, owner, decided):
        pairs[pair.aim.id].append(pair)
    references = _references(aims, outcomes, names, owner)
    return [
        _ruled(_one(aim, pairs[aim.id], references[aim.reference], rules.tolerance, names, reviewed), rules)
        for aim in aims
    ]


def gathered(settled: Iterable[Settled]) -> list[Commitment]:
    """The commitments of these numbers, in order, each with the verdict that its numbers make together."""
    by: dict[str, list[Settled]] = defaultdict(list)
    for one in settled:
        by[one.aim.commitment or one.aim.id].append(one)
    return [
        Commitment(id, some[0].aim.text, some[0].aim.start, combine([s.verdict for s in some]), tuple(some))
        for id, some in by.items()
    ]


def parted(aims: Sequence[Aim], outcomes: Sequence[Outcome], names: Names, owner: str = "") -> list[Aim]:
    """The promises, one whose number counts for several indicators at once (甲、乙均增长) as one of each.

    Only where a source states every one of them: else the list may be one thing (公园、广场).
    """
    parts = {aim.id: _parts(aim) for aim in aims if "、" in aim.indicator and aim.value is not None}
    found = match([part for some in parts.values() for part in some], outcomes, names, owner)
    stated = {pair.aim.id for pair in found if pair.linked}
    whole = {id for id, some in parts.items() if all(part.id in stated for part in some)}
    return [part for aim in aims for part in (parts[aim.id] if aim.id in whole else [aim])]


def _parts(aim: Aim) -> list[Aim]:
    own = aim.commitment or aim.id
    return [
        replace(aim, id=f"{aim.id}/{name}", indicator=name, commitment=own)
        for name in aim.indicator.split("、")
    ]


def _references(
    aims: Sequence[Aim], outcomes: Sequence[Outcome], names: Names, owner: str
) -> defaultdict[str, list[Outcome]]:
    """What the sources say of the indicators in step with which something is to grow, by indicator."""
    asked = {aim.reference: replace(aim, id=aim.reference, indicator=aim.reference) for aim in aims if aim.reference}  # fmt: skip
    found: defaultdict[str, list[Outcome]] = defaultdict(list)
    for pair in match(list(asked.values()), outcomes, names, owner):
        if pair.linked:
            found[pair.aim.id].append(pair.outcome)
    return found


def _one(
    aim: Aim,
    pairs: Sequence[Pair],
    references: Sequence[Outcome],
    tolerance: Tolerance,
    names: Names,
    reviewed: bool,
) -> Settled:
    linked = tuple(pair for pair in pairs if pair.linked)
    ranked = tuple(pair for pair in pairs if not pair.linked)
    if not pairs and (aim.measure == "event" or not reviewed):
        why = "settle.no_review" if aim.measure != "event" else "settle.step_unread"
        return Settled(aim, Verdict("unclear", why, {"aim": aim.indicator}), (), ())
    if ranked and not linked:
        best = ranked[0]
        data = {"aim": aim.indicator, "name": best.outcome.indicator, "n": str(len(ranked)),
                "score": best.data["score"]}  # fmt: skip
        return Settled(aim, Verdict("unclear", "settle.person", data), linked, ranked)
    said = [pair.outcome for pair in linked]
    if said and aim.comparator == "pace":
        return Settled(aim, by_pace(aim, said, references, tolerance, names), linked, ranked)
    return Settled(aim, verdict(aim, said, tolerance, names), linked, ranked)


def _ruled(settled: Settled, rules: Rules) -> Settled:
    """With the rule by which one source was believed before another, where they differ."""
    found = settled.verdict
    if "others" not in found.data:
        return settled
    return replace(settled, verdict=replace(found, data={**found.data, "order": rules.authority.source}))
