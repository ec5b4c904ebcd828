"""The table in four formats: every commitment once, in order, and nothing that computes."""

import csv
import io
import json

import openpyxl
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from duban.files import COLUMNS, WRITERS, write_csv, write_json, write_word, write_workbook
from duban.files.plain import guarded, unguarded
from duban.ledger import BookKeeper
from duban.read import read_text
from tests.files.conftest import SMALL, opened

HOSTILE = SMALL.replace("新建口袋公园8座", "实施=HYPERLINK(A1)，新建口袋公园8座")


def expected(book):
    return [s.read.id for s in sorted(book.commitments.values(), key=lambda s: s.read.start)]


def sheet_of(book):
    return openpyxl.load_workbook(io.BytesIO(write_workbook(book)))["任务分解表"]


def table_ids(book, suffix):
    raw = WRITERS[suffix](book)
    if suffix == ".xlsx":
        cells = [row[0].value for row in openpyxl.load_workbook(io.BytesIO(raw)).active.iter_rows(min_row=4)]
    elif suffix == ".docx":
        cells = [row.cells[0].text for row in Document(io.BytesIO(raw)).tables[0].rows]
    elif suffix == ".csv":
        cells = [row[0] for row in csv.reader(io.StringIO(raw.decode("utf-8-sig")))]
    else:
        cells = [row["id"] for row in json.loads(raw)["rows"]]
    return [c for c in cells if c in book.commitments]


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_every_commitment_stands_once_in_text_order(example, suffix):
    assert table_ids(example, suffix) == expected(example)


def test_the_sheet_prints_on_landscape_pages_with_repeated_heads(example):
    sheet = sheet_of(example)
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$2:$3"
    assert len(COLUMNS) == sheet.max_column
    assert str(example.seq) in sheet.cell(sheet.max_row, 1).value


def test_the_document_prints_on_landscape_pages_with_repeated_heads_and_numbers(example):
    document = Document(io.BytesIO(write_word(example)))
    assert document.sections[0].orientation == WD_ORIENT.LANDSCAPE
    assert document.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert "PAGE" in document.sections[0].footer._element.xml
    assert document.paragraphs[0].text == "云川市2024年政府工作报告任务分解表"


def test_last_years_figure_stands_beside_the_target(book):
    found = {row["indicator"]: row for row in json.loads(write_json(book))["rows"] if row["indicator"]}
    assert (found["快递业务量"]["base"], found["快递业务量"]["target"]) == ("9%", "≥11%")


def test_no_cell_of_a_sheet_is_a_formula(tmp_path):
    book = BookKeeper(opened(read_text(HOSTILE), tmp_path)).book()
    cells = [cell for row in sheet_of(book).iter_rows() for cell in row]
    dangerous = [c for c in cells if str(c.value).startswith("=")]
    assert all(cell.data_type != "f" for cell in cells)
    assert all(cell.quotePrefix for cell in dangerous)
    assert any("=HYPERLINK" in str(cell.value) for cell in cells)


def test_no_cell_of_a_csv_starts_a_formula(tmp_path):
    book = BookKeeper(opened(read_text(HOSTILE), tmp_path)).book()
    cells = [c for row in csv.reader(io.StringIO(write_csv(book).decode("utf-8-sig"))) for c in row]
    assert not [c for c in cells if c.startswith(("=", "+", "-", "@", "\t", "\r"))]


@given(st.text())
def test_the_guard_of_csv_cells_comes_off_again(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
