"""An item's status: where it stands against its plan, with the reason and its figures. Colour comes later.

The five of a bulletin (达、超、欠、完成、其他, Jinzhai: docs/sources.md), not started, and no fresh data of its own: what is
missing is neither behind nor on pace.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import msgspec

from duban.assess.account import Account, Known
from duban.core.measure import completion, distance, falling, met
from duban.ledger.year.tasks import Target
from duban.plan.trajectory import Expected, Plan, expected

STATUSES = ("not_started", "on_pace", "ahead", "behind", "done", "waiting", "suspended", "no_fresh_data")
Data = Mapping[str, str]
_NONE, _CENT = Decimal(0), Decimal("0.01")


class Status(msgspec.Struct, frozen=True, gc=False):
    """One of `STATUSES`; `code` says why (a sentence of the catalogue), `data` holds the figures of the reason.

    `points` is how many percentage points the completion is above (+) or below (−) what the plan lets expect.
    """

    status: str
    code: str
    kind: str = ""
    points: Decimal | None = None
    data: Data = {}


def status_of(
    account: Account, day: date, *, ahead: Decimal = Decimal(0), slack: Decimal = Decimal(0)
) -> Status:
    """The status at the end of `day`. `ahead` points above the plan count as ahead (0: any); `slack` is what
    "about" may miss by, in the target's unit: both are the profile's."""
    ended = _ended(account)
    if ended is not None:
        return ended
    latest = account.latest
    if account.plan.target is None:
        return _in_words(account, day)
    if latest is None:
        owed = account.schedule.owed(account.plan.year, day)
        return Status("no_fresh_data", "status.no_data") if owed else Status("not_started", "status.not_due")
    if account.schedule.missing(account.plan.year, day, account.received):
        return Status("no_fresh_data", "status.stale", data={"period": latest.period.code, "on": latest.on})
    return measured(account.plan, account.target, latest, ahead, slack)


def _ended(account: Account) -> Status | None:
    """Done when cleared; suspended or waiting when halted; None when the item is running."""
    clearing = account.task.clearing
    if clearing is not None and clearing.last.kind in ("clearing.closed", "clearing.confirmed"):
        return Status("done", "status.cleared", data={"on": clearing.last.on})
    halt = account.task.halt
    if halt is not None:
        status = "waiting" if halt.body.how == "waiting" else "suspended"
        return Status(status, f"status.{status}", data={"reason": halt.body.reason})
    return None


def _in_words(account: Account, day: date) -> Status:
    """An item without a number: by its latest note, fresh or not."""
    filing = account.filing
    if filing is None:
        owed = account.schedule.owed(account.plan.year, day)
        return Status("no_fresh_data", "status.no_note") if owed else Status("not_started", "status.not_due")
    code = filing.opened.body.period
    if filing.opened.body.claims_done:
        return Status("done", "status.said_done", data={"period": code})
    if account.schedule.missing(account.plan.year, day, account.received):
        return Status("no_fresh_data", "status.stale", data={"period": code, "on": filing.opened.on})
    due = account.plan.due
    if due and due < day.isoformat() and due[:4].isdecimal():
        return Status("behind", "status.past_due", data={"due": due})
    stage = expected(account.plan, day).stage if account.plan.kind == "stage" else ""
    if stage:
        return Status("on_pace", "status.note_stage", "stage", data={"period": code, "stage": stage})
    return Status("on_pace", "status.note", data={"period": code})


def measured(plan: Plan, target: Target, figure: Known, ahead: Decimal, slack: Decimal) -> Status:
    """The status by a figure, against what the plan lets expect at the end of the figure's own period."""
    goal = expected(plan, figure.period.end)
    less = falling(plan.measure, target.comparator, plan.base, plan.target)
    standing = _standing(plan, target, less, figure.value, goal, slack)
    data = _data(plan, target.unit, figure, goal)
    if standing in ("kept", "short"):
        return _by_threshold(plan.due or f"{plan.year}-12-31", figure, standing == "kept", goal, data)
    if standing == "reached":
        return Status("done", "status.reached", goal.kind, data=data)
    if standing == "unknown":
        return Status("waiting", goal.code, goal.kind, data=data)
    points = _points(plan, figure, goal)
    if standing == "behind":
        return Status("behind", "status.behind", goal.kind, points, data)
    if figure.value == (plan.base or 0) == goal.value:
        return Status("not_started", "status.nothing_expected", goal.kind, points, data)
    if points is not None and points > ahead:
        return Status("ahead", "status.ahead", goal.kind, points, data)
    return Status("on_pace", "status.on_pace", goal.kind, points, data)


def behind_marks(account: Account) -> list[bool]:
    """For each figure, whether it is short of what the plan let expect at the end of its period."""
    plan, target = account.plan, account.target
    less = falling(plan.measure, target.comparator, plan.base, plan.target)
    return [
        _standing(plan, target, less, figure.value, expected(plan, figure.period.end)) in ("behind", "short")
        for figure in account.figures
    ]


def _standing(
    plan: Plan, target: Target, less: bool, value: Decimal, goal: Expected, slack: Decimal = _NONE
) -> str:
    """kept or short (thresholds), reached, behind, level (at least as expected), or unknown."""
    kept = met(value, plan.target, comparator=target.comparator, high=target.high, measure=plan.measure,
               slack=slack, base=plan.base)  # fmt: skip
    if goal.kind == "threshold" or (less and plan.base is None):
        return "kept" if kept else "short"
    if kept:
        return "reached"
    if goal.value is None:
        return "unknown"
    return "behind" if distance(value, goal.value, less_is_better=less) < 0 else "level"


def _by_threshold(due: str, figure: Known, kept: bool, goal: Expected, data: Data) -> Status:
    """A rate or a limit: kept or not at every date, done only when its last period is in."""
    if not kept:
        return Status("behind", "status.below", goal.kind, data=data)
    if figure.period.end.isoformat() >= due:
        return Status("done", "status.kept", goal.kind, data=data)
    return Status("on_pace", "status.held", goal.kind, data=data)


def _points(plan: Plan, figure: Known, goal: Expected) -> Decimal | None:
    """Percentage points of the way above or below the plan (Yinchuan's measure: docs/lights.md)."""
    done = completion(figure.value, plan.target, plan.base) if plan.target is not None else None
    return None if done is None or goal.share is None else done - goal.share


def _data(plan: Plan, unit: str, figure: Known, goal: Expected) -> Data:
    return {
        "period": figure.period.code,
        "value": f"{figure.value}{unit}",
        "target": f"{plan.target}{unit}",
        "expected": "" if goal.value is None else f"{goal.value.quantize(_CENT).normalize():f}{unit}",
        "plan": f"plan.{goal.kind}",
    }
