"""The settlement of a whole report: each promise with its verdict, and with the pairs that a person should look at."""

from collections.abc import Sequence
from dataclasses import dataclass

from duban.assess.settle.figures import Aim, Outcome, Verdict
from duban.assess.settle.match import Pair, match
from duban.assess.settle.names import Names
from duban.assess.settle.tolerance import Tolerance
from duban.assess.settle.verdict import verdict


@dataclass(frozen=True, slots=True)
class Settled:
    """A promise, its verdict, what was linked and what is only ranked for a person."""

    aim: Aim
    verdict: Verdict
    linked: tuple[Pair, ...]
    ranked: tuple[Pair, ...]


def settle(
    aims: Sequence[Aim],
    outcomes: Sequence[Outcome],
    tolerance: Tolerance,
    names: Names,
    owner: str = "",
    *,
    reviewed: bool,
) -> list[Settled]:
    """Every promise settled, in the order given. What is only ranked gives no verdict: a person is to look.

    `reviewed` says that the next report's review is among the sources: only then is silence a verdict, and only on a
    number, since of a review nothing but its numbers is read.
    """
    pairs: dict[str, list[Pair]] = {aim.id: [] for aim in aims}
    for pair in match(aims, outcomes, names, owner):
        pairs[pair.aim.id].append(pair)
    return [_one(aim, pairs[aim.id], tolerance, names, reviewed) for aim in aims]


def _one(aim: Aim, pairs: Sequence[Pair], tolerance: Tolerance, names: Names, reviewed: bool) -> Settled:
    linked = tuple(pair for pair in pairs if pair.linked)
    ranked = tuple(pair for pair in pairs if not pair.linked)
    if not pairs and (aim.measure == "event" or not reviewed):
        why = "settle.no_review" if aim.measure != "event" else "settle.step_unread"
        return Settled(aim, Verdict("unclear", why, {"aim": aim.indicator}), (), ())
    if linked or not ranked:
        return Settled(aim, verdict(aim, [p.outcome for p in linked], tolerance, names), linked, ranked)
    best = ranked[0]
    data = {
        "aim": aim.indicator,
        "name": best.outcome.indicator,
        "n": str(len(ranked)),
        "score": best.data["score"],
    }
    return Settled(aim, Verdict("unclear", "settle.person", data), linked, ranked)
