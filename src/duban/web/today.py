"""Which day the pages take for today: the calendar's, or `DUBAN_TODAY` where a simulated year is shown."""

import os
from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from duban.web.shelf import as_of


def today() -> date:
    """The day on which entries made now count."""
    told = os.environ.get("DUBAN_TODAY", "")
    return date.fromisoformat(told) if told else timezone.localdate()


def looking_back(request: HttpRequest) -> bool:
    """Whether a page shows another day than today: then nothing can be written from it."""
    return (as_of(request) or today()) != today()


def shown_day(request: HttpRequest) -> date:
    """The day that a page speaks of: the one asked for, else today."""
    return as_of(request) or today()
