"""My work: what I owe, by date, one step to report; what waits for my signature or my check."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from duban.actions.context import item_thing
from duban.actions.filings import filing_thing
from duban.assess import Light
from duban.assess.calendar import Owed, owed_of
from duban.assess.owed import Form, form_of
from duban.core.period import chinese
from duban.core.rights import Actor, may
from duban.ledger import Book
from duban.ledger.year.filings import Filing
from duban.ledger.year.people import leader_of
from duban.plan import expected
from duban.web.shelf import book_for
from duban.web.standing import WORST, standing
from duban.web.today import shown_day, today
from duban.web.views.common import page
from duban.web.views.split import waiting_for
from duban.web.who import actor


@dataclass(frozen=True, slots=True)
class Mine:
    """An item of mine and what I owe of it; `state` is late, due or done."""

    light: Light
    owed: Owed
    unit: str = ""

    @property
    def form(self) -> Form | None:
        """What is asked for the period in one line of the list, and what stands there already."""
        if self.owed.next is None:
            return None
        account = self.light.account
        figure = account.plan.target is not None
        return form_of(account, self.owed.next.period, self.unit, figure=figure, short=True)

    @property
    def state(self) -> str:
        """late, due or done."""
        return self.owed.state

    @property
    def due(self) -> str:
        """By when."""
        return self.owed.next.by.isoformat() if self.owed.next else ""

    @property
    def goal(self) -> Decimal | None:
        """What the plan lets expect at the period's end."""
        return expected(self.light.account.plan, self.owed.next.period.end).value if self.owed.next else None

    @property
    def period(self) -> dict[str, str] | None:
        """Code and name of the period."""
        if self.owed.next is None:
            return None
        return {"code": self.owed.next.period.code, "name": chinese(self.owed.next.period), "due": self.due}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A filing that waits for me, and the step that I may take."""

    light: Light
    filing: Filing
    step: str


def work(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/work`: for whoever reports, signs or checks."""
    if not request.user.is_authenticated:
        return redirect(f"/login?next={request.path}")
    book = book_for(request)
    who = actor(request, book)
    lights = standing(book, shown_day(request))
    owed = mine(book, who, lights, shown_day(request))
    waiting = for_me(book, who, lights)
    data = {
        "splits": waiting_for(book, who), "given": given_lately(book, who, lights), "mine": led_by(book, lights, who),
        "who": who, "unit": book.units.get(who.unit), "owed": owed, "waiting": waiting,
        "counts": {state: sum(o.state == state for o in owed) for state in ("late", "due", "done")},
        "began": timezone.now().isoformat(),
    }  # fmt: skip
    public = {
        "owed": [_plain(o) for o in owed], "waiting": [w.light.key for w in waiting],
        "splits": [w.id for w in data["splits"]], "given": [light.key for light in data["given"]],
    }  # fmt: skip
    return page(request, "work", book, data, public, as_json)


def mine(book: Book, who: Actor, lights: dict[str, Light], day: date) -> list[Mine]:
    """The items that my unit leads: what is late first, then by due date, what is reported last."""
    found = []
    if who.unit:
        for key, light in lights.items():
            if item_thing(book, key).lead != who.unit or light.status.code == "status.cleared":
                continue
            if may(who, "filing.submit", item_thing(book, key), "progress"):
                found.append(Mine(light, owed_of(book, light.account, day), who.unit))
    order = {"late": 0, "due": 1, "done": 2}
    return sorted(found, key=lambda o: (order[o.state], o.due, o.light.key))


def for_me(book: Book, who: Actor, lights: dict[str, Light]) -> list[Waiting]:
    """The filings that wait for my signature, or for my check where I take filings in."""
    found = []
    for key, light in lights.items():
        for filing in light.account.task.filings.values():
            step = {"submitted": "countersign", "countersigned": "accept"}.get(filing.stage)
            if step and may(who, f"filing.{step}", filing_thing(book, key, filing)):
                found.append(Waiting(light, filing, step))
    return sorted(found, key=lambda w: (w.filing.opened.on, w.filing.opened.seq))


def given_lately(book: Book, who: Actor, lights: dict[str, Light]) -> list[Light]:
    """The items lately given to my unit that it may still return; after their day they stand."""
    found = []
    for key, light in lights.items():
        case = light.account.task.assignment
        if case is None or case.steps or case.opened.body.until < today().isoformat():
            continue
        if may(who, "assignment.return", item_thing(book, key, facts=("returnable",))):
            found.append(light)
    return sorted(found, key=lambda light: light.account.task.assignment.opened.body.until)


def led_by(book: Book, lights: dict[str, Light], who: Actor) -> list[Light]:
    """The items that a leader answers for and that are in trouble, the worst first."""
    if "leader" not in who.roles:
        return []
    found = [light for light in lights.values() if leader_of(book, light.account.state.item) == who.username]
    return sorted(
        (x for x in found if x.colour not in ("green", "blue")), key=lambda x: (WORST.index(x.colour), x.key)
    )


def _plain(owed: Mine) -> dict[str, Any]:
    return {"key": owed.light.key, "head": owed.light.account.state.item.head, "state": owed.state,
            "period": owed.period["code"] if owed.period else None, "due": owed.due}  # fmt: skip
