"""The leader's wall: few things on top, actions and units by light, what moved since a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse

from duban.assess import Light
from duban.assess.category import CATEGORIES, category_of
from duban.assess.ranking import on_top
from duban.files.rows import PREFACE
from duban.ledger import Book
from duban.web.shelf import asked_day, book_for, book_on
from duban.web.standing import WORST, standing, tally
from duban.web.templatetags.duban import category_word
from duban.web.today import shown_day
from duban.web.views.common import page
from duban.web.waiting import last_meeting

UNITS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Bar:
    """A group's lights as parts of a bar, in per cent of the widest group."""

    name: str
    query: str
    total: int
    parts: tuple[tuple[str, int, str, str], ...]  # colour, count, x, width


@dataclass(frozen=True, slots=True)
class Moved:
    """An item whose light is another than on the earlier day."""

    light: Light
    before: str
    better: bool


def wall(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/wall`; `?since=` sets the day with which it compares, else the last meeting's, else a month before."""
    book, day = book_for(request), shown_day(request)
    since = asked_day(request, "since") or last_meeting(book, day) or day - timedelta(days=30)
    lights = standing(book, day)
    before = standing(book_on(since), since) if since < day else {}
    moved = movement(before, lights)
    counts, earlier = tally(lights.values()), tally(before[k] for k in lights if k in before)
    data = {
        "day": day, "since": since, "top": on_top(book, lights), "total": len(lights),
        "counts": [(c, counts.get(c, 0), counts.get(c, 0) - earlier.get(c, 0)) for c in WORST
                   if counts.get(c) or earlier.get(c)],
        "compared": sum(k in before for k in lights),
        "actions": bars((book.commitments[_owner(k)].read.action or PREFACE, f"action={_number(book, k)}", light)
                        for k, light in lights.items() if _owner(k) in book.commitments),
        "categories_": bars(sorted(((category_word(name := category_of(book, book.commitments[_owner(k)]).name),
                             f"category={name}", light) for k, light in lights.items() if _owner(k) in book.commitments),
                             key=lambda group: CATEGORIES.index(group[1].partition("=")[2]))),
        "units": bars((light.account.state.item.lead or "—", f"unit={light.account.state.item.lead}", light)
                      for light in lights.values())[:UNITS_SHOWN],
        "better": [m for m in moved if m.better], "worse": [m for m in moved if not m.better],
    }  # fmt: skip
    public = {
        "day": day.isoformat(), "since": since.isoformat(), "lights": counts, "earlier": earlier,
        "top": [light.key for light in on_top(book, lights)],
        "moved": [{"key": m.light.key, "from": m.before, "to": m.light.colour} for m in moved],
    }  # fmt: skip
    return page(request, "wall", book, data, public, as_json)


def movement(before: Mapping[str, Light], now: Mapping[str, Light]) -> list[Moved]:
    """The items on both days whose light changed, the worst now first; grey moves are neither better nor worse."""
    found = []
    for key, light in now.items():
        old = before.get(key)
        if old is None or old.colour == light.colour or "grey" in (old.colour, light.colour):
            continue
        better = WORST.index(light.colour) > WORST.index(old.colour)
        found.append(Moved(light, old.colour, better))
    return sorted(found, key=lambda m: (WORST.index(m.light.colour), m.light.key))


def bars(groups: Iterable[tuple[str, str, Light]]) -> list[Bar]:
    """The lights of each group as a bar; in the order of first appearance, the unit with most trouble is not hidden."""
    found: dict[tuple[str, str], list[Light]] = defaultdict(list)
    for name, query, light in groups:
        found[name, query].append(light)
    widest = max((len(some) for some in found.values()), default=1)
    made = []
    for (name, query), some in found.items():
        at, parts = 0.0, []
        for colour, count in tally(some).items():
            width = count / widest * 100
            parts.append((colour, count, f"{at:.2f}", f"{width:.2f}"))
            at += width
        made.append(Bar(name, query, len(some), tuple(parts)))
    return made


def _owner(key: str) -> str:
    return key.rpartition("/")[0]


def _number(book: Book, key: str) -> int:
    return book.commitments[_owner(key)].read.action_no
