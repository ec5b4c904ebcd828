"""A register filled until it holds what its items are simulated to reach, so that no sample passes for the whole."""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import permutations

import msgspec

from duban.core.period import Period, period
from duban.ledger.year.records import RecordMoved, RecordPut
from duban.registers.expression import Constant, Expression
from duban.registers.indicator import parameters
from duban.registers.plain import plain
from duban.registers.record import told_row
from duban.registers.register import Register
from duban.simulate.lives import Life, lived

_MONTH = timedelta(days=30)
COUNTED = timedelta(days=5)  # after a month's end, when a register's figures are posted
_Counts = tuple[tuple[int, ...], ...]  # by month, by aim: 1 where the record is counted
_Inner = tuple[int, int]  # an aim, and another one within which it is


@dataclass(frozen=True, slots=True)
class Aim:
    """How many records of a condition there shall be at each month's end."""

    where: Expression | None
    wanted: tuple[int, ...]


def counted(known: Sequence[Life], aim: Aim, months: Sequence[Period], until: date) -> bool:
    """Whether any of these records is counted for the aim in the end."""
    return any(_counts(life, [aim], months, until)[-1:] == ((1,),) for life in known)


def grow(
    known: Sequence[Life], aims: Sequence[Aim], months: Sequence[Period], chance: random.Random, until: date
) -> list[Life]:
    """Patterns for more records, in order, each with the day from which it may be entered.

    Month by month the kind of example is taken that brings the most aims nearer and none of them, in no later month,
    beyond what is wanted. What no example can bring is left.
    """
    kinds: dict[_Counts, list[Life]] = {}
    left = [[aim.wanted[n] for aim in aims] for n in range(len(months))]
    for life in known:
        _take(left, _counts(life, aims, months, until), 0)
        for pattern in _patterns(life, until):
            kinds.setdefault(_counts(pattern, aims, months, until), []).append(pattern)
    inner, found = _within(kinds, len(aims)), list[Life]()
    for n, month in enumerate(months):
        while fitting := _fitting(kinds, left, n, inner):
            counts, pattern = _chosen(kinds, fitting, chance)
            _take(left, counts, n)
            day = month.end - timedelta(days=chance.randint(0, 20))
            found.append(replace(pattern, since=day))
    return found


def _patterns(life: Life, until: date) -> Iterator[Life]:
    """The example, and where its stages of this year leave room, the same some months earlier."""
    yield life
    days = [date.fromisoformat(move.day) for move in life.moves]
    inside = [day for day in days if day.year == until.year]
    for n in range(1, min(inside).month if inside else 1):
        moves = [
            msgspec.structs.replace(move, day=(day - n * _MONTH).isoformat()) if day in inside else move
            for move, day in zip(life.moves, days, strict=True)
        ]
        if (min(inside) - n * _MONTH).year == until.year:
            yield replace(life, moves=tuple(moves))


def _fitting(
    kinds: Iterable[_Counts], left: Sequence[Sequence[int]], month: int, inner: Sequence[_Inner]
) -> list[_Counts]:
    """The kinds that bring the most in this month and nothing too much in any later one."""
    best, found = 1, list[_Counts]()
    for counts in kinds:
        brought = sum(counts[month])
        if brought >= best and _fits(counts, left, month, inner):
            found = [*found, counts] if brought == best else [counts]
            best = brought
    return found


def _within(kinds: Iterable[_Counts], aims: int) -> list[_Inner]:
    """Which aims count only records that another one counts too: as far as the examples tell."""
    every = [counted for counts in kinds for counted in counts]
    return [
        (inner, outer)
        for inner, outer in permutations(range(aims), 2)
        if any(one[inner] for one in every) and all(one[outer] for one in every if one[inner])
    ]


def _chosen(
    kinds: Mapping[_Counts, Sequence[Life]], fitting: Sequence[_Counts], chance: random.Random
) -> tuple[_Counts, Life]:
    """One pattern of these kinds, each example as likely as the other, however many patterns it makes."""
    pool: dict[str, list[tuple[_Counts, Life]]] = {}
    for counts in fitting:
        for pattern in kinds[counts]:
            pool.setdefault(pattern.account, []).append((counts, pattern))
    return chance.choice(pool[chance.choice(list(pool))])


def _fits(counts: _Counts, left: Sequence[Sequence[int]], month: int, inner: Sequence[_Inner]) -> bool:
    """Whether all that it counts for is still wanted, and leaves room in an outer aim for what its inner ones want."""
    for n in range(month, len(left)):
        if any(one and have < 1 for one, have in zip(counts[n], left[n], strict=True)):
            return False
        if any(counts[n][b] and not counts[n][a] and left[n][b] <= left[n][a] for a, b in inner):
            return False
    return True


def _take(left: list[list[int]], counts: _Counts, month: int) -> None:
    for n in range(month, len(left)):
        left[n] = [have - one for have, one in zip(left[n], counts[n], strict=True)]


def _counts(life: Life, aims: Sequence[Aim], months: Sequence[Period], until: date) -> _Counts:
    """In which months the record is counted for which aims, as the entries written by the day of posting have it."""
    entries = list(lived(life, until))
    found = []
    for month in months:
        day = month.end + COUNTED
        texts = _texts(life.register, [body for on, (_, body) in entries if on <= day])
        row = told_row(life.register, texts) if texts else None
        asked = parameters(period(f"{month.year}-C{month.end.month:02d}"), day)
        found.append(tuple(
            int(row is not None and plain(aim.where if aim.where is not None else Constant(True), asked)(row) is True)
            for aim in aims
        ))  # fmt: skip
    return tuple(found)


def _texts(register: Register, bodies: Sequence[object]) -> Mapping[str, str]:
    """What is stored of a record after these entries, with its stage and the day it last reached each."""
    found: dict[str, str] = {}
    for body in bodies:
        if isinstance(body, RecordPut):
            found |= body.values
            if body.stage:
                found |= {"stage": body.stage, f"at_{body.stage}": body.day}
        elif isinstance(body, RecordMoved):
            found |= {"stage": body.stage, f"at_{body.stage}": body.day}
    return found
