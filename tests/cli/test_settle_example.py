"""The two example reports: the second answers for what the first promised, in every way in which a report can."""

import csv
import re
from collections import Counter

import pytest

from tests.books import EXAMPLE
from tests.cli.forked import forked
from tests.shared import SHARED, needs_shared

NEXT = EXAMPLE.with_name("report-2025.txt")
WRITTEN = {  # what its writer had in mind, by words of the promise
    "稀土产业产值": "超额完成", "磁材产能": "完成", "冶炼分离产能": "未完成", "引进永磁电机企业": "未完成",
    "引进长江学者": "未见交代", "打造晶硅光伏产业园": "未见交代", "光伏产品的本地配套率": "超额完成",
    "社会消费品零售总额": "未完成", "一般公共预算收入": "完成", "城镇新增就业": "超额完成", "登记失业率": "超额完成",
    "供水管网漏损率": "超额完成", "细颗粒物浓度": "超额完成", "新建口袋公园": "未完成", "加装电梯": "未完成",
    "改造老旧管网": "超额完成", "户厕改造": "完成", "烂尾楼遗留问题化解": "未完成", "再生水利用率": "未见交代",
    "引进行业头部企业": "完成", "地区生产总值": "无法判断", "多项指标增速": "未见交代",
}  # fmt: skip


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    out = tmp_path_factory.mktemp("settled") / "settled.csv"
    done = forked("settle", EXAMPLE, "--with", NEXT, "-f", "csv", "-o", out)
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(out.read_text("utf-8-sig").splitlines()))


def test_the_head_says_that_all_of_it_is_made_up():
    head = NEXT.read_text("utf-8").partition("\n")[0]
    assert "虚构" in head
    assert "编造" in head


def test_every_verdict_comes_out_as_it_was_written(rows):
    told = {row["promise"]: row["verdict"] for row in rows}
    assert {name: told[name] for name in WRITTEN} == WRITTEN


def test_every_kind_of_answer_is_there(rows):
    count = Counter(row["verdict"] for row in rows)
    assert min(count[name] for name in ("超额完成", "完成", "未完成", "未见交代")) > 20
    assert {row["whole"] for row in rows} >= {"部分完成", "超额完成", "完成", "未完成", "未见交代"}


def test_the_next_year_lowers_some_targets():
    read = forked("read", NEXT)
    assert read.returncode == 0
    lowered = re.search(r"lowered (\d+)", read.stdout)
    assert int(lowered[1]) > 10


@needs_shared
def test_no_sentence_of_a_real_report_is_copied():
    real = (SHARED / "data/baotou/report-2024.txt").read_text("utf-8")
    mine = NEXT.read_text("utf-8")
    length = 14
    grams = {real[at : at + length] for at in range(len(real) - length)}
    assert not [mine[at : at + length] for at in range(len(mine) - length) if mine[at : at + length] in grams]
