"""The table as a workbook: every commitment once, nothing that computes."""

import io
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from duban.actions import open_account
from duban.files import COLUMNS, write_workbook
from duban.ledger import BookKeeper, open_store
from duban.read import load_source, read_source, read_text

EXAMPLE = Path(__file__).resolve().parents[2] / "examples/report-2024.txt"
NOW = datetime(2024, 1, 20, tzinfo=UTC)


def book_of(reading, folder):
    store = open_store(folder, create=True)
    open_account(store, reading, government="云川市", year=2024, actor="office", at=NOW, on=NOW.date())
    return BookKeeper(store).book()


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return book_of(read_source(load_source(EXAMPLE)), tmp_path_factory.mktemp("book"))


def sheet_of(book):
    return openpyxl.load_workbook(io.BytesIO(write_workbook(book)))["任务分解表"]


def test_every_commitment_stands_once_in_text_order(book):
    ids = [row[0].value for row in sheet_of(book).iter_rows(min_row=4)]
    expected = [s.read.id for s in sorted(book.commitments.values(), key=lambda s: s.read.start)]
    assert [i for i in ids if i in book.commitments] == expected


def test_it_prints_on_landscape_pages_with_repeated_heads(book):
    sheet = sheet_of(book)
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$2:$3"
    assert len(COLUMNS) == sheet.max_column
    assert str(book.seq) in sheet.cell(sheet.max_row, 1).value


def test_no_cell_is_a_formula(tmp_path):
    text = EXAMPLE.read_text("utf-8").replace(
        "改造城镇老旧小区265.8万平方米", "实施=HYPERLINK(A1)，改造城镇老旧小区265.8万平方米"
    )
    sheet = sheet_of(book_of(read_text(text), tmp_path))
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert any("=HYPERLINK" in str(cell.value) for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)
