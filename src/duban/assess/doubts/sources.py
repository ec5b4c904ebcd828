"""A figure against another source, or against what it is reported to be made of; rounding is never a doubt."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from duban.assess.account import Account, Known
from duban.assess.doubts.model import Doubt, grain, shown
from duban.ledger.year.filings import Reading


def statistics_differ(account: Account) -> Iterator[Doubt]:
    """Official statistics count, and the unit's own figure for the same days differs by more than rounding.

    Not where one of the two is or was disputed: then the office decides, or has decided.
    """
    for statistics, unit in _apart(account, "statistics"):
        yield Doubt("statistics_differ", account.key, statistics.period.code, {
            "unit": f"{unit.value}{account.target.unit}", "entry": f"{unit.seq}",
            "statistics": f"{statistics.value}{account.target.unit}", "other": f"{statistics.seq}",
            "gap": shown(unit.value - statistics.value, 4),
        })  # fmt: skip


def register_differs(account: Account) -> Iterator[Doubt]:
    """A register recounts another figure than the unit states for the same days; silent as `statistics_differ` is."""
    for register, unit in _apart(account, "register"):
        yield Doubt("register_differs", account.key, register.period.code, {
            "unit": f"{unit.value}{account.target.unit}", "entry": f"{unit.seq}",
            "register": f"{register.value}{account.target.unit}", "other": f"{register.seq}",
            "gap": shown(unit.value - register.value, 4),
        })  # fmt: skip


def _apart(account: Account, origin: str) -> Iterator[tuple[Known, Known]]:
    """The latest figures of an origin and of the unit for the same days that differ and were not disputed."""
    disputed = {case.opened.body.about for case in account.task.disputes}
    latest: dict[tuple[str, date], Known] = {}
    for figure in (*account.figures, *account.others):
        key = (figure.origin, figure.period.end)
        if _later(figure, latest.get(key)):
            latest[key] = figure
    for (where, end), figure in sorted(latest.items(), key=lambda one: one[0]):
        unit = latest.get(("unit", end))
        if where != origin or unit is None or disputed & {figure.seq, unit.seq}:
            continue
        if not same(figure.value, unit.value):
            yield figure, unit


def same(one: Decimal, other: Decimal) -> bool:
    """Whether two figures can be one, written to different digits: 9.4 and 9.43 can, 9.4 and 9.46 cannot."""
    return abs(one - other) * 2 <= grain(one, other) if _grain_differs(one, other) else one == other


def _grain_differs(one: Decimal, other: Decimal) -> bool:
    return one.as_tuple().exponent != other.as_tuple().exponent


def _later(one: Known, other: Known | None) -> bool:
    return other is None or one.seq > other.seq


def growth_of_levels(account: Account) -> Iterator[Doubt]:
    """A growth rate reported with this year's and last year's level, which give another rate whatever the rounding.

    Silent for real growth and comparable scope: a published rate is not the ratio of published levels,
    since its base has this year's scope (docs/sources.md), and both are said to be so.
    """
    if account.plan.measure != "growth":
        return
    for seq, said in readings(account):
        if said.basis == "real" or said.scope or said.value is None:
            continue
        rates = _rates(said)
        if rates is None or _touches(said.value, rates[0] * 100 - 100, rates[1] * 100 - 100):
            continue
        now, before = said.numerator, said.denominator
        yield Doubt("growth_of_levels", account.key, said.period, {
            "value": f"{said.value}%", "now": str(now), "before": str(before), "entry": f"{seq}",
            "levels": f"{shown((rates[0] + rates[1]) * 50 - 100)}%",
        })  # fmt: skip


def share_of_parts(account: Account) -> Iterator[Doubt]:
    """A share reported with its numerator and denominator, which give another one whatever the rounding."""
    if account.plan.measure != "share":
        return
    for seq, said in readings(account):
        rates = _rates(said)
        if said.value is None or rates is None or _touches(said.value, rates[0] * 100, rates[1] * 100):
            continue
        yield Doubt("share_of_parts", account.key, said.period, {
            "value": f"{said.value}%", "top": str(said.numerator), "bottom": str(said.denominator),
            "entry": f"{seq}", "share": f"{shown((rates[0] + rates[1]) * 50)}%",
        })  # fmt: skip


def readings(account: Account) -> Iterator[tuple[int, Reading]]:
    """Number and body of everything that states a figure of the item and was not returned."""
    for posted in account.task.readings:
        yield posted.seq, posted.body
    for filing in account.task.filings.values():
        if filing.stage != "returned":
            yield filing.opened.seq, filing.opened.body


def _rates(said: Reading) -> tuple[Decimal, Decimal] | None:
    """The least and greatest ratio that the two figures, as they are rounded, can mean."""
    top, bottom = said.numerator, said.denominator
    if top is None or bottom is None or top < 0:
        return None
    wide_top, wide_bottom = grain(top) / 2, grain(bottom) / 2
    if bottom <= wide_bottom:
        return None
    return (top - wide_top) / (bottom + wide_bottom), (top + wide_top) / (bottom - wide_bottom)


def _touches(value: Decimal, low: Decimal, high: Decimal) -> bool:
    half = grain(value) / 2
    return value + half >= low and value - half <= high
