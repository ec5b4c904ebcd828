"""The three ways and how they are put together, against cases worked by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.assess.forecast.method import Ways, points_at, way_of, ways
from duban.assess.forecast.weigh import Family, View, together, view

D = Decimal
numbers = st.floats(0.01, 1e6)


def test_a_flow_by_hand():
    """45 by June; of the two years before, 40 of 100 and 60 of 120 had come by then: 45 % on the mean."""
    found = ways("flow", 45.0, [(40.0, 100.0), (60.0, 120.0)], share=0.5)
    assert (found.pace, found.years, found.part) == (90, 2, pytest.approx(0.45))
    assert found.own == pytest.approx(100)
    assert found.anchor == pytest.approx(45 + 0.55 * 120)
    assert found.plain == pytest.approx(90)


def test_a_rate_stays_moves_or_ends_as_before():
    found = ways("rate", 8.0, [(7.0, 6.0), (9.0, 9.5)], share=0.5)
    assert (found.pace, found.own, found.anchor, found.plain) == (8, 7.75, 9.5, 8.5)


def test_a_stock_goes_on_from_its_base():
    found = ways("stock", 103.0, [(97.0, 100.0)], share=0.25)
    assert (found.pace, found.own, found.anchor) == (112, 106, None)
    assert ways("stock", 103.0, [], share=0.25, base=100.0).pace == 112
    assert ways("stock", 103.0, [], share=0.25).told() == []


def test_nothing_has_come_so_only_last_year_can_tell():
    found = ways("flow", 0.0, [(0.0, 80.0)], share=0.25)
    assert found.told() == [("anchor", 80.0)]
    assert ways("flow", 0.0, [], share=0.25).told() == []


def test_only_the_last_three_years_count_for_a_profile():
    points = [(90.0, 100.0), (50.0, 100.0), (50.0, 100.0), (50.0, 100.0)]
    assert ways("flow", 10.0, points, share=0.5).part == 0.5


def test_a_month_that_was_never_published_lies_between_its_neighbours():
    year = {2: D(10), 5: D(40), 12: D(100)}
    assert points_at("flow", [year], 4) == [(30.0, 100.0)]
    assert points_at("flow", [{6: D(50), 12: D(100)}], 3) == [(25.0, 100.0)]
    assert points_at("rate", [{6: D(50), 12: D(100)}], 3) == []
    assert points_at("flow", [{6: D(50)}], 6) == []


def test_the_measure_says_how_it_runs():
    assert [way_of(m) for m in ("increment", "level", "growth", "share", "rank", "change")] == [
        "flow", "flow", "rate", "rate", "rate", "stock",
    ]  # fmt: skip
    assert way_of("level", D(3)) == "stock"


def test_a_way_that_was_never_wrong_decides():
    """Its years always brought half by June; last year's rest was of no use: the own profile counts for nearly all."""
    seen = view("flow", 6, 60.0, [(10.0, 20.0), (30.0, 60.0), (20.0, 40.0), (45.0, 90.0)])
    found = together(seen, Family({"pace": 0.5, "own": 0.05, "anchor": 0.05}, 0.05))
    assert found.weights["own"] + found.weights["pace"] > 0.9
    assert found.weights["anchor"] < 0.1
    assert found.weights["own"] > 10 * found.weights["pace"]
    assert found.end == pytest.approx(120, rel=0.05)


def test_without_years_of_its_own_the_family_decides():
    """One earlier year has no error yet: weights are one through the square of the family's errors, 4 to 1."""
    seen = view("flow", 6, 45.0, [(40.0, 100.0)])
    found = together(seen, Family({"pace": 1e9, "own": 0.1, "anchor": 0.2}, 0.1))
    assert found.weights["own"] == pytest.approx(0.8)
    assert found.end == pytest.approx(0.8 * 45 / 0.4 + 0.2 * (45 + 60))


def test_years_that_resemble_one_another_expect_a_smaller_error():
    even = [(50.0 * n, 100.0 * n) for n in (1, 1, 1, 1)]
    wild = [(50.0, 100.0), (20.0, 100.0), (70.0, 100.0), (40.0, 100.0)]
    family = Family({"pace": 0.2, "own": 0.2, "anchor": 0.2}, 0.2)
    assert (
        together(view("flow", 6, 50.0, even), family).unit
        < together(view("flow", 6, 50.0, wild), family).unit
    )


def test_nothing_to_go_on_is_no_estimate():
    assert together(View(Ways("flow", 0.0)), Family()) is None


@given(st.lists(st.tuples(numbers, numbers), max_size=8), numbers, st.integers(2, 11))
def test_weights_are_parts_of_one_and_a_flow_never_falls(years, value, month):
    points = [(min(a, b), max(a, b)) for a, b in years]
    found = together(
        view("flow", month, value, points), Family({"pace": 0.3, "own": 0.1, "anchor": 0.2}, 0.1)
    )
    assert sum(found.weights.values()) == pytest.approx(1)
    assert all(0 <= weight <= 1 for weight in found.weights.values())
    assert found.end >= value * (1 - 1e-9)
    assert found.unit > 0
