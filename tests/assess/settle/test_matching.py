"""Which result answers which promise, and what a person is asked."""

from dataclasses import replace
from decimal import Decimal

import pytest

from duban.assess.settle import match
from duban.assess.settle.authority import Authority
from duban.assess.settle.halves import outcomes_of
from duban.assess.settle.reasons import reasons_of
from duban.assess.settle.whole import Rules, settle
from duban.read import read_text
from tests.assess.settle.made import NAMES, aim, linked, paired, result
from tests.files.conftest import SMALL


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


@pytest.mark.parametrize("name", ["产业类", "新开工产业类项目"])
def test_a_name_of_nothing_but_its_kind_links_to_nothing_alone(name):
    [pair] = match([aim(380, name=name)], [result(265, name=name)], NAMES)
    assert pair.linked is (name != "产业类")


def test_words_of_a_row_link_one_number_of_their_commitment():
    both = "新建社区食堂20个、社区花园8个"
    mine = [replace(aim(20, name="社区食堂"), id="x", text=both, commitment="c"),
            replace(aim(8, name="社区花园"), id="y", text=both, commitment="c")]  # fmt: skip
    found = match(mine, [result(9, name="花园", target=both)], NAMES)
    assert [(p.aim.id, p.linked) for p in found] == [("y", True)]
    found = match(mine, [result(9, name="数目", target="社区花园8个")], NAMES)
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
