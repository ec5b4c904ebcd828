"""Supervision: one matter, one sheet (一事一单), from a reminder to a talk; concluded, appealed, reviewed by others."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from duban.actions.context import Writes, code_of, item_of, next_number, refused, require, unit_thing, words
from duban.actions.rules import has_rule, rule
from duban.actions.tasks import later_day
from duban.assess.asked import Marks, asked_on
from duban.assess.ladder import ladder_of
from duban.core.rights import Thing
from duban.ledger import Book
from duban.ledger.year.matters import (
    LEVELS,
    Matter,
    MatterAppealed,
    MatterConcluded,
    MatterOpened,
    MatterRaised,
    MatterReplied,
    MatterReviewed,
)

HEADLINE = 200  # characters of a title


def matter_of(book: Book, number: str) -> Matter:
    """The matter of this number; raises `Refused` when there is none."""
    matter = book.matters.get(number)
    if matter is None:
        raise refused("matter.unknown", f"matter/{number[:20]}")
    return matter


def matter_thing(book: Book, matter: Matter, *, facts: Iterable[str] = ()) -> Thing:
    """A matter as rights see it: the unit's own; its conclusion's author does not review it."""
    unit = matter.opened.body.unit
    thing = unit_thing(book, unit, facts=facts)
    concluders = frozenset({matter.conclusion.actor}) if matter.conclusion else frozenset()
    return replace(
        thing,
        place=f"matter/{matter.number}",
        doer_units=frozenset({unit}),
        concluders=concluders,
    )


def deadline_for(book: Book, level: str, today: date) -> str:
    """The day by which a matter is to be answered: by the ladder, else by the city's own days for the level; "" for
    none, where neither is set."""
    if (day := ladder_of(book).day_of("answer", today)) is not None:
        return day.isoformat()
    name = f"{level}_days"
    return (today + timedelta(days=int(rule(book, name)))).isoformat() if has_rule(book, name) else ""


def open_matter(book: Book, username: str, matter: MatterOpened, *, today: date) -> Writes:
    """Take a matter up with a unit, at any level. Without a deadline the city's own rule for the level gives it.

    Raises `Refused` for a unit or an item that is none, an item that the unit has no part in, and for what is
    taken up already: the item has an open matter, or this very lateness (`since`) had one before.
    """
    require(book, username, "matter.open", Thing("matter"))
    place = "matter"
    unit = book.units.get(matter.unit)
    if unit is None or unit.closed is not None:
        raise refused("unit.unknown", f"unit/{matter.unit[:40]}")
    _check_level(matter.level, place)
    words(matter.title, "title", place, limit=HEADLINE)
    words(matter.reason, "reason", place)
    for key in matter.items:
        _check_item(book, matter, key)
    deadline = later_day(matter.deadline, today, place) or deadline_for(book, matter.level, today)
    body = MatterOpened(
        matter.level, matter.title.strip(), matter.unit, matter.reason.strip(), tuple(dict.fromkeys(matter.items)),
        deadline, matter.origin, matter.since, matter.major,
    )  # fmt: skip
    return [(f"matter/{next_number(book.matters)}", body)]


def _check_level(level: str, place: str) -> None:
    if level not in LEVELS:
        raise refused("matter.level_unknown", place, level=level[:20], known=", ".join(LEVELS))


def _check_item(book: Book, matter: MatterOpened, key: str) -> None:
    item = item_of(book, key).item
    if matter.unit not in {code_of(book, name) for name in (item.lead, *item.partners)}:
        raise refused("matter.item_not_theirs", f"item/{key}", unit=book.units[matter.unit].name)
    for known in book.matters.values():
        opened = known.opened.body
        if key in opened.items and (known.open or (matter.since and opened.since == matter.since)):
            raise refused("matter.there_already", f"item/{key}", number=known.number)


def raise_matter(
    book: Book, username: str, number: str, *, level: str, reason: str, deadline: str = "", today: date
) -> Writes:
    """Raise an open matter to a higher level, with a new deadline."""
    matter, place = matter_of(book, number), f"matter/{number}"
    require(book, username, "matter.open", matter_thing(book, matter))
    _check_level(level, place)
    _check_open(matter)
    if LEVELS.index(level) <= LEVELS.index(matter.level):
        raise refused("matter.not_higher", place, level=f"term.{level}", now=f"term.{matter.level}")
    told = words(reason, "reason", place)
    day = later_day(deadline, today, place) or deadline_for(book, level, today)
    return [(place, MatterRaised(level, told, day))]


def reply(book: Book, username: str, number: str, *, told: str, evidence: tuple[str, ...] = ()) -> Writes:
    """The unit answers, with the numbers of existing records as evidence."""
    matter, place = matter_of(book, number), f"matter/{number}"
    require(book, username, "matter.reply", matter_thing(book, matter))
    _check_open(matter)
    proofs = tuple(words(proof, "reference", place, limit=200) for proof in evidence)
    return [(place, MatterReplied(words(told, "words", place), proofs))]


def conclude(book: Book, username: str, number: str, *, told: str, resolved: bool, today: date) -> Writes:
    """Make the conclusion; the unit may appeal until the rule's days have passed."""
    matter, place = matter_of(book, number), f"matter/{number}"
    require(book, username, "matter.conclude", matter_thing(book, matter))
    _check_open(matter)
    until = today + timedelta(days=int(rule(book, "appeal_days")))
    return [(place, MatterConcluded(words(told, "words", place), resolved, until.isoformat()))]


