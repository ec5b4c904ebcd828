"""The running year in the API: items with their lights and figures, and the units that answer for them."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Path, Query, Router, Schema

from duban.assess import Light
from duban.core.problem import Problem
from duban.ledger import Book
from duban.ledger.year.tasks import Target
from duban.web.api.routes import REFUSALS, AsOf, Id, Limit, Offset, Text, part
from duban.web.api.shapes import Errors, Page, errors
from duban.web.shelf import book_on, locale
from duban.web.standing import standing
from duban.web.templatetags.duban import by_rule, reason
from duban.web.today import today

router = Router()
Colour = Literal["red", "orange", "yellow", "blue", "grey", "green"]


class TargetOut(Schema):
    """What shall be reached; quantities as texts."""

    indicator: str
    measure: str
    value: str | None
    high: str | None
    unit: str
    comparator: str
    due: str
    base: str | None


class FigureOut(Schema):
    """The figure that counts for a period, where it comes from, and the number of its entry."""

    period: str
    value: str
    origin: str
    source: str
    basis: str
    scope: str
    vintage: str
    entry: int
    disputed: bool


class StandingOut(Schema):
    """A work item as it stands on a day. `original` is the target it began with, whatever was adjusted since."""

    key: str
    commitment: str
    n: int
    head: str
    lead: str
    partners: list[str]
    leader: str
    due: str
    status: str
    light: Colour
    reason: str
    rule: str
    plan: str
    target: TargetOut | None
    original: TargetOut | None
    figures: list[FigureOut]


class StandingPage(Page):
    """Items."""

    items: list[StandingOut]


class UnitOut(Schema):
    """A unit: whom to call, and how the items that it leads stand, by colour."""

    code: str
    name: str
    kind: str
    parent: str
    contact: str
    phone: str
    closed: bool
    lights: dict[str, int]


@router.get("/items", response={200: StandingPage, **REFUSALS}, operation_id="items")
def items(
    request: HttpRequest,
    light: Annotated[Colour | None, Query()] = None,
    status: Annotated[str, Query(max_length=20)] = "",
    lead: Text = "",
    offset: Offset = 0,
    limit: Limit = 100,
    as_of: AsOf = None,
) -> dict[str, Any]:
    """The work items that match every filter given, in the order of the table."""
    found = [
        one
        for one in _standing(as_of).values()
        if (light is None or one.colour == light)
        and (not status or one.status.status == status)
        and (not lead or one.account.state.item.lead == lead)
    ]
    some = part(found, offset, limit)
    return {**some, "items": [_item(one) for one in some["items"]]}


@router.get("/items/{id}/{n}", response={200: StandingOut, 404: Errors, **REFUSALS}, operation_id="item")
def item(request: HttpRequest, id: Id, n: Annotated[int, Path(ge=0, le=100_000)], as_of: AsOf = None) -> Any:
    """One work item."""
    one = _standing(as_of).get(f"{id}/{n}")
    if one is None:
        return 404, errors([Problem("api.unknown", f"item/{id}/{n}")], locale())
    return _item(one)


@router.get("/units", response={200: list[UnitOut], **REFUSALS}, operation_id="units")
def units(request: HttpRequest, as_of: AsOf = None) -> list[dict[str, Any]]:
    """The units, in the order in which they were entered; whom to call is told to those who are signed in."""
    known = request.user.is_authenticated
    book = book_on(as_of)
    counts = _by_lead(book, _standing(as_of))
    return [
        {
            "code": code, "name": state.name, "kind": state.unit.kind, "parent": state.unit.parent,
            "contact": state.unit.contact if known else "", "phone": state.unit.phone if known else "", "closed": state.closed is not None,
            "lights": counts.get(state.name, {}),
        }
        for code, state in book.units.items()
    ]  # fmt: skip


def _standing(as_of: date | None) -> Mapping[str, Light]:
    return standing(book_on(as_of), as_of or today())


def _by_lead(book: Book, lights: Mapping[str, Light]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for light in lights.values():
        mine = counts.setdefault(light.account.state.item.lead, {})
        mine[light.colour] = mine.get(light.colour, 0) + 1
    return counts


def _item(light: Light) -> dict[str, Any]:
    account = light.account
    state, told = account.state, account.state.item
    return {
        "key": light.key, "commitment": state.commitment, "n": state.n, "head": told.head, "lead": told.lead,
        "partners": list(told.partners), "leader": told.leader, "due": account.plan.due,
        "status": light.status.status, "light": light.colour, "reason": reason(light), "rule": by_rule(light),
        "plan": light.status.kind, "target": _target(account.task.target), "original": _target(account.task.original),
        "figures": [
            {"period": f.period.code, "value": str(f.value), "origin": f.origin, "source": f.source,
             "basis": f.basis, "scope": f.scope, "vintage": f.vintage, "entry": f.seq, "disputed": f.disputed}
            for f in account.figures
        ],
    }  # fmt: skip


def _target(target: Target | None) -> dict[str, Any] | None:
    if target is None:
        return None
    numbers = {name: _text(getattr(target, name)) for name in ("value", "high", "base")}
    words = {name: getattr(target, name) for name in ("indicator", "measure", "unit", "comparator", "due")}
    return {**words, **numbers}


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
