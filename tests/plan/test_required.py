"""What the rest of the year must bring, against cases worked by hand and against the arithmetic of a whole year."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.plan import Plan, required, required_growth, required_pace, year_growth
from duban.plan.required import best_rest, rest_growth, weight
from duban.words import catalogue

D = Decimal
LAST = {2: D(8), 6: D(45), 11: D(90), 12: D(100)}
flows = st.lists(st.integers(1, 10**6), min_size=12, max_size=12)


def cumulated(months):
    return {n: D(sum(months[:n])) for n in range(1, 13)}


def test_a_case_by_hand():
    """45 of last year's 100 stood in June; 7 % so far, 9 % promised: the rest must grow by (9 - 3.15) / 0.55."""
    found = required_growth(D(9), D(7), 6, 2024, {2023: LAST}, real=False)
    assert (round(found.value, 4), found.weight, found.code) == (D("10.6364"), D("0.45"), "required.growth")
    assert (found.months, found.best, found.never_yet) == (6, None, False)


def test_real_growth_is_called_an_approximation():
    found = required_growth(D(9), D(7), 6, 2024, {2023: LAST}, real=True)
    assert found.code == "required.growth_approximate"


@given(flows, flows, st.integers(1, 11))
def test_growing_by_what_is_needed_gives_the_year_s_growth_of_levels(before, now, month):
    """Against the levels themselves: the rest's true growth is what the year's true growth asks for."""
    last, this = cumulated(before), cumulated(now)
    so_far, year = ((this[n] / last[n] - 1) * 100 for n in (month, 12))
    share = weight(last, month)
    needed = rest_growth(year, so_far, share)
    true = ((this[12] - this[month]) / (last[12] - last[month]) - 1) * 100
    close = D("1e-12") * (abs(true) + abs(so_far) + 1) / (1 - share)
    assert abs(needed - true) < close
    assert abs(year_growth(so_far, needed, share) - year) < close


@pytest.mark.parametrize(
    "base", [{}, {12: D(100)}, {6: D(45)}, {6: D(0), 12: D(0)}, {6: D(101), 12: D(100)}, {6: D(-1), 12: D(9)}]
)
def test_without_weights_every_month_weighs_the_same_and_it_is_said(base):
    found = required_growth(D(9), D(7), 6, 2024, {2023: base}, real=False)
    assert (found.value, found.code, found.weight) == (11, "required.growth_even", None)


def test_when_the_year_is_over_nothing_is_needed():
    assert required_growth(D(9), D(7), 12, 2024, {2023: LAST}, real=False).code == "required.year_over"


def test_the_best_rest_of_the_past_three_years_says_whether_it_was_ever_done():
    years = {
        2019: {6: D(40), 12: D(100)},  # the rest: 60, 120, 60, 66, 55
        2020: {6: D(40), 12: D(160)},
        2021: {6: D(40), 12: D(100)},
        2022: {6: D(44), 12: D(110)},
        2023: LAST,
    }
    assert best_rest(years, 6, 2024) == D(10)  # 66 on 60 in 2022; 2020's 100 % lies too far back
    assert required_growth(D(9), D(7), 6, 2024, years, real=False).never_yet
    assert not required_growth(D(8), D(7), 6, 2024, years, real=False).never_yet
    assert best_rest(years, 5, 2024) is None


def test_the_smallest_monthly_figure_that_keeps_the_year():
    plan = Plan("linear", 2024, D(280), "increment")
    found = required_pace(plan, D(157), 7, D(1))
    assert (found.value, found.code, found.months) == (D(25), "required.pace", 5)  # 123 / 5 = 24.6
    assert required_pace(plan, D(157), 7, D("0.1")).value == D("24.6")
    assert required_pace(plan, D(281), 7, D(1)).code == "required.reached"
    assert required_pace(plan, D(279), 12, D(1)).code == "required.year_over"


def test_a_deadline_before_december_leaves_fewer_months():
    plan = Plan("", 2024, D(60), "increment", due="2024-09-30")
    assert (required_pace(plan, D(30), 6, D(1)).value, required_pace(plan, D(30), 6, D(1)).months) == (10, 3)
    assert required_pace(plan, D(30), 9, D(1)).code == "required.year_over"


def test_a_ceiling_leaves_room_rounded_down():
    plan = Plan("", 2024, D(100), "increment")
    found = required_pace(plan, D(60), 9, D(1), comparator="le")
    assert (found.value, found.code) == (D(13), "required.room")
    assert required_pace(plan, D(100), 9, D(1), comparator="le").code == "required.used_up"


@pytest.mark.parametrize(
    "plan",
    [
        Plan("", 2024, D(9), "growth"),
        Plan("", 2024, D(72), "rank"),
        Plan("", 2024, None, "increment"),
        Plan("stage", 2024, None, data={"2024-06-30": "开工"}),
        Plan("linear", 2024, D(80), "level", D(100)),
    ],
)
def test_what_does_not_add_up_has_no_monthly_figure(plan):
    comparator = "ge" if plan.measure == "growth" else "eq"
    assert required_pace(plan, D(8), 6, D(1), comparator=comparator).code == "required.adds_nothing"


@given(
    st.integers(1, 10**6), st.integers(0, 10**6), st.integers(1, 11), st.sampled_from(["1", "0.1", "0.01"])
)
def test_the_figure_reaches_the_target_and_a_grain_less_does_not(target, value, month, grain):
    plan, grain = Plan("linear", 2024, D(target), "increment"), D(grain)
    found = required_pace(plan, D(value), month, grain)
    if found.code == "required.reached":
        assert value >= target
    else:
        assert value + found.months * found.value >= target > value + found.months * (found.value - grain)


def test_every_answer_has_its_sentence_in_both_languages():
    codes = set(re.findall(r'"(required\.[a-z_]+)"', Path(required.__file__).read_text("utf-8")))
    assert len(codes) == 9
    for locale in ("zh", "en"):
        assert codes - set(catalogue(locale)) == set()
