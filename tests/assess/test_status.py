"""Status by measure and plan, with the reason; what is missing is never a colour of success or failure."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.actions import tasks
from duban.assess import account_of, light_of, shipped_profiles, status_of
from duban.words import sentence
from tests.actions.city import KEY, TODAY

JUNE = date(2024, 6, 30)


def status(desk, day=JUNE, **fields):
    return status_of(account_of(desk.book, KEY), day, **fields)


@pytest.mark.parametrize(
    ("value", "expected"), [(5, "behind"), (6, "on_pace"), (7, "ahead"), (12, "done"), (0, "behind")]
)
def test_an_increment_against_n_of_twelve(desk, value, expected):
    desk.target(12).says("2024-C06", value)
    assert status(desk).status == expected


def test_ahead_begins_where_the_profile_says(desk):
    desk.target(100).says("2024-C06", 54)
    assert status(desk, ahead=Decimal(5)).status == "on_pace"
    assert status(desk, ahead=Decimal(3)).status == "ahead"


@pytest.mark.parametrize(("value", "expected"), [("8.9", "behind"), (9, "on_pace"), ("9.4", "on_pace")])
def test_growth_is_held_to_its_target_all_year(desk, value, expected):
    desk.target(9, "growth").says("2024-C06", value)
    found = status(desk)
    assert (found.status, found.kind) == (expected, "threshold")


def test_growth_is_done_only_with_the_whole_year(desk):
    desk.target(9, "growth").says("2024-C12", "9.1")
    assert status(desk, date(2024, 12, 31)).status == "done"


def test_about_needs_the_city_s_own_slack(desk):
    desk.target(9, "growth", "approx").says("2024-C06", "8.6")
    assert status(desk).status == "behind"
    assert status(desk, slack=Decimal("0.5")).status == "on_pace"


def test_a_ceiling_and_a_fall(desk):
    desk.target(19, "level", "le").says("2024-C06", 20)
    assert status(desk).status == "behind"
    desk.says("2024-C07", 18)
    assert status(desk, date(2024, 7, 31)).status == "on_pace"


def test_a_fall_from_a_base_goes_by_the_plan(desk):
    desk.target(80, "level", "eq", base=100).says("2024-C06", 90)
    assert status(desk).status == "on_pace"
    desk.says("2024-C07", 92)
    assert status(desk, date(2024, 7, 31)).status == "behind"


def test_nothing_owed_and_nothing_there(desk):
    desk.target(12)
    assert status(desk, date(2024, 2, 1)).status == "not_started"
    assert status(desk, date(2024, 3, 1)).status == "no_fresh_data"


def test_an_old_figure_is_no_fresh_data_whatever_it_says(desk):
    desk.target(12).says("2024-C05", 11)
    assert status(desk).status == "no_fresh_data"
    assert status(desk, date(2024, 6, 29)).status == "ahead"


def test_the_figure_is_held_against_its_own_period(desk):
    """A June figure read in July is compared with June's share, not July's."""
    desk.target(12).says("2024-C06", 6)
    assert status(desk, date(2024, 7, 30)).status == "on_pace"


def test_batches_expect_nothing_before_their_day(desk):
    desk.target(260).plan("batch", data={"2024-07-31": "100", "2024-12-31": "260"}).says("2024-C06", 0)
    assert status(desk).status == "not_started"
    desk.says("2024-C07", 90)
    assert status(desk, date(2024, 7, 31)).status == "behind"


def test_halted_items_are_not_judged(desk):
    desk.target(12).says("2024-C06", 1)
    desk.city.do("office", tasks.halt, KEY, how="waiting", reason="年报", today=TODAY)
    assert status(desk).status == "waiting"
    desk.city.do("office", tasks.resume, KEY)
    assert status(desk).status == "behind"


def test_an_item_without_a_number_goes_by_its_notes(desk):
    assert status(desk).status == "no_fresh_data"
    desk.says("2024-C06", progress="方案已印发")
    assert status(desk).status == "on_pace"
    assert status(desk, date(2024, 7, 31)).status == "no_fresh_data"
    desk.says("2024-C07", progress="全部完成", claims_done=True)
    assert status(desk, date(2024, 7, 31)).code == "status.said_done"


def test_every_reason_is_a_sentence(desk):
    desk.target(12, unit="座").says("2024-C06", 5)
    found = status(desk)
    told = sentence(found.code, found.data)
    assert "5座" in told and "6座" in told and "序时进度" in told  # noqa: PT018


numbers = st.decimals(0, 50, places=1)
ORDER = ["red", "orange", "yellow", "grey", "green"]


@given(one=numbers, more=numbers, name=st.sampled_from(["default", "linear", "yinchuan", "ouhai"]))
def test_a_higher_value_never_makes_a_light_worse(plain_book, one, more, name):
    from tests.actions.city import peopled
    from tests.assess.conftest import Desk

    profile, found = shipped_profiles()[name], []
    for value in (one, one + more):
        desk = Desk(peopled(plain_book.copy())).target(24).says("2024-C06", value)
        found.append(ORDER.index(light_of(desk.book, KEY, JUNE, profile).colour))
    assert found[0] <= found[1]


@pytest.mark.parametrize("name", sorted(shipped_profiles()))
def test_what_is_missing_is_never_red_nor_praised(desk, name):
    desk.target(12)
    profile = shipped_profiles()[name]
    light = light_of(desk.book, KEY, JUNE, profile)
    assert light.status.status == "no_fresh_data"
    judged_by_matters = name in ("sanming", "13710")
    assert light.colour == "grey" or (judged_by_matters and light.colour == "green")
