"""What light rules may ask about an item on a day."""

from datetime import date
from decimal import Decimal

import msgspec

from duban.assess.account import Account
from duban.assess.status import STATUSES, Status, behind_marks
from duban.core.measure import MEASURES
from duban.ledger import Book
from duban.ledger.year.matters import LEVELS
from duban.ledger.year.tasks import JUDGEMENTS, DelayDecided

# Each fact's form: a number (with bounds), yes or no, or one of a list of words.
FACTS: dict[str, str | tuple[str, ...]] = {
    "status": STATUSES,
    "measure": ("", *MEASURES),
    "points_behind": "number",
    "behind_periods": "number",
    "days_over": "number",
    "was_behind": "yes",
    "reason_accepted": "yes",
    "judgement": ("", *JUDGEMENTS),
    "matter": ("", *LEVELS),
    "matter_overdue": "yes",
}

PAST = frozenset({"behind_periods", "was_behind"})  # facts that need every earlier period


class Facts(msgspec.Struct, frozen=True, gc=False):
    """The facts of one item: see docs/lights.md for what each means."""

    status: str
    measure: str = ""
    points_behind: Decimal | None = None
    behind_periods: int = 0
    days_over: int = 0
    was_behind: bool = False
    reason_accepted: bool = False
    judgement: str = ""
    matter: str = ""
    matter_overdue: bool = False


def facts_of(
    book: Book,
    account: Account,
    status: Status,
    day: date,
    matters: dict[str, list[str]],
    *,
    past: bool = True,
) -> Facts:
    """The facts; `matters` lists the open matters of each item (`open_matters`).

    Without `past` the earlier periods are not looked at: for profiles that do not ask about them.
    """
    task = account.task
    look = past and account.plan.target is not None
    behind_now, behind_before = past_of(account) if look else (0, False)
    level, overdue = _matter(book, matters.get(account.key, ()), day)
    return Facts(
        status.status,
        account.plan.measure,
        -status.points if status.points is not None else None,
        behind_now if status.status == "behind" else 0,
        days_over(account, status, day),
        behind_before or (behind_now > 0 and status.status != "behind"),
        accepted(account, day),
        task.judgements[-1].body.step if task.judgements else "",
        level,
        overdue,
    )


def past_of(account: Account) -> tuple[int, bool]:
    """How many of the latest periods in a row were behind, and whether an earlier one was."""
    marks = behind_marks(account)
    run = 0
    while run < len(marks) and marks[-1 - run]:
        run += 1
    return run, any(marks[: len(marks) - run])


def days_over(account: Account, status: Status, day: date) -> int:
    """Days since the deadline of an item that is not done; 0 where it has no date or time is left."""
    due = account.plan.due
    if status.status == "done" or due >= day.isoformat() or len(due) != 10 or not due[:4].isdecimal():
        return 0
    return (day - date.fromisoformat(due)).days


def accepted(account: Account, day: date) -> bool:
    """Whether the office has accepted a reason that still counts."""
    if not account.task.delays:
        return False
    for case in account.task.delays:
        decided = case.last.body
        if isinstance(decided, DelayDecided) and decided.accepted:
            until = decided.until or case.opened.body.until
            if not until or day.isoformat() <= until:
                return True
    return False


def open_matters(book: Book) -> dict[str, list[str]]:
    """The numbers of the open matters of each item."""
    found: dict[str, list[str]] = {}
    for number, matter in book.matters.items():
        if matter.open:
            for key in matter.opened.body.items:
                found.setdefault(key, []).append(number)
    return found


def _matter(book: Book, numbers: list[str] | tuple[()], day: date) -> tuple[str, bool]:
    """The highest level of an item's open matters, and whether an answer is overdue."""
    if not numbers:
        return "", False
    matters = [book.matters[number] for number in numbers]
    level = max((m.level for m in matters), key=LEVELS.index)
    return level, any(m.deadline and m.deadline < day.isoformat() and not m.answered for m in matters)
