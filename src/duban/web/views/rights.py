"""The page that says why: a person, an action and a thing, and what each rule of the table says to it."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from duban.actions.context import actor_of, item_thing, unit_thing
from duban.actions.filings import filing_thing
from duban.actions.people import placed_now
from duban.actions.tasks import commitment_thing
from duban.core.problem import Problem, Refused
from duban.core.rights import ACTIONS, Decision, Rule, Thing, explain, may
from duban.ledger import Book
from duban.web.shelf import book_for, locale
from duban.web.today import today
from duban.web.views.common import page
from duban.web.who import guard
from duban.words import say
from duban.words.rules import cells, fields, rule_named, table


@dataclass(frozen=True, slots=True)
class Said:
    """What one rule says: in words, whether it allows, and why not."""

    rule: Rule
    allowed: bool
    sentence: str

    @property
    def name(self) -> str:
        """The rule's name in words."""
        return rule_named(self.rule.name, locale())

    @property
    def cells(self) -> dict[str, str]:
        """The rule in words."""
        return cells(self.rule, locale())


def rights(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/rights?person=&action=&thing=&field=`."""
    book = book_for(request)
    guard(request, book, "rights.explain", Thing("rights"))
    asked = {name: request.GET.get(name, "").strip()[:80] for name in ("person", "action", "thing", "field")}
    known = asked["action"] in ACTIONS
    thing = thing_named(book, asked["thing"]) if known else None
    who = actor_of(book, asked["person"])
    said: list[Said] = []
    decision: Decision | None = None
    if known and thing is not None:
        decision = may(who, asked["action"], thing, asked["field"])
        said = [
            Said(rule, bool(one), _why(one, thing))
            for rule, one in explain(who, asked["action"], thing, asked["field"])
        ]
    unknown = bool(asked["person"]) and placed_now(book, asked["person"]) is None
    data = {
        "asked": asked, "decision": decision, "said": said, "who": who, "thing": thing, "unknown": unknown,
        "why": _why(decision, thing) if decision is not None and thing is not None else "",
        "people": sorted(book.people.values(), key=lambda p: p.username),
        "table": list(table(locale())), "fields": fields(locale()),
    }  # fmt: skip
    public = {
        **asked, "allowed": None if decision is None else bool(decision), "rule": decision.rule if decision is not None else "",
        "code": decision.code if decision is not None else "",
        "rules": [{"rule": one.rule.name, "allowed": one.allowed, "sentence": one.sentence} for one in said],
    }  # fmt: skip
    return page(request, "rights", book, data, public, as_json)


def thing_named(book: Book, text: str) -> Thing | None:
    """The item ("A1.1-01/1"), filing ("A1.1-01/1#12"), commitment, unit, or person's unit of this name; None if none.

    "" is a thing that nobody stands in any relation to, such as the rules of the city.
    """
    facts = {"published"} if settings.PUBLIC else set()
    key, _, number = text.partition("#")
    try:
        if key in book.items:
            thing = item_thing(book, key)
            case = book.tasks[key].assignment if key in book.tasks else None
            if number.isdecimal():
                thing = filing_thing(book, key, book.tasks[key].filings[int(number)])
            elif case and not case.steps and today().isoformat() <= case.opened.body.until:
                facts.add("returnable")
        elif text in book.commitments:
            thing = commitment_thing(book, text)
        elif text in book.units:
            thing = unit_thing(book, text)
        else:
            placed = placed_now(book, text)
            if text and placed is None:
                return None
            thing = unit_thing(book, placed.unit) if placed else Thing("—")
    except (KeyError, Refused):
        return None
    return Thing(
        thing.place, thing.unit, thing.lead, thing.partners, thing.checker, thing.leader, thing.path, thing.doers,
        thing.doer_units, thing.concluders, thing.facts | facts,
    )  # fmt: skip


def _why(decision: Decision, thing: Thing) -> str:
    return say(
        Problem(decision.code, thing.place, {**decision.data, "rule": rule_named(decision.rule, locale())}),
        locale(),
    )
