"""Every verdict by its rule, on promises and results made for it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.assess.settle.combine import combine
from duban.assess.settle.tolerance import Tolerance, tolerance_of
from duban.assess.settle.whole import Rules, gathered, settle
from duban.core.problem import Refused
from duban.words import catalogue
from tests.assess.settle.made import NAMES, NUMBERS, aim, grown, of, place, result, stepped


@pytest.mark.parametrize(
    ("promise", "outcome", "code"),
    [
        (aim(20), result(20), "met"),
        (aim(20), result(21), "exceeded"),
        (aim(20), result(19), "missed"),
        (aim(4, "le", "share", "%"), result("2.9", measure="share", unit="%"), "exceeded"),
        (aim(4, "le", "share", "%"), result("4.1", measure="share", unit="%"), "missed"),
        (aim(4, "le", "share", "%"), result(39, measure="share", unit="‰"), "exceeded"),
        (aim(3, "range", "growth", "%", high=5), result(4, measure="growth", unit="%"), "met"),
        (aim(3, "range", "growth", "%", high=5), result(6, measure="growth", unit="%"), "exceeded"),
        (aim(3, "range", "growth", "%", high=5), result(2, measure="growth", unit="%"), "missed"),
        (aim(3, "eq", "rank", "位"), result(2, measure="rank", unit="位"), "exceeded"),
        (aim(3, "eq", "rank", "位"), result(4, measure="rank", unit="位"), "missed"),
        (aim("1.2", unit="万人"), result(12000, unit="人"), "met"),
        (aim(20), result(20, unit="公里"), "unclear"),
        (aim(20, "ge", "growth", "%"), result(20, measure="level", unit="%"), "unclear"),
        (aim(20), result(15, "ge"), "unclear"),
        (aim(20), result(20, "ge"), "met"),
        (aim(20), result(20, "approx"), "unclear"),
        (aim(20), result(20, "le"), "unclear"),
        (aim(20), result(30, end=date(2024, 6, 30)), "exceeded"),
        (aim(20), result(12, end=date(2024, 6, 30)), "unclear"),
        (aim(8, "ge", "growth", "%"), result(9, measure="growth", unit="%", end=date(2024, 6, 30)), "unclear"),
        (aim(8, "ge", "growth", "%"), result(9, measure="growth", unit="%", start=date(2021, 1, 1)), "unclear"),
        (aim(5, "eq", "duration", "天", "办结时限"), result(4, measure="duration", unit="天", name="办结时限"), "exceeded"),
        (aim(5, "eq", "duration", "年", "展期"), result(4, measure="duration", unit="年", name="展期"), "unclear"),
        (aim(80, measure="level"), result(90, measure="level", start=date(2025, 5, 1), end=date(2025, 5, 1)), "met_late"),
        (aim(80, measure="level"), result(90, measure="level", start=date(2023, 12, 31), end=date(2023, 12, 31)), "existed_before"),
        (aim(20, name="建成水厂"), result(5, name="建成水厂一期"), "partly"),
        (aim(20, name="城镇水厂"), result(25, name="农村水厂"), "scope_changed"),
        (aim(20), result(None), "unclear"),
    ],
)  # fmt: skip
def test_verdict_by_comparator_measure_and_span(promise, outcome, code):
    assert of(promise, outcome).code == code


@pytest.mark.parametrize(
    ("day", "value", "code"),
    [
        (date(2024, 9, 1), 1, "met"),
        (date(2025, 12, 5), 1, "met_late"),
        (date(2023, 5, 1), 1, "existed_before"),
        (date(2025, 3, 1), 0, "missed"),
        (date(2024, 3, 1), 0, "unclear"),
    ],
)
def test_a_step_by_its_day(day, value, code):
    step = aim(None, "", "event", "", "出台办法")
    assert of(step, result(value, measure="event", unit="事件", start=day, end=day)).code == code


def test_nothing_said_is_unreported():
    assert of(aim(20)).code == "unreported"


def test_about_is_left_open_until_the_city_says_how_far_it_reaches():
    promise, short = aim(9, "approx", "growth", "%"), result("8.1", measure="growth", unit="%")
    found = of(promise, short)
    assert (found.code, found.readings, found.data["gap"]) == ("unclear", ("missed", "met"), "0.9个百分点")
    assert of(promise, short, tolerance=Tolerance({"growth": Decimal("0.5")})).code == "missed"
    assert of(promise, short, tolerance=Tolerance({"growth": Decimal("0.9")})).code == "met"
    assert of(promise, result(9, measure="growth", unit="%")).code == "met"


def test_the_tolerance_file_says_what_to_mend():
    assert tolerance_of('[about]\ngrowth = "0.5"\nsource = "某文"', "x").about == {"growth": Decimal("0.5")}
    for text in ('[about]\ngrowth = "-1"', '[about]\nspeed = "1"', '[about]\ngrowth = "half"'):
        with pytest.raises(Refused, match="tolerance_wrong"):
            tolerance_of(text, "x")


def test_a_change_of_place_needs_the_places_of_both_ends():
    promise = aim(5, "eq", "change", "位", "百强前进")
    assert of(promise, place(2023, 50), place(2024, 45)).code == "met"
    assert of(promise, place(2023, 50), place(2024, 48)).code == "missed"
    assert of(promise, place(2024, 48)).reason == "settle.no_base"
    assert of(promise, place(2022, 50), place(2024, 48)).reason == "settle.base_missing"
    found = of(promise, place(2022, 50), place(2023, 4, "change"), place(2024, 48))
    assert (found.code, found.reason, found.data["left"]) == ("unclear", "settle.contradiction", "-2")


def test_the_highest_source_decides_and_a_differing_one_is_named():
    found = of(aim(20), result(19, rank=0), result(25, rank=1))
    assert found.code == "missed"
    assert "25" in found.data["others"]
    assert len(found.sources) == 2


def test_several_numbers_make_one_verdict():
    met, missed, open_ = of(aim(20), result(20)), of(aim(20), result(1)), of(aim(20), result(None))
    assert combine([met, missed]).code == "partly"
    assert combine([missed, missed]).code == "missed"
    assert combine([met, open_]).code == "unclear"
    assert combine([met, met]).code == "met"
    assert combine([met, missed, open_]).code == "partly"
    found = combine([missed, open_])
    assert (found.code, found.readings) == ("unclear", ("missed", "partly"))


@given(NUMBERS, NUMBERS)
def test_a_floor_and_a_rank_are_each_others_mirror(done, goal):
    kept = of(aim(goal), result(done)).code in ("met", "exceeded")
    ceiling = of(aim(goal, "eq", "rank", ""), result(done, measure="rank", unit="")).code in (
        "met",
        "exceeded",
    )
    assert kept == (done >= goal)
    assert ceiling == (done <= goal)


@given(NUMBERS, NUMBERS, st.decimals(min_value=0, max_value=50, places=2))
def test_a_wider_tolerance_never_turns_met_into_missed(done, goal, slack):
    promise, outcome = aim(goal, "approx"), result(done)
    narrow = of(promise, outcome, tolerance=Tolerance({"increment": slack}))
    wide = of(promise, outcome, tolerance=Tolerance({"increment": slack + 1}))
    assert narrow.code == "missed" or wide.code != "missed"


@pytest.mark.parametrize(("reviewed", "code"), [(True, "unreported"), (False, "unclear")])
def test_silence_is_a_verdict_only_of_a_review(reviewed, code):
    [settled] = settle([aim(20)], [], Rules(), NAMES, reviewed=reviewed)
    assert settled.verdict.code == code
    assert settled.verdict.reason in catalogue("zh")


def test_a_step_is_never_called_unreported():
    """Words of a review without a number are not read: their silence says nothing."""
    step = aim(None, "", "event", "", "挂牌成立稀土研究中心")
    [settled] = settle([step], [], Rules(), NAMES, reviewed=True)
    assert (settled.verdict.code, settled.verdict.reason) == ("unclear", "settle.step_unread")


def test_a_limit_kept_with_room_is_told_as_better():
    found = of(aim(4, "le", "share", "%"), result("2.9", measure="share", unit="%"))
    assert (found.code, found.data["gap"]) == ("exceeded", "1.1个百分点")
    assert "好于目标" in catalogue("zh")[found.reason]


def test_growth_in_step_is_held_against_the_growth_of_its_reference():
    found = stepped()
    assert [(a.indicator, a.reference) for a in found] == [
        ("城镇居民人均可支配收入", "地区生产总值"),
        ("农村居民人均可支配收入", "地区生产总值"),
    ]
    said = [grown("GDP增速", "6.0", "统计公报"), grown("城镇居民人均可支配收入增速", "5.1"), grown("农村居民人均可支配收入增速", "6.0")]  # fmt: skip
    settled = settle(found, said, Rules(), NAMES, reviewed=True)
    assert [s.verdict.code for s in settled] == ["missed", "met"]
    assert all("统计公报" in s.verdict.data["origin"] for s in settled)
    [whole] = gathered(settled)
    assert (whole.id, whole.verdict.code) == ("s1", "partly")
    wide = Rules(Tolerance({"pace": Decimal(1)}))
    assert [s.verdict.code for s in settle(found, said, wide, NAMES, reviewed=True)] == ["met", "met"]
    alone = settle(found, said[1:], Rules(), NAMES, reviewed=True)
    assert {s.verdict.reason for s in alone} == {"settle.pace_no_reference"}
    assert all(s.verdict.reason in catalogue("en") for s in settled)


@pytest.mark.parametrize("text", ["全市同步落实投入机制", "与企业同步推进项目建设"])
def test_other_words_of_one_time_are_no_growth(text):
    assert [a.measure for a in stepped(text)] == ["event"]


def test_one_number_for_two_indicators_is_settled_for_each_where_both_are_stated():
    both = aim(9, measure="growth", unit="%", name="进口额、出口额")
    said = [grown("进口额", 10), grown("出口额", 8)]
    found = settle([both], said, Rules(), NAMES, reviewed=True)
    assert [(s.aim.id, s.verdict.code) for s in found] == [("a/进口额", "exceeded"), ("a/出口额", "missed")]
    assert gathered(found)[0].verdict.code == "partly"
    [whole] = settle([both], said[:1], Rules(), NAMES, reviewed=True)
    assert whole.aim.id == "a"


def test_another_figure_is_named_even_where_the_verdict_is_the_same():
    said = [replace(result(21, rank=0), id="1"), replace(result(25, rank=1), id="2", source="报告")]
    found = of(aim(20), *said)
    assert (found.code, found.data["others"]) == ("exceeded", "25个（报告）")
    assert "others" not in of(aim(20), said[0], replace(said[1], value=Decimal(21))).data


def test_prices_below_their_mark_are_no_failure_of_themselves():
    promise = aim(2, "range", "growth", "%", "居民消费价格涨幅", high=3)
    price = lambda value: result(value, measure="growth", unit="%", name="居民消费价格")  # noqa: E731
    assert of(promise, price("2.4")).code == "met"
    assert of(promise, price("0.4")).reason == "settle.direction_unknown"
    assert of(aim(3, "le", "growth", "%", "居民消费价格涨幅"), price("0.4")).code == "exceeded"


def test_a_number_is_no_word_on_whether_a_step_was_taken():
    step = aim(None, "", "event", "", "推动一期投产满产")
    assert (
        of(step, result(1000, measure="amount", unit="吨", target="推动一期投产满产")).reason
        == "settle.not_comparable"
    )
