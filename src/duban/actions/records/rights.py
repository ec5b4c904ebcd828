"""A record as rights see it, and the rights to change its fields and to move it."""

from collections.abc import Mapping

from duban.actions.context import actor_of, code_of, refused, require, units_of
from duban.actions.records.reading import Memo
from duban.core.rights import Thing, may
from duban.ledger import Book
from duban.ledger.year.records import RecordState, account_of
from duban.ledger.year.units import above
from duban.registers.register import Register, Stage


def record_of(book: Book, register: Register, id: str) -> RecordState:
    """The record that stands under this id; raises `Refused` when there is none."""
    state = book.registers.get(register.name, {}).get(id)
    if state is None or state.removed:
        raise refused("record.unknown", account_of(register.name, id))
    return state


def record_thing(
    book: Book, register: Register, state: RecordState | None, values: Mapping[str, str]
) -> Thing:
    """A record as rights see it: its unit, and who did the work: whoever moved it to a stage that units keep.

    Entering, planning and assigning a record is the office's part, and confirming what others did is no doing.
    """
    name = values.get(register.unit, "") if register.unit else ""
    unit = code_of(book, name)
    own = {stage.name for stage in register.stages[1:] if does(stage)}
    doers = frozenset(move.actor for move in (state.moves if state else ()) if move.stage in own)
    units = units_of(book, doers) | ({unit} if unit else frozenset())
    place = f"record/{register.name}/{state.id if state else ''}"
    return Thing(place, unit=unit, lead=unit, path=above(book, unit), doers=doers, doer_units=units)


def does(stage: Stage) -> bool:
    """Whether who moves a record to this stage has done its work."""
    return stage.keeper == "own" and not stage.by_other


def require_put(
    book: Book, username: str, register: Register, known: RecordState | None, before: Mapping[str, str],
    values: Mapping[str, str], memo: Memo,
) -> None:  # fmt: skip
    """The right to every field that changes; a record is not handed to another unit by the one that has it.

    What the office struck off only the office brings back.
    """
    if known and known.removed:
        struck = record_thing(book, register, known, known.values)
        if not may(actor_of(book, username), "record.remove", struck):
            raise refused("record.struck_off", struck.place)
    changed = [name for name, value in values.items() if before.get(name, "") != value]
    keepers = {register.named[name].keeper for name in changed or list(values)[:1]} or {"own"}
    if before and register.unit in changed:
        keepers.add("office")
    asked = (values.get(register.unit, ""), *sorted(keepers, reverse=True))
    if known is None and asked in memo.allowed:
        return
    thing = record_thing(book, register, known, before or values)
    for keeper in asked[1:]:
        level = f"kept_{keeper}"
        require(book, username, "record.put", thing, level)
    if known is None:
        memo.allowed.add(asked)


def require_stage(book: Book, username: str, stage: Stage, thing: Thing) -> None:
    """The right to move a record to a stage; where another must confirm it, not to one who did the work."""
    level = f"kept_{stage.keeper}"
    if stage.by_other:
        require(book, username, "record.close", thing, level)
    else:
        require(book, username, "record.move", thing, level)
