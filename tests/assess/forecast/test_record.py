"""The shipped record: recomputed, out of sample, within its promises; and that nothing later than its day is looked at."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from tools.forecast_record import FILE, LEARNED, PAGE, record, table, with_table

from duban.assess.forecast import FAMILIES, Seen, Series, backtest, cases, learn, read_record, shipped, whole
from duban.assess.forecast.method import PAST
from duban.assess.profile import shipped_profiles
from duban.cli.backtest import TESTED, simulated
from duban.core.period import month_end

D = Decimal


def test_the_record_is_what_its_recipe_makes():
    assert msgspec.to_builtins(record(shipped().made)) == msgspec.to_builtins(shipped())
    assert read_record(FILE.read_bytes()) == shipped()


def test_the_page_shows_the_record_as_it_is():
    page = PAGE.read_text("utf-8")
    assert with_table(page, shipped()) == page
    assert table(shipped()) in page


def test_nothing_is_tried_on_what_it_learned_from():
    assert shipped().seeds == LEARNED
    assert shipped().simulated
    assert not set(LEARNED) & set(TESTED)


@pytest.mark.parametrize("family", FAMILIES)
def test_each_family_holds_its_promise(family):
    """Issue 5: nominal 80 % intervals cover 75 to 85 %; no worse than n/12 or last year's profile."""
    score = shipped().scores[family]
    assert score.n > 1000
    assert 75 <= score.covered <= 85
    assert score.against_pace <= 1
    assert score.against_last <= 1


def test_where_no_earlier_year_is_known_the_record_is_its_own():
    """Its method is then n/12 itself: neither better nor worse."""
    for family in set(FAMILIES) - {"level"}:  # a level's first year has no base to go on from
        score = shipped().score(family, 0)
        assert score.against_pace == 1
        assert score.against_last is None
        assert 70 <= score.covered <= 90  # of fewer series: one year each
    assert shipped().score("output", 2) == shipped().scores["output"]
    assert shipped().score("rank", 2) is None


def test_on_the_whole_it_is_better_by_fifteen_in_a_hundred():
    assert whole(shipped().scores, "against_pace") <= 0.85
    assert whole(shipped().scores, "against_last") <= 0.85


def test_what_is_called_likely_comes_and_what_is_called_unlikely_does_not():
    scores = shipped().scores.values()
    assert sum(s.likely_held for s in scores) / sum(s.likely for s in scores) > 0.8
    assert sum(s.unlikely_failed for s in scores) / sum(s.unlikely for s in scores) > 0.8


def test_every_month_of_a_family_has_its_errors_by_years_known():
    for family in FAMILIES:
        for month in range(2, 12):
            spreads = shipped().of(family, month).spreads
            assert {1, 2, PAST} <= set(spreads), (family, month)
    assert shipped().of("rank", 6) is None


def _told(series, until):
    return [c for c in cases(series) if month_end(c.year, c.month) < until]


def test_what_is_published_later_changes_nothing_that_was_said_before():
    """Whatever comes out after a day, a revision too, leaves the views of earlier days as they were."""
    series = simulated([9], 4)[0]
    day = date(2022, 8, 31)
    later = tuple(
        msgspec.structs.replace(one, value=one.value * 3 + 1) if one.day > day and one.month < 12 else one
        for one in series.seen
    )
    changed = msgspec.structs.replace(series, seen=later)
    assert later != series.seen
    before, after = (
        [(c.year, c.month, c.view) for c in _told(s, date(2022, 7, 1))] for s in (series, changed)
    )
    assert before == after
    assert len(before) == 25


def test_a_late_and_revised_figure_is_seen_as_it_was_on_the_day():
    seen = (
        Seen(date(2023, 1, 20), 2022, 12, D(100)),
        Seen(date(2023, 3, 20), 2023, 2, D(10)),
        Seen(date(2023, 5, 20), 2023, 2, D(12)),  # put right two months later
        Seen(date(2023, 7, 5), 2023, 5, D(40)),  # late
        Seen(date(2024, 1, 20), 2023, 12, D(110)),
    )
    looks = [
        (case.month, case.value) for case in cases(Series("甲", "output", seen=seen)) if case.year == 2023
    ]
    assert looks == [(2, D(10))] * 2 + [(2, D(12))] * 2 + [(5, D(40))] * 6  # at the ends of March to December


def test_a_family_that_is_not_in_the_record_is_learned_from_its_own_earlier_years():
    known = [msgspec.structs.replace(c, family="粮食") for one in simulated([9], 6)[:30] for c in cases(one)]
    score = backtest(known, shipped().families, shipped_profiles()["default"])["粮食"]
    assert 0 < score.ranged < score.n  # the first years have nobody to learn from
    assert "粮食" not in shipped().families


def test_too_few_years_teach_no_interval():
    few = [case for one in simulated([9], 2)[:3] for case in cases(one)]
    found = learn(few)
    assert all(not learned.spreads for months in found.values() for learned in months.values())
