"""Records of registers are made, filled in, moved from stage to stage, struck off; all checks stand here.

A new record, a form, a row of a file and what a pack's act changes all go through the same functions.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from duban.actions.context import Writes, actor_of, code_of, refused, require, units_of, words
from duban.actions.filings import check_evidence
from duban.actions.record_checks import check_key, check_record
from duban.core.problem import Problem, Refused, both
from duban.core.rights import Thing, may
from duban.ledger import Book
from duban.ledger.year.filings import Evidence
from duban.ledger.year.records import RecordMoved, RecordPut, RecordRemoved, RecordState, account_of
from duban.ledger.year.units import above, unit_named
from duban.registers.record import day_by, id_of, next_id, typed_values
from duban.registers.register import Register, Stage
from duban.registers.thresholds import NotYet
from duban.registers.told import Told as Told
from duban.registers.typed import read, stored


def record_thing(
    book: Book, register: Register, state: RecordState | None, values: Mapping[str, str]
) -> Thing:
    """A record as rights see it: its unit, and who did the work: whoever moved it to a stage that units keep.

    Entering, planning and assigning a record is the office's part, and confirming what others did is no doing.
    """
    name = values.get(register.unit, "") if register.unit else ""
    unit = code_of(book, name)
    own = {stage.name for stage in register.stages[1:] if _does(stage)}
    doers = frozenset(move.actor for move in (state.moves if state else ()) if move.stage in own)
    units = units_of(book, doers) | ({unit} if unit else frozenset())
    place = f"record/{register.name}/{state.id if state else ''}"
    return Thing(place, unit=unit, lead=unit, path=above(book, unit), doers=doers, doer_units=units)


def _does(stage: Stage) -> bool:
    """Whether who moves a record to this stage has done its work."""
    return stage.keeper == "own" and not stage.by_other


def record_of(book: Book, register: Register, id: str) -> RecordState:
    """The record that stands under this id; raises `Refused` when there is none."""
    state = book.registers.get(register.name, {}).get(id)
    if state is None or state.removed:
        raise refused("record.unknown", account_of(register.name, id))
    return state


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
    return _made(book, username, register, told, day, number, by_act, _Memo())[1]


_REMEMBERED = 10_000  # texts of a field


@dataclass(frozen=True, slots=True)
class _Memo:
    """What many rows have in common: texts read already, by field, and units for which new records may be made.

    `coming` are the values of earlier rows by id, to which later ones may point.
    """

    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    allowed: set[tuple[str, ...]] = field(default_factory=set)
    coming: dict[str, Mapping[str, str]] = field(default_factory=dict)


def _made(
    book: Book, username: str, register: Register, told: Told, day: date, number: str, by_act: bool, memo: _Memo
) -> tuple[str, Writes]:  # fmt: skip
    """The record's id, and what is to be written of it."""
    values = _read(book, register, told, by_act, memo)
    id = told.id or id_of(register, values) or number or next_id(book.registers.get(register.name, {}))
    known = book.registers.get(register.name, {}).get(id)
    if told.id and known is None:
        raise refused("record.unknown", account_of(register.name, id))
    living = known if known and not known.removed else None
    before = living.values if living else {}
    if known and register.key and (other := id_of(register, {**before, **values})) != id:
        raise refused("record.key_fixed", told.place, id=id, other=other)
    if not by_act:
        _require_put(book, username, register, known, before, values, memo)
    if known is None:
        check_key(register, id, told)
    merged = {**before, **values}
    merged |= _derived(register, merged, day, told.place)
    check_record(book, register, merged, told, id, memo.coming)
    writes = _put(register, known, merged, id, told, day)
    moves = _stages(register, living, merged, id, told, day)
    if moves and not by_act:
        _require_moves(book, username, register, known, merged, moves, told, day)
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
    began = _began(register, told, merged, day) if first else ""
    return [(account_of(register.name, id), RecordPut(changed, first, began, told.source))]


