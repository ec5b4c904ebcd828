"""The back-test: what would have been said on each day of years that are over, held against how they ended."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from math import exp, log

import msgspec

from duban.assess.account import Known
from duban.assess.facts import Facts
from duban.assess.forecast.cases import Case
from duban.assess.forecast.goal import Goal, chance
from duban.assess.forecast.record import Families, Learned, learn
from duban.assess.forecast.scores import Score
from duban.assess.forecast.spread import between
from duban.assess.forecast.weigh import together
from duban.assess.profile import COLOURS, Profile
from duban.assess.status import measured
from duban.core.measure import met
from duban.core.period import period
from duban.ledger.year.tasks import Target
from duban.plan import Plan

LIKELY, UNLIKELY = 80, 20


class Told(msgspec.Struct, frozen=True, gc=False):
    """What was said of a case: the estimate, its interval and chance (percent), and the light by the default plan."""

    case: Case
    end: float
    interval: tuple[float, float] | None
    chance: float | None
    colour: str


def backtest(known: Iterable[Case], families: Families, profile: Profile) -> Mapping[str, Score]:
    """The score of each family. One that the record does not know is learned from its own earlier years, year by year."""
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in known:
        groups[case.family].append(case)
    return {
        family: score(
            list(_told(group, families, profile) if family in families else _walked(group, profile))
        )
        for family, group in sorted(groups.items())
    }


def _told(group: Iterable[Case], families: Families, profile: Profile) -> Iterator[Told]:
    for case in group:
        learned = families.get(case.family, {}).get(case.month)
        if (said := _said(case, learned or Learned(), profile)) is not None:
            yield said


def _walked(group: Sequence[Case], profile: Profile) -> Iterator[Told]:
    for year in sorted({case.year for case in group}):
        before = learn(case for case in group if case.year < year)
        yield from _told((case for case in group if case.year == year), before, profile)


def _said(case: Case, learned: Learned, profile: Profile) -> Told | None:
    """What would have been said; None where there was nothing to go on."""
    estimate = together(case.view, learned.family)
    if estimate is None:
        return None
    now = case.view.now
    spread = learned.spreads.get(now.years)
    likely = None
    if spread is not None and case.target is not None:
        likely = chance(
            _goal(case, *case.target, profile.slack), now, estimate, spread, counted=case.view.counted
        )
    return Told(
        case, estimate.end, between(now, estimate, spread) if spread else None, likely, light(case, profile)
    )


def _goal(case: Case, target: Decimal, comparator: str, slack: Decimal) -> Goal:
    return Goal(target, comparator, case.measure, case.base, slack)


def light(case: Case, profile: Profile) -> str:
    """The colour by the profile's rules and the measure's own plan; "" without a target."""
    if case.target is None:
        return ""
    target, comparator = case.target
    base = case.base if case.way == "stock" else None
    figure = Known(period(f"{case.year}-C{case.month:02d}"), case.value, "statistics", "", 0, "", "")
    plan = Plan("", case.year, target, case.measure, base)
    goal = Target("", case.measure, target, unit=case.unit, comparator=comparator, base=base)
    status = measured(plan, goal, figure, profile.ahead, profile.slack)
    behind = None if status.points is None else -status.points
    return profile.rule_for(Facts(status.status, case.measure, behind)).colour


def held(case: Case, slack: Decimal) -> bool | None:
    """Whether the year kept its target in the end."""
    if case.target is None:
        return None
    target, comparator = case.target
    end = Decimal(repr(case.actual))
    return met(end, target, comparator=comparator, measure=case.measure, slack=slack, base=case.base)


def score(told: Sequence[Told], slack: Decimal = Decimal(0)) -> Score:
    """What was said, held against the ends."""
    inside = [one.interval[0] <= one.case.actual <= one.interval[1] for one in told if one.interval]
    judged = [(one, bool(held(one.case, slack))) for one in told if one.case.target is not None]
    colours = {colour: [kept for one, kept in judged if one.colour == colour] for colour in COLOURS}
    likely = [kept for one, kept in judged if one.chance is not None and one.chance >= LIKELY]
    unlikely = [kept for one, kept in judged if one.chance is not None and one.chance <= UNLIKELY]
    return Score(
        len({one.case.series for one in told}), len(told), len(inside),
        _rounded(100 * sum(inside) / len(inside)) if inside else None,
        _rounded(sum(map(_error, told)) / len(told)) if told else None,
        _against(told, "pace"), _against(told, "plain"),
        {colour: (len(kept), sum(kept)) for colour, kept in colours.items() if kept},
        len(likely), sum(likely), len(unlikely), unlikely.count(False),
    )  # fmt: skip


def _error(one: Told) -> float:
    return off(one.case, one.end)


def off(case: Case, end: float) -> float:
    """How far an estimate is from the end: percent of it, or points for rates."""
    return abs(case.actual - end) * (1 if case.way == "rate" else 100 / max(abs(case.actual), 1e-9))


def _against(told: Sequence[Told], plain: str) -> float | None:
    """The error as a part of a plain method's, on the days on which that has an answer; None where it never has."""
    pairs = [
        (_error(one), off(one.case, end))
        for one in told
        if (end := getattr(one.case.view.now, plain)) is not None
    ]
    other = sum(theirs for _ours, theirs in pairs)
    return _rounded(sum(ours for ours, _theirs in pairs) / other) if other else None


def whole(scores: Mapping[str, Score], plain: str) -> float | None:
    """The families' errors against a plain method, as their geometric mean: each family counts the same."""
    parts = [part for one in scores.values() if (part := getattr(one, plain))]
    return _rounded(exp(sum(map(log, parts)) / len(parts))) if parts else None


def _rounded(number: float) -> float:
    return round(number, 3)
