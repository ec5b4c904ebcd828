"""Periods: codes, Chinese names, the grid with 1—2月 as one, and what is due, late or stale."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.core.period import FREQUENCIES, Schedule, chinese, grid, parse, period

CODES = st.one_of(
    st.integers(1990, 2050).map(str),
    st.builds("{}-H{}".format, st.integers(1990, 2050), st.integers(1, 2)),
    st.builds("{}-Q{}".format, st.integers(1990, 2050), st.integers(1, 4)),
    st.builds("{}-M{:02d}".format, st.integers(1990, 2050), st.integers(1, 12)),
    st.builds("{}-C{:02d}".format, st.integers(1990, 2050), st.integers(2, 12)),
    st.builds("{}-W{:02d}".format, st.integers(1990, 2050), st.integers(1, 52)),
)
days = st.dates(date(1990, 1, 1), date(2050, 12, 31))


@pytest.mark.parametrize(
    ("text", "code", "start", "end"),
    [
        ("2024年1—2月", "2024-C02", "2024-01-01", "2024-02-29"),
        ("2024年1-2月份", "2024-C02", "2024-01-01", "2024-02-29"),
        ("2024年1—5月", "2024-C05", "2024-01-01", "2024-05-31"),
        ("2024年5月", "2024-M05", "2024-05-01", "2024-05-31"),
        ("2024年一季度", "2024-Q1", "2024-01-01", "2024-03-31"),
        ("2024年第4季度", "2024-Q4", "2024-10-01", "2024-12-31"),
        ("2024年上半年", "2024-H1", "2024-01-01", "2024-06-30"),
        ("2024年前三季度", "2024-C09", "2024-01-01", "2024-09-30"),
        ("2024年", "2024", "2024-01-01", "2024-12-31"),
        ("2024年全年", "2024", "2024-01-01", "2024-12-31"),
        ("2024年第1周", "2024-W01", "2024-01-01", "2024-01-07"),
        ("2024-C5", "2024-C05", "2024-01-01", "2024-05-31"),
    ],
)
def test_names_of_statistics(text, code, start, end):
    found = parse(text)
    assert (found.code, found.start.isoformat(), found.end.isoformat()) == (code, start, end)


def test_a_name_without_its_year_takes_the_one_given():
    assert parse("上半年", 2023).code == "2023-H1"
    assert parse("1—8月", 2023).code == "2023-C08"


@pytest.mark.parametrize(
    "text", ["", "五月", "2024-M13", "2024-C01", "2024年3—5月", "2024年13月", "2024-W60", "去年", "0-Q1"]
)
def test_what_is_no_period(text):
    with pytest.raises(ValueError, match=r".+"):
        parse(text)


@given(CODES)
def test_a_period_is_its_code_and_its_chinese_name(code):
    found = period(code)
    assert found.code == code
    assert found.start <= found.end
    assert parse(chinese(found)) == found


@given(CODES)
def test_the_year_before_is_a_year_before(code):
    found = period(code)
    assert 350 <= (found.start - found.year_before().start).days <= 380


@given(st.integers(1990, 2050), st.sampled_from(FREQUENCIES), st.booleans())
def test_the_grid_is_in_order_and_statistics_have_no_january(year, frequency, cumulated):
    found = grid(year, frequency, cumulated=cumulated)
    assert [p.end for p in found] == sorted({p.end for p in found})
    assert f"{year}-M01" not in {p.code for p in found}
    if frequency == "month":
        assert (found[0].code, len(found)) == (f"{year}-C02", 11)
    if frequency != "week":
        assert found[-1].end == date(year, 12, 31)


def test_due_late_and_stale():
    monthly = Schedule("month", lag=10)
    assert monthly.due(period("2024-C02")) == date(2024, 3, 10)
    on = date(2024, 5, 11)
    assert [p.code for p in monthly.owed(2024, on)] == ["2024-C02", "2024-C03", "2024-C04"]
    assert [p.code for p in monthly.late(2024, on, ["2024-C02", "2024-C04"])] == ["2024-C03"]
    assert not monthly.stale(2024, on, ["2024-C04"])
    assert monthly.stale(2024, on, ["2024-C02", "2024-C03"])
    assert monthly.next(2024, on).code == "2024-C05"
    assert monthly.next(2024, date(2025, 2, 1)) is None


def test_the_due_day_itself_is_not_late():
    assert Schedule("month", lag=10).late(2024, date(2024, 3, 10), []) == ()


def test_workdays_count_over_a_holiday():
    assert Schedule("quarter", 3, workdays=True).due(period("2024-C09")) == date(2024, 10, 10)


def test_a_quarter_counts_under_either_code():
    assert Schedule("quarter").late(2024, date(2024, 4, 30), ["2024-Q1"]) == ()


@given(days, st.sampled_from(FREQUENCIES), st.integers(0, 60), st.lists(CODES, max_size=6))
def test_what_is_late_was_owed_and_did_not_come(day, frequency, lag, received):
    plan = Schedule(frequency, lag)
    late = plan.late(day.year, day, received)
    assert set(late) <= set(plan.owed(day.year, day))
    assert not {p.code for p in late} & set(received)
    assert all(plan.due(p) < day for p in late)
    upcoming = plan.next(day.year, day)
    assert upcoming is None or plan.due(upcoming) >= day >= date(day.year, 1, 1) - timedelta(days=1)
