"""Names of promises and of indicators: the same, near, or never the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.registers.naming import HOLDS, SAME, bare, likeness, nearest

NEAR = 70  # what the page of an item asks for

SAMES = [
    ("安排亿元以上的重大项目", "亿元以上重大项目"),
    ("规上工业企业新增", "规上工业企业"),
    ("“专精特新”中小企业", "新认定专精特新中小企业"),
    ("“小巨人”企业", "小巨人企业"),
    ("竣工项目", "竣工项目数"),
    ("１０亿元以上项目", "10亿元以上项目数"),
]
NEARS = [("国家备案的科技型中小企业、高新技术企业净增", "高新技术企业"), ("竣工项目", "产业类竣工项目")]
FARS = [
    ("限上企业新增", "上市企业"),
    ("限上企业新增", "规上企业"),
    ("稀土产品交易所的上线企业", "培育库企业"),
    ("实施大气治理项目", "重大项目数"),
    ("民生类", "民生实事件数"),
    ("10亿元以上项目", "亿元以上重大项目"),
    ("50亿元以上项目", "10亿元以上项目"),
    ("新开工项目", "竣工项目"),
    ("城镇新增就业", "农村新增就业"),
    ("项目", "竣工项目"),
    ("“”", "竣工项目"),
]


@pytest.mark.parametrize(("told", "name"), SAMES)
def test_words_of_doing_and_signs_do_not_count(told, name):
    assert likeness(told, name) == likeness(name, told) == SAME


@pytest.mark.parametrize(("told", "name"), NEARS)
def test_a_name_within_another_is_near_and_not_the_same(told, name):
    assert likeness(told, name) == HOLDS


@pytest.mark.parametrize(("told", "name"), FARS)
def test_other_amounts_opposites_and_chance_likeness_are_far(told, name):
    assert likeness(told, name) < NEAR


def test_the_nearest_of_several_and_of_none():
    assert nearest("竣工项目", ("开工项目", "产业类竣工项目", "项目竣工", "竣工项目数")) == (
        SAME,
        "竣工项目数",
    )
    assert nearest("竣工项目", ()) == (0, "")


def test_a_name_of_nothing_but_doing_stays():
    assert bare("新增") == "新增"
    assert bare("“”") == ""


@given(st.text(max_size=12), st.text(max_size=12))
def test_likeness_goes_both_ways_and_stays_in_bounds(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= SAME
    assert likeness(one, one) == SAME