def _began(register: Register, told: Told, values: Mapping[str, str], day: date) -> str:
    """The day of a new record's first stage: as told, as its field says, else no later than the stages told."""
    given = told.stages.get(register.stages[0].name) or values.get(register.began)
    return given or min([day.isoformat(), *filter(None, told.stages.values())])


@dataclass(slots=True)
class Weighed:
    """What many rows come to: what would be written, every fault, and how many rows were refused or said nothing new."""

    writes: Writes = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)
    rows: int = 0
    refused: int = 0
    same: int = 0


def weigh_records(
    book: Book, username: str, register: Register, every: Iterable[Told], day: date, *,
    progress: Callable[[int], None] | None = None,
) -> Weighed:  # fmt: skip
    """What rows would write on this book, without those that are refused, and why these are.

    Two rows with one key are a fault of the second. `progress` is told how many rows were weighed, now and then.
    """
    found, first, memo = Weighed(), dict[str, str](), _Memo()
    number = int(next_id(book.registers.get(register.name, {})))
    for told in every:
        found.rows += 1
        if progress is not None and found.rows % 1000 == 0:
            progress(found.rows)
        try:
            id, made = _made(book, username, register, told, day, f"{number:06d}", False, memo)
            if id in first:
                raise refused("record.twice", told.place, id=id, first=first[id])
        except Refused as refusal:
            found.faults += refusal.problems
            found.refused += 1
            continue
        number += id == f"{number:06d}" and not register.key
        first[id] = told.place
        found.same += not made
        found.writes += made
    return found


def put_records(book: Book, username: str, register: Register, every: Iterable[Told], day: date) -> Writes:
    """Many records at once, all or none. Raises `Refused` with every fault of every row."""
    weighed = weigh_records(book, username, register, every, day)
    if weighed.faults:
        raise Refused(*weighed.faults)
    return weighed.writes


def _read(book: Book, register: Register, told: Told, by_act: bool, memo: _Memo) -> dict[str, str]:
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


