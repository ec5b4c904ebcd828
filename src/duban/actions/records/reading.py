"""What was told of a record becomes stored texts; texts that many rows share are read once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from duban.core.problem import Problem, Refused
from duban.ledger import Book
from duban.ledger.year.units import unit_named
from duban.registers.register import Register
from duban.registers.told import Told
from duban.registers.typed import read

_REMEMBERED = 10_000  # texts of a field


@dataclass(frozen=True, slots=True)
class Memo:
    """What many rows have in common: texts read already, by field, and units for which new records may be made.

    `coming` are the values of earlier rows by id, to which later ones may point.
    """

    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    allowed: set[tuple[str, ...]] = field(default_factory=set)
    coming: dict[str, Mapping[str, str]] = field(default_factory=dict)


def read_told(book: Book, register: Register, told: Told, by_act: bool, memo: Memo) -> dict[str, str]:
    """The told fields as stored texts; units by the name that the tree has for them."""
    faults: list[Problem] = []
    found: dict[str, str] = {}
    for name, raw in told.values.items():
        unit = told.units.get(name, "")
        read_before = memo.texts.setdefault(f"{name} {unit}" if unit else name, {})
        if raw in read_before:
            found[name] = read_before[raw]
            continue
        column = register.named.get(name)
        if column is None or not (column.asked or by_act):
            faults.append(Problem("record.no_such_field", told.at(name), {"field": name}))
            continue
        found[name], fault = read(column, raw, "", unit=unit)
        if column.type == "unit" and (known := unit_named(book, found[name])):
            found[name] = known.unit.name
        if fault:
            faults.append(replace(fault, place=told.at(name)))
        elif len(read_before) < _REMEMBERED:
            read_before[raw] = found[name]
    if faults:
        raise Refused(*faults)
    return found
