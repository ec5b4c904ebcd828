"""Accounts: who works where in which role; placed, reset and closed by the office, and by managers in their territory."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST
from django_otp.plugins.otp_totp.models import TOTPDevice

from duban.actions.context import Writes, perform, unit_thing, words
from duban.actions.people import close_person, has_say, place_person, placed_now, reset_person
from duban.actions.rules import rule_or, set_rules
from duban.core.problem import Problem, Refused
from duban.core.rights import ROLES, Actor, Thing, may
from duban.ledger import Book
from duban.ledger.year.people import OFFICE, PersonPlaced
from duban.web import accounts
from duban.web.models import Account
from duban.web.shelf import keeper, locale
from duban.web.signin import lock, seats, second
from duban.web.today import today
from duban.web.views.common import page
from duban.web.who import actor, told, username
from duban.words import say

GIVEN = tuple(role for role in ROLES if role != "public")
MANAGED = ("reporter", "head")


@dataclass(frozen=True, slots=True)
class Line:
    """An account in the list: as the book places it, and how it signs in."""

    username: str
    placed: PersonPlaced
    left: bool
    unit: str
    signs_in: bool
    device: bool
    locked: bool
    subject: str


def guarded(request: HttpRequest, book: Book) -> Actor:
    """Whoever keeps accounts: the office, or the manager of a territory; else PermissionDenied with the reason."""
    who = actor(request, book)
    thing = unit_thing(book, who.territory) if who.territory else Thing("people")
    decision = may(who, "person.edit", thing, MANAGED[0])
    if not decision:
        raise PermissionDenied(say(Problem(decision.code, "people", decision.data), locale()))
    return who


def lines(book: Book, me: str) -> list[Line]:
    """The accounts that somebody keeps, by unit and name; those that have left come last."""
    found = {name: (person.placed, person.left) for name, person in book.people.items()}
    if OFFICE not in found and (first := placed_now(book, OFFICE)) is not None:
        found[OFFICE] = (first, False)
    mine = {name: told for name, told in found.items() if has_say(book, me, told[0])}
    signing = dict(get_user_model().objects.filter(username__in=mine).values_list("username", "is_active"))
    devices = set(TOTPDevice.objects.filter(confirmed=True).values_list("user__username", flat=True))
    subjects = dict(Account.objects.exclude(subject=None).values_list("user__username", "subject"))
    locked = lock.locked_names(list(mine))
    made = [
        Line(name, placed, left, book.units[placed.unit].name if placed.unit in book.units else "",
             bool(signing.get(name)), name in devices, name in locked, subjects.get(name) or "")
        for name, (placed, left) in mine.items()
    ]  # fmt: skip
    order = list(book.units)
    return sorted(
        made,
        key=lambda one: (
            one.left,
            order.index(one.placed.unit) if one.placed.unit in book.units else -1,
            one.username,
        ),
    )


def people(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/people`, searched by `?q=` and `?role=`."""
    book = keeper().book()
    who = guarded(request, book)
    q, role = request.GET.get("q", "").strip()[:40], request.GET.get("role", "")
    found = [
        one for one in lines(book, who.username)
        if (not q or q in one.username or q in one.placed.name or q in one.unit) and (not role or role in one.placed.roles)
    ]  # fmt: skip
    data = {
        "found": found, "q": q, "role": role, "roles": GIVEN, "open": sum(not one.left for one in found),
        **_choices(book, who), "asked": rule_or(book, "second_factor").split(),
        "rules": bool(may(who, "rules.set", Thing("rules"))),
    }  # fmt: skip
    public = {"people": [_plain(one) for one in found]}
    return page(request, "people", book, data, public, as_json)


def person(request: HttpRequest, name: str, as_json: bool = False) -> HttpResponse:
    """The page `/people/<username>`: one account, what may be done with it, and its history."""
    book = keeper().book()
    who = guarded(request, book)
    one = next((line for line in lines(book, who.username) if line.username == name), None)
    if one is None:
        raise Http404(name)
    data = {"one": one, **_choices(book, who), "story": book.timeline(f"person/{name}")}
    return page(request, "person", book, data, _plain(one), as_json)


