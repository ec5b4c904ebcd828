"""Example records spread over the simulated year: each is entered and moved on the days that its own values tell."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import msgspec

from duban.actions.context import Writes
from duban.core.period import month_end
from duban.ledger import Body
from duban.ledger.year.records import RecordMoved, RecordPut
from duban.registers.register import Register

Dated = tuple[date, tuple[str, Body]]
_FILED = timedelta(days=8)  # made up: after the end of a month or quarter, when a row about it is entered


def begin_of(day: date) -> date:
    """The day on which the year's registers are set up: soon after its items are put on the table."""
    return date(day.year, 2, 2)


def spread(register: Register, writes: Writes, until: date) -> Iterator[Dated]:
    """What is written of records, with the days on which it counts, the earliest first, none after `until`.

    What a stage requires is filled in on the day of that stage, not before.
    """
    moved: dict[str, list[RecordMoved]] = {}
    for account, body in writes:
        if isinstance(body, RecordMoved):
            moved.setdefault(account, []).append(body)
    found: list[Dated] = []
    for account, body in writes:
        if isinstance(body, RecordPut):
            found += (
                (on, (account, one)) for on, one in _life(register, body, moved.get(account, []), until)
            )
    return iter(sorted(found, key=lambda one: one[0]))


def _life(
    register: Register, put: RecordPut, moves: list[RecordMoved], until: date
) -> Iterator[tuple[date, Body]]:
    """A record's entries in order of their days: made, then filled in and moved, stage by stage."""
    told = _told(register, put.values, until) if _undated(register, put, moves, until) else put.day
    on = _within(told or begin_of(until).isoformat(), until)
    days = [_within(move.day, until) for move in moves]
    late = _later(register, [move for move, day in zip(moves, days, strict=True) if day > on])
    first = {name: value for name, value in put.values.items() if name not in late}
    began = min(put.day, on.isoformat()) if put.day else ""
    yield on, msgspec.structs.replace(put, values=first, day=began)
    for move, day in zip(moves, days, strict=True):
        more = {n: v for n, v in put.values.items() if late.get(n) == move.stage}
        if more:
            yield max(on, day), RecordPut(more, "", "", put.source)
        yield max(on, day), move


def _undated(register: Register, put: RecordPut, moves: list[RecordMoved], until: date) -> bool:
    """Whether nothing but the day of the import says when the record began."""
    return not put.day or (not moves and not register.began and put.day >= until.isoformat())


def _later(register: Register, moves: list[RecordMoved]) -> Mapping[str, str]:
    """Fields that may be empty at first, by the stage of these for which they are filled in."""
    found: dict[str, str] = {}
    for move in moves:
        for name in register.staged[move.stage].requires:
            field = register.named[name]
            if not field.required and name not in (*register.key, register.unit):
                found.setdefault(name, move.stage)
    return found


def _told(register: Register, values: Mapping[str, str], until: date) -> str:
    """The day of a row about a month or a quarter of the year, or of one with a past day of its own; "" of others."""
    if values.get("year") == str(until.year):
        month = int(values.get("month") or 3 * int(values.get("quarter") or 0))
        told = month_end(until.year, month) + _FILED if month else None
        return told.isoformat() if told and told <= until else ""
    days = (values.get(name, "") for name, field in register.named.items() if field.type == "date")
    return next((day for day in days if f"{until.year}" <= day <= until.isoformat()), "")


def _within(day: str, until: date) -> date:
    """The day, not before the registers were set up and not after the simulation's end."""
    return min(max(date.fromisoformat(day), begin_of(until)), until)
