"""What the ladder asks for on a day: matters to open or raise, each with its reason, never twice for one cause."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from duban.assess.facts import accepted, days_over, open_matters, past_of
from duban.assess.ladder import Ladder, Step, Trouble, ladder_of
from duban.assess.lights import Light, lights
from duban.assess.profile import profile_of
from duban.core.period import month_end
from duban.ledger import Book
from duban.ledger.year.matters import LEVELS, Matter
from duban.ledger.year.units import unit_named

Marks = Mapping[date, Mapping[str, str]]  # colour of each item at month ends


@dataclass(frozen=True, slots=True)
class Asked:
    """A matter to be opened with `unit` about the item `key`, or the matter `number` to be raised, to `step.level`.

    `since` is when the lateness began, by the figures: the same item and day are one cause.
    """

    step: Step
    unit: str
    key: str = ""
    number: str = ""
    since: str = ""


def month_ends(year: int, day: date, count: int | None) -> list[date]:
    """The ends of months of the year up to `day`, the last `count` of them (None: all)."""
    ends = [end for month in range(1, 13) if (end := month_end(year, month)) <= day]
    return ends if count is None else ends[len(ends) - min(count, len(ends)) :]


def asked(book: Book, day: date, ladder: Ladder, lights: Mapping[str, Light], marks: Marks) -> list[Asked]:
    """What the rules ask for at the end of `day`, in the order of the items, then of matters without one.

    `lights` are those of `day`, `marks` the colours at the month ends that the ladder looks back at. What is taken
    up already is not asked for again, be it open or concluded.
    """
    matters = open_matters(book)
    taken = {(key, m.opened.body.since) for m in book.matters.values() for key in m.opened.body.items}
    found = [
        one
        for key, light in lights.items()
        if (one := _of_item(book, day, ladder, light, marks, matters, taken))
    ]
    for matter in book.matters.values():
        if matter.open and not any(key in lights for key in matter.opened.body.items):
            trouble = Trouble(matter=matter.level, overdue=matter.overdue(day.isoformat()))
            if step := ladder.asks(trouble):
                found.append(Asked(step, matter.opened.body.unit, number=matter.number))
    return _once(found)


def _of_item(
    book: Book, day: date, ladder: Ladder, light: Light, marks: Marks,
    matters: Mapping[str, list[str]], taken: set[tuple[str, str]],
) -> Asked | None:  # fmt: skip
    key = light.key
    numbers = matters.get(key, [])
    matter = max((book.matters[n] for n in numbers), key=lambda m: LEVELS.index(m.level), default=None)
    step = ladder.asks(trouble_of(light, day, marks, matter))
    if step is None:
        return None
    if matter is not None:
        return Asked(step, matter.opened.body.unit, key, matter.number, matter.opened.body.since)
    since = lateness(light, day)
    unit = unit_named(book, light.account.state.item.lead)
    if (key, since) in taken or unit is None or unit.closed is not None:
        return None
    return Asked(step, unit.code, key, "", since)


def trouble_of(light: Light, day: date, marks: Marks, matter: Matter | None = None) -> Trouble:
    """The facts about an item that rules may ask."""
    colours = [marks[end].get(light.key, "") for end in sorted(marks, reverse=True)]
    run = next((n for n, colour in enumerate(colours) if colour != light.colour), len(colours))
    return Trouble(
        light.colour,
        light.status.status,
        run,
        colours.count(light.colour),
        days_over(light.account, light.status, day),
        accepted(light.account, day),
        matter.level if matter else "",
        matter is not None and matter.overdue(day.isoformat()),
    )


def lateness(light: Light, day: date) -> str:
    """The day on which an item's present lateness began, by its plan and figures; "" where nothing tells it.

    Past its deadline, the deadline; behind, the end of the first period of those in a row that are behind; without
    fresh data, the end of the first period that is missing.
    """
    account = light.account
    if days_over(account, light.status, day):
        return account.plan.due
    if light.status.status == "behind" and (periods := past_of(account)[0]):
        return account.figures[-periods].period.end.isoformat()
    if light.status.status == "no_fresh_data":
        last = account.latest.period.end if account.latest else date.min
        missing = [p for p in account.schedule.owed(account.plan.year, day) if p.end > last]
        return missing[0].end.isoformat() if missing else ""
    return ""


def _once(found: Iterable[Asked]) -> list[Asked]:
    """One wish for each matter, the highest; several items of one matter do not raise it twice."""
    kept: dict[str, Asked] = {}
    for n, one in enumerate(found):
        name = f"matter/{one.number}" if one.number else f"new/{n}"
        known = kept.get(name)
        if known is None or LEVELS.index(one.step.level) > LEVELS.index(known.step.level):
            kept[name] = one
    return list(kept.values())


def ends_needed(book: Book, day: date) -> list[date]:
    """The month ends at which the city's ladder asks how items stood."""
    return month_ends(book.year, day, ladder_of(book).looks_back())


def marks_of(book: Book, day: date, as_of: Callable[[date], Book]) -> Marks:
    """The colours at those month ends, each as it was then; `as_of` gives the book of a past day."""
    profile = profile_of(book)
    return {
        end: {key: light.colour for key, light in lights(as_of(end), end, profile).items()}
        for end in ends_needed(book, day)
    }


def asked_on(book: Book, day: date, marks: Marks) -> list[Asked]:
    """What the city's own ladder asks for on a day, under its own light rules."""
    return asked(book, day, ladder_of(book), lights(book, day, profile_of(book)), marks)
