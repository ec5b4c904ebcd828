"""What a register's records on their way will still bring by the year's end, by the usual time to the stage that counts.

For an indicator that counts records which reach a stage in the period. The usual time is that of the records that the
same indicator has ever counted, with those still waiting as such (Kaplan and Meier 1958); records are taken to go their
way independently, so that the interval is the least that it can be.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from math import sqrt
from statistics import NormalDist

import msgspec

from duban.core.period import Period, period
from duban.ledger.year.records import RecordState
from duban.registers.amount import Base
from duban.registers.expression import columns
from duban.registers.indicator import Indicator, parameters, part_of
from duban.registers.plain import Reads, dated, plain
from duban.registers.record import Row, row
from duban.registers.register import Register

FEWEST = (
    9  # records that went from one stage to the other, without which no usual time is told: as for intervals
)
LOW, HIGH = 0.1, 0.9
MANY = 500  # records from which on the sum is as good as normal

Span = tuple[int, bool]  # days from one stage to the other, or until today for a record that still waits


class OnTheWay(msgspec.Struct, frozen=True, gc=False):
    """A record that would count if it reached the stage: where it is since when, and its chance (0 to 1) by the end.

    The chance is None where too few records went the same way.
    """

    id: str
    stage: str
    since: date
    chance: float | None


class Pipeline(msgspec.Struct, frozen=True, gc=False):
    """`now` count already; `low` to `high` hold 80 of 100 ends. `usual` is the median of days on the way, by stage."""

    stage: str
    now: int
    ways: tuple[OnTheWay, ...]
    expected: float
    low: int
    high: int
    usual: Mapping[str, int] = {}

    @property
    def unknown(self) -> int:
        """How many are on a way whose usual time is not known."""
        return sum(way.chance is None for way in self.ways)

    def chance(self, target: Decimal) -> int | None:
        """The chance (percent) of `target` or more at the end; None where it hangs on records of which nothing is known."""
        missing = int(target.to_integral_value("ROUND_CEILING")) - self.now
        if missing <= 0:
            return 100
        if self.unknown:
            return None
        ends = _ends([way.chance or 0.0 for way in self.ways])
        return min(max(round(100 * sum(ends[missing:])), 1), 99) if missing < len(ends) else 0


def counts_by(indicator: Indicator) -> str:
    """The stage whose being reached in the period an indicator counts; "" for one that counts otherwise."""
    figure = indicator.figure
    if (
        not isinstance(figure, Base)
        or (figure.how, indicator.measure) != ("count", "increment")
        or indicator.less_is_better
    ):
        return ""
    read = columns(figure.where)
    stages = [name.removeprefix("at_") for name in read if name.startswith("at_")]
    return stages[0] if len(stages) == 1 and not any("." in name for name in read) else ""


def pipeline(
    register: Register, indicator: Indicator, states: Iterable[RecordState], when: Period, day: date, group: str = ""
) -> Pipeline | None:  # fmt: skip
    """What the records on their way on `day` bring by the end of `when`; None for an indicator that counts otherwise.

    `group` as of a binding: "unit=…".
    """
    stage = counts_by(indicator)
    if not stage or stage not in register.order:
        return None
    rows = [row(register, state) for state in states]
    now = [one for one in rows if _counts(indicator, when, when.end)(one) is True]
    waiting = [one for one in rows if _would(register, indicator, one, stage, when)]
    done = [one for one in rows if _did(indicator, one, stage)]
    (by, wanted) = part_of(group)
    if by:
        now, waiting = ([one for one in some if (one.get(by[0]),) == wanted] for some in (now, waiting))
    curves = {
        at: _curve(_spans(done, waiting, at, stage, day)) for at in {str(one["stage"]) for one in waiting}
    }
    ways = tuple(_way(one, curves[str(one["stage"])], when.end, day) for one in waiting)
    low, high = _between([way.chance or 0.0 for way in ways])
    unknown = sum(way.chance is None for way in ways)
    usual = {at: middle for at, curve in curves.items() if (middle := _median(curve)) is not None}
    expected = len(now) + sum(way.chance or 0.0 for way in ways)
    return Pipeline(stage, len(now), ways, expected, len(now) + low, len(now) + high + unknown, usual)


def _counts(indicator: Indicator, when: Period, day: date) -> Reads:
    where = indicator.figure.where if isinstance(indicator.figure, Base) else None
    assert where is not None
    return plain(where, parameters(when, day))


def _would(register: Register, indicator: Indicator, one: Row, stage: str, when: Period) -> bool:
    """Whether a record that is before the stage would count if it reached it on the period's last day."""
    at = one.get("stage")
    if not isinstance(at, str) or at not in register.order or register.order[at] >= register.order[stage]:
        return False
    return _counts(indicator, when, when.end)({**one, f"at_{stage}": when.end, "stage": stage}) is True


