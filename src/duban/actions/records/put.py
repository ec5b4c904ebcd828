"""A record is made, filled in, or struck off."""

from collections.abc import Mapping
from datetime import date

from duban.actions.context import Writes, refused, require, words
from duban.actions.records.checks import check_key, check_record
from duban.actions.records.reading import Memo, read_told
from duban.actions.records.rights import record_of, record_thing, require_put
from duban.actions.records.stages import counted, day_begun, require_moves, told_stages
from duban.ledger import Book
from duban.ledger.year.records import RecordPut, RecordRemoved, RecordState, account_of
from duban.registers.record import id_of, next_id, typed_values
from duban.registers.register import Register
from duban.registers.thresholds import NotYet
from duban.registers.told import Told
from duban.registers.typed import stored


def put_record(
    book: Book,
    username: str,
    register: Register,
    told: Told,
    day: date,
    *,
    number: str = "",
    by_act: bool = False,
) -> Writes:
    """Make a record, or change fields of one that is there (by `told.id`, or by its key). Unchanged ones add nothing.

    `number` is what a new record of a register without a key gets, the next one when it is not given. What a pack's
    act changes (`by_act`) is decided by the pack, so no right to the single fields is asked, and it may set derived
    ones. Raises `Refused` with every fault of the fields, each at its place.
    """
    return record_made(book, username, register, told, day, number, by_act, Memo())[1]


def record_made(
    book: Book, username: str, register: Register, told: Told, day: date, number: str, by_act: bool, memo: Memo
) -> tuple[str, Writes]:  # fmt: skip
    """The record's id, and what is to be written of it."""
    values = read_told(book, register, told, by_act, memo)
    id = told.id or id_of(register, values) or number or next_id(book.registers.get(register.name, {}))
    known = book.registers.get(register.name, {}).get(id)
    if told.id and known is None:
        raise refused("record.unknown", account_of(register.name, id))
    living = known if known and not known.removed else None
    before = living.values if living else {}
    if known and register.key and (other := id_of(register, {**before, **values})) != id:
        raise refused("record.key_fixed", told.place, id=id, other=other)
    if not by_act:
        require_put(book, username, register, known, before, values, memo)
    if known is None:
        check_key(register, id, told)
    merged = {**before, **values}
    merged |= _derived(register, merged, day, told.place)
    check_record(book, register, merged, told, id, memo.coming)
    moves = told_stages(register, living, merged, id, told, day)
    merged |= counted(register, living, moves)
    writes = _put(register, known, merged, id, told, day)
    if moves and not by_act:
        require_moves(book, username, register, known, merged, moves, told, day)
    if register.joins_itself:
        memo.coming[id] = merged
    return id, writes + moves


def _put(
    register: Register, known: RecordState | None, merged: Mapping[str, str], id: str, told: Told, day: date
) -> Writes:
    """What is new of a record, as an entry; nothing where nothing is. One that was struck off begins anew."""
    before = known.values if known else {}
    anew = known is None or bool(known.removed)
    wanted = {**dict.fromkeys(before, ""), **merged} if anew else merged
    changed = {name: value for name, value in wanted.items() if before.get(name, "") != value}
    if not changed and not anew:
        return []
    first = register.stages[0].name if register.stages and anew else ""
    began = day_begun(register, told, merged, day) if first else ""
    return [(account_of(register.name, id), RecordPut(changed, first, began, told.source))]


def _derived(register: Register, values: Mapping[str, str], day: date, place: str) -> dict[str, str]:
    """What the pack works out from the others; nothing where no number of its rule holds yet."""
    if register.complete is None:
        return {}
    try:
        made = register.complete(typed_values(register, values), day)
    except NotYet:
        return {}
    except OverflowError:
        raise refused("record.day_too_far", place) from None
    return {name: stored(value) for name, value in made.items() if register.named[name].status == "derived"}


def remove_record(book: Book, username: str, register: Register, id: str, *, reason: str) -> Writes:
    """Strike a record off, for a reason."""
    state = record_of(book, register, id)
    place = account_of(register.name, id)
    require(book, username, "record.remove", record_thing(book, register, state, state.values))
    return [(place, RecordRemoved(words(reason, "reason", place)))]
