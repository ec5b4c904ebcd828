"""What people write into the cells of a work item, understood field by field."""

import re
from collections.abc import Callable, Mapping

import msgspec

from duban.core.problem import Problem
from duban.files.columns import NAMES
from duban.files.rows import QUARTERS
from duban.ledger.bodies import Item
from duban.ledger.values import is_due, is_words
from duban.read.due import find_due

_BETWEEN = re.compile(r"[、,，;；\n/]+")
_DATE = re.compile(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?")
LONGEST_TEXT = 2000
Place = Callable[[str], str]


def units(text: str) -> list[str]:
    """The units of a cell, however they are separated."""
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def due_of(text: str, year: int) -> str | None:
    """A deadline as YYYY-MM-DD, or its words where they are no date ("雨季前"); None when it is neither."""
    if found := _DATE.fullmatch(text):
        text = f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}"
    if not is_due(text):
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return text
    due = find_due(text, year) or find_due(text + "前", year)
    return due.value if due and due.start == 0 else text


def parsed_item(
    before: Item, cells: Mapping[str, str], place: Place, year: int, one_unit: bool
) -> tuple[Item, list[Problem]]:
    """`before` with the told cells read into it, and the faults of those that cannot be."""
    values: dict[str, object] = {}
    faults: list[Problem] = []
    quarters = [*before.quarters, "", "", "", ""][:4]
    for name, text in cells.items():
        fault = _fault(name, text, place(name), year, one_unit)
        if fault is not None:
            faults.append(fault)
        elif name in QUARTERS:
            quarters[QUARTERS.index(name)] = text
        else:
            values |= _values(name, text, year, one_unit)
    values["quarters"] = tuple(quarters) if any(quarters) else ()
    item = msgspec.structs.replace(before, **values)
    if not item.head.strip() and not faults:
        faults.append(Problem("sheet.head_missing", place("head")))
    return item, faults


def _values(name: str, text: str, year: int, one_unit: bool) -> dict[str, object]:
    """The item's fields that one cell gives."""
    if name == "partners":
        return {"partners": tuple(units(text))}
    if name == "lead" and one_unit:
        listed = units(text)
        return {"lead": listed[0] if listed else "", "partners": tuple(listed[1:])}
    if name == "due":
        return {"due": due_of(text, year) if text else None}
    return {name: text}


def _fault(name: str, text: str, place: str, year: int, one_unit: bool) -> Problem | None:
    """Why a cell cannot be taken, with the mend, or None."""
    if len(text) > LONGEST_TEXT:
        return Problem("sheet.text_long", place, {"column": NAMES[name], "limit": LONGEST_TEXT})
    if name == "due" and text and due_of(text, year) is None:
        return Problem("sheet.due_wrong", place, {"due": text[:40]})
    if name == "lead" and not one_unit and len(units(text)) > 1:
        return Problem("sheet.two_leads", place, {"units": "、".join(units(text))[:80]})
    named = units(text) if name in ("lead", "partners") else [text] if name == "leader" and text else []
    if any(not is_words(unit) for unit in named):
        return Problem("sheet.unit_wrong", place, {"column": NAMES[name]})
    doubled = next((u for u in named if named.count(u) > 1), None)
    return Problem("sheet.unit_twice", place, {"unit": doubled[:40]}) if doubled else None
