"""Trajectories by kind, with hand-worked cases, and what is needed from here."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.core.measure import MEASURES
from duban.core.period import month_end
from duban.plan import KINDS, Plan, expected, needs
from duban.plan.trajectory import plan_fault

D = Decimal
days = st.dates(date(2024, 1, 1), date(2024, 12, 31))
targets = st.decimals(1, 10**6, places=2)
PROFILE = {"2023-C02": "10", "2023-C03": "20", "2023-C06": "40", "2023-C12": "100"}
WEIGHTS = {"5": "1", "6": "2", "7": "2", "8": "2", "9": "1"}
DATA = {
    "profile": PROFILE, "seasonal": WEIGHTS, "milestone": {"2024-06-30": "3", "2024-11-30": "8"},
    "batch": {"2024-07-31": "100", "2024-12-31": "260"},
    "stage": {"2024-03-31": "立项", "2024-08-31": "开工", "2024-12-31": "竣工"},
}  # fmt: skip


ALL = D(120)


def plan(kind, target=ALL, **fields):
    return Plan(kind, 2024, target, data=DATA.get(kind, {}), **fields)


@pytest.mark.parametrize("month", range(1, 13))
def test_linear_is_n_of_twelve_at_each_month_s_end(month):
    """Xuancheng: completed / target is compared with n/12 (docs/sources.md)."""
    assert expected(plan("linear"), month_end(2024, month)).value == 10 * month


def test_linear_counts_from_the_base_and_to_the_deadline():
    assert expected(plan("linear", D(500), base=D(440)), date(2024, 6, 30)).value == 470
    assert expected(plan("linear", D(60), due="2024-06-30"), date(2024, 3, 31)).value == 30
    assert expected(plan("linear", D(60), due="2024-06-30"), date(2024, 9, 30)).value == 60
    assert expected(plan("linear", D(60), due="雨季前"), date(2024, 6, 30)).value == 30


def test_a_growth_target_is_a_threshold_all_year():
    growth = Plan("", 2024, D(9), "growth")
    assert expected(growth, date(2024, 2, 29)).value == expected(growth, date(2024, 11, 30)).value == 9
    assert expected(growth, date(2024, 2, 29)).kind == "threshold"


def test_last_year_s_profile():
    found = expected(plan("profile", D(200)), date(2024, 6, 30))
    assert (found.value, found.share) == (80, 40)
    assert 20 < expected(plan("profile", D(200)), date(2024, 3, 15)).value < 40


def test_the_building_season():
    season = plan("seasonal", D(80))
    assert [expected(season, month_end(2024, m)).value for m in (4, 5, 6, 9, 12)] == [0, 10, 30, 80, 80]


def test_dates_are_steps():
    batch = plan("batch", D(260))
    assert [expected(batch, date(2024, m, 30)).value for m in (6, 7)] == [0, 0]
    assert expected(batch, date(2024, 7, 31)).value == 100
    assert expected(batch, date(2024, 12, 30)).value == 100


def test_stages_name_themselves():
    assert expected(plan("stage", None), date(2024, 2, 1)).stage == ""
    assert expected(plan("stage", None), date(2024, 9, 1)).stage == "开工"


@given(st.sampled_from(sorted(KINDS)), days, st.integers(1, 60), targets)
def test_nothing_expected_is_ever_taken_back(kind, day, later, target):
    """For a target above its base, the plan never falls, and at the year's end asks no more than the target."""
    which = plan(kind, None if kind == "stage" else D(260) if kind in ("batch", "milestone") else target)
    one, other = expected(which, day), expected(which, day + timedelta(days=later))
    assert (one.share or 0) <= (other.share or 0) <= 100 + D("1e-20")


@given(targets, st.sampled_from(["linear", "profile", "seasonal", "threshold"]))
def test_at_the_year_s_end_all_of_it_is_expected(target, kind):
    assert expected(plan(kind, target), date(2024, 12, 31)).value == target


@given(st.sampled_from(MEASURES), days)
def test_every_measure_has_a_plan_where_none_was_made(measure, day):
    found = expected(Plan("", 2024, D(10), measure), day)
    assert found.value is not None
    assert found.kind in KINDS


@pytest.mark.parametrize(
    ("which", "code"),
    [
        (Plan("guess", 2024, D(1)), "plan.kind_unknown"),
        (Plan("profile", 2024, D(1), data={"2023-C06": "4"}), "plan.profile_short"),
        (Plan("profile", 2024, D(1), data={"6": "4"}), "plan.data_wrong"),
        (Plan("seasonal", 2024, D(1), data={"1": "-1", "2": "3"}), "plan.weights_wrong"),
        (Plan("seasonal", 2024, D(1)), "plan.weights_wrong"),
        (Plan("batch", 2024, D(1), data={"6月": "4"}), "plan.data_wrong"),
        (Plan("batch", 2024, D(1), data={"2024-06-30": "NaN"}), "plan.data_wrong"),
        (Plan("milestone", 2024, D(1)), "plan.data_missing"),
        (Plan("linear", 2024, D(1)), ""),
        (Plan("stage", 2024, data={"2024-06-30": "开工"}), ""),
    ],
)
def test_what_is_wrong_with_a_plan(which, code):
    assert plan_fault(which) == code


def test_what_this_week_must_bring():
    """At the end of Monday 2024-06-03 with 40 of 120: the month wants 60, the quarter 60, the year 120."""
    found = {n.horizon: n for n in needs(plan("linear"), D(40), date(2024, 6, 3))}
    assert (found["month"].goal, found["month"].gap, found["month"].until) == (60, 20, date(2024, 6, 30))
    assert found["year"].gap == 80
    assert found["week"].until == date(2024, 6, 9)
    assert round(found["week"].gap, 2) == round(D(20) / 27 * 6, 2)


@given(st.decimals(0, 200, places=1), st.dates(date(2024, 1, 1), date(2024, 12, 30)))
def test_keeping_every_week_keeps_month_quarter_and_year(value, day):
    """Walk from week to week doing just what is asked: every goal on the way is reached."""
    which, goals = plan("linear"), []
    while found := needs(which, value, day):
        goals += [(n.until, n.goal) for n in found[1:]]
        week = found[0]
        until = min(week.until, date(2024, 12, 31))
        value = max(value, value + week.weekly * (until - day).days / 7)
        day = until
        for end, goal in goals:
            if end == day:
                assert value >= goal - D("0.000001")
    assert value >= 120 - D("0.000001")


def test_rates_and_limits_have_no_weekly_share():
    assert needs(Plan("", 2024, D(9), "growth"), D(8), date(2024, 6, 1)) == ()
    assert needs(Plan("", 2024, D(80), "level", D(100)), D(90), date(2024, 6, 1)) == ()
    assert needs(plan("linear"), D(0), date(2025, 1, 1)) == ()
