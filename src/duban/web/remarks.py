"""Remarks on a promise as a page shows them, and how many an address may send a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from duban.actions.context import refused
from duban.actions.remarks import are_on, cases_of
from duban.actions.rules import rule
from duban.core.rights import Actor, Thing, may
from duban.ledger import Book
from duban.packs import register_named
from duban.registers.register import Register
from duban.web.models import Remarked
from duban.web.signin.lock import address_of

REGISTER = "cases"


@dataclass(frozen=True, slots=True)
class Shown:
    """A remark that the office shows: when it came, what was said, what was done, and by whom."""

    number: str
    on: str
    kind: str
    told: str
    reply: str
    unit: str


@dataclass(frozen=True, slots=True)
class Remarks:
    """What a commitment's page has of remarks: those shown, how many wait (for the office), and whether one may write."""

    shown: tuple[Shown, ...]
    waiting: int
    open: bool
    kinds: tuple[tuple[str, str], ...]
    withheld: str  # the reasons for not showing one, as a list in words


def register() -> Register | None:
    """The hotline's register of cases; None where the city has the hotline off."""
    return register_named(REGISTER)


def remarks_on(book: Book, who: Actor, commitment: str, language: str) -> Remarks:
    """The remarks on a commitment for one who asks; nothing where the hotline is off."""
    cases = register()
    if cases is None:
        return Remarks((), 0, False, (), "")
    states = list(cases_of(book, commitment))
    shown = [s for s in states if s.values.get("shown") == "yes" and not s.values.get("withheld")]
    waits = [s for s in states if not s.values.get("shown") and not s.values.get("withheld")]
    office = bool(may(who, "record.put", Thing("cases"), "kept_office"))
    kinds = tuple(
        (code.value, code.zh if language == "zh" else code.en) for code in cases.named["kind"].codes
    )
    codes = cases.named["withheld"].codes
    reasons = (
        "、".join(code.zh for code in codes) if language == "zh" else ", ".join(code.en for code in codes)
    )
    return Remarks(
        tuple(_shown(s.values, dict(kinds)) for s in shown), len(waits) if office else 0,
        not who.username and are_on(book, published=settings.PUBLIC), kinds,
        reasons,
    )  # fmt: skip


def _shown(values: Any, kinds: dict[str, str]) -> Shown:
    return Shown(values.get("number", ""), values.get("received_on", ""), kinds.get(values.get("kind", ""), ""),
                 values.get("what", ""), values.get("reply", ""), values.get("unit", ""))  # fmt: skip


def take_place(request: HttpRequest, book: Book, today: date) -> Remarked:
    """Note that something comes from this address today, and say whether it may: noted first, so that many at once
    gain nothing. Whoever refuses it after all deletes the note.

    Raises `Refused` where this address, or all together, have sent as many today as the city lets them.
    """
    Remarked.objects.filter(on__lt=today).delete()
    daily, every = int(rule(book, "remarks_daily")), int(rule(book, "remarks_all"))
    noted, sent = (
        Remarked.objects.create(address=address_of(request), on=today),
        Remarked.objects.filter(on=today),
    )
    if sent.filter(address=noted.address).count() > daily:
        noted.delete()
        raise refused("remark.too_many", "", most=daily)
    if sent.count() > every:
        noted.delete()
        raise refused("remark.too_many_all", "")
    return noted
