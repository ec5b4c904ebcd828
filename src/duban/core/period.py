"""Periods of Chinese statistics: months with January and February as one, cumulated months, quarters, weeks.

A period's code sorts within its frequency and says what it is: "2024", "2024-H1", "2024-Q1", "2024-M05",
"2024-C05" (January to May, cumulated; C02 is 1—2月, published as one), "2024-W12" (ISO week).
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from duban.core.workdays import after_workdays

FREQUENCIES = ("week", "month", "quarter", "half", "year")
_LETTERS = {"H": "half", "Q": "quarter", "M": "month", "C": "month", "W": "week"}
_CODE = re.compile(r"(\d{4})(?:-([HQMCW])(\d{1,2}))?")
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}
_NAME = re.compile(
    r"(?P<year>\d{4})年?"
    r"(?:(?P<from>\d{1,2})月?[-—－–~至到](?P<to>\d{1,2})月份?|(?P<month>\d{1,2})月份?"
    r"|(?:第)?(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年|(?P<three>前三季度)|第(?P<week>\d{1,2})周|全年)?"
)


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end`, both included. `code` names it."""

    code: str
    start: date
    end: date

    @property
    def year(self) -> int:
        """The year that the code names."""
        return int(self.code[:4])

    @property
    def frequency(self) -> str:
        """One of `FREQUENCIES`; cumulated months are monthly."""
        return _LETTERS[self.code[5]] if len(self.code) > 4 else "year"

    @property
    def cumulated(self) -> bool:
        """Whether it runs from the first of January to the end of a month."""
        return self.code[5:6] == "C" or (self.start.month, self.start.day, self.frequency) == (1, 1, "year")

    def contains(self, day: date) -> bool:
        """Whether `day` lies in the period."""
        return self.start <= day <= self.end

    def due(self, lag: int = 0, *, workdays: bool = False) -> date:
        """The day on which its figure should be there: its end and `lag` days, or workdays, more."""
        return after_workdays(self.end, lag) if workdays else self.end + timedelta(days=lag)

    def year_before(self) -> "Period":
        """The same period of the year before; week 53 falls on week 52 where there is none."""
        try:
            return period(f"{self.year - 1}{self.code[4:]}")
        except ValueError:
            return period(f"{self.year - 1}-W52")


@lru_cache(maxsize=4096)
def period(code: str) -> Period:
    """The period of a code; raises ValueError for what is none. C01 is none: January is not published alone."""
    found = _CODE.fullmatch(code)
    if found is None:
        raise ValueError(f"{code!r} is no period")
    year, letter, number = int(found[1]), found[2], int(found[3] or 0)
    if letter is None:
        return Period(code, date(year, 1, 1), date(year, 12, 31))
    if letter == "W":
        start = date.fromisocalendar(year, number, 1)
        return Period(f"{year}-W{number:02d}", start, start + timedelta(days=6))
    first = 2 if letter == "C" else 1
    if not first <= number <= {"H": 2, "Q": 4}.get(letter, 12):
        raise ValueError(f"{code!r} is no period")
    months = {"H": 6, "Q": 3}.get(letter, 1)
    start_month = 1 if letter == "C" else (number - 1) * months + 1
    last = number * months
    width = "" if letter in "HQ" else "02d"
    return Period(f"{year}-{letter}{number:{width}}", date(year, start_month, 1), month_end(year, last))


