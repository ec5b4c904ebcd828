"""What is wrong with a returned table is told cell by cell, with the mend, and nothing of it is taken."""

import io
import re
import zipfile

import pytest
from openpyxl.utils import get_column_letter

from duban.files import COLUMNS, NAMES, read_table, write_workbook
from duban.files.archive import MOST_ROWS, UNPACKED
from duban.files.columns import FACTS
from duban.ledger.items import ItemChange
from duban.words import say
from tests.files.sheet import AT, Sheet, problems, write

FIGURES = ("indicator", "measure", "base", "target")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("lead", "市水务局、市财政局", "sheet.two_leads"),
        ("partners", "市水务局、市水务局", "sheet.unit_twice"),
        ("partners", "长" * 300, "sheet.unit_wrong"),
        ("leader", "长" * 300, "sheet.unit_wrong"),
        ("due", "2024-02-30", "sheet.due_wrong"),
        ("due", "13月底前", "sheet.due_wrong"),
        ("due", 7, "sheet.due_wrong"),
        ("text", "改了原文", "sheet.words_changed"),
        ("place", "改了位置", "sheet.words_changed"),
        ("kind", None, "sheet.words_changed"),
        ("target", "1个", "sheet.fact_changed"),
        ("indicator", None, "sheet.fact_changed"),
        ("measure", "存量", "sheet.fact_changed"),
        ("base", "9999", "sheet.fact_changed"),
        ("id", "x-1", "sheet.id_unknown"),
        ("id", None, "sheet.id_missing"),
        ("n", 7, "sheet.item_unknown"),
        ("n", "第一", "sheet.item_number"),
        ("n", -1, "sheet.item_number"),
        ("stamp", "999999", "sheet.stamp_wrong"),
        ("stamp", "甲", "sheet.stamp_wrong"),
        ("note", "=1+1", "sheet.formula"),
        ("due", "=TODAY()", "sheet.formula"),
        ("text", "=A1", "sheet.formula"),
        ("note", True, "sheet.true_false"),
        ("note", "长" * 2001, "sheet.text_long"),
        ("head", " ", "sheet.head_missing"),
        ("head", None, "sheet.head_missing"),
    ],
)
def test_a_fault_names_its_cell_and_the_mend(book, sheet, field, value, code):
    cell = sheet.set(3, field, value)  # the row with a figure and last year's
    sheet.set(0, "lead", "市园林局")  # a right change beside it is not taken either
    (problem,) = problems(sheet.save(), book)
    assert (problem.code, problem.place) == (code, f"表.xlsx 任务分解表!{cell}")
    assert all(cell in say(problem, locale) for locale in ("zh", "en"))


def test_facts_that_may_not_change_are_those_of_the_report(book, sheet):
    cells = [sheet.set(2, field, "改") for field in FACTS]
    found = problems(sheet.save(), book)
    assert [p.place.partition("!")[2] for p in found] == cells
    assert {NAMES[field] for field in FIGURES} == {
        p.data["column"] for p in found if p.code == "sheet.fact_changed"
    }


def test_an_error_value_is_named(book, sheet):
    cell = sheet.set(0, "note", "#REF!")
    sheet.cell(0, "note").data_type = "e"
    (problem,) = problems(sheet.save(), book)
    assert (problem.code, problem.data["value"]) == ("sheet.error_value", "#REF!")
    assert problem.place.endswith(f"!{cell}")


def test_every_fault_is_told_at_once_in_every_sheet(book, sheet):
    sheet.set(0, "due", "2024-13-01")
    sheet.set(1, "lead", "甲局、乙局")
    more = sheet.workbook.create_sheet("补充")
    more.append(["编号", "工作事项"])
    more.append(["A99.9-99", "没有的"])
    more.append(["A99.9-99", "也没有"])
    assert [p.code for p in problems(sheet.save(), book)] == [
        "sheet.due_wrong", "sheet.two_leads", "sheet.id_unknown", "sheet.id_unknown",
    ]  # fmt: skip


def test_two_rows_of_one_item_that_cannot_be_told_apart(store, book, owner, tmp_path):
    book = write(store, [ItemChange("add", owner, head="甲")])
    sheet = Sheet(book, tmp_path)
    sheet.insert_copy(0, whole=True)
    sheet.set(1, "lead", "市水务局")
    (problem,) = problems(sheet.save(), book)
    assert (problem.code, problem.place) == (
        "sheet.item_twice",
        f"表.xlsx 任务分解表!{sheet.cell(1, 'n').coordinate}",
    )
    assert problem.data["other"].endswith(sheet.cell(0, "n").coordinate)


def test_a_row_with_only_its_number_is_not_passed_over(book, sheet):
    for field in AT:
        if field not in ("id", "stamp"):
            sheet.set(3, field, None)
    assert {p.code for p in problems(sheet.save(), book)} == {"sheet.words_changed", "sheet.fact_changed"}
    sheet.set(3, "id", "A99.9-99")
    sheet.set(3, "stamp", None)
    assert [p.code for p in problems(sheet.save(), book)] == ["sheet.id_unknown"]


