"""Demands: what units are asked for beyond the plan. The office sees the cost first; what is known is refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duban.actions.context import Writes, code_of, item_of, refused, require, words
from duban.actions.rules import rule
from duban.assess.account import account_of
from duban.assess.burden import Cost, costs
from duban.assess.known import FIELDS, Place, known_of
from duban.core.period import Period, parse
from duban.core.problem import Problem, Refused
from duban.core.rights import Thing
from duban.ledger import Book
from duban.ledger.year.demands import DemandSent


@dataclass(frozen=True, slots=True)
class Demand:
    """What the office wants to ask: these fields of these items for a period, by a day, on an authority."""

    title: str
    items: tuple[str, ...]
    fields: tuple[str, ...]
    period: str
    due: str
    authority: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a demand would cost, by unit; what of it is known already and where; the items of which nothing is."""

    costs: tuple[Cost, ...]
    known: tuple[Place, ...]
    left: tuple[str, ...]


def preview(book: Book, username: str, demand: Demand) -> Preview:
    """What a demand costs, counted for what is not known, and where the rest is. Raises `Refused` as sending does."""
    require(book, username, "demand.send", Thing("demand"))
    which = _checked(demand)
    known, left, asked = list[Place](), list[str](), list[tuple[str, int]]()
    for key in demand.items:
        unit = _lead(book, key)
        found = _known(book, key, demand.fields, which)
        known += found
        if not found:
            left.append(key)
        if len(found) < len(demand.fields):
            asked.append((unit, len(demand.fields) - len(found)))
    return Preview(costs(book, asked, int(rule(book, "burden_cut"))), tuple(known), tuple(left))


def send_demand(book: Book, username: str, demand: Demand, *, today: date) -> Writes:
    """Send a demand. Raises `Refused` with one problem for each field of an item that is known, and where."""
    told = preview(book, username, demand)
    if told.known:
        raise Refused(*map(_problem, told.known))
    title = words(demand.title, "title", "demand", limit=200)
    authority = words(demand.authority, "authority", "demand", limit=200)
    which = _checked(demand)
    due = _due(demand.due, today)
    units = tuple(dict.fromkeys(_lead(book, key) for key in demand.items))
    body = DemandSent(title, units, demand.items, demand.fields, which.code, due, authority)
    return [(f"demand/{len(book.demands) + 1}", body)]


def _checked(demand: Demand) -> Period:
    """The period of a demand whose items and fields can be asked."""
    if not demand.items:
        raise refused("demand.no_items", "demand")
    strange = [field for field in demand.fields if field not in FIELDS]
    if strange or not demand.fields:
        known = " ".join(f"field.{field}" for field in FIELDS)
        raise refused("demand.field_unknown", "demand", field=(strange or [""])[0][:40], known=known)
    try:
        return parse(demand.period)
    except ValueError:
        raise refused("demand.period_wrong", "demand", period=demand.period[:40]) from None


def _lead(book: Book, key: str) -> str:
    """The code of the unit that would have to answer."""
    unit = code_of(book, item_of(book, key).item.lead)
    if not unit:
        raise refused("demand.no_lead", f"item/{key}")
    return unit


def _known(book: Book, key: str, fields: Sequence[str], which: Period) -> list[Place]:
    """Where each of these fields is known, or asked for already."""
    account = account_of(book, key)
    found = []
    for field in fields:
        place = known_of(book, account, field, which) or _asked(book, key, field, which)
        if place is not None:
            found.append(place)
    return found


def _asked(book: Book, key: str, field: str, which: Period) -> Place | None:
    """The demand that asks for the same already."""
    for number, sent in book.demands.items():
        body = sent.body
        if key in body.items and field in body.fields and body.period == which.code:
            return Place(key, field, sent.seq, body.period, body.title[:80], number)
    return None


def _problem(place: Place) -> Problem:
    code = "demand.asked" if place.demand else "demand.known" if place.entry else "demand.known_fact"
    data: dict[str, str | int] = {
        "field": f"field.{place.field}", "period": place.period, "entry": place.entry, "said": place.said,
        "demand": place.demand,
    }  # fmt: skip
    return Problem(code, f"item/{place.key}", data)


def _due(due: str, today: date) -> str:
    try:
        day = date.fromisoformat(due)
    except ValueError:
        raise refused("date.wrong", "demand", date=due[:40]) from None
    if day <= today:
        raise refused("date.not_later", "demand", date=due, today=today.isoformat())
    return day.isoformat()


def missing(book: Book, number: str, key: str) -> tuple[str, ...]:
    """The fields that a demand still waits for in one of its items."""
    body = book.demands[number].body
    account, which = account_of(book, key), parse(body.period)
    return tuple(field for field in body.fields if known_of(book, account, field, which) is None)


@dataclass(frozen=True, slots=True)
class Open:
    """What a demand still waits for from one unit: by item the fields that are not known yet."""

    number: str
    body: DemandSent
    items: tuple[tuple[str, tuple[str, ...]], ...]


def open_demands(book: Book, unit: str) -> tuple[Open, ...]:
    """The demands that still wait for something from the unit of this code, the first due first."""
    found = []
    for number, sent in book.demands.items():
        if unit not in sent.body.units:
            continue
        keys = [k for k in sent.body.items if k in book.items and not book.items[k].removed]
        waiting = [
            (k, missing(book, number, k)) for k in keys if code_of(book, book.items[k].item.lead) == unit
        ]
        items = tuple((key, fields) for key, fields in waiting if fields)
        if items:
            found.append(Open(number, sent.body, items))
    return tuple(sorted(found, key=lambda one: (one.body.due, one.number)))
