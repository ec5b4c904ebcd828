"""`duban forecast` on a simulated year."""

import csv
import io
import json
import shlex

import pytest
from typer.testing import CliRunner

from duban.cli import app
from duban.core.problem import Refused
from duban.words import say
from tests.books import copy_of
from tests.test_docs import commands


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    return copy_of("year", tmp_path_factory)


def run(*words):
    done = CliRunner().invoke(app, ["forecast", *map(str, words)])
    if isinstance(done.exception, Refused):
        return say(done.exception.problems[0])
    assert done.exit_code == 0, (done.output, done.exception)
    return done.stdout


def rows(*words):
    return {row["key"]: row for row in json.loads(run(*words, "-f", "json"))["forecasts"]}


@pytest.fixture(scope="module")
def august(year):
    return rows(year, "--on", "2024-08-31")


def test_every_item_is_answered_or_says_why_not(august):
    assert len(august) > 300
    told = [row for row in august.values() if row["end"] is not None]
    assert len(told) > 100
    assert all(row["said"]["zh"] and row["said"]["en"] for row in august.values())
    assert all("不作预测" in row["said"]["zh"] or "不再预测" in row["said"]["zh"]
               for row in august.values() if row["end"] is None)  # fmt: skip
    assert all(row["record"]["simulated"] for row in told if row["low"])


def test_only_what_was_known_on_the_day_is_used(year, august):
    """In September figures come for August: in August they are not there."""
    later = rows(year, "--on", "2024-09-30")
    pairs = [(row["month"], later[key]["month"]) for key, row in august.items() if row["month"]]
    assert max(before for before, _after in pairs) <= 8
    assert sum(after > before for before, after in pairs) > 100


def test_one_item_is_told_in_paragraphs_with_its_family_s_record(year, august):
    key = next(key for key, row in august.items() if row["family"] == "output" and row["low"])
    said = run(year, key, "--on", "2024-08-31")
    assert "八成把握" in said
    assert "覆盖" in said
    assert "程序模拟" in said
    assert run(year, key.split("/")[0], "--on", "2024-08-31").count(key.split("/")[0]) >= 1


def test_the_table_begins_with_what_is_least_likely(year):
    said = run(year, "--on", "2024-08-31")
    chances = [int(line.split("│")[7].strip(" %")) for line in said.splitlines()
               if line.count("│") == 9 and line.split("│")[7].strip().endswith("%")]  # fmt: skip
    assert chances == sorted(chances)
    assert len(chances) > 100
    assert "不作预测" in said


def test_earlier_years_may_be_given_beside_the_book(year, august, tmp_path):
    key = next(key for key, row in august.items() if row["codes"][0] == "forecast.by_pace" and row["low"])
    month = august[key]["month"]
    table = tmp_path / "历年.csv"
    lines = [
        f"{key},2023-C{month:02d},10,2023-10-20",
        f"{key},2023,100,2024-01-20",
        f"{key},2022-C{month:02d},10,",
    ]
    table.write_text("series,period,value,published\n" + "\n".join(lines) + "\n", "utf-8")
    found = rows(year, key, "--on", "2024-08-31", "--with", table)[key]
    assert found["earlier_years"] == 1
    assert found["codes"][0] == "forecast.of_flow"
    assert float(found["end"]) > float(august[key]["end"])


def test_csv_holds_the_same(year, tmp_path):
    out = tmp_path / "预测.csv"
    run(year, "--on", "2024-08-31", "-f", "csv", "-o", out)
    found = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert len(found) > 300
    assert {"key", "end", "chance", "said", "needed"} <= set(found[0])


def test_a_bound_item_says_what_its_register_has_on_its_way(year):
    said = run(year, "A5.1-06/1", "--on", "2024-10-20")
    assert "按台账" in said
    assert "没有回测" in said


def test_an_indicator_is_told_with_the_records_that_decide_it(year):
    said = run(year, "projects.completed", "--on", "2024-10-20")
    assert "通常用时（中位）" in said
    lines = [line for line in said.splitlines() if "还关系到" in line]
    assert 5 < len(lines) <= 20
    assert any("投产项目数" in line for line in lines)
    assert "不是按到达某一阶段计数" in run(year, "projects.invested", "--on", "2024-10-20")


def test_the_commands_of_the_page_work_as_written(year, tmp_path, monkeypatch):
    (tmp_path / "book").symlink_to(year)
    monkeypatch.chdir(tmp_path)
    listed = [shlex.split(line) for line in commands("docs/forecast.md") if line.startswith("duban forecast")]
    assert len(listed) == 3
    assert all(run(*line[2:]) for line in listed)


def test_bad_words_are_one_sentence(year, tmp_path):
    assert "没有事项" in run(year, "Z9.9-99/9")
    assert "读不出来" in run(year, "--with", tmp_path / "无.csv")
    assert "读不出来" in run(year, "--record", tmp_path / "无.json")
    assert "json" in run(year, "-f", "xml")
