"""What one reader may see of a register, as engines need it: whose records, and which columns of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from duban.registers.plain import Row
from duban.registers.register import Register


@dataclass(frozen=True, slots=True)
class Veil:
    """By the text in the register's field of the unit: the fields that are seen of its records; `rest` of all others.

    A record of which no field is seen is not there. `id`, `stage` and the days of stages go with every record.
    """

    rest: frozenset[str]
    units: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, unit: str) -> frozenset[str]:
        """The fields that are seen of the records of a unit ("": of those without one)."""
        return self.units.get(unit, self.rest)

    @property
    def seen(self) -> frozenset[str]:
        """The fields that are seen of some record."""
        return self.rest.union(*self.units.values())

    def whole(self, register: Register) -> bool:
        """Whether nothing is hidden."""
        return all(fields >= set(register.named) for fields in (self.rest, *self.units.values()))

    def other(self, name: str) -> tuple[str, ...]:
        """The units for whose records it is otherwise with a field than for the rest."""
        return tuple(unit for unit, fields in self.units.items() if (name in fields) != (name in self.rest))


def veiled(register: Register, veil: Veil, rows: Iterable[Row]) -> Iterator[Row]:
    """The rows as the reader sees them: what is hidden is missing."""
    named = register.named
    for row in rows:
        seen = veil.of(str(row.get(register.unit) or "") if register.unit else "")
        if seen:
            yield {name: None if name in named and name not in seen else value for name, value in row.items()}