def test_a_row_put_in_without_a_number_is_not_passed_over(book, sheet):
    sheet.insert_copy(0)
    sheet.set(1, "id", None)
    sheet.set(1, "lead", "市水务局")
    (problem,) = problems(sheet.save(), book)
    assert (problem.code, problem.place[-2:]) == ("sheet.id_missing", sheet.cell(1, "id").coordinate)


def test_the_cells_of_a_csv_file_have_places_too(book, owner, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(f'编号,工作事项,完成时限\n{owner},"甲\n乙",2月30日\n{owner},=cmd|x,\n', "utf-8")
    assert [(p.code, p.place) for p in problems(path, book)] == [
        ("sheet.formula", "t.csv!B3"),
        ("sheet.due_wrong", "t.csv!C2"),
    ]


def archive(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name.replace("__", "/") + ".xml", text)
    return out.getvalue()


def with_part(raw, name, change):
    """A workbook with one part rewritten."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "sheet.empty"),
        (b" \n ", "sheet.empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "sheet.protected"),
        (b"PK\x03\x04 damaged", "sheet.damaged"),
        (b"\x89PNG\r\n\0\0", "sheet.not_a_table"),
        (b"\xff\xfe\x00", "sheet.not_a_table"),
        (archive(word__document="<w/>"), "sheet.not_a_table"),
        (archive(xl__workbook="<broken"), "sheet.damaged"),
        ("姓名,电话\n张三,1\n".encode(), "sheet.no_heads"),
        ("编号\nA1.1-01\n".encode(), "sheet.no_heads"),
        ('编号,工作事项\n"A1.1-01"x,甲\n'.encode(), "sheet.damaged"),
        ("编号,工作事项,牵头单位,牵头部门\n".encode(), "sheet.head_twice"),
        (("编号,工作事项\n" + "\n" * 10_000).encode(), "sheet.too_long"),
        (("编号,工作事项" + "," * 300).encode(), "sheet.too_long"),
    ],
)
def test_a_file_that_is_no_table_is_refused(book, tmp_path, raw, code):
    path = tmp_path / "x.xlsx"
    path.write_bytes(raw)
    (problem,) = problems(path, book)
    assert problem.code == code
    assert "x.xlsx" in problem.place


def test_a_file_that_is_not_there_and_one_that_is_huge(book, tmp_path):
    assert problems(tmp_path / "no.xlsx", book)[0].code == "sheet.unreadable"
    assert problems(tmp_path, book)[0].code == "sheet.unreadable"
    with (tmp_path / "big.csv").open("wb") as file:
        file.truncate(30_000_000)
    assert problems(tmp_path / "big.csv", book)[0].code == "sheet.too_large"


def test_a_bomb_is_refused_unopened(book, tmp_path):
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(archive(xl__workbook="<w/>", xl__media=b"\0" * (UNPACKED + 1)))
    assert path.stat().st_size < 200_000
    assert problems(path, book)[0].code == "sheet.bomb"


LAST = get_column_letter(len(COLUMNS))
MERGES = b'<mergeCell ref="A1:GR9999"/>' * 9


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda raw: raw.replace(b"</sheetData>", b"<row/>" * MOST_ROWS + b"</sheetData>"), "sheet.too_long"),
        (lambda raw: re.sub(b'"[A-Z]2:[A-Z]3"', b'"A1:XFD1048576"', raw, count=1), "sheet.no_heads"),
        (lambda raw: raw.replace(b"<mergeCells", b"<x>" + MERGES + b"</x><mergeCells"), "sheet.too_long"),
        (lambda raw: raw.replace(f'r="{LAST}5"'.encode(), b'r="XFD5"'), "sheet.too_long"),
        (lambda raw: raw + b" " * 13_000_000, "sheet.bomb"),
        (lambda raw: b'<!DOCTYPE a [<!ENTITY b "b">]>' + raw, "sheet.damaged"),
        (lambda raw: raw[:-50], "sheet.damaged"),
    ],
)
def test_a_workbook_that_hides_more_than_a_table_is_refused(book, tmp_path, change, code):
    path = tmp_path / "x.xlsx"
    path.write_bytes(with_part(write_workbook(book), "xl/worksheets/sheet1.xml", change))
    assert [p.code for p in problems(path, book)] == [code]


def test_an_encrypted_part_is_named_as_such(book, tmp_path):
    raw = bytearray(write_workbook(book))
    at = raw.find(b"PK\x01\x02")
    raw[at + 8] |= 1  # the flag of a password in the directory of the archive
    (tmp_path / "x.xlsx").write_bytes(raw)
    assert problems(tmp_path / "x.xlsx", book)[0].code == "sheet.protected"


def test_nothing_of_a_wrong_table_is_in_the_book(store, book, sheet):
    sheet.set(0, "lead", "市园林局")
    sheet.set(1, "due", "2月30日")
    head = store.head()
    problems(sheet.save(), book)
    assert store.head() == head
    sheet.set(1, "due", "2月29日")
    assert len(read_table(sheet.save(), book).changes) == 2
