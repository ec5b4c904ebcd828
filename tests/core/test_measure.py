"""The traps of adding up each as a test."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.core.measure import (
    MEASURES,
    OVER_TIME,
    OVER_UNITS,
    PACE,
    Figure,
    completion,
    distance,
    falling,
    met,
)
from duban.core.measure import over_time as time
from duban.core.measure import over_units as units

numbers = st.decimals(-(10**6), 10**6, places=2)
D = Decimal


def figures(*values):
    return [Figure(None if v is None else D(v)) for v in values]


def test_every_measure_has_its_arithmetic():
    assert set(OVER_TIME) == set(OVER_UNITS) == set(PACE) == set(MEASURES)


@given(st.lists(numbers, min_size=1, max_size=6))
def test_growth_is_never_summed(values):
    for add in (time, units):
        assert add("growth", figures(*values)).value is None


@pytest.mark.parametrize("measure", ["change", "rank", "duration", "growth"])
def test_what_units_cannot_add(measure):
    assert units(measure, figures(1, 2)).code == "measure.never_adds"


@given(st.lists(numbers, min_size=1, max_size=6))
def test_increments_add_and_levels_are_the_last(values):
    assert time("increment", figures(*values)).value == sum(values)
    assert time("level", figures(*values)).value == values[-1]
    assert units("level", figures(*values)).value == sum(values)


def test_missing_is_not_zero():
    assert time("increment", figures(1, None, 2)).code == "measure.missing"
    assert units("level", figures(None)).value is None
    assert time("increment", figures(1, 0, 2)).value == 3
    assert time("increment", []).value is None


def test_shares_add_by_their_parts_not_by_their_values():
    parts = [Figure(D(90), D(9), D(10)), Figure(D(50), D(50), D(100))]
    assert round(units("share", parts).value, 2) == D("53.64")
    assert units("share", figures(90, 50)).code == "measure.parts_missing"
    assert units("share", [Figure(None, D(0), D(0))]).code == "measure.denominator_zero"


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(1, 1000)), min_size=1, max_size=6))
def test_a_share_of_shares_lies_between_them(parts):
    shares = [Figure(None, D(min(a, b)), D(b)) for a, b in parts]
    each = [f.numerator / f.denominator * 100 for f in shares]
    whole = units("share", shares).value
    assert min(each) - D("0.001") <= whole <= max(each) + D("0.001")


@pytest.mark.parametrize(
    ("value", "target", "how", "kept"),
    [
        (8, 8, {"comparator": "ge"}, True),
        ("7.99", 8, {"comparator": "ge"}, False),
        (9, 8, {"comparator": "eq"}, True),
        ("8.1", 9, {"comparator": "approx"}, False),
        ("8.6", 9, {"comparator": "approx", "slack": D("0.5")}, True),
        (19, 20, {"comparator": "le"}, True),
        (21, 20, {"comparator": "le"}, False),
        (72, 71, {"measure": "rank"}, False),
        (70, 71, {"measure": "rank"}, True),
        (5, "4.5", {"comparator": "range", "high": D(5)}, True),
        (4, "4.5", {"comparator": "range", "high": D(5)}, False),
        (80, 80, {"comparator": "eq", "base": D(100)}, True),
        (90, 80, {"comparator": "eq", "base": D(100)}, False),
        (0, 0, {"comparator": "le"}, True),
        (None, 8, {}, None),
        (8, None, {}, None),
    ],
)
def test_whether_a_promise_is_kept(value, target, how, kept):
    given_ = [None if v is None else D(v) for v in (value, target)]
    assert met(*given_, **how) is kept


@given(numbers, numbers, st.sampled_from(["ge", "eq", "approx"]))
def test_more_is_never_worse(value, target, comparator):
    if met(value, target, comparator=comparator):
        assert met(value + 1, target, comparator=comparator)


@given(numbers, numbers, st.booleans())
def test_distance_is_positive_when_ahead(value, expected, less):
    ahead = value < expected if less else value > expected
    assert (distance(value, expected, less_is_better=less) > 0) is ahead


def test_completion_counts_from_the_base():
    assert completion(D(475), D(500), D(450)) == 50
    assert completion(D(0), D(8)) == 0
    assert completion(D(5), D(5), D(5)) is None


def test_which_way_is_better():
    assert falling("level", "le")
    assert falling("rank", "eq")
    assert falling("level", "eq", D(10), D(8))
    assert not falling("growth", "ge", D(10), D(8))