def appeal(book: Book, username: str, number: str, *, reason: str, today: date) -> Writes:
    """The unit's head asks within the days set for the conclusion to be looked at again, once."""
    matter, place = matter_of(book, number), f"matter/{number}"
    facts = ("returnable",) if may_be_appealed(matter, today) else ()
    if matter.conclusion is None:
        raise refused("matter.not_concluded", place)
    require(book, username, "matter.appeal", matter_thing(book, matter, facts=facts))
    if matter.conclusion is not matter.last:
        raise refused("matter.appealed_already", place)
    return [(place, MatterAppealed(words(reason, "reason", place)))]


def review_due(book: Book, matter: Matter) -> str:
    """The day by which an appeal that waits is to be decided; "" where none waits."""
    if matter.appeal is None:
        return ""
    return (date.fromisoformat(matter.appeal.on) + timedelta(days=int(rule(book, "review_days")))).isoformat()


def may_be_appealed(matter: Matter, today: date) -> bool:
    """Whether there is a conclusion and its days for an appeal still run."""
    said = matter.conclusion.body if matter.conclusion else None
    return isinstance(said, MatterConcluded) and today.isoformat() <= said.appeal_until


def review(book: Book, username: str, number: str, *, upheld: bool, reason: str) -> Writes:
    """Other staff than the conclusion's decide whether it stands; else the matter is open again."""
    matter, place = matter_of(book, number), f"matter/{number}"
    require(book, username, "matter.review", matter_thing(book, matter))
    if matter.appeal is None:
        raise refused("matter.no_appeal", place)
    return [(place, MatterReviewed(upheld, words(reason, "reason", place)))]


def _check_open(matter: Matter) -> None:
    if not matter.open:
        raise refused("matter.closed_already", f"matter/{matter.number}")


def take_up(book: Book, username: str, day: date, marks: Marks) -> Writes:
    """Open and raise what the city's ladder asks for on a day; `marks` are the colours at past month ends.

    What is done already is not asked for, so that doing it again writes nothing.
    """
    require(book, username, "matter.open", Thing("matter"))
    writes: Writes = []
    first = int(next_number(book.matters))
    for one in asked_on(book, day, marks):
        reason = one.step.says.get("zh", one.step.level)
        if one.number:
            writes += raise_matter(book, username, one.number, level=one.step.level, reason=reason, today=day)
            continue
        title = item_of(book, one.key).item.head[:HEADLINE]
        matter = MatterOpened(
            one.step.level, title, one.unit, reason, (one.key,), origin="rule", since=one.since
        )
        ((_, body),) = open_matter(book, username, matter, today=day)
        opened = sum(isinstance(entry, MatterOpened) for _, entry in writes)
        writes.append((f"matter/{first + opened}", body))
    return writes
