"""`duban export` and `duban apply` as an office uses them."""

import re
import shlex

import pytest
from typer.testing import CliRunner

from duban.cli import app
from duban.core.problem import Refused
from duban.files import COLUMNS
from duban.ledger import BookKeeper, open_store
from duban.read import read_text
from duban.words import say
from tests.cli.forked import forked as duban
from tests.cli.test_commands import EXAMPLE
from tests.files.conftest import SMALL, opened
from tests.files.sheet import Sheet


def test_the_table_goes_out_is_filled_in_and_comes_back(book, tmp_path):
    path = tmp_path / "表.xlsx"
    for suffix in (".xlsx", ".docx", ".csv", ".json"):
        status, told, _ = run("export", book, "-o", path.with_suffix(suffix))
        assert (status, told.strip()) == (0, str(path.with_suffix(suffix)))
    assert "新增 new 0 · 修改 changed 0" in run("apply", book, path)[1]
    assert "新增 new 0 · 修改 changed 0" in run("apply", book, path.with_suffix(".csv"))[1]

    cell = filled(book, tmp_path).set(0, "lead", None)
    filled(book, tmp_path, lead="市工业和信息化局").save()
    head = open_store(book).head()
    dry = run("apply", book, path)[1]
    line = next(line for line in dry.splitlines() if "市工业和信息化局" in line)
    assert [part.strip() for part in line.split("│")[1:6]] == [
        f"表.xlsx 任务分解表!{cell}", "A1.1-01#+", "牵头单位", "（空）", "市工业和信息化局",
    ]  # fmt: skip
    assert "--yes" in dry
    assert open_store(book).head() == head  # a dry run writes nothing
    assert "已写入 1 条" in run("apply", book, path, "--yes")[1]
    run("export", book, "-o", path)
    assert "新增 new 0 · 修改 changed 0" in run("apply", book, path)[1]


def test_a_wrong_cell_is_named_and_nothing_is_written(tmp_path):
    book, path = tmp_path / "book", tmp_path / "t.csv"
    duban("open", EXAMPLE, "--book", book)
    path.write_text("编号,工作事项,牵头单位\n没有这个,修路,市交通局\n", "utf-8")
    head = duban("verify", book).stdout
    for lang, word in (("zh", "账里没有编号"), ("en", "the book has no number")):
        done = duban("apply", book, path, "--yes", DUBAN_LANG=lang)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
        assert "t.csv!A2" in done.stderr
        assert word in done.stderr
    assert duban("verify", book).stdout == head


def test_an_unknown_suffix_is_refused(tmp_path):
    done = duban("export", tmp_path, "-o", tmp_path / "table.pptx")
    assert done.returncode == 1
    assert ".xlsx" in done.stderr


# The same commands within this process: quick, and another writer can be let in between.


@pytest.fixture
def book(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DUBAN_LANG", "zh")
    opened(read_text(SMALL), tmp_path / "book")
    return str(tmp_path / "book")


def run(*args):
    """The exit status, what was printed, and the sentences of a refusal, as `main` would give them."""
    done = CliRunner().invoke(app, [str(arg) for arg in args])
    if isinstance(done.exception, Refused):
        return 1, done.stdout, [say(problem) for problem in done.exception.problems]
    return done.exit_code, done.stdout, []


def filled(book, folder, **cells):
    """An exported table with these cells of its first row filled in."""
    sheet = Sheet(BookKeeper(open_store(book)).book(), folder)
    for field, value in cells.items():
        sheet.set(0, field, value)
    return sheet


def items(book, owner="A1.1-01"):
    return BookKeeper(open_store(book)).book().commitments[owner].items


def test_a_deleted_row_is_told_and_removed_when_asked(book, tmp_path):
    assert run("apply", book, filled(book, tmp_path, lead="市水务局").save(), "--yes")[0] == 0
    sheet = filled(book, tmp_path)
    sheet.sheet.delete_rows(sheet.rows[0])
    path = sheet.save()
    status, told, _ = run("apply", book, path, "--yes")
    assert (status, len(items(book))) == (0, 1)
    assert "A1.1-01#1" in told
    assert "--remove-missing" in told
    assert "撤下" in run("apply", book, path, "--remove-missing")[1]
    assert len(items(book)) == 1
    run("apply", book, path, "--remove-missing", "--yes")
    assert items(book) == ()
    last = open_store(book).timeline("item/A1.1-01/1")[-1]
    assert (last.kind, last.body.reason) == ("item.removed", "表中已删去（表.xlsx）")


def test_all_faults_are_told_and_a_late_table_too(book, tmp_path):
    path = filled(book, tmp_path, lead="甲局、乙局", due="2月30日").save()
    status, told, sentences = run("apply", book, path, "--yes")
    assert (status, told, len(sentences)) == (1, "", 2)
    path = filled(book, tmp_path, lead="甲局").save()
    assert "已写入 1 条" in run("apply", book, path, "--yes")[1]
    assert "与账本一致" in run("apply", book, path, "--yes")[1]
    assert len(items(book)) == 1


def test_columns_that_were_not_read_are_named(book, tmp_path):
    (tmp_path / "t.csv").write_text("序号,编号,工作事项\n1,A1.1-01,巡河\n", "utf-8")
    assert "序号" in run("apply", book, "t.csv")[1]


def test_what_a_cell_says_cannot_move_the_cursor_or_colour_the_terminal(book, tmp_path):
    path = filled(book, tmp_path, note="[red]甲[/red]\n乙\u202e丙").save()
    told = run("apply", book, path)[1]
    assert "[red]甲[/red] / 乙丙" in told


def test_another_writer_in_between_is_taken_into_account(book, tmp_path):
    from duban.cli import table

    def racing(path, rival):
        """Write `path` as it was read before `rival` was applied."""
        store = open_store(book)
        read = table._read(store, book, path, False)
        assert run("apply", book, rival, "--yes")[0] == 0
        return table._written(store, *read, lambda: table._read(store, book, path, False), "office")[1]

    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    other = filled(book, tmp_path / "two")
    other.set(1, "lead", "市交通局")
    assert racing(filled(book, tmp_path / "one", lead="市水务局").save(), other.save()) == 1
    assert items(book)[0].item.lead == "市水务局"

    tables = [
        filled(book, tmp_path / name, lead=unit).save() for name, unit in (("one", "甲"), ("two", "乙"))
    ]
    with pytest.raises(Refused) as refused:
        racing(*tables)
    assert [p.code for p in refused.value.problems] == ["sheet.moved"]
    assert items(book)[0].item.lead == "乙"


def test_the_howto_works_as_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(EXAMPLE.parent)
    page = (EXAMPLE.parents[1] / "docs/howto-table.md").read_text("utf-8")
    lines = "".join(re.findall(r"```sh\n(.*?)```", page, re.S)).splitlines()
    assert len(lines) >= 6
    for line in lines:
        command, *args = shlex.split(line)
        assert (command, run(*args)[0]) == ("duban", 0), line


def test_the_howto_names_every_column_to_fill():
    page = (EXAMPLE.parents[1] / "docs/howto-table.md").read_text("utf-8")
    assert [c.name for c in COLUMNS if c.filled and not c.above and c.name not in page] == []
