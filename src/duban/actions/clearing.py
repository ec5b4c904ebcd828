"""Clearing (销号): claimed, countersigned, checked twice by others, published, closed, looked back at.

Whoever did the work never closes it, by person and by unit (Huangshan and Anhui 2019: docs/sources.md); the unit that led or helped has done
it, and so has whoever claimed, signed or reported. A failed check sends the claim back.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from duban.actions.context import (
    Writes,
    item_thing,
    next_number,
    refused,
    require,
    task_of,
    words,
)
from duban.actions.filings import check_evidence
from duban.actions.rules import has_rule, rule
from duban.core.period import months_after
from duban.core.rights import Thing
from duban.engines.draw import METHOD, draw
from duban.ledger import Book
from duban.ledger.year.clearing import (
    ClearingAnswered,
    ClearingChecked,
    ClearingClaimed,
    ClearingClosed,
    ClearingConfirmed,
    ClearingCountersigned,
    ClearingObjected,
    ClearingPublished,
    ClearingRefused,
    ClearingReopened,
    ClearingVerified,
    DrawMade,
    clearing_stage,
    look_back_on,
    notice_until,
    open_objections,
)
from duban.ledger.year.dated import Case
from duban.ledger.year.filings import Evidence

ENDED = ("refused", "reopened")  # a claim at these leaves the item free for a new one


def clearing_of(book: Book, key: str, *stages: str) -> Case[ClearingClaimed]:
    """The latest claim of an item; raises `Refused` when there is none, or it is not at one of `stages`."""
    case, place = task_of(book, key).clearing, f"item/{key}"
    if case is None:
        raise refused("clearing.none", place)
    now = clearing_stage(case)
    if now not in stages:
        wanted = " ".join(f"clearing.stage_{stage}" for stage in stages)
        raise refused("clearing.stage_wrong", place, now=f"clearing.stage_{now}", wanted=wanted)
    return case


def clearing_thing(book: Book, key: str, *, checked: bool = False) -> Thing:
    """The item as the rights of clearing see it; with `checked` the first checker counts among its people too."""
    task = task_of(book, key)
    doers = {who for filing in task.filings.values() for who in filing.actors(*_REPORTED)}
    checkers: frozenset[str] = frozenset()
    if task.clearing is not None:
        doers |= task.clearing.actors("clearing.claimed", "clearing.countersigned")
        checkers = task.clearing.actors("clearing.checked")
    thing = item_thing(book, key, doers=doers)
    return replace(
        thing,
        doers=thing.doers | (checkers if checked else frozenset()),
        doer_units=thing.doer_units | thing.partners,
    )


_REPORTED = ("filing.submitted", "filing.countersigned")


def countersign_thing(book: Book, key: str) -> Thing:
    """The item as the right to sign a claim sees it: only who claimed it is barred."""
    case = task_of(book, key).clearing
    return item_thing(book, key, doers=[case.opened.actor] if case else ())


def claim(book: Book, username: str, key: str, *, told: str, evidence: tuple[Evidence, ...] = ()) -> Writes:
    """The lead says that the item is finished, and which existing record proves it."""
    place = f"item/{key}"
    require(book, username, "clearing.claim", item_thing(book, key))
    case = task_of(book, key).clearing
    if case is not None and clearing_stage(case) not in ENDED:
        raise refused("clearing.there_already", place, now=f"clearing.stage_{clearing_stage(case)}")
    if not evidence:
        raise refused("field.missing", place, field="field.reference")
    for proof in evidence:
        check_evidence(proof, place)
    return [(place, ClearingClaimed(words(told, "words", place), evidence))]


def countersign(book: Book, username: str, key: str) -> Writes:
    """The lead's head stands for a claim that someone else of the unit made."""
    require(book, username, "clearing.countersign", countersign_thing(book, key))
    clearing_of(book, key, "claimed")
    return [(f"item/{key}", ClearingCountersigned())]


def send_back(book: Book, username: str, key: str, *, reason: str) -> Writes:
    """The lead's head does not stand for the claim; the item stays open."""
    require(book, username, "clearing.countersign", countersign_thing(book, key))
    clearing_of(book, key, "claimed")
    return [(f"item/{key}", ClearingRefused(words(reason, "reason", f"item/{key}")))]


def check(book: Book, username: str, key: str, *, passed: bool, told: str) -> Writes:
    """The first check, by another unit; a failed one sends the claim back."""
    require(book, username, "clearing.check", clearing_thing(book, key))
    clearing_of(book, key, "countersigned")
    return [(f"item/{key}", ClearingChecked(passed, words(told, "words", f"item/{key}")))]


def verify(book: Book, username: str, key: str, *, passed: bool, told: str) -> Writes:
    """The second check, by the office and another person; on the site where a draw chose the claim.

    Where the city draws a share, a claim waits until it has stood in a draw.
    """
    require(book, username, "clearing.verify", clearing_thing(book, key, checked=True))
    clearing_of(book, key, "checked")
    drawn, stood = drawn_by(book, claim_name(book, key))
    if not stood and has_rule(book, "sample_share"):
        raise refused("clearing.not_drawn_yet", f"item/{key}")
    return [(f"item/{key}", ClearingVerified(passed, words(told, "words", f"item/{key}"), drawn))]


