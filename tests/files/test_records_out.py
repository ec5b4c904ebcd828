"""Records out as .xlsx, .csv and .json, and in again unchanged; the template that they are collected in."""

from datetime import date

import openpyxl
import pytest

from duban.actions.context import actor_of
from duban.actions.records import put_record, weigh_records
from duban.actions.seen import seen
from duban.files.records import WRITERS, changes_of, kept_back, read_records, write_template
from duban.ledger import Book, Entry
from duban.registers.told import Told
from tests.files.works import WORKS, saved

TODAY = date(2024, 12, 31)
GIVEN = {"code": "A", "name": "一号桥", "kind": "新建", "unit": "市住建局", "total": "1234567890123.4567", "flats": "3",
         "filed_on": "2024-01-05", "private": "是", "share": "9.5", "note": "=SUM(A1)"}  # fmt: skip


def write(book, writes):
    for account, body in writes:
        book.apply(Entry(book.seq + 1, "", "2024-12-31", "office", body.KIND, account, body, ""))


@pytest.fixture
def book():
    book = Book()
    for n, note in enumerate(("=SUM(A1)", "'=x", "+1", "两行\n字", "_x000D_", '引"号,', "")):
        told = Told({**GIVEN, "code": f"A{n}", "note": note}, stages={"started": "2024-03-01"}, source="表 2",
                    proofs={"started": "许1号"} if n else {})  # fmt: skip
        write(book, put_record(book, "office", WORKS, told, TODAY))
    return book


def out(book, path, language="zh", **more):
    records = seen(book, actor_of(book, "office"), WORKS, book.registers.of("works"), published=False)
    path.write_bytes(WRITERS[path.suffix](WORKS, records, language, **more))
    return path


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("suffix", WRITERS)
def test_what_goes_out_comes_in_unchanged(book, tmp_path, suffix, language):
    path = out(book, tmp_path / f"a{suffix}", language, proofs=True)
    read = read_records(path, WORKS, clear=True)
    assert (read.faults, read.notes) == ([], [])
    found = weigh_records(book, "office", WORKS, read.rows, TODAY)
    assert (found.faults, found.writes, found.same) == ([], [], 7)


def test_a_full_book_of_it_can_be_made_from_the_file(book, tmp_path):
    path, other = out(book, tmp_path / "a.xlsx", proofs=True), Book()
    write(other, weigh_records(other, "office", WORKS, read_records(path, WORKS).rows, TODAY).writes)
    values = {id: (dict(s.values), s.stage, [(m.stage, m.day) for m in s.moves])
              for id, s in book.registers["works"].items()}  # fmt: skip
    assert values == {id: (dict(s.values), s.stage, [(m.stage, m.day) for m in s.moves])
                      for id, s in other.registers["works"].items()}  # fmt: skip


def test_no_cell_is_a_formula_and_the_simulated_are_marked(book, tmp_path):
    sheet = openpyxl.load_workbook(out(book, tmp_path / "a.xlsx", simulated=True)).active
    assert "模拟" in sheet.title
    assert not any(cell.data_type == "f" for cells in sheet.iter_rows() for cell in cells)
    assert sheet["I2"].value.date() == date(2024, 1, 5)
    assert ",'=SUM(A1)," in out(book, tmp_path / "a.csv").read_text("utf-8-sig")


def test_papers_leave_only_where_asked(book, tmp_path):
    heads = [cell.value for cell in openpyxl.load_workbook(out(book, tmp_path / "a.xlsx")).active[1]]
    assert "施工许可证编号" not in heads
    assert "开工日期" in heads


def test_changes_are_told_one_by_one(book, tmp_path):
    heads = ["项目编号", "项目名称", "建设性质", "责任单位", "套数", "竣工日期"]
    rows = [
        ["A0", "一号大桥", "新建", "市住建局", None, "2024-11-01"],
        ["B", "新桥", "续建", "市住建局", 2, None],
    ]
    read = read_records(saved(tmp_path / "a.xlsx", rows, heads=heads), WORKS)
    found = weigh_records(book, "office", WORKS, read.rows, TODAY)
    assert [(c.id, c.how, c.field, c.before, c.after) for c in changes_of(book, WORKS, found.writes)] == [
        ("A0", "changed", "name", "一号桥", "一号大桥"), ("A0", "moved", "stage", "started", "done"),
        ("B", "new", "", "", ""),
    ]  # fmt: skip
    assert kept_back(book, WORKS, read.rows, read.fields) == 1  # the flats that the empty cell leaves
    read = read_records(tmp_path / "a.xlsx", WORKS, clear=True)
    cleared = changes_of(book, WORKS, weigh_records(book, "office", WORKS, read.rows, TODAY).writes)
    assert ("flats", "3", "") in [(c.field, c.before, c.after) for c in cleared]


def test_template_says_what_each_column_takes(tmp_path):
    path = tmp_path / "空表.xlsx"
    path.write_bytes(write_template(WORKS, units=["市住建局", "市交通局"]))
    workbook = openpyxl.load_workbook(path)
    sheet, codes = workbook.worksheets
    heads = {cell.value: cell for cell in sheet[1]}
    assert [
        head for head in heads if head in ("项目编号*", "总投资（万元）", "开工日期", "施工许可证编号")
    ] == ["项目编号*", "总投资（万元）", "开工日期", "施工许可证编号"]
    assert "概算批复数" in heads["总投资（万元）"].comment.text
    assert heads["项目编号*"].comment.text.startswith("必填")
    lists = {str(v.sqref)[0]: v.formula1 for v in sheet.data_validations.dataValidation}
    kind = heads["建设性质*"].column_letter
    assert lists[kind].startswith("'代码'!") or lists[kind].startswith("代码!")
    assert [codes.cell(r, 1).value for r in (2, 3)] == ["新建", "续建"]
    assert all(d.number_format == "@" for d in sheet.column_dimensions.values())


def test_a_filled_template_comes_in(tmp_path):
    path = tmp_path / "空表.xlsx"
    path.write_bytes(write_template(WORKS, "en"))
    workbook = openpyxl.load_workbook(path)
    sheet = workbook.worksheets[0]
    filled = {
        "Code*": "A",
        "Name*": "桥",
        "Kind*": "new",
        "Private": "yes",
        "Total investment (万元)": "3亿元",
    }
    for cell in sheet[1]:
        sheet.cell(2, cell.column).value = filled.get(cell.value)
    workbook.save(path)
    read = read_records(path, WORKS)
    found = weigh_records(Book(), "office", WORKS, read.rows, TODAY)
    assert found.writes[0][1].values == {
        "code": "A",
        "name": "桥",
        "kind": "new",
        "total": "30000",
        "private": "yes",
    }
