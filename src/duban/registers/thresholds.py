"""Numbers of rules with the day from which they hold and their source, kept as data beside a pack's rules.

A file of thresholds is TOML: `[[threshold]]` with `name`, `from`, `value` (a text or table of texts for decimals),
`source`, and `note` where something is to be said. A city's own file goes before the pack's.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources.abc import Traversable
from typing import Any


@dataclass(frozen=True, slots=True)
class Threshold:
    """One number (or table of numbers) of a rule from a day on."""

    name: str
    since: date
    value: Any
    source: str
    note: str = ""


class NotYet(KeyError):
    """No number of this name holds yet on the day."""


class Thresholds:
    """The numbers of a pack by name and day."""

    def __init__(self, every: Iterable[Threshold]) -> None:
        self.every = tuple(sorted(every, key=lambda one: (one.name, one.since)))

    def overlaid(self, own: Iterable[Threshold]) -> None:
        """Let a city's own thresholds hold, once, when a process starts: of the same name and day they go before."""
        every = {(one.name, one.since): one for one in (*self.every, *own)}
        self.every = tuple(sorted(every.values(), key=lambda one: (one.name, one.since)))

    def on(self, name: str, day: date) -> Threshold:
        """The threshold that holds on a day; raises `NotYet` where none does."""
        held = [one for one in self.every if one.name == name and one.since <= day]
        if not held:
            raise NotYet(f"no {name} on {day}")
        return held[-1]

    def value(self, name: str, day: date) -> Any:
        """Its value on a day, numbers as decimals."""
        return self.on(name, day).value


def load_thresholds(*files: Traversable) -> Thresholds:
    """The thresholds of several files; of the same name and day the later file's holds. Raises ValueError."""
    found: dict[tuple[str, date], Threshold] = {}
    for file in files:
        for row in tomllib.loads(file.read_text("utf-8"), parse_float=Decimal).get("threshold", ()):
            try:
                one = threshold_of(row)
            except ValueError as fault:
                raise ValueError(f"{file.name}: {fault}") from None
            found[one.name, one.since] = one
    return Thresholds(found.values())


def threshold_of(row: Mapping[str, Any]) -> Threshold:
    """A row of a file; raises ValueError where it has no name, day, value or source."""
    missing = [
        name for name in ("name", "from", "value", "source") if not row.get(name) and row.get(name) != 0
    ]
    if missing:
        raise ValueError(f"a threshold has no {', '.join(missing)}")
    if type(row["from"]) is not date:
        raise ValueError("`from` is a day such as 2024-01-01, without quotes")
    return Threshold(row["name"], row["from"], _decimals(row["value"]), row["source"], row.get("note", ""))


def _decimals(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _decimals(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_decimals(inner) for inner in value]
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
