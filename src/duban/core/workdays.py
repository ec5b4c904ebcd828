"""Workdays of China, with the State Council's holidays and make-up days as the `chinesecalendar` package has them.

Beyond the years that the package knows, Monday to Friday count; `published` says whether a day is known.
"""

from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar

_FIRST = date(min(day.year for day in chinese_calendar.constants.holidays), 1, 1)
_LAST = date(max(day.year for day in chinese_calendar.constants.holidays), 12, 31)


def published(day: date) -> bool:
    """Whether the holidays of this day's year are known."""
    return _FIRST <= day <= _LAST


@lru_cache(maxsize=20_000)  # some fifty years; registers ask the same days ten thousand times
def is_workday(day: date) -> bool:
    """Whether offices work on this day; Monday to Friday where the holidays are not known."""
    return bool(chinese_calendar.is_workday(day)) if published(day) else day.weekday() < 5


def after_workdays(day: date, count: int) -> date:
    """The `count`-th workday after `day`, which itself is not counted; `day` for 0."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day
