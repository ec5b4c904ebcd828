"""The office's desk: what came in, what is late and with whom, what waits for a decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duban.actions.leaders import choose_leader, leaders_now, unclear
from duban.assess import Light
from duban.assess.calendar import UnitCalendar, by_unit
from duban.assess.doubts import fresh
from duban.core.rights import Actor, Thing, may
from duban.ledger import Book
from duban.ledger.year.tasks import AssignmentReturned
from duban.ledger.year.units import unit_named
from duban.web.doubting import doubts_on
from duban.web.registers.disputes import waiting
from duban.web.registers.sight import Sight
from duban.web.shelf import book_for
from duban.web.standing import standing
from duban.web.today import shown_day
from duban.web.views.common import page
from duban.web.views.work import for_me
from duban.web.views.written import written
from duban.web.who import guard

SHOWN = 60  # rows of a list before "and more"


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit, whom to call, and its items whose newest figure or note has not come."""

    name: str
    contact: str
    phone: str
    lights: tuple[Light, ...]


def desk(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/desk`."""
    book = book_for(request)
    who = guard(request, book, "working.read")
    lights = standing(book, shown_day(request))
    came = for_me(book, who, lights)
    calendars = by_unit(book, [light.account for light in lights.values()], shown_day(request))
    late = late_units(book, lights, calendars)
    excuses = [light for light in lights.values() if _open_delay(light)]
    disputes = [light for light in lights.values() if any(not c.steps for c in light.account.task.disputes)]
    returned = [light for light in lights.values() if _returned(light)]
    data = {
        "came": came[:SHOWN], "came_count": len(came), "late": late,
        "excuses": excuses, "disputes": disputes, "returned": returned,
        "lists": [("excuses", _("待认定原因"), excuses), ("disputes", _("待裁定异议"), disputes),
                  ("returned", _("退回的交办"), returned)],
        "doubts": len(fresh(book, doubts_on(book, shown_day(request)))), "overdue": sum(len(c.late) for c in calendars),
        "record_disputes": waiting(Sight.of(request, book)),
        "unled": sum(not item.item.lead for item in book.items.values() if not item.removed),
        "unclear": _unclear(book, who), "splits": [c for c, cases in book.splits.items() if cases and not cases[-1].steps],
    }  # fmt: skip
    public: dict[str, Any] = {
        "came": len(came), "late": {unit.name: len(unit.lights) for unit in late},
        "excuses": [light.key for light in excuses], "disputes": [light.key for light in disputes],
        "returned": [light.key for light in returned],
        "record_disputes": [f"{one['register'].name}/{one['id']}" for one in data["record_disputes"]],
    }  # fmt: skip
    return page(request, "desk", book, data, public, as_json)


def _unclear(book: Book, who: Actor) -> list[dict[str, Any]]:
    """Each name that several leaders share, its items that do not say which is meant, and whom to choose from;
    only for those who may choose."""
    if not may(who, "item.edit", Thing("table"), "leader"):
        return []
    return [
        {"name": name, "keys": keys, "leaders": [p for p in leaders_now(book) if p.placed.name == name]}
        for name, keys in unclear(book).items()
    ]


@require_POST
def lead_by(request: HttpRequest) -> HttpResponse:
    """Put all items that name a shared name under the leader who is meant."""
    name, account = request.POST.get("name", ""), request.POST.get("account", "")
    return written(
        request, lambda book, who: choose_leader(book, who, unclear(book).get(name, ()), account), "/desk"
    )


def late_units(book: Book, lights: dict[str, Light], calendars: Iterable[UnitCalendar]) -> list[LateUnit]:
    """Units with items that have no fresh data, the most first."""
    found = []
    for calendar in sorted(calendars, key=lambda one: -len(one.stale)):
        if calendar.stale:
            unit = unit_named(book, calendar.unit) if calendar.unit else None
            contact, phone = (unit.unit.contact, unit.unit.phone) if unit else ("", "")
            theirs = tuple(lights[owed.key] for owed in calendar.stale)
            found.append(LateUnit(calendar.unit, contact, phone, theirs))
    return found


def _open_delay(light: Light) -> bool:
    delays = light.account.task.delays
    return bool(delays) and not delays[-1].steps


def _returned(light: Light) -> bool:
    case = light.account.task.assignment
    return case is not None and isinstance(case.last.body, AssignmentReturned)
