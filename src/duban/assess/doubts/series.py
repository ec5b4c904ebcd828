"""An item's figures against themselves: what falls that can only grow, what jumps, what copies its plan."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from statistics import median

from duban.assess.account import Account, Known
from duban.assess.doubts.model import Doubt, Limits, grain, shown
from duban.plan import expected

# 0.6745 is the third quartile of the standard normal: it makes a MAD comparable with a standard deviation.
QUARTILE = Decimal("0.6745")
JUMPING = ("level", "increment", "growth")
SMOOTH = ("linear", "profile", "seasonal")


def falls(account: Account) -> Iterator[Doubt]:
    """A figure that adds up from January and is lower than the one before."""
    if account.plan.measure != "increment" or not account.schedule.cumulated:
        return
    counted = [f for f in account.figures if f.period.cumulated or f.period.start.month == 1]
    for before, figure in pairwise(counted):
        if figure.value < before.value and before.period.start == figure.period.start:
            unit = account.target.unit
            yield Doubt("falls", account.key, figure.period.code, {
                "value": f"{figure.value}{unit}", "before": f"{before.value}{unit}", "at": before.period.code,
                "gap": f"{shown(before.value - figure.value, 4)}{unit}",
            })  # fmt: skip


def jump(account: Account, limits: Limits) -> Iterator[Doubt]:
    """The last period brought far more, beyond its plan, than this item's own periods did before.

    Silent for batches, milestones and stages, which come in lumps by nature, where fewer than `limits.points`
    earlier periods are known, and where half of them or more are alike: a MAD within the last digit of the
    figures is nothing to go by.
    """
    if account.plan.measure not in JUMPING or _kind(account) not in (*SMOOTH, "threshold"):
        return
    beyond = _beyond(account)
    if len(beyond) <= limits.points:
        return
    *earlier, last = beyond
    middle = median(earlier)
    spread = median(abs(one - middle) for one in earlier)
    if spread * 2 <= grain(*(f.value for f in account.figures)) or sum(
        one == 0 for one in earlier
    ) * 2 >= len(earlier):
        return
    score = QUARTILE * (last - middle) / spread
    if score > limits.jump:
        figure, before = account.figures[-1], account.figures[-2]
        yield Doubt("jump", account.key, figure.period.code, {
            "value": f"{figure.value}{account.target.unit}", "before": f"{before.value}{account.target.unit}",
            "came": shown(_per_month(before, figure, account), 4), "usual": shown(_usual(account), 4),
            "score": shown(score, 1), "limit": f"{limits.jump}", "n": f"{len(earlier)}",
        })  # fmt: skip


def _beyond(account: Account) -> list[Decimal]:
    """What each period brought more than its plan, a month; the first span of the year has none before it."""
    kind, figures = _kind(account), account.figures
    found = []
    for before, figure in pairwise(figures):
        came = _per_month(before, figure, account)
        if kind in SMOOTH:
            goals = [expected(account.plan, f.period.end).value or Decimal(0) for f in (before, figure)]
            came -= (goals[1] - goals[0]) / _months(before, figure)
        found.append(came)
    return found


def _per_month(before: Known, figure: Known, account: Account) -> Decimal:
    """What came between two figures, a month; a rate is no sum, and its change is taken as it is."""
    came = figure.value - before.value
    return came if account.plan.measure == "growth" else came / _months(before, figure)


def _usual(account: Account) -> Decimal:
    figures = account.figures[:-1]
    return median(_per_month(a, b, account) for a, b in pairwise(figures))


def _months(before: Known, figure: Known) -> int:
    one, other = before.period.end, figure.period.end
    return max(1, (other.year - one.year) * 12 + other.month - one.month)


def equals_plan(account: Account, limits: Limits) -> Iterator[Doubt]:
    """The unit's last figures are the plan's own values to the digit.

    Looks only where digits can differ: a smooth plan, and figures of three digits or more.
    """
    if _kind(account) not in SMOOTH:
        return
    alike = 0
    for figure in reversed(account.figures):
        if not _copies(account, figure):
            break
        alike += 1
    if alike >= limits.run:
        latest = account.figures[-1]
        last: Sequence[Known] = account.figures[-alike:]
        yield Doubt("equals_plan", account.key, latest.period.code, {
            "n": f"{alike}", "limit": f"{limits.run}", "plan": f"plan.{_kind(account)}",
            "values": ", ".join(str(f.value) for f in last), "from": last[0].period.code,
        })  # fmt: skip


def _copies(account: Account, figure: Known) -> bool:
    goal = expected(account.plan, figure.period.end).value
    size = grain(figure.value)
    if figure.origin != "unit" or goal is None or abs(figure.value) < 100 * size:
        return False
    return abs(goal - figure.value) * 2 <= size and figure.value != account.plan.target


def _kind(account: Account) -> str:
    """The kind of trajectory that the item's plan has, made or by its measure."""
    return expected(account.plan, account.figures[-1].period.end).kind if account.figures else ""
