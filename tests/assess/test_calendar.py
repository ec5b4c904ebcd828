"""What is due, late and stale: one reckoning for items and units."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.actions.filings import Report, return_filing, submit_filing
from duban.actions.tasks import halt
from duban.assess import account_of, status_of
from duban.assess.calendar import by_unit, owed_of
from tests.actions.city import KEY


def owed(desk, day):
    return owed_of(desk.book, account_of(desk.book, KEY), day)


def codes(found):
    return [due.period.code for due in found.open]


def test_nothing_before_the_first_period_ends(desk):
    desk.target(12).plan("linear", lag=10)
    found = owed(desk, date(2024, 2, 20))
    assert (found.state, found.open, found.stale) == ("done", (), False)
    assert (found.after.period.code, found.after.by) == ("2024-C02", date(2024, 3, 10))


def test_due_once_the_period_has_ended_late_when_its_day_is_over(desk):
    desk.target(12).plan("linear", lag=10)
    assert [(owed(desk, date(2024, 3, d)).state) for d in (1, 10, 11)] == ["due", "due", "late"]
    assert codes(owed(desk, date(2024, 3, 11))) == ["2024-C02"]


def test_workdays_push_the_day_past_a_holiday(desk):
    desk.target(12).plan("linear", lag=3, workdays=True)
    found = owed(desk, date(2024, 10, 5))  # 30 September and three workdays: the holiday week is none
    assert (found.next.period.code, found.next.by) == ("2024-C09", date(2024, 10, 10))


def test_an_older_gap_is_not_asked_for_but_can_still_be_filed(desk):
    desk.target(12).says("2024-C03", 3)
    found = owed(desk, date(2024, 3, 31))
    assert (found.state, codes(found)) == ("done", ["2024-C02"])


def test_what_is_on_its_way_is_not_asked_again_and_what_is_returned_is(desk):
    desk.target(12).says("2024-C02", 2, signed=False)
    assert owed(desk, date(2024, 3, 5)).state == "done"
    desk.city.do("office", return_filing, KEY, 1, reason="口径")
    assert owed(desk, date(2024, 3, 5)).state == "late"


def test_what_statistics_say_is_not_asked_of_the_unit(desk):
    desk.target(12).statistics("2024-C02", 2)
    assert owed(desk, date(2024, 3, 5)).state == "done"


def test_a_partner_s_note_is_none_of_the_lead_s(desk):
    desk.target(12)
    desk.city.do("zhao", submit_filing, KEY, Report("2024-C02", progress="资金已拨付"))
    assert owed(desk, date(2024, 3, 5)).state == "late"


def test_a_quarter_is_there_by_its_months(desk):
    desk.target(12).plan("linear", frequency="quarter").says("2024-Q1", 3)
    assert owed(desk, date(2024, 4, 5)).state == "done"


def test_a_halted_item_owes_nothing(desk):
    desk.target(12)
    desk.city.do("office", halt, KEY, how="waiting", reason="年报", today=date(2024, 3, 1))
    assert owed(desk, date(2024, 6, 5)).state == "done"


def test_by_unit_counts_what_each_owes(desk):
    desk.target(12)
    [unit] = by_unit(desk.book, [account_of(desk.book, KEY)], date(2024, 3, 5))
    assert (unit.unit, len(unit.late), len(unit.due), len(unit.stale)) == ("市住房和城乡建设局", 1, 0, 1)


@pytest.mark.parametrize("words", [False, True])
@given(day=st.dates(date(2024, 1, 1), date(2024, 12, 31)), upto=st.integers(1, 12), lag=st.integers(0, 30))
def test_stale_is_what_the_light_calls_no_fresh_data(plain_book, words, day, upto, lag):
    from tests.actions.city import peopled
    from tests.assess.conftest import Desk

    desk = Desk(peopled(plain_book.copy()))
    if not words:
        desk.target(12)
    desk.plan("linear", lag=lag)
    if upto > 1:
        desk.says(f"2024-C{upto:02d}", None if words else 1, progress="推进中")
    found = owed(desk, day)
    assert found.stale is (status_of(account_of(desk.book, KEY), day).status == "no_fresh_data")
    assert all(due.by >= due.period.end for due in found.open)
    assert (found.next is None) is (found.state == "done")
