"""Next year's targets beside this year's: raised, lowered, the same, carried over unmet, or dropped. Same matcher."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from duban.assess.settle import matching
from duban.assess.settle.combine import FAILED
from duban.assess.settle.figures import Aim, Outcome
from duban.assess.settle.hold import less_is_better
from duban.assess.settle.match import Pair, match
from duban.assess.settle.names import Names
from duban.assess.settle.verdict import goal_of, sized, told
from duban.assess.settle.whole import Settled

MOVES = ("raised", "lowered", "same", "moved_on", "changed", "asked", "dropped")
_STATES = ("level", "share", "rank")


@dataclass(frozen=True, slots=True)
class Onward:
    """A promised number, what came of it, and the number that the next report promises in its place (None: none).

    `move` is one of `MOVES`: "moved_on" is the same number again though this year missed it or no source speaks of it, "changed" another
    of which it is not told whether more is better, "asked" a like name that a person has to look at. `below` says
    that the next target is short of what this year reached already. `goal`, `result` and `next_goal` are as told.
    """

    settled: Settled
    next: Aim | None
    move: str
    goal: str
    result: str
    next_goal: str
    below: bool = False


def onward(settled: Sequence[Settled], plans: Sequence[Aim], names: Names, owner: str = "") -> list[Onward]:
    """Every promised number of this year, in the order given, with what the next report makes of it.

    [] without plans: silence of a report that is not there means nothing.
    """
    mine = [s for s in settled if s.aim.value is not None]
    if not plans:
        return []
    theirs = {plan.id: plan for plan in plans if plan.value is not None}
    pairs = match([s.aim for s in mine], [_as_outcome(plan) for plan in theirs.values()], names, owner)
    by: dict[str, list[Pair]] = defaultdict(list)
    least = matching.shipped().successor_from
    for pair in pairs:
        if pair.why != "settle.contrast" and (
            pair.linked or pair.certainty >= least
        ):  # else another indicator
            by[pair.aim.id].append(pair)
    return [_one(s, _successor(s.aim, by[s.aim.id]), theirs, names) for s in mine]


def _successor(aim: Aim, pairs: Sequence[Pair]) -> Pair | None:
    """The number that stands in this one's place; of several sure ones the same figure, else a person has to say."""
    sure = [pair for pair in pairs if pair.linked]
    if len(sure) < 2:
        return next(iter(sure or pairs), None)
    figures = {sized(aim, pair.outcome)[0] for pair in sure}
    same = [pair for pair in sure if sized(aim, pair.outcome)[0] == aim.value]
    if same or len(figures) == 1:
        return (same or sure)[0]
    return replace(sure[0], linked=False)


def _as_outcome(plan: Aim) -> Outcome:
    year = plan.due.year
    return Outcome(plan.id, plan.indicator, plan.measure, date(year, 1, 1), date(year, 12, 31), plan.value, plan.unit,
                   "eq", "", place=plan.id, on=plan.id)  # fmt: skip


def _one(settled: Settled, pair: Pair | None, theirs: dict[str, Aim], names: Names) -> Onward:
    aim = settled.aim
    outcome = settled.linked[0].outcome if settled.linked else None
    result = told(outcome) if outcome else ""
    if pair is None:
        return Onward(settled, None, "dropped", goal_of(aim), result, "")
    plan = theirs[pair.outcome.id]
    if not pair.linked:
        return Onward(settled, plan, "asked", goal_of(aim), result, goal_of(plan))
    after, before, _ = sized(aim, pair.outcome)
    less = less_is_better(aim, names)
    move = _move(after, before, less, failed=settled.verdict.code in (*FAILED, "unreported"))
    if after == before and (plan.high is None) != (aim.high is None):
        move = "changed"  # a range in place of one figure, or the other way
    below = (
        outcome is not None
        and aim.measure in _STATES
        and less is not None
        and _short(aim, outcome, after, less)
    )
    return Onward(settled, plan, move, goal_of(aim), result, goal_of(plan), below)


def _move(after: Decimal, before: Decimal, less: bool | None, *, failed: bool) -> str:
    """By which way the number went; towards what is better is "raised", also where that is a smaller number."""
    if after == before:
        return "moved_on" if failed else "same"
    if less is None:
        return "changed"
    return "raised" if (after < before) == less else "lowered"


def _short(aim: Aim, outcome: Outcome, after: Decimal, less: bool) -> bool:
    """Whether the next target asks for less than stands already."""
    if outcome.value is None or outcome.measure not in (aim.measure, "amount"):
        return False
    done, _, _ = sized(aim, outcome)
    return after > done if less else after < done
