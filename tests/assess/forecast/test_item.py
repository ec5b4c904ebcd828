"""The forecast of an item: what it says, and when it says nothing."""

from decimal import Decimal

import pytest

from duban.assess.account import account_of
from duban.assess.forecast import forecast_item, shipped
from duban.assess.forecast.families import FAMILIES, family_of
from duban.assess.forecast.year_end import rounded
from duban.ledger.year.filings import ReadingPosted
from duban.words import catalogue
from duban.words.forecasts import told
from tests.actions.city import KEY

D = Decimal


def of(desk, **known):
    return forecast_item(account_of(desk.book, KEY), shipped(), **known)


def codes(found):
    return [code for code, _data in found.said]


def test_no_number_and_no_figure_are_no_forecast(desk):
    assert codes(of(desk)) == ["forecast.no_number"]
    assert codes(of(desk.target(280))) == ["forecast.no_data"]
    assert codes(of(desk.says("2024-C02", 0))) == ["forecast.nothing_yet"]
    assert of(desk).end is None
    assert of(desk).chance is None
    assert "不作预测" in told(of(desk), "zh")


def test_a_flow_without_earlier_years_goes_on_at_an_even_pace(desk):
    found = of(desk.target(280, unit="个").says("2024-C07", 157))
    assert codes(found) == ["forecast.by_pace", "forecast.interval", "forecast.chance"]
    assert (found.end, found.family, found.month, found.years) == (269, "output", 7, 0)
    assert found.low < found.end < found.high
    assert 1 <= found.chance <= 99
    assert found.n > 50
    assert (found.required.value, found.required.code) == (25, "required.pace")
    assert "157个" in told(found, "zh")
    assert "269个" in told(found, "en")


def test_earlier_years_of_the_book_are_looked_at(desk):
    desk.target(280)
    for period, value in (("2022-C07", 60), ("2022", 240), ("2023-C07", 70), ("2023", 260)):
        desk.statistics(period, value)
    found = of(desk.says("2024-C07", 75))
    assert codes(found)[0] == "forecast.of_flow"
    assert found.years == 2
    assert found.end > 250  # a quarter had come by July in both years
    assert sum(found.weights.values()) == pytest.approx(1)


def test_history_from_outside_and_the_plan_s_own_profile(desk):
    history = {2023: {7: D(70), 12: D(260)}}
    found = of(desk.target(280).says("2024-C07", 75), history=history)
    assert found.years == 1
    desk.plan("profile", data={"2023-C07": "70", "2023-C12": "260"})
    assert of(desk).end == found.end
    assert of(desk).years == 1


def test_a_plan_s_own_pace_has_no_record(desk):
    desk.target(80).plan("seasonal", data={"5": "1", "6": "2", "7": "2", "8": "2", "9": "1"})
    found = of(desk.says("2024-C06", 30))
    assert codes(found) == ["forecast.by_plan", "forecast.no_record"]
    assert (found.end, found.low, found.chance) == (80, None, None)


def test_a_rank_has_no_record(desk):
    found = of(desk.target(72, "rank", "le").says("2024-C06", 75))
    assert codes(found) == ["forecast.by_stands", "forecast.no_record"]
    assert found.end == 75
    assert found.required.code == "required.adds_nothing"


def test_growth_stays_and_its_rest_is_reckoned_from_levels(desk):
    desk.target(9, "growth", unit="%").statistics("2024-C06", 7, basis="nominal")
    found = of(desk, levels={2023: {6: D(45), 12: D(100)}})
    assert found.end == D("7.0") or found.end == 7
    assert round(found.required.value, 4) == D("10.6364")
    assert found.required.code == "required.growth"
    assert of(desk).required.code == "required.growth_even"
    assert of(desk).required.value == 11


def test_about_reaches_as_far_as_the_profile_says(desk):
    desk.target(9, "growth", "approx").says("2024-C06", "8.5")
    strict, loose = of(desk), of(desk, slack=D(1))
    assert loose.chance > strict.chance
    assert loose.required.value < strict.required.value


def test_what_is_reached_or_broken_is_certain(desk):
    assert codes(of(desk.target(150).says("2024-C07", 157)))[-1] == "forecast.kept"
    assert of(desk).chance == 100


