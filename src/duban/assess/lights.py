"""Lights: a profile's rules applied to the facts of an item. A person's judgement stands beside, never inside."""

from datetime import date

import msgspec

from duban.assess.account import Account, account_of
from duban.assess.facts import Facts, facts_of, open_matters
from duban.assess.profile import Profile, Rule
from duban.assess.status import Status, status_of
from duban.ledger import Book


class Light(msgspec.Struct, frozen=True, gc=False):
    """An item's light on a day: its colour, by which rule of which profile, from which status and facts."""

    key: str
    colour: str
    profile: str
    rule: Rule
    status: Status
    facts: Facts
    account: Account


def light_of(
    book: Book, key: str, day: date, profile: Profile, matters: dict[str, list[str]] | None = None
) -> Light:
    """The light of one item at the end of `day`. KeyError: there is no such item."""
    account = account_of(book, key)
    if not profile.own_plans and account.plan.kind not in ("", "stage"):
        by_measure = msgspec.structs.replace(account.plan, kind="", data={})
        account = msgspec.structs.replace(account, plan=by_measure)
    status = status_of(account, day, ahead=profile.ahead, slack=profile.slack)
    matters = open_matters(book) if matters is None else matters
    facts = facts_of(book, account, status, day, matters, past=profile.asks_past)
    rule = profile.rule_for(facts)
    return Light(key, rule.colour, profile.name, rule, status, facts, account)


def lights(book: Book, day: date, profile: Profile) -> dict[str, Light]:
    """The lights of all items on the table, by item key."""
    matters = open_matters(book)
    return {
        key: light_of(book, key, day, profile, matters)
        for key, item in book.items.items()
        if not item.removed
    }


def what_if(
    books: dict[date, Book], before: Profile, after: Profile
) -> dict[date, dict[str, tuple[str, str]]]:
    """What another profile would have changed on past days: by day, the items whose colour differs."""
    changed: dict[date, dict[str, tuple[str, str]]] = {}
    for day, book in books.items():
        old, new = lights(book, day, before), lights(book, day, after)
        changed[day] = {k: (old[k].colour, new[k].colour) for k in old if old[k].colour != new[k].colour}
    return changed
