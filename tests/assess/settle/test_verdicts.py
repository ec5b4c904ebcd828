"""Every verdict by its rule, on promises and results made for it."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.assess.settle import Aim, Outcome, match, verdict
from duban.assess.settle.authority import Authority
from duban.assess.settle.combine import combine
from duban.assess.settle.halves import aims, outcomes_of
from duban.assess.settle.names import shipped
from duban.assess.settle.reasons import reasons_of
from duban.assess.settle.tolerance import Tolerance, tolerance_of
from duban.assess.settle.whole import Rules, gathered, settle
from duban.core.problem import Refused
from duban.read import read_text
from duban.words import catalogue
from tests.files.conftest import SMALL

NAMES, UNSET = shipped(), Tolerance()
LAST, FIRST = date(2024, 12, 31), date(2024, 1, 1)
NUMBERS = st.decimals(min_value=-1000, max_value=1000, places=2)


def aim(value, comparator="ge", measure="increment", unit="个", name="建成社区食堂", high=None):
    number = None if value is None else Decimal(value)
    return Aim(
        "a", name, measure, 2024, LAST, number, high and Decimal(high), unit, comparator, f"{name}若干"
    )


def result(
    value, comparator="eq", measure="increment", unit="个", name="建成社区食堂", start=FIRST, end=LAST, **more
):
    number = None if value is None else Decimal(value)
    return Outcome("o", name, measure, start, end, number, unit, comparator, "公报", **more)


def of(promise, *results, tolerance=UNSET):
    found = verdict(promise, results, tolerance, NAMES)
    assert found.reason in catalogue("zh")
    assert f"term.{found.code}" in catalogue("en")
    return found


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


def place(year, value, measure="rank"):
    last = date(year, 12, 31)
    return Outcome(
        f"{year}{measure}",
        "百强位次",
        measure,
        last if measure == "rank" else date(year, 1, 1),
        last,
        Decimal(value),
        "位",
    )


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


def linked(name, other, measure="growth", unit="%"):
    pairs = match(
        [aim(8, measure=measure, unit=unit, name=name)],
        [result(9, measure=measure, unit=unit, name=other)],
        NAMES,
        "某市",
    )
    return bool(pairs and pairs[0].linked)


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("地区生产总值", "某市GDP增速", True),
        ("规模以上工业增加值", "规上工业增加值增速", True),
        ("城镇居民人均可支配收入", "农村居民人均可支配收入", False),
        ("电池片产能", "电池片产值", False),
        ("新增规上企业研发占比", "存量规上企业研发占比", False),
        ("地区生产总值", "地区生产总值年均增速", False),
        ("稀土产业产值", "稀土产业产值（全省）", False),
        ("地区生产总值", "东区地区生产总值增速", False),
        ("安排绿色供电", "绿色供电", True),
        ("项目引进和新建", "项目新建", False),
    ],
)
def test_names_link_or_are_kept_apart(name, other, same):
    assert linked(name, other) == same


def test_other_measures_never_pair():
    assert not match(
        [aim(8, measure="growth", unit="%", name="出口额")],
        [result(9, measure="level", unit="亿元", name="出口额")],
        NAMES,
    )


def paired(promise, *results):
    return [(p.outcome.id, p.linked, p.why) for p in match([promise], results, NAMES)]


def test_the_exact_figure_of_a_source_stands_before_its_bound():
    promise = aim(12, "ge", "growth", "%", "规上工业增加值")
    exact = replace(result("23.4", measure="growth", unit="%", name="规上工业增加值"), id="exact")
    bound = replace(result(10, "ge", "growth", "%", "规上工业增加值"), id="bound")
    assert paired(promise, bound, exact) == [
        ("bound", False, "settle.looser"),
        ("exact", True, "settle.alike"),
    ]
    assert paired(promise, bound) == [("bound", True, "settle.alike")]


def test_two_figures_of_one_source_wait_for_a_person():
    results = [replace(result(n), id=str(n)) for n in (20, 21)]
    assert [(linked, why) for _, linked, why in paired(aim(20), *results)] == [
        (False, "settle.two_answers")
    ] * 2
    told = [replace(results[0], source="公报"), replace(results[1], source="部门")]
    assert all(linked for _, linked, _ in paired(aim(20), *told))


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


@pytest.mark.parametrize("name", ["产业类", "新开工产业类项目"])
def test_a_name_of_nothing_but_its_kind_links_to_nothing_alone(name):
    [pair] = match([aim(380, name=name)], [result(265, name=name)], NAMES)
    assert pair.linked is (name != "产业类")


def test_a_limit_kept_with_room_is_told_as_better():
    found = of(aim(4, "le", "share", "%"), result("2.9", measure="share", unit="%"))
    assert (found.code, found.data["gap"]) == ("exceeded", "1.1个百分点")
    assert "好于目标" in catalogue("zh")[found.reason]


INCOME = "城乡居民收入与经济增长同步"


def grown(name, value, source="公报", rank=0):
    return Outcome(name, name, "growth", FIRST, LAST, Decimal(value), "%", "eq", source, rank=rank)


def stepped(text=INCOME):
    return aims([], [Step("s1", text)], 2024)


@dataclass
class Step:
    id: str
    text: str
    head: str = ""
    claims: tuple[str, ...] = ()
    due: str | None = None
    start: int = 0


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


def test_words_of_a_row_link_one_number_of_their_commitment():
    both = "新建社区食堂20个、社区花园8个"
    mine = [replace(aim(20, name="社区食堂"), id="x", text=both, commitment="c"),
            replace(aim(8, name="社区花园"), id="y", text=both, commitment="c")]  # fmt: skip
    found = match(mine, [result(9, name="花园", target=both)], NAMES)
    assert [(p.aim.id, p.linked) for p in found] == [("y", True)]
    found = match(mine, [result(9, name="数目", target="c")], NAMES)
    assert [(p.linked, p.why) for p in found] == [(False, "settle.stated_several")] * 2


def test_the_written_order_of_sources_decides_before_the_order_given():
    said = [replace(result(25, rank=0), id="1", source="部门台账"), replace(result(19, rank=1), id="2", source="统计公报")]  # fmt: skip
    [given] = settle([aim(20)], said, Rules(), NAMES, reviewed=True)
    order = Rules(authority=Authority(("统计公报",), "某文"))
    [ruled] = settle([aim(20)], said, order, NAMES, reviewed=True)
    assert (given.verdict.code, ruled.verdict.code) == ("exceeded", "missed")
    assert [code for code, _ in reasons_of(given.verdict)][1:] == ["settle.others_given"]
    assert [code for code, _ in reasons_of(ruled.verdict)][1:] == ["settle.others_ruled"]
    assert "25" in ruled.verdict.data["others"]


def test_a_person_confirms_or_refuses_a_pair():
    near = replace(result(21, name="建成社区食堂与厨房"), id="n")
    [pair] = match([aim(20)], [near], NAMES)
    assert not pair.linked
    key = ("a", near.key)
    [pair] = match([aim(20)], [near], NAMES, decided={key: True})
    assert (pair.linked, pair.why) == (True, "settle.confirmed")
    assert match([aim(20)], [near], NAMES, decided={key: False}) == []
    [asked] = match([aim(20)], [replace(near, value=Decimal(22))], NAMES, decided={key: True})
    assert not asked.linked  # another figure asks the person again


def test_a_person_chooses_one_of_two_figures_of_a_source():
    two = [replace(result(n), id=str(n)) for n in (20, 21)]
    found = match([aim(20)], two, NAMES, decided={("a", two[1].key): True})
    assert {p.outcome.id: (p.linked, p.why) for p in found} == {
        "21": (True, "settle.confirmed"), "20": (False, "settle.other_chosen")}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("全国某榜城市位次提升", "经济总量在全国某榜城市中上升", True),
        ("经济总量全国某榜城市位次", "综合实力全国某榜城市位次", False),
    ],
)
def test_a_list_of_places_is_the_same_where_only_one_says_by_what_it_ranks(name, other, same):
    assert linked(name, other, "change", "位") == same


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


def test_a_level_and_an_increment_of_one_name_wait_for_a_person_and_are_not_called_unreported():
    promise, said = aim(20, measure="level", name="社区食堂"), result(18, name="社区食堂")
    [settled] = settle([promise], [said], Rules(), NAMES, reviewed=True)
    assert (settled.verdict.reason, settled.ranked[0].why) == ("settle.person", "settle.measures")
    [linked_] = settle([promise], [said], Rules(), NAMES, reviewed=True, decided={("a", said.key): True})
    assert linked_.verdict.code == "missed"


def test_a_figure_of_a_larger_place_is_another_scope():
    text = SMALL.replace("新建口袋公园6座，快递业务量增长9%。", "全区绿色供电项目实施40个，新建口袋公园9处。")
    names = {o.indicator for o in outcomes_of(read_text(text), 0)}
    assert any("全区" in name and "绿色供电" in name for name in names)
    assert not any("全区" in name and "公园" in name for name in names)
    assert NAMES.scope("全区绿色供电项目实施", "东区") == ""  # in a district's own report it is its own
