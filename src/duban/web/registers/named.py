"""What records are called on the pages: a title that points to another record is called as that one is."""

from duban.packs import register_named
from duban.registers.field import Field
from duban.registers.register import Register
from duban.web.registers.sight import Shown, Sight
from duban.web.registers.words import value

_DEEP = 3  # references of references that are followed


def named(sight: Sight, register: Register, shown: Shown, deep: int = _DEEP) -> str:
    """What people call a record, as far as the reader may see it; its id where it has no name."""
    stored = shown.value(register.title)
    return worded(sight, register.named[register.title], stored, deep) if stored else shown.id


def worded(sight: Sight, field: Field, stored: str, deep: int = _DEEP) -> str:
    """A stored value in words; of a reference the name of the record that it points to, where the reader sees it."""
    other = register_named(field.to) if field.type == "reference" and stored and deep else None
    found = sight.record(other, stored) if other else None
    if other is None or found is None:
        return value(field, stored, sight.language)
    return named(sight, other, found, deep - 1)
