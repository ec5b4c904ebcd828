"""`duban records`: bad input through the command, in both languages; nothing is written unless all is right."""

import csv

import openpyxl
import pytest
from typer.testing import CliRunner

from duban.cli import app
from duban.core.problem import Refused
from duban.ledger import BookKeeper, open_store
from duban.words import say
from tests.actions.city import small_book

HEADS = ["编号", "类别", "标题", "收到日期", "主办单位", "交办日期", "答复日期", "办理结果", "答复函编号"]
GOOD = ["1", "提案", "修路", "2024-01-20", "市教育局", "2024-02-01", "2024-03-01", "A类", "函1号"]


@pytest.fixture
def book(tmp_path):
    folder = tmp_path / "book"
    small_book(folder)
    return folder


def sheet(path, rows, heads=HEADS, change=None):
    workbook = openpyxl.Workbook()
    for row in [heads, *rows]:
        workbook.active.append(row)
    if change:
        change(workbook)
    workbook.save(path)
    return path


def run(*words, language="zh"):
    """Output and faults, refused input said as the command says it."""
    done = CliRunner().invoke(app, ["--lang", language, *map(str, words)])
    if isinstance(done.exception, Refused):
        return done.output + "\n".join(say(p, language) for p in done.exception.problems), 1
    assert done.exit_code == 0, (done.output, done.exception)
    return done.output, 0


def put(book, path, *more, language="zh"):
    return run(
        "records", "import", "motions", path, "--book", book, "--on", "2024-10-01", *more, language=language
    )


def records(book):
    return BookKeeper(open_store(book)).book().registers.get("motions", {})


def changed(at, value):
    return [value if n == at else cell for n, cell in enumerate(GOOD)]


BAD = {
    "wrong type": ([changed(3, "元月")], "D2：收到日期应为日期", "D2: Received on is a date"),
    "unknown code": ([changed(7, "E类")], "H2：办理结果里没有“E类”", "H2: Result"),
    "duplicated key": ([GOOD, changed(2, "建校")], "编号 1 在这个文件里已经出现过", "1"),
    "dates out of order": (
        [changed(6, "2024-01-25")],
        "G2：2024-01-25 早于上一步的 2024-02-01",
        "2024-02-01",
    ),
    "stage without proof": ([changed(8, None)], "G2：到“答复”要有答复函", "letter of reply"),
    "a formula": ([changed(2, "=A1")], "C2：这里是公式", "C2"),
    "missing value": ([changed(2, None)], "C2：标题必须填写", "C2: Subject"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_rows_are_told_in_both_languages_and_nothing_is_written(book, tmp_path, name):
    rows, zh, en = BAD[name]
    path = sheet(tmp_path / "a.xlsx", rows)
    for language, words in (("zh", zh), ("en", en)):
        said, status = put(book, path, "--yes", language=language)
        assert status == 1
        assert words in said, said
        assert ("什么也没有写入" if language == "zh" else "Nothing was written") in said
    assert records(book) == {}


def test_a_missing_column_and_an_extra_one(book, tmp_path):
    said, status = put(book, sheet(tmp_path / "a.xlsx", [GOOD[1:]], HEADS[1:]))
    assert (status, "缺少必填栏目“编号”" in said, "案号" in said) == (1, True, True)
    said, status = put(book, tmp_path / "a.xlsx", language="en")
    assert "the required column “Number” is missing" in said
    said, status = put(book, sheet(tmp_path / "b.xlsx", [[*GOOD, "x"]], [*HEADS, "经办人"]))
    assert (status, "表头“经办人”不是本台账的栏目" in said) == (0, True)
    assert "was not read" in put(book, tmp_path / "b.xlsx", language="en")[0]


def test_hidden_sheets_and_rows_are_told(book, tmp_path):
    def hide(workbook):
        workbook.create_sheet("底稿").sheet_state = "hidden"
        workbook.active.row_dimensions[2].hidden = True

    path = sheet(tmp_path / "a.xlsx", [GOOD], change=hide)
    said, _ = put(book, path)
    assert "隐藏的工作表没有读：底稿" in said
    assert "有 1 行是隐藏的" in said
    assert "hidden sheets were not read" in put(book, path, language="en")[0]


def test_of_many_faults_a_hundred_are_shown_and_all_written(book, tmp_path):
    path = sheet(
        tmp_path / "a.xlsx", [["", "提案", f"第{n}件", "2024-01-20"] for n in range(10_000)], HEADS[:4]
    )
    said, status = put(book, path)
    assert status == 1
    assert said.count("编号必须填写") == 100
    assert "还有 9900 处，全部 10000 处已写入" in said
    with (tmp_path / "a.问题.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 10_001
    assert rows[1][:2] == ["a.xlsx Sheet!A2", "record.missing"]


def test_rows_that_are_right_are_taken_when_asked(book, tmp_path):
    path = sheet(tmp_path / "a.xlsx", [GOOD, changed(0, None), ["3", "提案", "建校", "2024-01-21"]])
    said, status = put(book, path, "--leave-out")
    assert (status, "写入请加 --yes" in said, records(book)) == (0, True, {})
    said, status = put(book, path, "--leave-out", "--yes", "--changes", tmp_path / "改动.csv")
    assert "已写入 4 条" in said
    assert sorted(records(book)) == ["1", "3"]
    assert "修路" in (tmp_path / "改动.csv").read_text("utf-8-sig")
    assert "与台账一致" in put(book, path, "--leave-out", "--yes")[0]
    assert "1 条记录" in run("records", "list", "motions", "--book", book, "--stage", "答复")[0]
    assert "1 条记录" in run("records", "list", "motions", "--book", book, "--find", "校", language="en")[0]


def test_out_and_in_again_changes_nothing(book, tmp_path):
    put(book, sheet(tmp_path / "a.xlsx", [GOOD]), "--yes")
    for suffix in (".xlsx", ".csv", ".json"):
        run("records", "export", "motions", tmp_path / f"b{suffix}", "--book", book)
        assert "与台账一致" in put(book, tmp_path / f"b{suffix}", "--yes", "--clear")[0]
    run("records", "template", "motions", tmp_path / "空表.xlsx", "--book", book)
    assert "没有找到表头" not in put(book, tmp_path / "空表.xlsx")[0]


def test_heads_that_a_person_names(book, tmp_path):
    path = sheet(tmp_path / "a.xlsx", [GOOD], ["案件号", *HEADS[1:]])
    assert "缺少必填栏目" in put(book, path)[0]
    assert "新增 new 1" in put(book, path, "--head", "案件号=编号")[0]
    assert "--head 应写作" in put(book, path, "--head", "案件号")[0]


def test_what_is_not_there_is_named_with_what_is(book, tmp_path):
    said, status = run("records", "list", "nothing", "--book", book)
    assert status == 1
    assert "motions" in said
    assert ".xlsx .csv .json" in run("records", "export", "motions", tmp_path / "a.doc", "--book", book)[0]


def test_a_register_kept_by_people_is_not_fed(book, tmp_path):
    said, status = run("feed", "motions", sheet(tmp_path / "a.xlsx", [GOOD]), "--book", book)
    assert (status, "duban records import motions" in said) == (1, True)
