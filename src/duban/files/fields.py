"""What people write into the cells of a work item, understood field by field."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from duban.core.problem import Problem
from duban.files.columns import FILLED, NAMES, QUARTERS
from duban.files.deadline import deadline
from duban.files.rows import quarter_cells
from duban.ledger.bodies import Item
from duban.ledger.values import LONGEST, is_words

_BETWEEN = re.compile(r"[、,，;；\n]+")
LONGEST_TEXT = 2000
Place = Callable[[str], str]
Values = dict[str, Any]  # field of the table -> value, quarters one by one


def units(text: str) -> list[str]:
    """The units of a cell, however they are separated."""
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def values_of(item: Item) -> Values:
    """An item's fields as the table has them."""
    quarters = quarter_cells(item)
    return {name: quarters[name] if name in QUARTERS else item[name] for name in FILLED}


def with_values(item: Item, values: Mapping[str, Any]) -> Item:
    """`item` with these fields; quarters beyond the table's four stay."""
    told = {name: value for name, value in values.items() if name not in QUARTERS}
    if len(told) < len(values):
        four = quarter_cells(item) | {name: values[name] for name in QUARTERS if name in values}
        quarters = [*four.values(), *item.quarters[4:]]
        while quarters and not quarters[-1]:
            quarters.pop()
        told["quarters"] = tuple(quarters)
    return msgspec.structs.replace(item, **told)


def parsed(cells: Mapping[str, str], place: Place, year: int, leading: bool) -> tuple[Values, list[Problem]]:
    """The values that these cells give, and the faults of those that cannot be read.

    `leading`: the sheet has one column of units, and the first one listed leads.
    """
    values: Values = {}
    faults: list[Problem] = []
    for name, text in cells.items():
        fault = _fault(name, text, place(name), year, leading)
        if fault is None:
            values |= _values(name, text, year, leading)
        else:
            faults.append(fault)
    return values, faults


def _values(name: str, text: str, year: int, leading: bool) -> Values:
    """The fields that one cell gives."""
    if name in ("lead", "partners") and leading:
        lead, *partners = [*units(text), ""]
        return {"lead": lead, **({"partners": tuple(partners[:-1])} if len(partners) > 1 or not lead else {})}
    if name == "partners":
        return {name: tuple(units(text))}
    if name == "due":
        return {name: deadline(text, year) if text else None}
    if name == "lead":
        return {name: "".join(units(text))}
    return {name: "、".join(units(text)) if name == "leader" and "\n" in text else text}


def _fault(name: str, text: str, place: str, year: int, leading: bool) -> Problem | None:
    """Why a cell cannot be taken, with the mend, or None."""
    if len(text) > LONGEST_TEXT:
        return Problem("sheet.text_long", place, {"column": NAMES[name], "limit": LONGEST_TEXT})
    if name == "head" and not any(c.isprintable() and not c.isspace() for c in text):
        return Problem("sheet.head_missing", place)
    if name == "due" and text and deadline(text, year) is None:
        return Problem("sheet.due_wrong", place, {"due": text[:40]})
    if name == "lead" and not leading and len(units(text)) > 1:
        return Problem("sheet.two_leads", place, {"units": "、".join(units(text))[:80]})
    named = units(text) if name in ("lead", "partners", "leader") else []
    if any(not is_words(unit) for unit in named) or (name == "leader" and len(text) > LONGEST):
        return Problem("sheet.unit_wrong", place, {"column": NAMES[name]})
    doubled = next((u for u in named if named.count(u) > 1), None)
    return Problem("sheet.unit_twice", place, {"unit": doubled[:40]}) if doubled else None
