"""What a unit is asked for, with what is known of it: the calendar's open periods beside plan and last figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duban.assess.account import Account, Known
from duban.assess.calendar import Due, owed_of
from duban.assess.lights import Light
from duban.core.period import Period, period
from duban.ledger import Book
from duban.plan import expected


@dataclass(frozen=True, slots=True)
class Asked:
    """A period that can be reported now, until when, and what the plan lets expect at its end."""

    period: Period
    due: date
    goal: Decimal | None


def asked(book: Book, account: Account, day: date) -> tuple[Asked, ...]:
    """The periods that can be reported on `day`, the newest first."""
    return tuple(_asked(account, due) for due in owed_of(book, account, day).open)


def _asked(account: Account, due: Due) -> Asked:
    return Asked(due.period, due.by, expected(account.plan, due.period.end).value)


def last_figure(account: Account, before: Period) -> Known | None:
    """The figure that counts for the latest period that ended before this one."""
    return next((f for f in reversed(account.figures) if f.period.end < before.end), None)


def owed_by(book: Book, lights: Mapping[str, Light], unit: str, day: date) -> dict[str, Asked]:
    """What the unit of this name owes on `day`, by item: the newest period of each running item that it leads."""
    found = {}
    for key, light in lights.items():
        newest = owed_of(book, light.account, day).next if light.account.state.item.lead == unit else None
        if newest is not None:
            found[key] = _asked(light.account, newest)
    return found


CARRIED = ("problems", "next_step")  # notes that hold until something changes
NOTES = ("progress", *CARRIED)


@dataclass(frozen=True, slots=True)
class Form:
    """The form for a period of an item: the fields that it leaves open, and those that it fills in, as text.

    `carried` are the notes among the latter that the unit can change.
    """

    asked: tuple[str, ...]
    known: Mapping[str, str]
    carried: Mapping[str, str]

    def counted(self, given: Mapping[str, str]) -> int:
        """How many fields a filing was asked: those left open, and those filled in beyond them."""
        written = {name for name, text in given.items() if text.strip() and text != self.known.get(name, "")}
        return len({*self.asked, *written})


def form_of(account: Account, which: Period, unit: str, *, figure: bool, short: bool = False) -> Form:
    """What the unit of this code is asked for a period: a figure, or words where there is no number to give.

    `figure` says whether the unit gives the figure; a `short` form, one line of a list, leaves out the evidence.
    Nobody is asked for words where a figure says it, nor again for a note that still holds.
    """
    carried = {} if figure else _carried(account, which, unit)
    open_: tuple[str, ...]
    if figure:
        open_ = ("numerator", "denominator") if account.plan.measure == "share" else ("value",)
    else:
        open_ = tuple(name for name in NOTES if name not in carried)
    asked_ = open_ if short else (*open_, "reference")
    return Form(asked_, {**_filled_in(account, which), **carried}, carried)


def _filled_in(account: Account, which: Period) -> dict[str, str]:
    """What every form says by itself."""
    last, goal = last_figure(account, which), expected(account.plan, which.end).value
    target = account.target
    found = {
        "head": account.state.item.head, "lead": account.state.item.lead, "period": which.code,
        "due": account.schedule.due(which).isoformat(), "target": "" if target.value is None else str(target.value),
        "indicator": target.indicator, "unit": target.unit, "last": "" if last is None else str(last.value),
        "goal": "" if goal is None else str(goal),
    }  # fmt: skip
    return {name: text for name, text in found.items() if text}


def _carried(account: Account, which: Period, unit: str) -> dict[str, str]:
    """The notes of the unit's latest report on an earlier period that hold until something changes."""
    earlier = [
        (end, filing.n, filing.opened.body)
        for filing in account.task.filings.values()
        if filing.stage != "returned" and filing.opened.body.unit_code == unit
        and (end := period(filing.opened.body.period).end) < which.end
    ]  # fmt: skip
    if not earlier:
        return {}
    body = max(earlier, key=lambda one: one[:2])[2]
    return {name: body[name] for name in CARRIED if body[name]}
