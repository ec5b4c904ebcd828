"""`duban file`: the sheet out, a dry run, the sheet in, and the same again."""

import openpyxl
import pytest

from duban.files.filing_columns import FILING_COLUMNS
from duban.files.filing_out import FIRST_ROW
from duban.ledger import open_store
from tests.books import copy_of
from tests.cli.forked import forked

COLUMN = {column.field: n for n, column in enumerate(FILING_COLUMNS, 1)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return copy_of("year", tmp_path_factory)


def run(folder, sheet, who, *options):
    return forked("file", folder, sheet, "--as", who, "--on", "2024-11-05", *options)


def test_out_in_and_again(folder, tmp_path):
    sheet = tmp_path / "填报表.xlsx"
    assert run(folder, sheet, "jiaoyuju.r", "--blank").returncode == 0
    book = openpyxl.load_workbook(sheet)
    book.active.cell(FIRST_ROW, COLUMN["progress"]).value = "已开工"
    book.save(sheet)
    head = open_store(folder).head()
    looked = run(folder, sheet, "jiaoyuju.r")
    assert (looked.returncode, "已开工" in looked.stdout, "--yes" in looked.stdout) == (0, True, True)
    assert open_store(folder).head() == head
    assert "已写入 1 条" in run(folder, sheet, "jiaoyuju.r", "--yes").stdout
    again = run(folder, sheet, "jiaoyuju.r", "--yes")
    assert (again.returncode, "nothing to write" in again.stdout) == (0, True)
    assert open_store(folder).head().seq == head.seq + 1


def test_who_may_not(folder, tmp_path):
    sheet = tmp_path / "填报表.xlsx"
    run(folder, sheet, "jiaoyuju.r", "--blank")
    done = run(folder, sheet, "nobody", "--blank")
    assert (done.returncode, "nobody" in done.stderr) == (1, True)
    book = openpyxl.load_workbook(sheet)
    book.active.cell(FIRST_ROW, COLUMN["progress"]).value = "已开工"
    book.save(sheet)
    done = run(folder, sheet, "minzhengju.r", "--yes")
    assert (done.returncode, "市教育局" in done.stderr) == (1, True)
