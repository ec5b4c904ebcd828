"""Whether a plan can be reckoned with: what it would let expect of its item, and what is wrong with it."""

import msgspec

from duban.actions.context import refused
from duban.assess.account import Account
from duban.core.period import FREQUENCIES
from duban.ledger.year.tasks import PlanSet
from duban.plan import Plan
from duban.plan.trajectory import plan_fault

LONGEST_LAG = (
    366  # days after a period's end: within a year the figure is there, or it is no figure of that year
)


def planned(account: Account, plan: PlanSet) -> Plan:
    """The item's plan as it would be: its target and measure, with the kind and data of `plan`."""
    return msgspec.structs.replace(account.plan, kind=plan.kind, data=plan.data)


def check_plan(plan: Plan, said: PlanSet, place: str) -> None:
    """Raise `Refused` for a kind, data or schedule that nothing can be reckoned with."""
    if said.frequency not in FREQUENCIES:
        raise refused(
            "plan.frequency_wrong", place, frequency=said.frequency[:20], known=", ".join(FREQUENCIES)
        )
    if not 0 <= said.lag <= LONGEST_LAG:
        raise refused("plan.lag_wrong", place, lag=said.lag, limit=LONGEST_LAG)
    code = plan_fault(plan)
    if code:
        raise refused(code, place, kind=f"plan.{plan.kind}")
