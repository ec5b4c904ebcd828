"""A record is moved from stage to stage: by hand, by a pack, or as a file says that it was; none is skipped."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from duban.actions.context import Writes, actor_of, refused, units_of, words
from duban.actions.filings import check_evidence
from duban.actions.records.rights import does, record_of, record_thing, require_stage
from duban.core.problem import both
from duban.core.rights import Thing, may
from duban.ledger import Book
from duban.ledger.year.filings import Evidence
from duban.ledger.year.records import RecordMoved, RecordPut, RecordState, account_of
from duban.registers.record import day_by, typed_values
from duban.registers.register import Register, Stage
from duban.registers.told import Told


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
        require_stage(book, username, target, thing)
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
    moves: Writes = [(place, RecordMoved(stage, day.isoformat(), tuple(evidence), told))]
    times = counted(register, state, moves)
    return [*moves, (place, RecordPut(times))] if times else moves


def told_stages(
    register: Register, known: RecordState | None, values: Mapping[str, str], id: str, told: Told, today: date
) -> Writes:
    """The stages that a file says were reached, in order; those already reached on that day add nothing."""
    there = {(move.stage, move.day) for move in known.moves} if known else set()
    current = known.stage if known else register.stages[0].name if register.stages else ""
    last = (
        known.moves[-1].day
        if known and known.moves
        else day_begun(register, told, values, today)
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


def counted(register: Register, known: RecordState | None, moves: Writes) -> dict[str, str]:
    """How often each counted stage among these moves was entered, with the times before."""
    found: dict[str, str] = {}
    for _, body in moves:
        if name := register.staged[body["stage"]].counts:
            before = found.get(name) or (known.values.get(name) if known else "")
            found[name] = str(int(before or 0) + 1)
    return found


def day_begun(register: Register, told: Told, values: Mapping[str, str], day: date) -> str:
    """The day of a new record's first stage: as told, as its field says, else no later than the stages told."""
    given = told.stages.get(register.stages[0].name) or values.get(register.began)
    return given or min([day.isoformat(), *filter(None, told.stages.values())])


def require_moves(
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
        require_stage(book, username, stage, thing)
        entered = _entered(book, username, thing, date.fromisoformat(day), today)
        _check_until(register, stage, values, since, entered, told.at(f"at_{stage.name}"))
        if known and does(stage):
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
