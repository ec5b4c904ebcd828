"""`duban export` and `duban apply` as an office uses them."""

import openpyxl

from tests.cli.test_commands import EXAMPLE, duban


def test_the_table_goes_out_is_filled_in_and_comes_back(tmp_path):
    book, path = tmp_path / "book", tmp_path / "表.xlsx"
    assert duban("open", EXAMPLE, "--book", book).returncode == 0
    for suffix in (".xlsx", ".docx", ".csv", ".json"):
        done = duban("export", book, "-o", path.with_suffix(suffix))
        assert (done.returncode, done.stdout.strip()) == (0, str(path.with_suffix(suffix)))
    unchanged = duban("apply", book, path)
    assert "新增 new 0 · 修改 changed 0" in unchanged.stdout

    workbook = openpyxl.load_workbook(path)
    heads = {c.value: c.column for row in (2, 3) for c in workbook.active[row] if c.value}
    row = next(r for r in range(4, 20) if workbook.active.cell(r, heads["工作事项"]).value)
    workbook.active.cell(row, heads["牵头单位"]).value = "市工业和信息化局"
    workbook.save(path)
    head = duban("verify", book).stdout

    dry = duban("apply", book, path)
    line = next(line for line in dry.stdout.splitlines() if "市工业和信息化局" in line)
    assert [part.strip() for part in line.split("│")[3:6]] == ["牵头单位", "（空）", "市工业和信息化局"]
    assert f"!L{row}" in line
    assert "--yes" in dry.stdout
    assert duban("verify", book).stdout == head  # a dry run writes nothing
    assert "已写入 1 条" in duban("apply", book, path, "--yes").stdout
    duban("export", book, "-o", path)
    assert "新增 new 0 · 修改 changed 0" in duban("apply", book, path).stdout


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
