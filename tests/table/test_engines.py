"""One suite for all engines: each gives what the plain one gives, figure by figure and row by row."""

from contextlib import ExitStack
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from duban.registers.amount import count, distinct, latest, total
from duban.registers.expression import DAY, Constant, F
from duban.registers.indicator import Plain
from duban.table.compile import TooManyDigits
from duban.table.engine import over_parquet
from duban.table.snapshot import write_rows
from tests.table.engines import DIFFERENCES, ENGINES, MARKS, OPEN, marked
from tests.table.things import DAYS, THINGS, conditions, figures, groupings, orders, rows

SIZES = {
    "duckdb": (25, 5),
    "spark": (1, 40),
}  # random trials, and figures in each: a job of Spark takes seconds


@pytest.fixture(scope="module")
def connections():
    """Connections by engine, opened when first asked for."""
    opened = {}
    with ExitStack() as stack:
        yield lambda name: opened.get(name) or opened.setdefault(name, stack.enter_context(OPEN[name]()))


def table(connection, every, folder):
    path = folder / f"{len(list(folder.iterdir()))}.parquet"
    write_rows(THINGS, every, path)
    return over_parquet(THINGS, path, connection=connection)


def can(engine, figure):
    """Whether a database has the digits for a figure; the plain engine is asked else."""
    try:
        engine.asked([figure], DAYS, ())
    except TooManyDigits:
        return False
    return True


ROWS = [
    {"id": "1", "number": "1", "amount": Decimal("1.5"), "kind": "a", "on": DAYS["start"], "times": 2},
    {"id": "2", "number": "2", "amount": Decimal(0), "kind": "a", "on": DAYS["end"], "hard": True},
    {"id": "3", "number": "3", "amount": None, "kind": "b", "on": DAYS["end"], "hard": False, "place": "甲"},
    {"id": "4", "number": "4", "amount": Decimal("-3"), "on": None, "times": 0},
]
CASES = {
    "zero is a value and missing is not": [total(F.amount, F.kind == "b"), total(F.amount, F.amount == 0)],
    "nothing counts as 0 and adds up to nothing": [count(F.times > 9), total(F.amount, F.times > 9)],
    "a condition that is missing keeps nothing": [count(F.hard == True), count(~(F.hard == True))],  # noqa: E712
    "never there": [count(Constant(None) == F.amount), total(Constant(None)), distinct(Constant(None))],
    "of the same day the greatest id": [latest(F.amount, F.on), latest(F.amount, F.on, F.amount.given)],
    "latest passes over what has no date": [latest(F.times, F.on), latest(F.times, F.at_done)],
    "days and years": [total(DAY.days_from(F.on)), total(F.on.year)],
    "products keep all places": [total(F.amount * F.amount), latest(F.amount * Decimal("0.125"), F.on)],
    "no one among none": [count(F.place.among()), count(~F.place.among())],
    "product of three amounts": [total(F.amount * F.amount * F.amount)],
}  # fmt: skip


@pytest.fixture(scope="module")
def answers(connections, tmp_path_factory):
    """The figures of all cases that an engine can be asked for, in one question by grouping: a job takes seconds."""

    @cache
    def of(name, by):
        one = table(connections(name), ROWS, tmp_path_factory.mktemp("cases"))
        asked = [figure for figures in CASES.values() for figure in figures if can(one, figure)]
        found = one.found(asked, DAYS, by)
        return asked, found

    return of


@pytest.mark.parametrize(("name", "case"), list(marked(CASES)))
def test_case(name, case, answers):
    plain = Plain(THINGS, ROWS)
    for by in ((), ("kind",)):
        asked, found = answers(name, by)
        at = [asked.index(figure) for figure in CASES[case]]
        told = {group: [figures[n] for n in at] for group, figures in found.items()}
        assert told == plain.found(CASES[case], DAYS, by)


@pytest.mark.parametrize("name", ENGINES)
def test_random_figures_and_rows(name, connections, tmp_path_factory):
    """By any records, expressions and groupings."""
    trials, wanted = SIZES[name]

    @seed(4)
    @settings(
        max_examples=trials,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        rows,
        st.lists(figures, min_size=wanted, max_size=wanted),
        groupings,
        conditions,
        orders,
        st.integers(0, 2),
    )
    def agree(every, asked, by, where, order, skip):
        one, plain = table(connections(name), every, folder), Plain(THINGS, every)
        asked = [figure for figure in asked if can(one, figure)]
        assert one.found(asked, DAYS, by) == plain.found(asked, DAYS, by)
        if can(one, count(where)):
            told = one.rows(where, DAYS, 3, order, skip)
            assert list(one.ids(where, DAYS, "")) == list(plain.ids(where, DAYS, ""))
            assert told == [
                {name: row.get(name) for name in THINGS.columns}
                for row in plain.rows(where, DAYS, 3, order, skip)
            ]

    folder = tmp_path_factory.mktemp(name)
    agree()


def test_many_counts_by_one_grouping(connections, tmp_path):
    """They are asked in another way, so they have a trial of their own."""

    @seed(5)
    @settings(max_examples=12, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(rows, st.lists(conditions, min_size=2, max_size=70), conditions, groupings.filter(bool))
    def agree(every, wheres, shared, by):
        asked = [count(shared & where) for where in wheres] + [count(shared)]
        one = table(connections("duckdb"), every, tmp_path)
        asked = [figure for figure in asked if can(one, figure)]
        assert one.found(asked, DAYS, by) == Plain(THINGS, every).found(asked, DAYS, by)

    agree()


def test_ids_of_a_group(connections, tmp_path):
    """The ids behind a group's figure are as many as it counts, and the same in each engine."""

    @seed(6)
    @settings(max_examples=25, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(
        rows,
        conditions,
        st.sampled_from(["place", "kind", "hard", "on", "on.month", "amount", "times", "huge"]),
    )
    def agree(every, where, by):
        one, plain = table(connections("duckdb"), every, tmp_path), Plain(THINGS, every)
        if not can(one, count(where)):
            return
        for (value,), (many,) in plain.found([count(where)], DAYS, (by,)).items():
            ids = list(plain.ids(where, DAYS, f"{by}={value}"))
            assert len(ids) == many
            assert list(one.ids(where, DAYS, f"{by}={value}")) == ids
        for group in (f"{by}=nothing such", "strange=1", f"{by}="):
            assert list(one.ids(where, DAYS, group)) == list(plain.ids(where, DAYS, group)) == []
        assert list(one.ids(where, DAYS, "")) == list(plain.ids(where, DAYS, ""))

    agree()


def test_marks_say_why():
    for (case, engine), (mark, reason) in DIFFERENCES.items():
        assert case in CASES
        assert engine in OPEN
        assert mark in MARKS
        assert reason
