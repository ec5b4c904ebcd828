"""Faults of the text: one own sentence for each rule, and sentences beside them that are right."""

import pytest

from duban.read import read_text
from duban.words import LOCALES, sentence

REVIEW = "全市城镇新增就业3.2万人，污水处理率达到92%，粮食产量稳定在38亿斤，地区生产总值增长5.6%。"
PLAN = "完成老旧小区改造12个，推广节水灌溉6万亩。"


def document(
    plan=PLAN, review=REVIEW, title="（一）做强先进制造", after="（二）办好民生实事\n建设口袋公园6座。"
):
    return f"""政府工作报告
——2026年1月12日在云川市第五届人民代表大会第六次会议上
各位代表：
一、2025年工作回顾
过去一年，全市上下团结奋斗，经济社会发展迈出新步伐，政府各项任务完成较好，城乡建设稳步推进，产业升级步伐加快，改革开放不断深化，群众生活继续改善，社会大局保持稳定。
{review}
二、2026年工作安排
今年是规划的开局之年，要把各项任务落到实处。
{title}
{plan}
{after}
三、加强政府自身建设
坚持依法行政，提高服务效能。
"""


def lint(text):
    return [
        (f.code.removeprefix("lint."), text[f.start : f.end], dict(f.data), f.level)
        for f in read_text(text).findings
    ]


FAULTS = [
    ("建设口袋公园40座，其中街角公园55座。", "part_above_whole", "口袋公园"),
    ("新开办幼儿园20所，其中公办园12所、民办园9所。", "sum_differs", "21所"),
    ("改造老旧小区60个，包括东城区30个、西城区20个。", "sum_differs", "50个"),
    ("新增公办学位3000个、普惠学位2000个，合计6000个。", "sum_differs", "5000个"),
    ("三次产业结构调整为6:45:52。", "shares", "103"),
    ("煤电、风电、光伏分别占全市装机的50%、30%、25%。", "shares", "105"),
    ("绿色建筑占比由40%提高到52%，提高10个百分点。", "step_differs", "12个百分点"),
    ("游客接待量由400万人次增加到480万人次，增长30%。", "step_differs", "20.0%"),
    ("幼儿园、小学、初中分别达到20所、30所。", "uneven_list", "幼儿园"),
    ("污水处理率达到95%，比上年提高5个百分点。", "step_from_result", "92%"),
    ("推动污水处理率由90%提高到95%。", "base_differs", "90%"),
    ("粮食产量稳定在36亿斤以上。", "below_result", "38亿斤"),
    ("地区生产总值增长5.5%左右。全市地区生产总值增长6%左右。", "two_values", "6%"),
    ("重点抓好三件事。一是修好路，二是办好学，四是管好水。", "point_skipped", "三是"),
    ("重点抓好三件事。一是修好路，二是办好学，二是管好水。", "point_twice", "三是"),
    ("做到群众有呼声、我们有回应，群众有呼声、我们有回应、事事有着落。", "repeated_words", "群众有呼声"),
    ("推广推广节水灌溉6万亩。", "doubled_word", "推广"),
    ("建设口袋公园，，扩大绿地面积。", "doubled_character", "，，"),
    ("建成节水 and 再生水示范城市。", "latin_word", "and"),
    ("开展“绿色社区创建活动。", "unbalanced", "“”"),
    ("坚持真抓实干，真抓实干见成效，真抓实千不停步。", "misread", "抓实干"),
    ("整修堤防。不断提升窗口服务效能。", "unverifiable", "服务效能"),
    ("2025年底前建成滨河步道，整修堤防。", "past_due", "2025年底前"),
    ("推动滨河二桥建成通车，整修堤防。", "no_date", "滨河二桥"),
    ("一般公共预算收入增长6%。", "no_comparator", "6%"),
]  # fmt: skip


@pytest.mark.parametrize(("plan", "code", "told"), FAULTS, ids=[row[1] + row[0][:6] for row in FAULTS])
def test_a_fault_is_found_with_its_place_and_reason(plan, code, told):
    found = {c: (words, data) for c, words, data, _ in lint(document(plan))}
    assert code in found
    words, data = found[code]
    assert words
    assert words[:8].strip("“") in plan
    assert any(told in str(value) for value in data.values())
    for locale in LOCALES:
        said = sentence(f"lint.{code}", data, locale)
        assert "{" not in said
        assert not said.startswith("lint.")


