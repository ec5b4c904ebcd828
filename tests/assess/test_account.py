"""Which figure counts for a period: statistics above the unit, the later vintage, whatever came first."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.actions.filings import decide_dispute, raise_dispute, return_filing
from duban.actions.rules import set_rules
from duban.assess import account_of
from duban.ledger.year.filings import ReadingPosted
from duban.ledger.year.tasks import Task
from tests.actions.city import KEY, peopled


def counted(desk):
    return {f.period.code: (f.value, f.origin) for f in account_of(desk.book, KEY).figures}


def test_statistics_stand_above_the_unit_and_both_are_kept(desk):
    desk.says("2024-C02", 3)
    desk.statistics("2024-C02", 2)
    assert counted(desk) == {"2024-C02": (2, "statistics")}
    assert [(o.value, o.origin) for o in account_of(desk.book, KEY).others] == [(3, "unit")]


def test_a_late_correction_of_an_earlier_month_leaves_later_months_alone(desk):
    desk.statistics("2024-C02", 2)
    desk.statistics("2024-C03", 5)
    desk.statistics("2024-C02", 1)
    assert counted(desk) == {"2024-C02": (1, "statistics"), "2024-C03": (5, "statistics")}
    assert account_of(desk.book, KEY).latest.value == 5


def test_a_filing_counts_once_countersigned_and_never_when_returned(desk):
    desk.says("2024-C02", 3, signed=False)
    assert counted(desk) == {}
    desk.city.do("office", set_rules, {"countersign": "no"})
    assert counted(desk) == {"2024-C02": (3, "unit")}
    desk.city.do("office", return_filing, KEY, 1, reason="口径不对")
    assert counted(desk) == {}


def test_a_zero_is_a_figure_and_a_note_is_none(desk):
    desk.says("2024-C02", 0)
    desk.says("2024-C03", progress="正在选址")
    assert counted(desk) == {"2024-C02": (0, "unit")}


def test_an_upheld_dispute_takes_the_figure_s_place(desk):
    posted = desk.statistics("2024-C02", 2)
    desk.city.do("wang", raise_dispute, KEY, posted.seq, value=Decimal(3), reason="漏计", source="验收单")
    assert account_of(desk.book, KEY).latest.disputed
    assert counted(desk)["2024-C02"][0] == 2
    desk.city.do("office", decide_dispute, KEY, posted.seq, upheld=True, reason="属实")
    assert counted(desk)["2024-C02"][0] == 3
    assert not account_of(desk.book, KEY).latest.disputed


def test_a_quarter_and_its_cumulated_months_are_one_span(desk):
    desk.says("2024-Q1", 4)
    desk.statistics("2024-C03", 5)
    assert counted(desk) == {"2024-C03": (5, "statistics")}


readings = st.builds(
    ReadingPosted,
    period=st.sampled_from(["2024-C02", "2024-C03", "2024-Q1", "2024-C04"]),
    value=st.integers(0, 9).map(Decimal),
    vintage=st.sampled_from(["2024-03-10", "2024-04-15", "2024-06-01"]),
    origin=st.sampled_from(["statistics", "register"]),
)


@given(st.lists(readings, max_size=8, unique_by=lambda r: (r.period, r.vintage, r.origin)), st.randoms())
def test_the_order_of_arrival_does_not_matter(plain_book, posted, random):
    """Two figures of one span, origin and vintage would be a contradiction; those are told apart by entry."""
    spans = {(r.period.replace("Q1", "C03"), r.vintage, r.origin): r for r in posted}
    posted = list(spans.values())
    shuffled = posted[:]
    random.shuffle(shuffled)
    found = []
    for order in (posted, shuffled):
        city = peopled(plain_book.copy())
        city.write("office", [(f"item/{KEY}", reading) for reading in order])
        account = account_of(city.book, KEY)
        found.append([(f.period.end, f.value, f.origin) for f in account.figures])
        assert len(account.figures) + len(account.others) == len(order)
    assert found[0] == found[1]


@pytest.mark.parametrize("late", [0, 1], ids=["as entered", "turned round"])
def test_words_of_older_ledgers_are_no_days(desk, late):
    """Such a vintage folds and stays as it was said; it counts from the day of its entry, not by its letters."""
    said = [ReadingPosted("2024-C02", Decimal(2), vintage=word) for word in ("final", "preliminary")]
    if late:
        said.reverse()
    desk.city.write("zhou", [(f"item/{KEY}", reading) for reading in said])
    assert account_of(desk.book, KEY).latest.vintage == said[-1].vintage
    desk.city.write("zhou", [(f"item/{KEY}", ReadingPosted("2024-C02", Decimal(3), vintage="2024-02-20"))])
    assert account_of(desk.book, KEY).latest.vintage == said[-1].vintage  # entered on the first of March
    desk.city.write("zhou", [(f"item/{KEY}", ReadingPosted("2024-C02", Decimal(4), vintage="2024-03-02"))])
    account = account_of(desk.book, KEY)
    assert (account.latest.value, account.latest.published) == (4, "2024-03-02")
    assert {known.vintage for known in account.others} == {"final", "preliminary", "2024-02-20"}


def test_an_item_about_which_nothing_was_said(desk):
    desk.book.tasks.clear()
    account = account_of(desk.book, KEY)
    assert (account.task, account.latest, account.target.value) == (Task(), None, None)


@given(st.integers(2, 11), st.lists(st.integers(0, 99), min_size=11, max_size=11), st.integers(0, 99))
def test_a_late_correction_changes_its_own_period_only(plain_book, month, values, late):
    """Whichever earlier month is corrected after all others are in."""
    city = peopled(plain_book.copy())
    place = f"item/{KEY}"
    for at, value in enumerate(values, 2):
        city.write("zhou", [(place, ReadingPosted(f"2024-C{at:02d}", Decimal(value), vintage="2025-01-10"))])
    before = {f.period.code: f.value for f in account_of(city.book, KEY).figures}
    corrected = ReadingPosted(f"2024-C{month:02d}", Decimal(late), vintage="2025-02-01")
    city.write("zhou", [(place, corrected)])
    after = {f.period.code: f.value for f in account_of(city.book, KEY).figures}
    assert after == {**before, f"2024-C{month:02d}": late}
    assert account_of(city.book, KEY).latest.value == before["2024-C12"]
