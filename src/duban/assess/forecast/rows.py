"""Series as a table brings them, row by row. What is missing stays missing; every fault is named with its line."""

import csv
import io
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

import msgspec

from duban.assess.forecast.families import family_of
from duban.assess.forecast.series import Seen, Series
from duban.core.measure import MEASURES
from duban.core.period import Period, month_end, parse
from duban.core.problem import Problem, Refused

NEEDED = ("series", "period", "value")
SPANNED = (
    "indicator",
    "period_start",
    "period_end",
    "value",
)  # the other form: spans of days, as observations have
COMPARATORS = ("ge", "le", "eq", "approx")


class Row(msgspec.Struct, frozen=True):
    """One figure of a table, as it was read."""

    series: str
    family: str
    measure: str
    unit: str
    seen: Seen | None
    target: tuple[int, Decimal, str] | None = None


def read_series(text: str, place: str) -> tuple[list[Series], int]:
    """The series of a CSV text, and how many of its rows are of no use: not counted from January to a month's end.

    Columns series, period, value; if wanted family, measure, unit, published, target, comparator. Or, as observations have
    them, indicator, period_start, period_end, value. Raises `Refused` with every fault.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    heads = set(reader.fieldnames or ())
    spanned = set(SPANNED) <= heads
    if not spanned and (missing := [name for name in NEEDED if name not in heads]):
        raise Refused(Problem("forecast.columns", place, {"columns": ", ".join(missing)}))
    faults: list[Problem] = []
    rows: list[Row] = []
    for told in reader:
        clean = {
            k: (v or "").strip() for k, v in told.items() if isinstance(k, str) and isinstance(v, str | None)
        }
        try:
            rows.append(_observed(clean) if spanned else _row(clean))
        except _Fault as fault:
            faults.append(Problem(fault.code, f"{place}:{reader.line_num}", {"value": fault.value[:40]}))
    faults += _contradictions(rows, place)
    if faults:
        raise Refused(*faults)
    found = _gathered(rows)
    if not found:
        raise Refused(Problem("forecast.empty", place))
    return found, sum(row.seen is None and row.target is None for row in rows)


class _Fault(Exception):
    """What one row has wrong."""

    def __init__(self, code: str, value: str) -> None:
        self.code, self.value = code, value


def _row(told: Mapping[str, str]) -> Row:
    measure = told.get("measure") or "increment"
    if measure not in MEASURES:
        raise _Fault("forecast.measure", measure)
    comparator = told.get("comparator") or "ge"
    if comparator not in COMPARATORS:
        raise _Fault("forecast.comparator", comparator)
    which = _cumulated(told["period"])
    value, target = _number(told["value"]), _number(told.get("target", ""))
    day = _day(told.get("published", "")) or which.end
    seen = None if value is None else Seen(day, which.year, which.end.month, value)
    family = told.get("family") or family_of(measure, comparator, based=measure == "level")
    goal = None if target is None else (which.year, target, comparator)
    return Row(told["series"], family, measure, told.get("unit", ""), seen, goal)


def _observed(told: Mapping[str, str]) -> Row:
    """A row of observations: of use where it runs from January to a month's end."""
    start, end = _day(told["period_start"]), _day(told["period_end"])
    unit, name = told.get("unit", ""), told["indicator"]
    measure = ("growth" if name.endswith(("增速", "同比")) else "share") if unit == "%" else "increment"
    family = family_of(measure)
    if start is None or end is None or (start.month, start.day) != (1, 1) or start.year != end.year:
        return Row(name, family, measure, unit, None)
    value = _number(told["value"])
    if value is None or end != month_end(end.year, end.month) or told.get("comparator", "=") != "=":
        return Row(name, family, measure, unit, None)
    return Row(name, family, measure, unit, Seen(end, end.year, end.month, value))


def _cumulated(text: str) -> Period:
    """A period from January on: "2024-C05", "2024年1—5月", "2024-Q1", "2024-H1", "2024"."""
    try:
        found = parse(text)
    except ValueError:
        raise _Fault("forecast.period", text) from None
    if (found.start.month, found.start.day) != (1, 1) or found.frequency == "week":
        raise _Fault("forecast.period", text)
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise _Fault("forecast.day", text) from None


def _number(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        found = Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise _Fault("forecast.number", text) from None
    if not found.is_finite():
        raise _Fault("forecast.number", text)
    return found


def _contradictions(rows: list[Row], place: str) -> list[Problem]:
    """A series that has two families, measures or units, or two figures of one month published on one day."""
    kinds: dict[str, tuple[str, str, str]] = {}
    days: dict[tuple[str, int, int, date], Decimal] = {}
    mixed, twice = dict[str, None](), dict[tuple[str, str], None]()
    for row in rows:
        if (seen := row.seen) is None:
            continue
        kind = (row.family, row.measure, row.unit)
        if kinds.setdefault(row.series, kind) != kind:
            mixed[row.series] = None
        if days.setdefault((row.series, seen.year, seen.month, seen.day), seen.value) != seen.value:
            twice[row.series, f"{seen.year}-C{seen.month:02d}"] = None
    return [
        *(Problem("forecast.two_kinds", place, {"series": name}) for name in mixed),
        *(Problem("forecast.twice", place, {"series": name, "period": code}) for name, code in twice),
    ]


def _gathered(rows: list[Row]) -> list[Series]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row.series, []).append(row)
    return [
        Series(
            name, group[0].family, group[0].measure, group[0].unit, tuple(row.seen for row in group if row.seen),
            {row.target[0]: row.target[1:] for row in group if row.target},
        )
        for name, group in grouped.items()
        if any(row.seen for row in group)
    ]  # fmt: skip
