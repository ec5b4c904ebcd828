"""`duban settle` on the example and a small table."""

import json
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from duban.assess.settle.books import settled_in
from duban.assess.settle.past import before
from duban.cli import app
from duban.core.problem import Refused
from duban.ledger import BookKeeper, open_store
from duban.words import say
from tests.books import copy_of

REPORT = Path(__file__).resolve().parents[2] / "examples/report-2024.txt"
HEAD = "indicator,period,value,unit,comparator,source\n"


def run(*words):
    done = CliRunner().invoke(app, ["settle", *map(str, words)])
    if isinstance(done.exception, Refused):
        return say(done.exception.problems[0])
    assert done.exit_code == 0, (done.output, done.exception)
    return done.stdout


@pytest.fixture
def table(tmp_path):
    def write(text):
        path = tmp_path / "统计.csv"
        path.write_text(text, "utf-8")
        return path

    return write


def test_every_promise_has_a_verdict_in_each_format(table, tmp_path):
    path = table(HEAD + "GDP增速,2024,1,%,=,统计公报\n")
    found = json.loads(run(REPORT, "--with", path, "-f", "json"))
    assert sum(found["counts"].values()) == len(found["promises"]) > 50
    gdp = next(
        p for p in found["promises"] if p["promise"] == "地区生产总值" and p["rule"] != "settle.no_review"
    )
    assert gdp["rule"] in ("settle.short", "settle.tolerance_decides")
    assert "统计公报" in gdp["sources"]
    out = tmp_path / "结算.csv"
    run(REPORT, "--with", path, "-f", "csv", "-o", out)
    assert out.read_text("utf-8-sig").count("地区生产总值") >= 1
    assert (
        found["counts"]["unreported"] == 0
    )  # a table is silent on most things: that is no word of the report's
    assert "没有下一年报告的回顾" in run(REPORT, "--with", path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("indicator,value\nGDP,1\n", "缺列 period"),
        (HEAD + "GDP,去年,1,%,=,公报\n", "A2"),
        (HEAD + "GDP,2024,很多,%,=,公报\n", "数值"),
        (HEAD + "GDP,2024,1,%,约等,公报\n", "比较"),
    ],
)
def test_a_wrong_table_is_refused_in_a_sentence(table, text, told):
    assert told in run(REPORT, "--with", table(text))


def test_the_same_report_cannot_settle_itself():
    assert "回顾的是 2023 年" in run(REPORT, "--with", REPORT)
    assert "--with" in run(REPORT)


def test_a_book_is_settled_entered_and_verified(table, tmp_path_factory):
    folder = copy_of("opened", tmp_path_factory)
    path = table(HEAD + "GDP增速,2024,1,%,=,统计公报\n")
    read = json.loads(run(folder, "--with", path, "-f", "json"))
    assert read["commitment_counts"]["missed"] + read["commitment_counts"]["unclear"] > 300
    with closing(open_store(folder)) as store:
        before = store.head()
        assert not BookKeeper(store).book().verdicts  # without --write nothing was entered
        run(folder, "--with", path, "--write", "--on", "2025-01-20")
        book = BookKeeper(store).book()
        assert store.verify().broken is None
        assert len(book.verdicts) == len(read["commitments"])
        after = store.head()
        run(folder, "--with", path, "--write", "--on", "2025-01-21")
        assert store.head() == after != before
        run(folder, "--write", "--on", "2025-01-22")  # by its own sources: nothing new
        assert store.head() == after
    assert json.loads(run(folder, "-f", "json")) == read


def test_what_belongs_to_a_book_and_what_to_a_report(table, tmp_path, tmp_path_factory):
    path = table(HEAD + "GDP增速,2024,1,%,=,统计公报\n")
    assert "不是账本" in run(REPORT, "--with", path, "--write")
    folder = copy_of("opened", tmp_path_factory)
    assert "/rules" in run(folder, "--with", path, "--rules", path)
    assert "--with" in run(folder)
    assert "2023 年" in run(folder, "--with", REPORT)


def test_last_year_s_settled_book_is_put_behind_this_one(table, tmp_path, tmp_path_factory):
    older = tmp_path / "2023.txt"
    older.write_text(REPORT.read_text("utf-8").replace("2023", "2022").replace("2024", "2023"), "utf-8")
    first, this = tmp_path / "2023", copy_of("opened", tmp_path_factory)
    assert CliRunner().invoke(app, ["open", str(older), "--book", str(first)]).exit_code == 0
    path = table(HEAD + "GDP增速,2024,9,%,=,统计公报\n")
    assert "还没有结算" in run(this, "--with", path, "--before", first, "--write")
    run(first, "--with", REPORT, "--write", "--on", "2024-01-20")
    run(this, "--with", path, "--before", first, "--write", "--on", "2025-01-20")
    with closing(open_store(this)) as store:
        book = BookKeeper(store).book()
        assert store.verify().broken is None
    [past] = book.histories.values()
    assert (past.body.year, sum(past.body.counts.values()) > 300) == (2023, True)
    gdp = next(s.aim for s in settled_in(book) if s.aim.indicator == "地区生产总值")
    [(year, number)] = before(book, [gdp])[gdp.id]
    assert (year, number.result) == (2023, "10.2%")
    assert "更早的年度" in run(first, "--with", REPORT, "--before", this, "--write")


def test_a_row_that_names_no_promise_is_told(table):
    path = table(HEAD.strip() + ",target\n挂牌,2024-05-01,1,事件,=,部门台账,这句话报告里没有\n")
    done = CliRunner().invoke(app, ["settle", str(REPORT), "--with", str(path)])
    assert "这句话报告里没有" in done.stderr
    assert "照抄报告的原话" in done.stderr