def _did(indicator: Indicator, one: Row, stage: str) -> bool:
    """Whether the indicator counted the record in the year in which it reached the stage."""
    reached = dated(one, f"at_{stage}")
    if reached is None:
        return False
    year = period(str(reached.year))
    return _counts(indicator, year, year.end)(one) is True


def _spans(done: Iterable[Row], waiting: Iterable[Row], at: str, stage: str, day: date) -> list[Span]:
    """How long records took from one stage to the other, and how long others have waited so far."""
    spans = [
        ((end - begin).days, True)
        for one in done
        if (begin := dated(one, f"at_{at}")) and (end := dated(one, f"at_{stage}")) and begin <= end
    ]
    return spans + [
        ((day - begin).days, False)
        for one in waiting
        if one["stage"] == at and (begin := dated(one, f"at_{at}"))
    ]


Curve = Sequence[tuple[int, float]]  # days → the share that still waits after them, in order


def _curve(spans: list[Span]) -> Curve:
    """The share that still waits by days; () where too few came through."""
    if sum(came for _days, came in spans) < FEWEST:
        return ()
    found, left = [], 1.0
    for days in sorted({days for days, came in spans if came}):
        at_risk = sum(span >= days for span, _came in spans)
        came = sum(span == days and through for span, through in spans)
        left *= 1 - came / at_risk
        found.append((days, left))
    return found


def _left(curve: Curve, days: int) -> float:
    return next((left for at, left in reversed(curve) if at <= days), 1.0)


def _median(curve: Curve) -> int | None:
    return next((days for days, left in curve if left <= 0.5), None)


def _way(one: Row, curve: Curve, end: date, day: date) -> OnTheWay:
    at = str(one["stage"])
    since = dated(one, f"at_{at}") or day
    chance = None
    if curve:
        before, after = _left(curve, (day - since).days), _left(curve, (end - since).days)
        chance = 1 - after / before if before > 0 else 0.0  # longer than any before it: nothing speaks for it
    return OnTheWay(str(one["id"]), at, since, chance)


def _ends(chances: Sequence[float]) -> list[float]:
    """How likely it is that none, one, two … of them come."""
    if len(chances) > MANY:
        mean, spread = sum(chances), sqrt(sum(p * (1 - p) for p in chances)) or 1e-9
        normal = NormalDist(mean, spread)
        return [normal.cdf(n + 0.5) - normal.cdf(n - 0.5) for n in range(len(chances) + 1)]
    found = [1.0]
    for p in chances:
        found = [a * (1 - p) + b * p for a, b in zip((*found, 0.0), (0.0, *found), strict=True)]
    return found


def _between(chances: Sequence[float]) -> tuple[int, int]:
    """Between how many 80 of 100 ends lie."""
    passed, low, high = 0.0, 0, len(chances)
    for n, part in enumerate(_ends(chances)):
        if passed < LOW <= passed + part:
            low = n
        if passed < HIGH <= passed + part:
            high = n
        passed += part
    return low, high
