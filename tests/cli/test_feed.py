"""`duban feed`: a file of another system becomes a vintage; one that halved waits; bad rows are told and left out."""

import pytest
from typer.testing import CliRunner

import duban.packs
from duban.cli import app
from duban.core.problem import Refused
from duban.ledger import BookKeeper, open_store
from duban.packs.motions import PACK
from duban.registers.amount import count
from duban.registers.expression import F
from duban.registers.field import choice, day, needed, text
from duban.registers.indicator import Indicator
from duban.registers.pack import Pack
from duban.registers.register import Register
from duban.words import say
from tests.actions.city import small_book

pytest.importorskip("duckdb")
CALLS = Register(
    "calls", "热线来电", "Calls",
    needed(text("number", "编号", "Number"), day("on", "日期", "Day"), choice("kind", "类别", "Kind", (("a", "咨询", "question"), ("b", "投诉", "complaint")))),
    key=("number",), kind="fed",
)  # fmt: skip
ASKED = Indicator("asked", "来电", "calls", "calls", count(F.on.in_period), "increment", "件", "本示例")
TOY = Pack(
    "toy", "热线", "Hotline", "来电", "calls", (CALLS,), (ASKED,), leaves_zh=("无",), leaves_en=("none",)
)


@pytest.fixture
def book(tmp_path, monkeypatch):
    monkeypatch.setattr(duban.packs, "installed", lambda: {"toy": TOY, "motions": PACK})
    small_book(tmp_path / "book")
    return tmp_path / "book"


def calls(path, numbers, kind="咨询"):
    path.write_text("编号,日期,类别\n" + "".join(f"{n},2024-03-01,{kind}\n" for n in numbers), "utf-8")
    return path


def run(*words, language="zh"):
    done = CliRunner().invoke(app, ["--lang", language, *map(str, words)])
    if isinstance(done.exception, Refused):
        return "\n".join(say(p, language) for p in done.exception.problems)
    assert done.exit_code == 0, (done.output, done.exception)
    return done.output


def feed(book, *words, language="zh"):
    return run("feed", "calls", *words, "--book", book, "--on", "2024-06-01", language=language)


def vintages(book):
    return [fed.body.rows for fed in BookKeeper(open_store(book)).book().feeds.get("calls", ())]


def test_a_file_is_taken_once_and_bad_rows_are_told(book, tmp_path):
    path = calls(tmp_path / "a.csv", range(10))
    path.write_text(path.read_text("utf-8") + "11,昨天,咨询\n12,2024-03-01,表扬\n", "utf-8")
    said = feed(book, path)
    assert "已导入第 1 版：10 行，另有 2 行不能收" in said
    assert "类别里没有“表扬”" in said
    assert "同一个文件" in feed(book, path)
    assert vintages(book) == [10]


def test_a_file_that_shrinks_by_half_overnight_waits_for_a_person(book, tmp_path):
    feed(book, calls(tmp_path / "a.csv", range(10)))
    few = calls(tmp_path / "b.csv", range(4))
    assert "少了一半以上，等待确认" in feed(book, few)
    assert vintages(book) == [10]
    assert "waits" in feed(book, few, language="en")
    assert "已导入第 2 版：4 行" in feed(book, "--held", "--accept", "季度初清理")
    assert vintages(book) == [10, 4]


def test_what_cannot_be_fed(book, tmp_path):
    path = calls(tmp_path / "a.csv", range(3))
    assert "请给出要导入的文件" in feed(book)
    assert "duban feed calls" in run("records", "import", "calls", path, "--book", book)
    assert "只有督查室可以" in feed(book, path, "--as", "nobody")
    assert "打不开" in feed(book, tmp_path / "none.csv")


def test_without_the_extra_one_sentence_says_how_to_install_it(book, tmp_path, monkeypatch):
    monkeypatch.setattr("duban.intake.installed", lambda: False)
    assert "duban[table]" in feed(book, calls(tmp_path / "a.csv", range(3)))
    assert "duban[table]" in feed(book, tmp_path / "a.csv", language="en")
