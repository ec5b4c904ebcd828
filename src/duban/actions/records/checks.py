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

LONGEST_ID = 150  # characters: an address and an account have room for it
_PAGES = ("new", "import", ".", "..")  # what stands in the place of an id and is none
_FILES = (".json", ".csv", ".xlsx")


def check_key(register: Register, id: str, told: Told) -> None:
    """Whether a record may go by what its key says: it is written in addresses, files and the ledger."""
    if not register.key or (
        id.isprintable() and len(id) <= LONGEST_ID and id not in _PAGES and not id.lower().endswith(_FILES)
    ):
        return
    fields = [register.named[name] for name in register.key]
    named = both("、".join(f.zh for f in fields), ", ".join(f.en for f in fields))
    data: dict[str, str | int] = {"field": named, "value": id[:40], "limit": LONGEST_ID}
    raise Refused(Problem("record.key_wrong", told.at(register.key[0]), data))


def check_record(
    book: Book, register: Register, values: Mapping[str, str], told: Told, id: str,
    coming: Mapping[str, Mapping[str, str]],
) -> None:  # fmt: skip
    """What must be there, what it refers to, and what must hold between fields; raises `Refused` with all that does not.

    `coming` are the values of records that are written together with this one, by id.
    """
    faults = []
    for column in register.looked_at:
        value = values.get(column.name, "")
        if not value:
            if column.required or column.name in register.key:
                faults.append(_fault("missing", column, told))
        elif column.type == "reference" and (why := _wrong(book, register, column, id, value, coming)):
            faults.append(_fault(why, column, told, value=value))
    if not faults:
        faults = [
            Problem("record.check", told.place, {"what": both(check.zh, check.en)})
            for check in broken(register, values, _pointed(book, register, values))
        ]
    if faults:
        raise Refused(*faults)


def _fault(code: str, column: Field, told: Told, **data: str | int) -> Problem:
    return Problem(f"record.{code}", told.at(column.name), {"field": both(column.zh, column.en), **data})


def _wrong(
    book: Book,
    register: Register,
    column: Field,
    id: str,
    value: str,
    coming: Mapping[str, Mapping[str, str]],
) -> str:
    """Why a reference cannot stand: it points to no record, to one struck off since, or around in a circle."""
    shelf = book.registers.get(column.to, {})
    if column.to != register.name:
        coming = {}
    there, known = shelf.get(value), book.registers.get(register.name, {}).get(id)
    pointed_before = known is not None and known.values.get(column.name) == value
    if value not in coming and (there is None or (there.removed and not pointed_before)):
        return "unknown_reference"
    passed = {id}
    while value and column.to == register.name:
        if value in passed:
            return "in_a_circle"
        passed.add(value)
        state = shelf.get(value)
        value = coming.get(value, state.values if state else {}).get(column.name, "")
    return ""


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
