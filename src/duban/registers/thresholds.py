"""Numbers of rules with the day from which they hold and their source, kept as data beside a pack's rules.

A file of thresholds is TOML: `[[threshold]]` with `name`, `from`, `value` (a text or table of texts for decimals),
`source`, and `note` where something is to be said. A city's own file goes before the pack's.
"""

import tomllib
from collections.abc import Iterable
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


class Thresholds:
    """The numbers of a pack by name and day."""

    def __init__(self, every: Iterable[Threshold]) -> None:
        self.every = tuple(sorted(every, key=lambda one: (one.name, one.since)))

    def on(self, name: str, day: date) -> Threshold:
        """The threshold that holds on a day; raises KeyError where none does yet."""
        held = [one for one in self.every if one.name == name and one.since <= day]
        if not held:
            raise KeyError(f"no {name} on {day}")
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
                one = Threshold(
                    row["name"], row["from"], _decimals(row["value"]), row["source"], row.get("note", "")
                )
            except KeyError as missing:
                raise ValueError(f"{file.name}: a threshold has no {missing}") from None
            found[one.name, one.since] = one
    return Thresholds(found.values())


def _decimals(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _decimals(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_decimals(inner) for inner in value]
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
