"""Inputs made from the fields of a declaration: the right kind of input, its unit, help and known values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duban.actions.records import record_thing
from duban.core.rights import may
from duban.ledger.year.records import RecordState
from duban.packs import register_named
from duban.registers.field import Field
from duban.registers.register import Register
from duban.web.registers.found import Listed
from duban.web.registers.named import named
from duban.web.registers.question import Question
from duban.web.registers.sight import Sight
from duban.web.registers.words import head

LISTED = 500  # known values that an input offers


@dataclass(frozen=True, slots=True)
class Input:
    """One field of a form. `known` are values to choose from, each (stored, in words); `fixed` ones are only shown."""

    field: Field
    label: str
    help: str
    value: str
    known: tuple[tuple[str, str], ...] = ()
    fixed: bool = False
    wide: bool = False

    @property
    def kind(self) -> str:
        """select, date, number, area or line."""
        if self.field.type in ("choice", "yes"):
            return "select"
        if self.field.type == "date":
            return "date"
        if self.field.numeric:
            return "number"
        return "area" if self.wide else "line"


def inputs(
    sight: Sight, fields: Iterable[Field], values: Mapping[str, str], *, fixed: frozenset[str] = frozenset()
) -> tuple[Input, ...]:
    """The inputs for fields with what they hold now."""
    return tuple(
        Input(
            field,
            head(field, sight.language),
            field.help_en if sight.language == "en" else field.help_zh,
            values.get(field.name, ""),
            _known(sight, field),
            field.name in fixed,
            "\n" in values.get(field.name, "") or len(values.get(field.name, "")) > 60,
        )
        for field in fields
    )


def _known(sight: Sight, field: Field) -> tuple[tuple[str, str], ...]:
    language = sight.language
    if field.type == "choice":
        return tuple((code.value, code.en if language == "en" else code.zh) for code in field.codes)
    if field.type == "yes":
        return tuple((code, field.shown(code, language)) for code in ("yes", "no"))
    if field.type == "unit":
        return tuple((unit.name, "") for unit in sight.book.units.values() if unit.closed is None)
    register = register_named(field.to) if field.type == "reference" else None
    if register is None or register.kind == "fed":
        return ()
    some = Listed(sight, Question(register)).last(LISTED)
    return tuple((one.id, named(sight, register, one)) for one in some)


def kept(sight: Sight, register: Register, state: RecordState | None) -> tuple[Field, ...]:
    """The fields of a record (of a new one where there is none) that the reader may fill in now."""
    values = state.values if state else own_unit(sight, register)
    thing = record_thing(sight.book, register, state, values)
    keeping = {"own": "kept_own", "office": "kept_office"}
    levels = [level for level, named in keeping.items() if may(sight.who, "record.put", thing, named)]
    fixed = set(register.key) if state else set()
    if state and "office" not in levels:
        fixed.add(register.unit)  # a record is not handed on by the unit that has it
    return tuple(f for f in register.fields if f.asked and f.keeper in levels and f.name not in fixed)


def own_unit(sight: Sight, register: Register) -> dict[str, str]:
    """The unit that a new record of this reader belongs to, where they may not choose it."""
    unit = sight.book.units.get(sight.who.unit)
    return {register.unit: unit.name} if register.unit and unit and "office" not in sight.who.roles else {}
