"""Until when a motion must be answered, from the thresholds of the law."""

from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files

from duban.core.period import months_after
from duban.registers.register import Values
from duban.registers.thresholds import load_thresholds

THRESHOLDS = load_thresholds(files(__package__) / "thresholds.toml")


def due_answer(values: Values, since: date) -> date:
    """The day by which it must be answered: months from its assignment, more where it is wide or difficult."""
    months = THRESHOLDS.value("answer_months_hard" if values.get("hard") else "answer_months", since)
    assert isinstance(months, Decimal)
    return months_after(since, int(months))


def until_returned(values: Values, since: date) -> date:
    """The last day on which a unit may return what was assigned to it; after it, it stands."""
    return since + timedelta(int(THRESHOLDS.value("return_days", since)))
