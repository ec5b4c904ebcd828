"""The frame of other governments' reports: which year they plan and what each part is."""

import pytest

from duban.read import read_text
from duban.read.parts import part_of, plan_year


@pytest.mark.parametrize(
    ("lines", "year"),
    [
        (["打印", "收藏", "——2023年1月9日在云川市第五届人民代表大会第三次会议上"], 2023),
        (
            [
                "——2022年12月27日在云川区第十届人民代表大会第二次会议上",
                "一、2022年工作回顾",
                "二、2023年工作安排",
            ],
            2023,
        ),
        (["二〇二六年一月二十七日在云川省第十四届人民代表大会第四次会议上", "展望2035年，"], 2026),
        (["政府工作报告", "一、2018年工作回顾", "二、2019年重点工作"], 2019),
    ],
)
def test_the_year_that_is_planned(lines, year):
    assert plan_year(lines) == year


@pytest.mark.parametrize(
    ("title", "seen", "kind", "mixed", "horizon"),
    [
        ("“十四五”时期和2025年工作回顾", "head", "review", False, 0),
        ("“十五五”时期发展的主要考虑", "review", "plan", False, 2030),
        ("“十四五”时期发展成就和“十五五”时期主要目标任务", "review", "review", True, 2030),
        ("“十五五”时期目标任务和2026年工作安排", "review", "plan", True, 2030),
        ("今后五年的奋斗目标", "review", "plan", False, 2030),
        ("一鼓作气，推动“十五五”开好局、起好步", "plan", "plan", False, 0),
        ("全面提升政府治理效能", "plan", "duties", False, 0),
    ],
)
def test_what_a_heading_opens(title, seen, kind, mixed, horizon):
    part = part_of(title, seen, 2026)
    assert (part.kind, part.mixed, part.horizon) == (kind, mixed, horizon)


REPORT = """下载
政府工作报告
——2026年1月12日在云川市第五届人民代表大会第六次会议上
各位代表：
现在，我代表市人民政府向大会报告工作，请予审议。
“十四五”时期工作回顾
五年来，我们始终把发展实体经济摆在首位，推动老工业区整体搬迁改造，地区生产总值年均增长6.1%，累计建成标准厂房310万平方米。
“十五五”时期的主要目标任务
未来五年，我们要建设现代化区域中心城市，地区生产总值年均增长5.5%左右，常住人口城镇化率达到70%，初步建成具有云川特色的产业体系。
2026年重点工作
今年是“十五五”开局之年，做好今年工作意义重大，要完成固定资产投资420亿元，新增城镇就业3.1万人，各项工作都要走在前面。
"""


def test_parts_without_numbers_and_their_horizons():
    claims = {c.number: c for c in read_text(REPORT).claims if c.role == "claim"}
    assert (claims["6.1"].tense, claims["310"].tense) == ("actual", "actual")
    assert {claims[n].due for n in ("5.5", "70")} == {"2030-12-31"}
    assert {claims[n].due for n in ("420", "3.1")} == {"2026-12-31"}


def test_a_heading_is_not_joined_to_its_paragraph():
    text = REPORT.replace("2026年重点工作", "三、紧盯全年目标任务不放松，推动各项重点工作落地见效、提质增效")
    headings = [p.text for p in read_text(text).outline.paragraphs if p.kind == "heading"]
    assert any(h.startswith("三、") for h in headings)


PAST = (
    "全市上下团结奋斗，经济社会发展取得新成绩，政府各项任务扎实推进，城乡建设稳步推进，改革开放不断深化，社会大局保持稳定。"
    * 4
)
AIM = "新增学位3000个。"
MANNERS = [
    ("（一）2025年工作情况", "（二）2026年主要任务"),  # parts numbered as actions are elsewhere
    ("【2025年工作回顾】", "【2026年工作安排】"),
    ("", "2026年，是规划的开局之年。今年发展的主要目标是："),  # no headings at all
]


@pytest.mark.parametrize(("before", "after"), MANNERS)
def test_parts_that_are_headed_in_other_manners(before, after):
    """Without a greeting: a text that is cut out of a page often has none."""
    lines = [
        "政府工作报告",
        "2026年1月9日在云川区第十九届人民代表大会第三次会议上",
        before,
        PAST + AIM,
        after + AIM if after.endswith("：") else after,
        AIM,
    ]
    found = [c.tense for c in read_text("\n".join(filter(None, lines))).claims if c.role == "claim"]
    assert (found[0], set(found[1:])) == ("actual", {"target"})
