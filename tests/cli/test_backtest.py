"""`duban backtest` on tables of earlier years."""

import json

import pytest
from typer.testing import CliRunner

from duban.assess.forecast import read_record
from duban.cli import app
from duban.core.problem import Refused
from duban.words import say
from tests.shared import SHARED, needs_shared

HEAD = "series,family,period,value,published\n"


def run(*words):
    done = CliRunner().invoke(app, ["backtest", *map(str, words)])
    if isinstance(done.exception, Refused):
        return "\n".join(say(problem) for problem in done.exception.problems)
    assert done.exit_code == 0, (done.output, done.exception)
    return done.stdout


@pytest.fixture
def table(tmp_path):
    def write(rows, head=HEAD):
        path = tmp_path / "历年.csv"
        path.write_text(head + "\n".join(rows) + "\n", "utf-8")
        return path

    return write


def years(name, family, first, last):
    """A series that brings a twelfth of 120 each month, ten more each year."""
    return [
        f"{name},{family},{year}-C{month:02d},{(120 + 10 * (year - first)) * month / 12:.2f},"
        for year in range(first, last + 1)
        for month in range(2, 13)
    ]


def test_a_table_of_earlier_years_is_tried(table):
    found = json.loads(run(table(years("过货量", "output", 2018, 2023)), "--no-simulated", "-f", "json"))
    score = found["sources"]["历年.csv"]["families"]["output"]
    assert (score["series"], score["n"]) == (1, 6 * 10)
    assert score["error"] < 3
    assert found["record"]["seeds"]
    assert "产出类" in run(table(years("过货量", "output", 2018, 2023)), "--no-simulated")


def test_a_city_learns_a_record_of_its_own(table, tmp_path):
    rows = [row for n in range(10) for row in years(f"序列{n}", "粮食", 2018, 2023)]
    out = tmp_path / "本市.json"
    run(table(rows), "--no-simulated", "--learn", out)
    record = read_record(out.read_bytes())
    assert not record.simulated
    assert record.scores["粮食"].n == 10 * 6 * 10
    again = json.loads(run(table(rows), "--no-simulated", "--record", out, "-f", "json"))
    assert again["sources"]["历年.csv"]["families"]["粮食"]["ranged"] > 0


@pytest.mark.parametrize(
    ("rows", "head", "told"),
    [
        (["甲,2023,1"], "series,period\n", "缺列 value"),
        (["甲,output,去年,1,"], HEAD, "历年.csv:2"),
        (["甲,output,2023-M05,1,"], HEAD, "不是从一月起"),
        (["甲,output,2023,许多,"], HEAD, "“许多”不是数"),
        (["甲,output,2023,NaN,"], HEAD, "“NaN”不是数"),
        (["甲,output,2023,1,昨天"], HEAD, "“昨天”不是日期"),
        (["甲,output,2023,1,", "甲,use,2022,1,"], HEAD, "两种类别"),
        (["甲,output,2023,1,", "甲,output,2023,2,"], HEAD, "同一天有两个数"),
        (["甲,output,2023,,"], HEAD, "没有可用的数值"),
        (["甲,2023,1,重量"], "series,period,value,measure\n", "计量“重量”"),
        (["甲,2023,1,多于"], "series,period,value,comparator\n", "比较“多于”"),
    ],
)
def test_what_is_wrong_with_a_table_is_said_with_its_line(table, rows, head, told):
    assert told in run(table(rows, head), "--no-simulated")


def test_bad_words_are_one_sentence(tmp_path):
    assert "不能再用来检验" in run("--seed", 1)
    assert "没有可检验的序列" in run("--no-simulated")
    assert "读不出来" in run(tmp_path / "无.csv")
    assert "读不出来" in run("--record", __file__, "--no-simulated")
    assert "profile.unknown" not in run("--profile", "无", "--no-simulated")
    assert "table" in run("-f", "xml")


@needs_shared
def test_real_observations_are_tried_where_they_are_at_hand():
    """One series of one year has figures before its end: enough to see that the file is read, not to judge by."""
    path = SHARED / "data/baotou/observations-2024.csv"
    found = json.loads(run(path, "--no-simulated", "-f", "json"))
    growth = found["sources"][path.name]["families"]["growth"]
    assert growth["series"] == 1
    assert growth["covered"] == 100
