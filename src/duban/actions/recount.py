"""Items are bound to indicators, and registers post what they recount beside what departments say."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal

from duban.actions.context import Writes, item_of, item_thing, refused, require, task_of, words
from duban.core.period import Period, period
from duban.core.problem import Problem
from duban.ledger import Book
from duban.ledger.year.filings import ReadingPosted
from duban.ledger.year.records import IndicatorBound
from duban.registers.amount import rounded
from duban.registers.indicator import Engine, Indicator, Reckoned, differs_in, ids_behind, part_of, reckon
from duban.registers.register import Register

Found = tuple[Register, Indicator]
Named = Callable[[str], Found | None]  # an indicator by a name such as "projects.started"
Engines = Callable[[Register], Engine]

_PLACES = Decimal("0.0001")  # of a quotient when it becomes a reading; its exact parts stand beside it


def bind_indicator(
    book: Book, username: str, key: str, name: str, indicator: Indicator | None, *, group: str = "", reason: str = ""
) -> Writes:  # fmt: skip
    """Bind an item to an indicator, or to none; unit and measure must be the item's. A person always confirms it."""
    place = f"item/{key}"
    item_of(book, key)
    require(book, username, "indicator.bind", item_thing(book, key))
    told = words(reason, "reason", place, required=False)
    if indicator is None:
        return [(place, IndicatorBound("", "", told))] if key in book.bound else []
    target = task_of(book, key).target
    if target is None:
        raise refused("indicator.no_target", place)
    if other := differs_in(indicator, target.unit, target.measure):
        ours, theirs = getattr(target, other) or "—", getattr(indicator, other)
        raise refused("indicator.other", place, field=f"field.{other}", item=ours, indicator=theirs)
    known = book.bound.get(key)
    if known and (known.body.indicator, known.body.group) == (name, group):
        return []
    return [(place, IndicatorBound(name, group, told))]


def recounted(
    book: Book, key: str, name: str, period: Period, found: Reckoned, ids: Iterable[str], *, vintage: str,
    fed: bool = False,
) -> Writes:  # fmt: skip
    """A register's figure for an item, with which records it comes from; nothing when it is what was posted last.

    `ids` are those of the records behind it, in order; `vintage` names the state of the register. A fed register's
    figure is posted again from each later vintage, though it be the same: its evidence is the file it was counted from.
    """
    if found.value is None:
        return []
    value = found.value if found.denominator is None else rounded(found.value, _PLACES).normalize() + 0
    body = ReadingPosted(
        period=period.code, value=value, numerator=found.numerator, denominator=found.denominator,
        vintage=vintage, source=name, origin="register", reference=reference_of(ids),
    )  # fmt: skip
    return [] if _posted(book, key, body, fed) else [(f"item/{key}", body)]


def recount_items(
    book: Book, username: str, when: Period, day: date, named: Named, engines: Engines
) -> tuple[Writes, list[Problem]]:
    """The readings of every bound item for a period as of a day, and which have none and why.

    What was posted last already adds nothing, so that counting again is without effect. Raises `Refused` for one
    who may not bind indicators.
    """
    writes, missing = Writes(), list[Problem]()
    for key, bound in book.bound.items():
        if key not in book.items or book.items[key].removed:
            continue
        require(book, username, "indicator.bind", item_thing(book, key))
        name, found = bound.body.indicator, named(bound.body.indicator)
        if found is None:
            missing.append(Problem("recount.unknown_indicator", f"item/{key}", {"indicator": name}, "note"))
            continue
        register, indicator = found
        made = _counted(book, key, name, register, indicator, when, day, engines(register), bound.body.group)
        if made is None:
            told: dict[str, str | int] = {"indicator": name, "period": when.code}
            missing.append(Problem("recount.no_figure", f"item/{key}", told, "note"))
        else:
            writes += made
    return writes, missing


def _counted(
    book: Book, key: str, name: str, register: Register, indicator: Indicator, when: Period, day: date,
    engine: Engine, group: str,
) -> Writes | None:  # fmt: skip
    """The reading of one item, none where it was posted already; None where the register has no figure."""
    by, wanted = part_of(group)
    figure = reckon(indicator, engine, when, day, by).get(wanted)
    if figure is None or figure.value is None:
        return None
    ids = ids_behind(indicator, engine, when, day, group)
    fed = register.kind == "fed"
    vintage = f"{len(book.feeds.get(register.name, ()))}" if fed else day.isoformat()
    return recounted(book, key, name, when, figure, ids, vintage=vintage, fed=fed)


def last_months(day: date) -> Period | None:
    """The months of the year up to the last one that is over; None in January and February, when none is told alone."""
    end = day.replace(day=1) - timedelta(days=1)
    return period(f"{end.year}-C{end.month:02d}") if end.month > 1 else None


def reference_of(ids: Iterable[str]) -> str:
    """How many records, and the beginning of the SHA-256 of their ids, one a line: whether they are still the same."""
    count, found = 0, hashlib.sha256()
    for id in ids:
        found.update(f"\n{id}".encode() if count else id.encode())
        count += 1
    return f"{count}·{found.hexdigest()[:16]}"


def _posted(book: Book, key: str, body: ReadingPosted, fed: bool) -> bool:
    """Whether the last figure of this register for the period says the same of the same records, and vintage."""
    task = book.tasks.get(key)
    earlier = [r.body for r in task.readings if r.body.origin == "register"] if task else []
    same = [r for r in earlier if (r.period, r.source) == (body.period, body.source)]
    if fed and same and same[-1].vintage != body.vintage:
        return False
    return bool(same) and (same[-1].value, same[-1].reference) == (body.value, body.reference)
