"""Date gates of major projects and their deadlines by stage, from the dated thresholds."""

from datetime import date
from importlib.resources import files

from duban.core.period import month_end, months_after
from duban.registers.register import Values
from duban.registers.thresholds import load_thresholds

THRESHOLDS = load_thresholds(files(__package__) / "thresholds.toml")
_GATES = {"new": "start_by", "continuing": "resume_by"}


def gate(values: Values, day: date) -> Values:
    """Until when the project must be started, or at work again, in the year for which it is listed."""
    year, kind = values.get("listed"), values.get("kind")
    if not isinstance(year, int) or kind not in _GATES:
        return {}
    try:
        told = THRESHOLDS.value(_GATES[str(kind)], date(year, 12, 31))
    except KeyError:  # no gate was set for that year
        return {"gate_on": None}
    return {"gate_on": date(year, int(told["month"]), int(told["day"]))}


def due_start(values: Values, since: date) -> date | None:
    """A signed project starts by the day that was planned."""
    return _day(values, "start_planned")


def due_entry(values: Values, since: date) -> date | None:
    """A started project is in the statistics' base some months after its start."""
    try:
        return months_after(since, int(THRESHOLDS.value("entry_months", since)))
    except KeyError:
        return None


def due_finish(values: Values, since: date) -> date | None:
    """Works are finished by the day that was planned."""
    return _day(values, "finish_planned")


def due_cleared(values: Values, since: date) -> date | None:
    """A blocker is cleared by the day that was set for it."""
    return _day(values, "due")


def _day(values: Values, name: str) -> date | None:
    told = values.get(name)
    return told if isinstance(told, date) else None


def last_day(values: Values, day: date) -> Values:
    """The last day of a row's month, with which its money counts."""
    year, month = values.get("year"), values.get("month")
    if not isinstance(year, int) or not isinstance(month, int):
        return {}
    return {"ends_on": month_end(year, month)}
