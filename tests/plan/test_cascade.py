"""以周保月、以月保季、以季保年, for every kind of plan; and what figures may never become on their way into a plan."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.core.measure import MEASURES, Figure, over_time, over_units
from duban.core.period import grid, month_end
from duban.plan import Plan, expected, needs

D = Decimal
TARGET = D(240)
YEAR_ENDS = date(2024, 12, 31)
PLANS = {
    "linear": Plan("linear", 2024, TARGET, "increment"),
    "by half": Plan("linear", 2024, TARGET, "increment", due="2024-06-30"),
    "from a base": Plan("linear", 2024, TARGET, "level", D(120)),
    "profile": Plan("profile", 2024, TARGET, "increment", data={
        "2023-C02": "8", "2023-C03": "20", "2023-C06": "55", "2023-C09": "90", "2023-C12": "100"}),
    "seasonal": Plan("seasonal", 2024, TARGET, "increment", data={"5": "1", "6": "3", "7": "3", "8": "2", "10": "1"}),
    "milestone": Plan("milestone", 2024, TARGET, "increment", data={"2024-05-15": "60", "2024-09-30": "200", "2024-11-30": "240"}),
    "batch": Plan("batch", 2024, TARGET, "increment", data={"2024-07-31": "100", "2024-12-20": "240"}),
}  # fmt: skip
days = st.dates(date(2024, 1, 1), date(2024, 12, 30))
values = st.decimals(0, 240, places=1)
numbers = st.decimals(-1000, 1000, places=2)


def share(which, start, end):
    """What the plan lets expect between two days."""
    before = (
        expected(which, start - timedelta(days=1)).value if start > date(2024, 1, 1) else which.base or D(0)
    )
    return expected(which, end).value - before


@pytest.mark.parametrize("name", sorted(PLANS))
def test_weeks_add_up_to_months_months_to_quarters_quarters_to_the_year(name):
    which = PLANS[name]
    near = pytest.approx
    months = {
        p.end.month: share(which, p.start, p.end)
        for p in grid(2024, "month", cumulated=False)
        if p.end.month > 2
    }
    months[1], months[2] = (share(which, date(2024, m, 1), month_end(2024, m)) for m in (1, 2))
    quarters = [share(which, p.start, p.end) for p in grid(2024, "quarter", cumulated=False)]
    for n, quarter in enumerate(quarters):
        assert float(sum(months[m] for m in range(3 * n + 1, 3 * n + 4))) == near(float(quarter))
    year = share(which, date(2024, 1, 1), YEAR_ENDS)
    assert float(sum(quarters)) == near(float(year)) == near(float(TARGET - (which.base or 0)))
    for month in range(1, 13):
        cuts = [date(2024, month, 1)]
        while (week := cuts[-1] + timedelta(days=8 - cuts[-1].isoweekday())) <= month_end(2024, month):
            cuts.append(week)
        ends = [*(day - timedelta(days=1) for day in cuts[1:]), month_end(2024, month)]
        weeks = [share(which, start, end) for start, end in zip(cuts, ends, strict=True)]
        assert float(sum(weeks)) == near(float(months[month]))


@pytest.mark.parametrize("name", sorted(PLANS))
@given(value=values, day=days)
def test_doing_each_week_what_it_asks_keeps_every_goal(name, value, day):
    which, goals = PLANS[name], []
    value = max(value, which.base or D(0))
    while found := needs(which, value, day):
        goals += [(n.until, n.goal) for n in found[1:]]
        day, value = found[0].until if found[0].until < YEAR_ENDS else YEAR_ENDS, _after(found[0], value, day)
        for end, goal in goals:
            if end == day:
                assert value >= goal - D("0.000001"), (name, end)
    assert value >= TARGET - D("0.000001")


def _after(week, value, day):
    """The value after a week that brings just its share, or up to the year's end."""
    until = min(week.until, YEAR_ENDS)
    return value + week.weekly * (until - day).days / 7


@pytest.mark.parametrize("name", sorted(PLANS))
@given(value=values, more=values, day=days)
def test_who_has_more_needs_less_and_who_is_there_needs_nothing(name, value, more, day):
    which = PLANS[name]
    low, high = needs(which, value, day), needs(which, value + more, day)
    assert all(a.gap >= b.gap >= 0 for a, b in zip(low, high, strict=True))
    assert all(n.gap == 0 for n in needs(which, TARGET, day))


@given(st.sampled_from(["growth", "rank", "share", "duration"]), values, days)
def test_what_does_not_add_has_no_weekly_share(measure, value, day):
    assert needs(Plan("", 2024, D(9), measure), value, day) == ()


@given(st.sampled_from(MEASURES), st.lists(numbers, min_size=1, max_size=6), st.integers(0, 5))
def test_missing_is_not_zero_and_zero_is_not_missing(measure, found, at):
    """A zero adds as a zero; one that is missing leaves no sum at all."""
    figures = [Figure(v, v, D(100)) for v in found]
    for over in (over_time, over_units):
        whole = over(measure, [*figures, Figure(D(0), D(0), D(100))])
        gone = over(measure, [*figures[: at % len(figures)], Figure(None), *figures[at % len(figures) :]])
        assert gone.value is None
        if over is over_units and whole.code == "measure.sum":
            assert whole.value == sum(found)
            assert len(whole.inputs) == len(found) + 1


@given(st.sampled_from(MEASURES), st.lists(numbers, min_size=1, max_size=6), st.randoms())
def test_units_add_in_any_order(measure, found, random):
    figures = [Figure(v, v, D(7)) for v in found]
    mixed = figures[:]
    random.shuffle(mixed)
    one, other = over_units(measure, figures), over_units(measure, mixed)
    assert (one.value, one.code) == (other.value, other.code)


@given(st.lists(numbers, min_size=1, max_size=6))
def test_growth_is_never_put_together(found):
    figures = [Figure(v) for v in found]
    assert over_time("growth", figures).value is over_units("growth", figures).value is None