def test_a_limit_that_is_passed_is_broken(desk):
    found = of(desk.target(150, comparator="le").says("2024-C07", 157))
    assert (codes(found)[-1], found.chance) == ("forecast.broken", 0)


def test_the_last_figure_ends_it(desk):
    assert codes(of(desk.target(150).says("2024", 157))) == ["forecast.over"]


def test_so_does_the_last_before_an_earlier_deadline(desk):
    assert codes(of(desk.target(150, due="2024-06-30").says("2024-C06", 157))) == ["forecast.over"]


def test_an_earlier_deadline_is_the_end_and_has_no_record(desk):
    found = of(desk.target(60, due="2024-09-30").says("2024-C06", 30))
    assert (found.end, codes(found)[-1], found.required.value) == (45, "forecast.no_record", 10)


def test_a_share_is_no_more_than_all_of_it(desk):
    found = of(desk.target(98, "share", unit="%").says("2024-C03", "99.8"))
    assert found.high <= 100


def test_of_a_revised_figure_the_one_known_on_the_day_counts(desk):
    desk.target(280)
    desk.statistics("2024-C07", 140, vintage="2024-08-15")
    before = of(desk).end
    desk.city.do("zhou", *_revised())
    assert (before, of(desk).end) == (240, 276)


def _revised():
    from duban.actions.filings import post_reading

    return post_reading, KEY, ReadingPosted("2024-C07", D(161), source="月报", vintage="2024-09-15")


@pytest.mark.parametrize(
    ("asked", "family"),
    [
        (("increment",), "output"),
        (("increment", "le"), "use"),
        (("increment", "ge", "batch"), "count"),
        (("increment", "ge", "seasonal"), "investment"),
        (("level",), "output"),
        (("growth", "ge"), "growth"),
        (("share", "le"), "share"),
        (("rank",), ""),
        (("duration", "le"), ""),
        (("increment", "ge", "stage"), ""),
    ],
)
def test_the_family_follows_from_measure_comparator_and_plan(asked, family):
    assert family_of(*asked) == family
    assert family in ("", *FAMILIES)


def test_a_level_with_a_base_moves_on_from_it(desk):
    assert family_of("level", based=True) == "level"
    found = of(desk.target(1100, "level", base=1000).says("2024-C06", 1040))
    assert codes(found)[0] == "forecast.by_pace"
    assert found.end == 1080


@pytest.mark.parametrize(
    ("number", "grain", "shown"),
    [
        (269.14, "1", "269"),
        (4574.9, "0.1", "4575"),
        (8.66, "0.1", "8.7"),
        (1234567.0, "1", "1235000"),
        (0.0, "1", "0"),
    ],
)
def test_an_estimate_is_told_in_no_more_than_four_digits(number, grain, shown):
    assert f"{rounded(number, D(grain)):f}" == shown


def test_every_sentence_is_there_in_both_languages():
    for locale in ("zh", "en"):
        known = catalogue(locale)
        ways = (
            "by_pace",
            "by_plan",
            "by_stands",
            "of_flow",
            "of_rate",
            "of_stock",
            "chance",
            "kept",
            "broken",
        )
        silences = ("no_number", "no_data", "nothing_yet", "over", "no_record", "interval")
        assert all(f"forecast.{code}" in known for code in (*ways, *silences))
        assert all(f"family.{family}" in known for family in FAMILIES)


def test_a_state_below_a_line_is_no_sum(desk):
    found = of(desk.target(30, "level", "le", unit="微克").says("2024-C09", 27))
    assert (found.end, codes(found)) == (27, ["forecast.by_stands", "forecast.no_record"])
    assert found.required.code == "required.adds_nothing"


def test_a_small_number_counted_one_by_one_is_left_to_chance(desk):
    """Two of three by September: at an even pace 2.7, and the third comes or not."""
    found = of(desk.target(3, unit="家").says("2024-C09", 2))
    assert (found.end, found.low, found.high) == (3, 2, 4)
    assert 50 < found.chance < 80


def test_the_same_in_money_is_not(desk):
    assert of(desk.target(3, unit="亿元").says("2024-C09", 2)).chance < 20