@lru_cache(maxsize=4096)
def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def months_after(day: date, months: int) -> date:
    """The same day some months later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def parse(text: str, year: int | None = None) -> Period:
    """A code, or a Chinese name ("2024年1—2月", "一季度", "前三季度"); `year` where the name has none.

    Raises ValueError. "1—5月" is cumulated; a span that does not begin in January is none that statistics use.
    """
    text = re.sub(r"\s+", "", text)
    if _CODE.fullmatch(text):
        return period(text)
    if year is not None and not re.match(r"\d{4}(年|$)", text):
        text = f"{year}年{text}"
    found = _NAME.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no period")
    return period(found["year"] + _suffix(found))


def _suffix(found: re.Match[str]) -> str:
    if found["from"]:
        if int(found["from"]) != 1:
            raise ValueError(f"{found[0]!r} does not begin in January")
        return f"-C{int(found['to']):02d}"
    if found["month"]:
        return f"-M{int(found['month']):02d}"
    if found["quarter"]:
        return f"-Q{_NUMERALS.get(found['quarter']) or int(found['quarter'])}"
    if found["half"]:
        return f"-H{_NUMERALS[found['half']]}"
    if found["week"]:
        return f"-W{int(found['week']):02d}"
    return "-C09" if found["three"] else ""


def chinese(which: Period) -> str:
    """The period as statistics name it: 2024年1—5月, 2024年一季度, 2024年第12周."""
    year, letter, number = which.year, which.code[5:6], int(which.code[6:] or 0)
    names = {
        "": f"{year}年",
        "H": f"{year}年{'上下'[number - 1]}半年" if letter == "H" else "",
        "Q": f"{year}年{'一二三四'[number - 1]}季度" if letter == "Q" else "",
        "M": f"{year}年{number}月",
        "C": f"{year}年1—{number}月",
        "W": f"{year}年第{number}周",
    }
    return names[letter]


@lru_cache(maxsize=1024)
def grid(year: int, frequency: str, *, cumulated: bool = True) -> tuple[Period, ...]:
    """The periods of a year at which a figure is expected.

    Monthly statistics begin with 1—2月; then each month, cumulated or alone. Cumulated quarters are C03, C06 …
    """
    if frequency == "week":
        last = date(year, 12, 28).isocalendar().week
        return tuple(period(f"{year}-W{n:02d}") for n in range(1, last + 1))
    if frequency == "month":
        later = "C" if cumulated else "M"
        return tuple(period(f"{year}-{'C' if n == 2 else later}{n:02d}") for n in range(2, 13))
    if frequency == "quarter":
        return tuple(period(f"{year}-C{3 * n:02d}" if cumulated else f"{year}-Q{n}") for n in range(1, 5))
    if frequency == "half":
        return tuple(period(f"{year}-{'C' if cumulated else 'H'}{_half(n, cumulated)}") for n in (1, 2))
    if frequency == "year":
        return (period(str(year)),)
    raise ValueError(f"{frequency!r} is none of {', '.join(FREQUENCIES)}")


def _half(number: int, cumulated: bool) -> str:
    return f"{6 * number:02d}" if cumulated else str(number)


@dataclass(frozen=True, slots=True)
class Schedule:
    """How often a figure is owed, and how long after the period's end it may come."""

    frequency: str = "month"
    lag: int = 0
    workdays: bool = False
    cumulated: bool = True

    def due(self, which: Period) -> date:
        """The day by which the figure of a period is owed."""
        return which.due(self.lag, workdays=self.workdays)

    def owed(self, year: int, day: date) -> tuple[Period, ...]:
        """The periods of the year whose figure should be there on `day`, in order."""
        return _owed(self, year, day)

    def next(self, year: int, day: date) -> Period | None:
        """The next period of the year whose figure falls due on or after `day`; None after the last."""
        every = grid(year, self.frequency, cumulated=self.cumulated)
        return next((p for p in every if self.due(p) >= day), None)

    def late(self, year: int, day: date, received: Iterable[str]) -> tuple[Period, ...]:
        """The periods whose figure was due before `day` and has not come, by codes received.

        A period that spans the same days counts as received whatever its code ("2024-Q1" for "2024-C03").
        """
        there = {(p.start, p.end) for p in map(period, received)}
        return tuple(p for p in self.owed(year, day - timedelta(days=1)) if (p.start, p.end) not in there)

    def stale(self, year: int, day: date, received: Iterable[str]) -> bool:
        """Whether the newest figure that is owed on `day` is missing; older gaps do not make it stale."""
        return self.missing(year, day, max((period(code).end for code in received), default=None))

    def missing(self, year: int, day: date, newest: date | None) -> bool:
        """Whether a newer figure than that of the period ending on `newest` (None: there is none) is owed on `day`."""
        owed = self.owed(year, day)
        return bool(owed) and (newest is None or newest < owed[-1].end)


@lru_cache(maxsize=4096)
def _owed(schedule: Schedule, year: int, day: date) -> tuple[Period, ...]:
    every = grid(year, schedule.frequency, cumulated=schedule.cumulated)
    return tuple(p for p in every if schedule.due(p) <= day)
