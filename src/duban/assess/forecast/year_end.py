"""How one year will end: the estimate, the interval, the chance that the goal is kept, and why, in sentences' codes."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import msgspec

from duban.assess.forecast.goal import Goal, chance
from duban.assess.forecast.method import Point
from duban.assess.forecast.record import Learned, Record
from duban.assess.forecast.spread import INNER, between
from duban.assess.forecast.weigh import Estimate, View, together, view
from duban.plan.required import Required

Said = tuple[str, Mapping[str, str]]  # a sentence's code, and what it is filled with


class Forecast(msgspec.Struct, frozen=True, gc=False):
    """What can be said of a year's end on a day. Without an answer `end` is None and `said` says why.

    `low` and `high` hold 80 of 100 such years between them, `inner` the 50 in the middle; `chance` (percent) is that of keeping the goal; both are None
    where the family has no record. `month` is that of the latest figure, `years` how many earlier years are known,
    `weights` what each way counts for, `n` of how many ends the interval is made.
    """

    said: tuple[Said, ...]
    family: str = ""
    month: int = 0
    value: Decimal | None = None
    end: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    inner: tuple[Decimal, Decimal] | None = None
    chance: int | None = None
    years: int = 0
    weights: Mapping[str, float] = {}
    n: int = 0
    required: Required | None = None


class Now(msgspec.Struct, frozen=True, gc=False):
    """Where a year stands: how it runs (`method.way_of`), the latest figure and its month, and what is known besides.

    `points` are earlier years (`method.points_at`); `share` the plan's part of the way (0 to 1) where it is not n/12;
    `base` where a stock began; `grain` the smallest step that figures are told in; `counted`: it comes one by one.
    """

    way: str
    family: str
    month: int
    period: str
    value: Decimal
    points: Sequence[Point] = ()
    share: float | None = None
    base: float | None = None
    grain: Decimal = Decimal(1)
    unit: str = ""
    counted: bool = False


def silent(code: str, **data: str) -> Forecast:
    """No data, no forecast: why there is none."""
    return Forecast(((code, data),))


def forecast(now: Now, goal: Goal, record: Record) -> Forecast:
    """How the year will end. A plan's own share has no record, unless earlier years are known."""
    seen = view(
        now.way, now.month, float(now.value), now.points, share=now.share, base=now.base, counted=now.counted
    )
    measured = now.share is None or seen.now.years > 0
    learned = record.of(now.family, now.month) if measured else None
    estimate = together(seen, (learned or Learned()).family)
    if estimate is None:
        return silent("forecast.nothing_yet", period=now.period)
    spread = learned.spreads.get(seen.now.years) if learned else None
    said = [_how(now, seen, estimate)]
    found = Forecast((), now.family, now.month, now.value, _told(now, goal, estimate.end), years=seen.now.years,
                     weights=estimate.weights)  # fmt: skip
    if spread is None:
        return msgspec.structs.replace(found, said=(*said, ("forecast.no_record", {})))
    low, high = (_told(now, goal, end) for end in between(seen.now, estimate, spread))
    lower, upper = (_told(now, goal, end) for end in between(seen.now, estimate, spread, INNER))
    likely = round(chance(goal, seen.now, estimate, spread, counted=now.counted))
    interval = {"low": f"{low}{now.unit}", "high": f"{high}{now.unit}"}
    said += [("forecast.interval", interval), _likely(goal, now, likely)]
    return msgspec.structs.replace(
        found, said=tuple(said), low=low, high=high, inner=(lower, upper), chance=likely, n=spread.n
    )


def _how(now: Now, seen: View, estimate: Estimate) -> Said:
    """The sentence that explains the estimate."""
    data = {
        "period": now.period,
        "value": f"{now.value}{now.unit}",
        "end": f"{rounded(estimate.end, now.grain)}{now.unit}",
    }
    if not seen.now.years:
        kind = "stands" if now.way == "rate" else "pace" if now.share is None else "plan"
        return f"forecast.by_{kind}", data
    data |= {name: str(round(100 * estimate.weights.get(name, 0.0))) for name in ("pace", "own", "anchor")}
    data["years"] = str(seen.now.years)
    if seen.now.part is not None:
        data["part"] = str(round(100 * seen.now.part))
    return f"forecast.of_{now.way}", data


def _likely(goal: Goal, now: Now, likely: int) -> Said:
    target = f"{goal.target.normalize():f}{now.unit}"
    code = {100: "forecast.kept", 0: "forecast.broken"}.get(likely, "forecast.chance")
    return code, {"target": target, "chance": str(likely)}


def _told(now: Now, goal: Goal, end: float) -> Decimal:
    """An end as it is told: a share is no more than all of it."""
    return rounded(min(end, 100.0) if goal.measure == "share" and now.unit == "%" else end, now.grain)


def rounded(number: float, grain: Decimal) -> Decimal:
    """To the grain, but to no more than four digits: an estimate knows no more."""
    exact = Decimal(repr(number))
    step = max(grain, Decimal(1).scaleb(exact.adjusted() - 3)) if exact else grain
    return (exact / step).to_integral_value() * step
