"""The table in four formats: every commitment once, in order, and nothing that computes."""

import csv
import io
import json
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from duban.files import COLUMNS, WRITERS, write_csv, write_json, write_word, write_workbook
from duban.files.rows import colophon
from duban.files.word import PRINTED
from duban.ledger import BookKeeper
from duban.ledger.items import ItemChange
from duban.read import read_text
from tests.files.conftest import SMALL, opened
from tests.files.sheet import write

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
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    room = section.page_width - section.left_margin - section.right_margin
    assert sum(width for _, width, _ in PRINTED) == pytest.approx(room / Mm(1), abs=0.1)
    rows = document.tables[0].rows
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [True] + [False] * (
        len(rows) - 1
    )
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert "PAGE" in section.footer._element.xml
    assert document.paragraphs[0].text == "云川市2024年政府工作报告任务分解表"
    assert document.paragraphs[-1].text == colophon(example)


def test_the_documents_faces_are_those_of_official_documents_each_with_another_in_its_stead(book):
    raw = write_word(book)
    document = Document(io.BytesIO(raw))
    (title,) = document.paragraphs[0].runs
    faces = {title._element.rPr.rFonts.get(qn("w:eastAsia"))}
    for fonts in document.tables[0]._tbl.iter(qn("w:rFonts")):
        faces.add(fonts.get(qn("w:eastAsia")))
    assert faces == {"方正小标宋简体", "黑体", "仿宋_GB2312"}
    listed = zipfile.ZipFile(io.BytesIO(raw)).read("word/fontTable.xml").decode()
    for face, other in {"方正小标宋简体": "宋体", "仿宋_GB2312": "仿宋"}.items():
        assert f'w:name="{face}"><w:altName w:val="{other}"/>' in listed


def test_the_reports_words_stand_once_beside_the_items_of_a_commitment(store, book, owner):
    item = ItemChange("add", owner, head="甲", quarters=("开工", "", "", "=完工"))
    book = write(store, [item, replace(item, head="乙")])
    (table,) = Document(io.BytesIO(write_word(book))).tables
    first, second = [row for row in table.rows if row.cells[0].text == owner]
    assert first.cells[1]._tc is second.cells[1]._tc  # merged
    column = [head for head, _, _ in PRINTED].index("工作事项")
    assert [row.cells[column].text for row in (first, second)] == ["甲", "乙"]
    assert "一季度：开工\n四季度：=完工" in [cell.text for cell in first.cells]


def test_last_years_figure_stands_beside_the_target(book):
    found = {row["indicator"]: row for row in json.loads(write_json(book))["rows"] if row["indicator"]}
    assert (found["快递业务量"]["base"], found["快递业务量"]["target"]) == ("9%", "≥11%")


def test_no_cell_of_a_sheet_is_a_formula(tmp_path):
    book = BookKeeper(opened(read_text(HOSTILE), tmp_path)).book()
    cells = [cell for row in sheet_of(book).iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert any("=HYPERLINK" in str(cell.value) for cell in cells)


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "＝1"])
def test_what_begins_as_a_formula_is_text_in_every_file(store, owner, start):
    item = ItemChange("add", owner, head=start, lead=start.strip(), note=start, quarters=(start,))
    book = write(store, [item])
    row = next(r for r in sheet_of(book).iter_rows(min_row=4) if r[0].value == owner)
    cells = [c for c in row if str(c.value).lstrip().startswith(start.strip())]
    assert len(cells) == 4
    for cell in cells:
        assert (cell.data_type, cell.number_format, cell.quotePrefix) == ("s", "@", True)
    lines = csv.reader(io.StringIO(write_csv(book).decode("utf-8-sig"), newline=""))
    guarded = [c for line in lines if line[0] == owner for c in line if start.strip() in c]
    assert len(guarded) == 4
    assert {c[0] for c in guarded} == {"'"}


def test_a_csv_file_says_what_it_is_written_in(book):
    assert write_csv(book).startswith(b"\xef\xbb\xbf")


def test_no_cell_of_a_csv_starts_a_formula(tmp_path):
    book = BookKeeper(opened(read_text(HOSTILE), tmp_path)).book()
    cells = [c for row in csv.reader(io.StringIO(write_csv(book).decode("utf-8-sig"))) for c in row]
    assert not [c for c in cells if c.startswith(("=", "+", "-", "@", "\t", "\r"))]
