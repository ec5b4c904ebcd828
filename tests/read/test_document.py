"""A small document of a city that does not exist, read from end to end."""

import pytest

from duban.core.problem import Refused
from duban.read import read_text
from duban.words import LOCALES, catalogue, sentence

DOCUMENT = """政府工作报告
——2026年1月12日在云川市第五届人民代表大会第六次会议上

各位代表：

一、2025年工作回顾
过去一年，全市地区生产总值增长5.6%，城镇新增就业3.2万人，一般工业固废综合利用率达到61%。

二、2026年工作安排
今年发展的预期目标是：地区生产总值增长5.5%左右，城镇新增就业3万人以上。
（一）做强先进制造。
壮大产业集群。实施技改项目40个，其中智能化改造项目55个。建立链长工作机制，创建国家级绿色园区，3月底前青石大桥开工建设。坚持真抓实干，真抓实干见成效，真抓实千不停步。
（一）办好民生实事。
提升公共服务。改造老旧小区26个，一般工业固废综合利用率达到63%。推动滨江学校建成投用。进一步提升基层治理效能。

三、加强政府自身建设
坚持依法行政。
"""


@pytest.fixture(scope="module")
def reading():
    return read_text(DOCUMENT)


def test_whose_it_is_and_where_things_stand(reading):
    assert (reading.outline.government, reading.outline.year) == ("云川市", 2026)
    parts = [s.section.part for s in reading.outline.sentences]
    assert sorted(set(parts)) == ["duties", "head", "plan", "review"]
    assert {c.action_no for c in reading.commitments} == {0, 1, 2}


def test_commitments_have_kinds_heads_and_places(reading):
    by_head = {c.head: c for c in reading.commitments}
    assert by_head["建立链长工作机制"].kind == "mechanism"
    assert by_head["创建国家级绿色园区"].kind == "designation"
    assert by_head["滨江学校建成投用"].kind == "project"
    assert by_head["实施技改项目"].kind == "quantity"
    for one in reading.commitments:
        assert "".join(DOCUMENT[one.start : one.end].split()) == one.text
    assert len({c.id for c in reading.commitments}) == len(reading.commitments)


def test_ids_are_stable(reading):
    again = read_text(DOCUMENT)
    assert [c.id for c in again.claims] == [c.id for c in reading.claims]
    assert [c.id for c in again.commitments] == [c.id for c in reading.commitments]
    longer = read_text(DOCUMENT.replace("各位代表：", "各位代表，各位来宾："))
    assert [c.id for c in longer.claims] == [c.id for c in reading.claims]


def test_review_and_plan_are_linked(reading):
    names = {c.id: c.indicator for c in reading.claims}
    moves = {names[link.plan]: link.movement for link in reading.links}
    assert moves["地区生产总值"] == "lowered"
    assert moves["城镇新增就业"] == "lowered"
    assert moves["一般工业固废综合利用率"] == "raised"


def test_faults_of_the_text_are_found_where_they_stand(reading):
    found = {f.code: f for f in reading.findings}
    assert DOCUMENT[found["lint.section_number_twice"].start :].startswith("（一）办好民生实事")
    misread = found["lint.misread"]
    assert (DOCUMENT[misread.start : misread.end], misread.data["likely"]) == ("抓实千", "抓实干")
    assert "lint.part_above_whole" in found
    assert "lint.unverifiable" in found


def test_every_finding_has_a_sentence_in_both_languages(reading):
    for finding in reading.findings:
        for locale in LOCALES:
            assert "{" not in sentence(finding.code, finding.data, locale)
            assert not sentence(finding.code, finding.data, locale).startswith("lint.")


def test_the_catalogues_have_the_same_codes():
    assert set(catalogue("zh")) == set(catalogue("en"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("今天天气很好。" * 3, "document.not_a_work_document"),
        ("國務院關於經濟發展與產業開發的報告，為實現這個時代的體系。" * 12, "document.traditional"),
    ],
)
def test_what_is_no_such_document_is_refused(text, code):
    with pytest.raises(Refused) as refused:
        read_text(text)
    assert refused.value.problems[0].code == code
