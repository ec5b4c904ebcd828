"""Workdays by the published holidays."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from duban.core.workdays import after_workdays, is_workday, published


def test_spring_festival_of_2024_and_its_make_up_days():
    assert not is_workday(date(2024, 2, 12))  # Monday, in the festival
    assert is_workday(date(2024, 2, 18))  # Sunday, made up
    assert after_workdays(date(2024, 2, 8), 2) == date(2024, 2, 18)


def test_beyond_the_published_years_monday_to_friday_count():
    assert not published(date(2090, 1, 2))
    assert is_workday(date(2090, 1, 2))  # a Monday
    assert not is_workday(date(2090, 1, 1))


@given(st.dates(date(2020, 1, 1), date(2028, 1, 1)), st.integers(0, 40), st.integers(0, 40))
def test_counting_on_is_counting_twice(day, one, other):
    assert after_workdays(after_workdays(day, one), other) == after_workdays(day, one + other)


@given(st.dates(date(2020, 1, 1), date(2028, 1, 1)), st.integers(1, 40))
def test_the_day_reached_is_a_workday(day, count):
    assert is_workday(after_workdays(day, count))


def test_ten_thousand_deadlines_look_into_the_calendar_once():
    """A page of cases asks for the same few days again and again."""
    is_workday.cache_clear()
    assert {after_workdays(date(2024, 9, 30), 5) for _ in range(10_000)} == {date(2024, 10, 12)}
    assert is_workday.cache_info().misses < 20