def publish(book: Book, username: str, key: str, *, today: date) -> Writes:
    """Put the claim up for everyone to see, for the days that the city set."""
    require(book, username, "clearing.publish", clearing_thing(book, key))
    clearing_of(book, key, "verified")
    until = today + timedelta(days=int(rule(book, "publicity_days")))
    return [(f"item/{key}", ClearingPublished(until.isoformat()))]


def object_to(
    book: Book, username: str, key: str, *, who: str, told: str, published: bool, today: date
) -> Writes:
    """Object while the notice stands. `published` says whether the public pages are on; the public gives a name."""
    place = f"item/{key}"
    thing = item_thing(book, key, facts=("published",) if published else ())
    person = require(book, username, "clearing.object", thing)
    case = clearing_of(book, key, "published", "objected")
    if notice_until(case) < today.isoformat():
        raise refused("clearing.notice_over", place, until=notice_until(case))
    name = words(person.name if person.username else who, "name", place, limit=60)
    said = words(told, "words", place, limit=1000)
    if any(isinstance(s.body, ClearingObjected) and s.body.words == said for s in case.steps):
        raise refused("clearing.said_already", place)
    return [(place, ClearingObjected(name, said))]


def answer(book: Book, username: str, key: str, about: int, *, upheld: bool, told: str) -> Writes:
    """Answer the objection of entry `about`; one that is upheld opens the item again."""
    place = f"item/{key}"
    require(book, username, "clearing.publish", clearing_thing(book, key))
    case = clearing_of(book, key, "objected")
    if about not in {objection.seq for objection in open_objections(case)}:
        raise refused("clearing.no_objection", place, about=about)
    said = words(told, "words", place)
    writes: Writes = [(place, ClearingAnswered(said, upheld, about))]
    return [*writes, (place, ClearingReopened(said))] if upheld else writes


def close(book: Book, username: str, key: str, *, today: date) -> Writes:
    """Clear the item: the notice is over and no objection is open; never by whoever did it."""
    place = f"item/{key}"
    require(book, username, "clearing.close", clearing_thing(book, key))
    case = clearing_of(book, key, "published")
    if today.isoformat() <= notice_until(case):
        raise refused("clearing.notice_stands", place, until=notice_until(case))
    months = int(rule(book, "look_back_months"))
    return [(place, ClearingClosed(months_after(today, months).isoformat()))]


def look_back(book: Book, username: str, key: str, *, holds: bool, told: str, today: date) -> Writes:
    """Look at a cleared item again: it holds (from the day set on), or it is open again (at any time)."""
    place = f"item/{key}"
    require(book, username, "clearing.look_back", clearing_thing(book, key))
    case = clearing_of(book, key, "closed", "confirmed")
    said = words(told, "words", place)
    if not holds:
        return [(place, ClearingReopened(said))]
    if clearing_stage(case) == "confirmed":
        raise refused("clearing.confirmed_already", place)
    if today.isoformat() < look_back_on(case):
        raise refused("clearing.look_back_early", place, on=look_back_on(case))
    return [(place, ClearingConfirmed(said))]


def claim_name(book: Book, key: str) -> str:
    """The name under which an item's latest claim is drawn: the item and which claim it is ("A1.1-01/1#2")."""
    return f"{key}#{len(task_of(book, key).clearings)}"


def drawn_by(book: Book, name: str) -> tuple[str, bool]:
    """The number of the draw that drew a claim ("" for none), and whether the claim stood in any draw."""
    stood = [(number, drawn.body) for number, drawn in book.draws.items() if name in drawn.body.among]
    return next((number for number, body in stood if name in body.drawn), ""), bool(stood)


def to_be_drawn(book: Book) -> list[str]:
    """The claims that passed their first check and have stood in no draw yet."""
    waiting = []
    for key, task in book.tasks.items():
        if task.clearing is not None and clearing_stage(task.clearing) == "checked":
            name = claim_name(book, key)
            if not drawn_by(book, name)[1]:
                waiting.append(name)
    return sorted(waiting)


def make_draw(book: Book, username: str, *, seed: str) -> Writes:
    """Draw the city's share of the claims that wait, for a check on the site. A claim stands in one draw only,
    so that nobody draws again until the lot suits."""
    require(book, username, "clearing.draw", Thing("draw"))
    seed = words(seed, "seed", "draw", limit=200)
    waiting = to_be_drawn(book)
    if not waiting:
        raise refused("clearing.none_to_draw", "draw")
    done = draw(waiting, Decimal(rule(book, "sample_share")), seed)
    body = DrawMade(METHOD, seed, str(done.share), done.among, done.drawn)
    return [(f"draw/{next_number(book.draws)}", body)]


def waits_for(book: Book, key: str) -> tuple[str, str]:
    """Whom an item's claim waits for: a role's code and, where it is one unit, its name; ("", "") for nobody."""
    case = task_of(book, key).clearing
    role = _WAITS.get(clearing_stage(case), "") if case is not None else ""
    item = item_thing(book, key)
    unit = {"head": item.lead, "checker": item.checker}.get(role, "")
    return role, book.units[unit].name if unit in book.units else ""


_WAITS = {"claimed": "head", "countersigned": "checker", "checked": "office", "verified": "office",
          "published": "office", "objected": "office", "closed": "office"}  # fmt: skip
