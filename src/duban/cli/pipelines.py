"""What registers' records on their way will bring by the year's end: of bound items, and of an indicator by name."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duban.assess.forecast.pipeline import OnTheWay, Pipeline
    from duban.ledger import Book
    from duban.registers.indicator import Indicator
    from duban.registers.pack import Pack

    Named = tuple[Pack, Indicator]

SHOWN = 20  # records of an indicator, the least sure of those that may still come first


def named(name: str) -> "Named | None":
    """The indicator of this name, of whatever pack."""
    from duban.packs import indicator_named

    return indicator_named(name)


def of_items(book: "Book", keys: Iterable[str], day: date) -> Mapping[str, str]:
    """In words, for the items among `keys` that are bound to an indicator with a pipeline."""
    from duban.cli import locale
    from duban.words.forecasts import on_the_way

    said = {}
    for key in keys:
        bound = book.bound.get(key)
        of = named(bound.body.indicator) if bound else None
        found = _pipeline(book, of, day, bound.body.group) if bound and of else None
        task = book.tasks.get(key)
        if of and found:
            register = of[0].registered[of[1].register]
            target = task.target.value if task and task.target else None
            said[key] = on_the_way(found, register, of[1].unit, target, locale())
    return said


def told(book: "Book", name: str, of: "Named", day: date) -> str:
    """An indicator's pipeline in words, and the records that decide it, with what else each of them counts for."""
    from duban.cli import locale
    from duban.words import sentence
    from duban.words.forecasts import on_the_way

    pack, indicator = of
    found = _pipeline(book, of, day)
    if found is None:
        return sentence("pipeline.other", {"indicator": indicator.label(locale())}, locale()) + "\n"
    register = pack.registered[indicator.register]
    lines = [
        f"{name} {indicator.label(locale())}",
        on_the_way(found, register, indicator.unit, None, locale()),
    ]
    also = _also(book, pack, indicator, day)
    for way in sorted(found.ways, key=_undecided)[:SHOWN]:
        state = book.registers[register.name][way.id]
        data = {
            "record": f"{way.id} {state.values.get(register.title, '')}".strip(), "since": way.since.isoformat(),
            "stage": register.staged[way.stage].label(locale()),
            "chance": "—" if way.chance is None else f"{100 * way.chance:.0f}%",
            "also": "、".join(also.get(way.id, ())) or "—",
        }  # fmt: skip
        lines.append("  " + sentence("pipeline.record", data, locale()))
    return "\n".join(lines) + "\n"


def _undecided(way: "OnTheWay") -> tuple[bool, float, str]:
    """Records that may go either way decide most; then the likely and the unlikely; the unknown last."""
    return way.chance is None, abs((way.chance or 0.0) - 0.5), way.id


def _pipeline(book: "Book", of: "Named", day: date, group: str = "") -> "Pipeline | None":
    from duban.assess.forecast.pipeline import pipeline
    from duban.core.period import period

    pack, indicator = of
    register = pack.registered[indicator.register]
    states = book.registers.of(register.name)
    return pipeline(register, indicator, states, period(str(day.year)), day, group)


def _also(book: "Book", pack: "Pack", indicator: "Indicator", day: date) -> Mapping[str, list[str]]:
    """By record, the labels of the pack's other indicators for which it is on the way."""
    from duban.cli import locale

    found: dict[str, list[str]] = {}
    for other in pack.indicators:
        if other.register == indicator.register and other is not indicator and not other.less_is_better:
            ways = _pipeline(book, (pack, other), day)
            for way in ways.ways if ways else ():
                found.setdefault(way.id, []).append(other.label(locale()))
    return found
