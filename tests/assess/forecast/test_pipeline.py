"""Records on their way: the usual time to a stage, with those who still wait, and what comes of it by the year's end."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.assess.forecast.pipeline import MANY, _between, _curve, _ends, counts_by, pipeline
from duban.core.period import period
from duban.ledger.year.records import Move, RecordState
from duban.packs import indicator_named

D = Decimal
YEAR = period("2024")
DAY = date(2024, 8, 31)
PACK, COMPLETED = indicator_named("projects.completed")
PROJECTS = PACK.registered["projects"]


def project(
    id, *days, listed="2024", stages=("planned", "signed", "started", "entered", "completed"), **values
):
    """A project that reached the first stages on these days, one for each."""
    moves = tuple(
        Move(stage, day, n, "office") for n, (stage, day) in enumerate(zip(stages, days, strict=False), 1)
    )
    told = {"code": id, "listed": listed, "kind": "new", "sector": "industry", **values}
    return RecordState(id, told, moves[-1].stage, moves)


def finished(n, days):
    """Projects of 2023 that took so many days from the base to completion."""
    begin = date(2023, 1, 10)
    end = (begin + timedelta(days=days)).isoformat()
    return project(
        f"2023-{n}", "2022-10-01", "2022-11-01", "2022-12-01", begin.isoformat(), end, listed="2023"
    )


def entered(id, day, **values):
    return project(id, "2023-10-01", "2023-11-01", "2023-12-01", day, **values)


PAST = [finished(n, 100 + 10 * n) for n in range(10)]  # 100, 110, … 190 days


def of(*states, day=DAY, group="", indicator=COMPLETED):
    return pipeline(PROJECTS, indicator, [*PAST, *states], YEAR, day, group)


def test_a_case_by_hand():
    """In the base since 26 May: 97 days on 31 August, 219 by the year's end. All ten took less, so it will come;
    one since 20 August may be there in 133 days: as four of ten were (100 to 130)."""
    found = of(entered("a", "2024-05-26"), entered("b", "2024-08-20"))
    chances = {way.id: way.chance for way in found.ways}
    assert (found.now, chances["a"]) == (0, pytest.approx(1))
    assert 0.3 < chances["b"] < 0.5
    assert found.expected == pytest.approx(sum(chances.values()))
    assert 100 < found.usual["entered"] < 200


def test_who_waited_long_has_a_chance_among_those_who_took_as_long():
    """120 days so far and 242 by the end: only the seven that took longer than 120 count, and all of them came."""
    assert of(entered("a", (DAY - timedelta(days=120)).isoformat())).ways[0].chance == pytest.approx(1)
    late = of(entered("a", "2023-05-01", at="x")).ways[0]  # longer than any before it
    assert late.chance == 0


def test_those_who_still_wait_make_the_usual_time_longer():
    waiting = [entered(f"w{n}", "2024-03-01") for n in range(10)]
    assert (
        of(entered("b", "2024-08-20"), *waiting).usual["entered"]
        > of(entered("b", "2024-08-20")).usual["entered"]
    )


def test_only_what_would_count_is_on_its_way():
    other = entered("c", "2024-08-20", listed="2023")
    phase = entered("d", "2024-08-20", phase_of="a")
    done = project("e", "2023-10-01", "2023-11-01", "2023-12-01", "2024-01-05", "2024-06-30")
    found = of(entered("a", "2024-08-20"), other, phase, done)
    assert [way.id for way in found.ways] == ["a"]
    assert found.now == 1


def test_few_who_came_through_tell_no_usual_time():
    found = pipeline(PROJECTS, COMPLETED, [*PAST[:5], entered("a", "2024-08-20")], YEAR, DAY)
    assert (found.unknown, found.expected, found.low, found.high) == (1, 0, 0, 1)
    assert found.chance(D(1)) is None
    assert found.chance(D(0)) == 100


def test_a_group_counts_its_own_with_the_usual_time_of_all():
    mine, theirs = entered("a", "2024-08-20", district="甲区"), entered("b", "2024-08-20", district="乙区")
    found = of(mine, theirs, group="district=甲区")
    assert [way.id for way in found.ways] == ["a"]
    assert found.ways[0].chance == of(mine, theirs).ways[0].chance


def test_the_chance_of_a_target():
    found = of(*(entered(f"a{n}", "2024-08-20") for n in range(10)))
    assert found.chance(D(11)) == 0
    assert found.chance(D(1)) == 99
    assert found.chance(D(3)) > found.chance(D(6))


@pytest.mark.parametrize(
    ("name", "stage"),
    [("projects.completed", "completed"), ("ladder.new_srdi", "recognised"), ("projects.listed", ""),
     ("projects.invested", ""), ("projects.start_rate", ""), ("projects.late", "")],
)  # fmt: skip
def test_which_indicators_count_by_a_stage(name, stage):
    pack, indicator = indicator_named(name)
    assert counts_by(indicator) == stage
    found = pipeline(pack.registered[indicator.register], indicator, [], YEAR, DAY)
    assert (found is not None) == bool(stage)


@given(st.lists(st.floats(0, 1), max_size=8))
def test_the_ends_are_those_of_every_combination(chances):
    every = [0.0] * (len(chances) + 1)
    for came in product((0, 1), repeat=len(chances)):
        part = 1.0
        for one, p in zip(came, chances, strict=True):
            part *= p if one else 1 - p
        every[sum(came)] += part
    assert _ends(chances) == pytest.approx(every, abs=1e-12)
    low, high = _between(chances)
    assert sum(every[low : high + 1]) >= 0.8 - 1e-9


def test_many_records_are_summed_as_normal_and_agree_with_the_exact_sum():
    exact, rough = _between([0.3] * MANY), _between([0.3] * (MANY + 1))
    assert abs(exact[0] - rough[0]) <= 1
    assert abs(exact[1] - rough[1]) <= 1


def test_the_share_that_waits_falls_from_one_and_is_the_plain_share_where_nobody_waits():
    curve = _curve([(days, True) for days in range(10, 110, 10)])
    assert [round(left, 10) for _days, left in curve] == [round(1 - n / 10, 10) for n in range(1, 11)]
    assert _curve([(5, True)] * 8) == ()