def _require_put(
    book: Book, username: str, register: Register, known: RecordState | None, before: Mapping[str, str],
    values: Mapping[str, str], memo: _Memo,
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


def _require_moves(
    book: Book, username: str, register: Register, known: RecordState | None, values: Mapping[str, str],
    moves: Writes, told: Told, today: date,
) -> None:  # fmt: skip
    """The right to every stage that a file says was reached, one after the other: who does the work in one row does
    not confirm it in the same. Only of a record that is new the office enters the whole history.
    """
    thing = record_thing(book, register, known, values)
    since = known.moves[-1].day if known and known.moves else ""
    for _, body in moves:
        stage, day = register.staged[body["stage"]], body["day"]
        _require_stage(book, username, stage, thing)
        entered = _entered(book, username, thing, date.fromisoformat(day), today)
        _check_until(register, stage, values, since, entered, told.at(f"at_{stage.name}"))
        if known and _does(stage):
            doers = thing.doers | {username}
            thing = replace(thing, doers=doers, doer_units=thing.doer_units | units_of(book, doers))
        since = day


def _entered(book: Book, username: str, thing: Thing, day: date, today: date) -> date:
    """The day that counts against a stage's last one: only the office may say that something was done earlier."""
    return day if may(actor_of(book, username), "record.move", thing, "kept_office") else today


def _check_until(
    register: Register, stage: Stage, values: Mapping[str, str], since: str, entered: date, place: str
) -> None:
    """A stage that may be entered only until some day after the one before it was."""
    if stage.until is None or not since:
        return
    last = day_by(stage.until, typed_values(register, values), date.fromisoformat(since))
    if last and entered > last:
        raise refused("record.too_late", place, stage=both(stage.zh, stage.en), last=last.isoformat())


def _require_stage(book: Book, username: str, stage: Stage, thing: Thing) -> None:
    """The right to move a record to a stage; where another must confirm it, not to one who did the work."""
    level = f"kept_{stage.keeper}"
    if stage.by_other:
        require(book, username, "record.close", thing, level)
    else:
        require(book, username, "record.move", thing, level)


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


def _stages(
    register: Register, known: RecordState | None, values: Mapping[str, str], id: str, told: Told, today: date
) -> Writes:
    """The stages that a file says were reached, in order; those already reached on that day add nothing."""
    there = {(move.stage, move.day) for move in known.moves} if known else set()
    current = known.stage if known else register.stages[0].name if register.stages else ""
    last = (
        known.moves[-1].day
        if known and known.moves
        else _began(register, told, values, today)
        if current
        else ""
    )
    writes: Writes = []
    for stage in register.stages[(0 if known else 1) :]:
        day = told.stages.get(stage.name, "")
        if not day or (stage.name, day) in there:
            continue
        place = told.at(f"at_{stage.name}")
        if current not in register.before(stage.name):
            named = both(stage.zh, stage.en)
            raise refused("record.skipped", place, stage=named, at=_name(register, current))
        _check_day(day, today, last, place)
        proof = _proof(stage, told)
        _check_stage(register, stage, values, proof, place)
        writes.append((account_of(register.name, id), RecordMoved(stage.name, day, proof)))
        current, last = stage.name, day
    if last > today.isoformat():
        raise refused("record.day_ahead", told.at(f"at_{current}"), day=last)
    return writes


def _proof(stage: Stage, told: Told) -> tuple[Evidence, ...]:
    """The paper whose number the row gives; the row itself where its file has no column for it."""
    number = told.proofs.get(stage.name, told.source)
    return (Evidence("document", number),) if number else ()


def _check_day(day: str, today: date, last: str, place: str) -> None:
    """A stage is reached neither in the future nor before the one before it."""
    if day > today.isoformat():
        raise refused("record.day_ahead", place, day=day)
    if last and day < last:
        raise refused("record.day_before", place, day=day, last=last)


def move_record(
    book: Book, username: str, register: Register, id: str, stage: str, day: date, *, today: date,
    evidence: Sequence[Evidence] = (), note: str = "", by_act: bool = False,
) -> Writes:  # fmt: skip
    """Move a record to a stage that follows where it stands, on the day on which it was reached."""
    state = record_of(book, register, id)
    place = account_of(register.name, id)
    target = register.staged.get(stage)
    if target is None or state.stage not in register.before(stage):
        named = both(target.zh, target.en) if target else stage
        raise refused("record.skipped", place, stage=named, at=_name(register, state.stage))
    thing = record_thing(book, register, state, state.values)
    if not by_act or target.by_other:  # an act may not confirm what its own hand has done either
        _require_stage(book, username, target, thing)
    _check_day(day.isoformat(), today, state.moves[-1].day if state.moves else "", place)
    if not by_act:
        since = state.moves[-1].day if state.moves else ""
        _check_until(
            register, target, state.values, since, _entered(book, username, thing, day, today), place
        )
    for proof in evidence:
        check_evidence(proof, place)
    _check_stage(register, target, state.values, evidence, place)
    told = words(note, "note", place, required=False)
    return [(place, RecordMoved(stage, day.isoformat(), tuple(evidence), told))]


def _check_stage(
    register: Register,
    stage: Stage,
    values: Mapping[str, str],
    evidence: Iterable[Evidence],
    place: str,
) -> None:
    """What the stage asks for: fields filled in, and its proof."""
    missing = [register.named[name] for name in stage.requires if not values.get(name)]
    if missing:
        fields = both("、".join(f.zh for f in missing), ", ".join(f.en for f in missing))
        raise refused("record.stage_needs", place, stage=both(stage.zh, stage.en), fields=fields)
    if stage.proof and not any(proof.reference or proof.sha256 for proof in evidence):
        raise refused("record.no_proof", place, stage=both(stage.zh, stage.en), proof=both(*stage.proof))


def _name(register: Register, stage: str) -> str:
    known = register.staged.get(stage)
    return both(known.zh, known.en) if known else "—"


def remove_record(book: Book, username: str, register: Register, id: str, *, reason: str) -> Writes:
    """Strike a record off, for a reason."""
    state = record_of(book, register, id)
    place = account_of(register.name, id)
    require(book, username, "record.remove", record_thing(book, register, state, state.values))
    return [(place, RecordRemoved(words(reason, "reason", place)))]
