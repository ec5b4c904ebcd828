"""Two days side by side: what changed between them."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse

from duban.assess import Known, Light
from duban.assess.between import Between, Change, between
from duban.ledger import Book
from duban.web.shelf import asked_day, book_for, book_on
from duban.web.standing import WORST, standing, tally
from duban.web.today import shown_day, today
from duban.web.views.common import page

MONTH = timedelta(days=30)  # back from the later day, where the address names no earlier one


def compare(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/compare?from=&to=`; without `to` the day that all pages show, without `from` a month before."""
    book = book_for(request)
    to = asked_day(request, "to") or shown_day(request)
    begin = asked_day(request, "from") or to - MONTH
    begin, to = min(begin, to), max(begin, to)
    then, now = lights_on(begin), lights_on(to)
    found = between(then, now)
    data = {
        "begin": begin, "to": to, "found": found, "better": _better(found, True), "worse": _better(found, False),
        "counts": [(c, tally(then.values()).get(c, 0), tally(now.values()).get(c, 0)) for c in WORST],
        "promises": _promises(book_on(begin), book_on(to)),
    }  # fmt: skip
    return page(request, "compare", book, data, plain(begin, to, found) if as_json else None, as_json)


def lights_on(day: date) -> dict[str, Light]:
    """The lights of a day; those of today are of the book as it is now."""
    return standing(book_on(None if day == today() else day), day)


def _better(found: Between, better: bool) -> list[Change]:
    """The items whose light went to the better, or worse; from or to grey is neither."""
    told = [c for c in found.lights if "grey" not in (c.then.colour, c.now.colour)]
    return [c for c in told if (WORST.index(c.now.colour) > WORST.index(c.then.colour)) is better]


def _promises(then: Book, now: Book) -> dict[str, list[Any]]:
    """Commitments that a corrected text brought or dropped between the days."""
    before = {k for k, s in then.commitments.items() if not s.dropped}
    after = {k for k, s in now.commitments.items() if not s.dropped}
    return {
        "added": [now.commitments[k].read for k in sorted(after - before)],
        "dropped": [then.commitments[k].read for k in sorted(before - after)],
    }


def plain(begin: date, to: date, found: Between) -> dict[str, Any]:
    """The comparison as JSON; quantities as strings."""
    return {
        "from": begin.isoformat(), "to": to.isoformat(), "compared": found.compared,
        "lights": _each(found.lights, lambda c: (c.then.colour, c.now.colour)),
        "figures": _each(found.figures, lambda c: tuple(map(_figure, c.figures))),
        "targets": _each(found.targets, lambda c: tuple(str(t.value) if t.value is not None else None for t in c.targets)),
        "done": [c.key for c in found.done], "cleared": [c.key for c in found.cleared],
        "added": [light.key for light in found.added], "removed": [light.key for light in found.removed],
    }  # fmt: skip


def _each(changes: Iterable[Change], told: Callable[[Change], tuple[Any, ...]]) -> list[dict[str, Any]]:
    return [{"key": c.key, "from": told(c)[0], "to": told(c)[1]} for c in changes]


def _figure(figure: Known | None) -> dict[str, str] | None:
    return (
        None
        if figure is None
        else {"period": figure.period.code, "value": str(figure.value), "origin": figure.origin}
    )