def _choices(book: Book, who: Actor) -> dict[str, Any]:
    """What this keeper may choose from: the roles it gives, and the units of its say."""
    everything = bool(may(who, "person.edit", Thing("people"), "office"))
    units = [
        unit for unit in book.units.values()
        if unit.closed is None and (everything or may(who, "person.edit", unit_thing(book, unit.code), MANAGED[0]))
    ]  # fmt: skip
    return {"given": GIVEN if everything else MANAGED, "units": units, "everything": everything}


@require_POST
@never_cache
@sensitive_variables("password")
def do(request: HttpRequest) -> HttpResponse:
    """What the forms of accounts ask: place, close or reset one, or set of whom a second factor is asked."""
    form, me, act = request.POST, username(request), request.POST.get("act", "")
    name = form.get("username", "").strip()[:60]
    back = f"/people/{name}" if form.get("known") else "/people"
    before = keeper().book().people.get(name)
    try:
        _write(me, lambda book: _asked(book, me, act, name, request))
    except Refused as refusal:
        rights = refusal.problems[0].code.startswith("rights.")
        data = {"message": " ".join(told(refusal)), "back": back}
        return render(request, "duban/message.html", data, status=403 if rights else 400)
    if act == "place" and before is not None and before.left:
        accounts.close(name)  # who comes back gets a new password
    password = _carry_out(act, name, form.get("subject", "").strip()[:255])
    if password:
        return render(request, "duban/given.html", {"account": name, "password": password, "back": back})
    messages.success(request, _("已记账。"))
    return redirect("/people" if act == "close" else back)


def _write(me: str, decide: Any) -> None:
    perform(keeper(), decide, actor=me or "public", at=timezone.now(), on=today())


def _asked(book: Book, me: str, act: str, name: str, request: HttpRequest) -> Writes:
    """The entries of one form. Only the fields named here are read, whatever else was sent."""
    form = request.POST
    if act == "place":
        territory = form.get("territory", "")
        placed = PersonPlaced(
            form.get("name", "").strip(), form.get("unit", ""), tuple(form.getlist("role")), territory
        )
        if not form.get("known") and name in book.people and not book.people[name].left:
            raise Refused(Problem("person.there_already", f"person/{name}"))
        return place_person(book, me, name, placed)
    if act == "close":
        return close_person(book, me, name, reason=form.get("reason", ""))
    if act == "ask":
        return set_rules(book, me, {"second_factor": " ".join(form.getlist("role"))})
    if act == "subject":
        subject = form.get("subject", "").strip()[:255]
        words(subject, "subject", f"person/{name}", limit=255, required=False)
        if subject and Account.objects.filter(subject=subject).exclude(user__username=name).exists():
            raise Refused(Problem("person.subject_taken", f"person/{name}", {"subject": subject[:40]}))
    return reset_person(book, me, name, what=act)


def _carry_out(act: str, name: str, subject: str) -> str:
    """Do in Django's rows what was just entered; returns a password where one was given."""
    user = accounts.user_named(name)
    if act == "password" or (act == "place" and (user is None or not user.is_active)):
        return accounts.give_password(name)
    if act == "close":
        accounts.close(name)
    elif act == "lock":
        lock.unlock(name)
    elif user is not None and act == "second_factor":
        second.drop(user)
        seats.end_all(user)
    elif user is not None and act == "sessions":
        seats.end_all(user)
    elif user is not None and act == "subject":
        Account.objects.update_or_create(user=user, defaults={"subject": subject or None})
    return ""


def _plain(one: Line) -> dict[str, Any]:
    return {
        "username": one.username, "name": one.placed.name, "unit": one.placed.unit, "roles": list(one.placed.roles),
        "territory": one.placed.territory, "left": one.left, "signs_in": one.signs_in, "second_factor": one.device,
        "locked": one.locked,
    }  # fmt: skip
