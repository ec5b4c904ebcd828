"""Units: enter them, change them, close them, or read a whole list in; no item is left without a lead."""

import re
from collections.abc import Iterable
from datetime import date

from duban.actions.context import Writes, item_thing, refused, require, unit_thing, words
from duban.actions.tasks import assigned, changed
from duban.core.problem import Problem, Refused
from duban.ledger import Book
from duban.ledger.states import ItemState
from duban.ledger.year.units import (
    UNIT_KINDS,
    UnitClosed,
    UnitEntered,
    UnitState,
    above,
    put_unit,
    unit_named,
)

CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


def enter_unit(book: Book, username: str, code: str, unit: UnitEntered) -> Writes:
    """Enter a unit, or how it reads from now on; nothing when it reads so already."""
    known = book.units.get(code)
    _may_edit(book, username, code, known, unit)
    fault = unit_fault(book, code, unit)
    if fault is not None:
        raise Refused(fault)
    if known is not None and known.unit == unit and known.closed is None:
        return []
    return [(f"unit/{code}", unit)]


def _may_edit(book: Book, username: str, code: str, known: UnitState | None, unit: UnitEntered) -> None:
    thing = unit_thing(book, code)
    if known is None or known.closed is not None:  # entering a closed unit opens it again
        require(book, username, "unit.edit", thing)
        return
    fields = UnitEntered.__struct_fields__
    for field in [name for name in fields if known.unit[name] != unit[name]] or [fields[0]]:
        require(book, username, "unit.edit", thing, field)


def unit_fault(book: Book, code: str, unit: UnitEntered) -> Problem | None:
    """Why this unit cannot be entered, or None."""
    place = f"unit/{code}"
    if not CODE.fullmatch(code):
        return Problem("unit.code_wrong", code[:40])
    for field in ("name", "contact", "phone"):
        words(unit[field], field, place, limit=80, required=field == "name")
    if unit.kind not in UNIT_KINDS:
        return Problem("unit.kind_unknown", place, {"kind": unit.kind[:40], "known": ", ".join(UNIT_KINDS)})
    if unit.parent and unit.parent not in book.units:
        return Problem("unit.parent_unknown", place, {"parent": unit.parent[:40]})
    if code in above(book, unit.parent):
        return Problem("unit.parent_circle", place, {"parent": unit.parent})
    for name in (unit.name, *unit.aliases):
        other = unit_named(book, name)
        if other is not None and other.code != code and other.closed is None:
            return Problem("unit.name_taken", place, {"name": name, "other": other.code})
    return None


def import_units(book: Book, username: str, units: Iterable[tuple[str, UnitEntered]]) -> Writes:
    """Enter a whole list, parents in any order; all or nothing, with every fault told."""
    waiting, faults = list(units), list[Problem]()
    writes: Writes = []
    draft = book.copy()
    while waiting:
        ready = [(c, u) for c, u in waiting if not u.parent or u.parent in draft.units]
        if not ready:
            faults.extend(
                Problem("unit.parent_unknown", f"unit/{c}", {"parent": u.parent}) for c, u in waiting
            )
            break
        for code, unit in ready:
            waiting.remove((code, unit))
            try:
                writes.extend(enter_unit(draft, username, code, unit))
            except Refused as refusal:
                faults.extend(refusal.problems)
            put_unit(draft, UnitState(code, unit))
    if faults:
        raise Refused(*faults)
    return writes


def close_unit(
    book: Book, username: str, code: str, *, reason: str, successor: str = "", today: date
) -> Writes:
    """Close a unit. The items that it leads go to `successor` (a code), assigned anew; refused without one."""
    require(book, username, "unit.edit", unit_thing(book, code))
    place = f"unit/{code}"
    unit = book.units.get(code)
    if unit is None or unit.closed is not None:
        raise refused("unit.unknown", place)
    heir = book.units.get(successor)
    led = [
        item for item in book.items.values() if not item.removed and item_thing(book, _key(item)).lead == code
    ]
    if (successor or led) and (heir is None or heir.closed is not None or successor == code):
        raise refused("unit.successor_needed", place, items=len(led))
    writes: Writes = [(place, UnitClosed(words(reason, "reason", place), successor))]
    for item in led:
        moved = changed(item.item, lead=heir.name if heir else "")
        writes += [(item.account, moved), (item.account, assigned(book, moved, today))]
    return writes


def _key(item: ItemState) -> str:
    return item.account.partition("/")[2]
