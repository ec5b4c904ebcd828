"""Bunching: over the whole book, more figures just above what was asked than just below it."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from math import comb

from duban.assess.account import Account
from duban.assess.doubts.model import Doubt, Limits, grain, shown
from duban.core.measure import falling
from duban.plan import expected


def bunching(accounts: Iterable[Account], limits: Limits) -> Iterator[Doubt]:
    """The caliper test of Gerber and Malhotra: of the latest figures within `limits.band` of what the plan asks,
    as many should lie below as above. One doubt when chance alone would put so many above too seldom.

    Only figures that could lie on both sides count: the band must be wider than their last digit.
    """
    near = [margin for account in accounts if (margin := margin_of(account, limits.band)) is not None]
    n, above = len(near), sum(margin >= 0 for margin in near)
    chance = tail(n, above)
    if n and chance < limits.chance:
        yield Doubt("bunching", "", "", {
            "n": f"{n}", "above": f"{above}", "below": f"{n - above}", "expected": shown(Decimal(n) / 2, 1),
            "band": f"{shown(limits.band * 100, 1)}%", "chance": shown(chance, 4),
        })  # fmt: skip


def margin_of(account: Account, band: Decimal) -> Decimal | None:
    """How far the latest figure lies on the good side of what the plan asked, as a share of it; None outside."""
    latest, plan = account.latest, account.plan
    if latest is None or plan.target is None:
        return None
    goal = expected(plan, latest.period.end).value
    if not goal or grain(latest.value) >= abs(goal) * band:
        return None
    margin = (latest.value - goal) / abs(goal)
    if falling(plan.measure, account.target.comparator, plan.base, plan.target):
        margin = -margin
    return margin if -band <= margin < band else None


def tail(n: int, above: int) -> Decimal:
    """The chance that of `n` figures `above` or more lie above when both sides are as likely."""
    return Decimal(sum(comb(n, k) for k in range(above, n + 1))) / Decimal(2**n)
