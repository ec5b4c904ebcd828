"""A simulated record's life: what is written of it, each on the day that its own values tell."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import msgspec

from duban.actions.context import Writes
from duban.core.period import month_end
from duban.ledger import Body
from duban.ledger.year.records import RecordMoved, RecordPut
from duban.registers.register import Register

Dated = tuple[date, tuple[str, Body]]
_FILED = timedelta(days=8)  # made up: after the end of a month or quarter, when a row about it is entered


@dataclass(frozen=True, slots=True)
class Life:
    """A record as its file tells it: what it holds, and the stages that it reached; `since` is the first day it may be entered."""

    register: Register
    account: str
    put: RecordPut
    moves: tuple[RecordMoved, ...] = ()
    since: date = date.min

    @property
    def id(self) -> str:
        """The record's id."""
        return self.account.split("/", 2)[2]


def begin_of(day: date) -> date:
    """The day on which the year's registers are set up: soon after its items are put on the table."""
    return date(day.year, 2, 2)


def lives(register: Register, writes: Writes) -> list[Life]:
    """The lives of the records that are made by these writes, in their order."""
    moved: dict[str, list[RecordMoved]] = {}
    for account, body in writes:
        if isinstance(body, RecordMoved):
            moved.setdefault(account, []).append(body)
    return [
        Life(register, account, body, tuple(moved.get(account, ())))
        for account, body in writes
        if isinstance(body, RecordPut)
    ]


def lived(life: Life, until: date) -> Iterator[Dated]:
    """A record's entries in order of their days, none after `until`: made, then filled in and moved, stage by stage.

    What a stage requires is filled in on the day of that stage, not before.
    """
    put, begin = life.put, max(begin_of(until), life.since)
    told = _told(life.register, put.values, until) if _undated(life, until) else put.day
    on = _within(told, begin, until)
    days = [_within(move.day, begin, until) for move in life.moves]
    late = _later(life.register, [move for move, day in zip(life.moves, days, strict=True) if day > on])
    first = {name: value for name, value in put.values.items() if name not in late}
    began = min(put.day, on.isoformat()) if put.day else ""
    yield on, (life.account, msgspec.structs.replace(put, values=first, day=began))
    for move, day in zip(life.moves, days, strict=True):
        more = {n: v for n, v in put.values.items() if late.get(n) == move.stage}
        if more:
            yield max(on, day), (life.account, RecordPut(more, "", "", put.source))
        yield max(on, day), (life.account, move)


def _undated(life: Life, until: date) -> bool:
    """Whether nothing but the day of the import says when the record began."""
    put = life.put
    return not put.day or (not life.moves and not life.register.began and put.day >= until.isoformat())


def _later(register: Register, moves: Iterable[RecordMoved]) -> Mapping[str, str]:
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


def _within(day: str, begin: date, until: date) -> date:
    """The day ("" the first), not before the record may be entered and not after the simulation's end."""
    return min(max(date.fromisoformat(day) if day else begin, begin), until)
