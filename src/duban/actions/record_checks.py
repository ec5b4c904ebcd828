"""What must hold for every record of a register, and for it beside the records that it points to."""

from collections.abc import Mapping
from functools import cache

from duban.core.problem import Problem, Refused, both
from duban.ledger import Book
from duban.registers.expression import columns
from duban.registers.field import Field
from duban.registers.plain import Reads, plain
from duban.registers.register import Check, Register
from duban.registers.told import Told
from duban.registers.typed import typed


def check_record(book: Book, register: Register, values: Mapping[str, str], told: Told) -> None:
    """What must be there, what it refers to, and what must hold between fields; raises `Refused` with all that does not."""
    faults = []
    for column in register.looked_at:
        value = values.get(column.name, "")
        if column.required and not value:
            faults.append(_fault("missing", column, told))
        if column.type == "reference" and value and value not in book.registers.get(column.to, {}):
            faults.append(_fault("unknown_reference", column, told, value=value))
    if not faults:
        faults = [
            Problem("record.check", told.place, {"what": both(check.zh, check.en)})
            for check in broken(register, values, _pointed(book, register, values))
        ]
    if faults:
        raise Refused(*faults)


def _fault(code: str, column: Field, told: Told, **data: str | int) -> Problem:
    return Problem(f"record.{code}", told.at(column.name), {"field": both(column.zh, column.en), **data})


def _pointed(book: Book, register: Register, values: Mapping[str, str]) -> dict[str, str]:
    """What checks read of the records that references point to, as `field.column`, in stored texts."""
    found: dict[str, str] = {}
    for read_by in _read_by_checks(register):
        name, point, column = read_by.partition(".")
        to = register.named[name].to if point else ""
        other = book.registers.get(to, {}).get(values.get(name, "")) if to else None
        if other is not None and column in other.values:
            found[read_by] = other.values[column]
    return found


def broken(
    register: Register, values: Mapping[str, str], pointed: Mapping[str, str] | None = None
) -> list[Check]:
    """The checks of the register that these stored texts break, with those of the records that they point to."""
    if not register.checks:
        return []
    own = _read_by_checks(register) & register.named.keys()
    seen = {name: typed(register.named[name], values.get(name, "")) for name in own} | dict(pointed or {})
    return [check for check in register.checks if _holds(check)(seen) is False]


@cache
def _read_by_checks(register: Register) -> frozenset[str]:
    """What the register's checks read: the record's own fields and those that it points to, not its stages."""
    return frozenset().union(*(columns(check.holds) for check in register.checks))


@cache
def _holds(check: Check) -> Reads:
    return plain(check.holds, {})
