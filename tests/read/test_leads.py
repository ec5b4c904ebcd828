"""Suggested leads: by duty words, with the reason, and never one where no duty speaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.read.leads import Duties, departments, suggest


@pytest.mark.parametrize(
    ("text", "heading", "lead"),
    [
        ("改造老旧小区40个", "", "市住房和城乡建设局"),
        ("新增公办幼儿园学位900个", "办好民生实事", "市教育局"),
        ("新认定专精特新企业15户", "壮大先进制造业", "市工业和信息化局"),
        ("高标准农田建成2万亩", "", "市农牧局"),
        ("优良天数比例稳定在八成五", "", "市生态环境局"),
        ("引进到位资金超过百亿元", "", "市投资促进局"),
    ],
)
def test_the_likeliest_lead(text, heading, lead):
    first = suggest(text, heading)[0]
    assert first.name == lead
    assert all(word in text + heading for word in first.words)


def test_no_duty_no_suggestion():
    assert suggest("把各项工作落到实处") == ()


def test_the_heading_alone_says_less_than_the_words():
    first, *_ = suggest("新建学校两所", "加快交通建设")
    assert first.name == "市教育局"


def test_a_city_s_own_units_take_the_place_of_ours():
    own = (Duties("x", "区绿化办", ("绿化",)),)
    assert [s.name for s in suggest("国土绿化三千亩", units=own)] == ["区绿化办"]


def test_a_word_inside_a_longer_found_word_is_not_counted():
    own = (Duties("x", "甲", ("农业", "设施农业")),)
    assert suggest("发展设施农业", units=own)[0].words == ("设施农业",)


def test_every_department_has_a_code_a_name_and_duties():
    assert all(unit.code.isascii() and unit.name and unit.words for unit in departments())
    assert len({unit.name for unit in departments()}) == len(departments())


@given(st.text(max_size=60), st.text(max_size=20))
def test_shares_are_shares(text, heading):
    found = suggest(text, heading, limit=99)
    assert all(0 < s.share <= 1 for s in found)
    assert [s.share for s in found] == sorted((s.share for s in found), reverse=True)