RIGHT = [
    "建设口袋公园40座，其中街角公园25座。",
    "实施技改项目80个，其中新建项目50个、竣工项目60个。",
    "改造老旧小区60个，其中东城区30个、西城区20个。",
    "改造老旧小区50个，包括东城区30个、西城区20个。",
    "税收增长3.9%，其中工业税收增长7.3%。",
    "汽车保有量达到30万辆，其中新能源汽车由4万辆增至9万辆。",
    "三次产业结构调整为6.1:45.2:48.7。",
    "绿色建筑、装配式建筑占比分别达到70%和55%。",
    "绿色建筑占比由40%提高到52%，提高12个百分点。",
    "游客接待量由400万人次增加到480万人次，增长20%。",
    "软件和信息服务业、研发服务业增加值分别增长9.7%、15.3%。",
    "污水处理率达到95%，比上年提高3个百分点。",
    "推动污水处理率由92%提高到95%。",
    "粮食产量稳定在38.5亿斤以上。",
    "一是修好路。二是办好学。三是管好水。",
    "依法接受纪委监委监督，建设和和美美的乡村，一项一项抓落实，层层压实责任。",
    "广泛开展“绿色社区”创建（含村居）活动。",
    "推动人才入乡，支持大同村建设冷库。",
    "2027年底前建成滨河步道。",
    "突破3万吨、达到3.6万吨，年产量稳定在3.6万吨。",
]


@pytest.mark.parametrize("plan", RIGHT, ids=[text[:10] for text in RIGHT])
def test_what_is_right_raises_no_warning(plan):
    assert [found for found in lint(document(plan)) if found[3] == "warning"] == []


def test_section_numbers_begin_anew_and_are_found_twice_or_missing():
    twice = document(after="（二）办好民生实事\n建设口袋公园6座。\n（二）守牢安全底线\n整治隐患50处。")
    (found,) = [f for f in lint(twice) if f[3] == "warning"]
    assert found[0] == "section_number_twice"
    assert found[1].startswith("（二）守牢")
    assert (found[2]["first"], found[2]["second"]) == ("办好民生实事", "守牢安全底线")
    skipped = lint(document(after="（三）办好民生实事\n建设口袋公园6座。"))
    assert [f[2]["expected"] for f in skipped if f[0] == "section_number_skipped"] == ["（二）"]
    anew = "（二）办好民生实事\n整治隐患50处。\n（一）打牢产业根基\n建设口袋公园6座。"
    assert "section_number_twice" not in [f[0] for f in lint(document(after=anew))]


def test_how_many_sections_there_are_is_counted():
    text = document().replace("要把各项任务落到实处。", "我们要抓好以下三个方面的重点工作：")
    assert [(f[2]["said"], f[2]["found"]) for f in lint(text) if f[0] == "section_count"] == [(3, 2)]
    assert "section_count" not in [f[0] for f in lint(text.replace("三个方面", "两个方面"))]


def test_a_doubled_character_at_a_page_seam_but_not_a_name_below_a_title():
    seam = document("推动老城片区更新改造，让老街巷重新热闹起来，新\n新建停车位600个。")
    assert [(f[0], f[2]["text"]) for f in lint(seam) if f[0] == "seam"] == [("seam", "新")]
    paged = document("推动老城片区更新改造，让老街巷重新热闹起来，新\n— 7 —\n新建停车位600个。")
    assert [(f[0], f[2]["text"]) for f in lint(paged) if f[0] == "seam"] == [("seam", "新")]
    name = document().replace("各位代表：", "云川市市长 李明\n李明同志作报告。\n各位代表：")
    assert "seam" not in [f[0] for f in lint(name)]


@pytest.mark.parametrize(
    "plan",
    [
        "不断提升窗口服务效能，新建便民驿站6处。",
        "提升窗口服务效能，编制事项清单。",
        "加强知识产权保护。",
        "6月底前提升窗口服务效能。",
    ],
)
def test_a_promise_is_not_called_unverifiable_where_its_sentence_can_be_checked(plan):
    assert "unverifiable" not in [f[0] for f in lint(document(plan))]


def test_one_promise_in_two_places():
    text = document(
        "建立链长会商工作机制，整修堤防。", after="（二）优化环境\n建立链长会商工作机制，办好年会。"
    )
    assert [f[2]["head"] for f in lint(text) if f[0] == "promise_twice"] == ["建立链长会商工作机制"]


def test_a_finding_keeps_its_id_while_its_words_stand():
    before = {f.id for f in read_text(document(FAULTS[0][0])).findings}
    moved = {f.id for f in read_text(document(FAULTS[0][0], title="（一）做强做优先进制造")).findings}
    assert before == moved
