"""Units and people as lists: out = in, merged and renamed heads, every fault in its cell, nothing lost."""

import csv
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duban.actions.people import import_people
from duban.actions.units import import_units
from duban.core.problem import Refused
from duban.files.lists import write_list, write_list_csv
from duban.files.roster import (
    KINDS,
    PEOPLE,
    ROLE_NAMES,
    UNITS,
    person_rows,
    read_people,
    read_units,
    unit_rows,
)
from duban.ledger.year.units import UnitEntered
from duban.words import catalogue, say
from tests.actions.city import PEOPLE as CAST
from tests.actions.city import peopled, small_book


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return small_book(tmp_path_factory.mktemp("roster") / "book")


@pytest.fixture
def city(plain):
    return peopled(plain.copy())


def sheet(folder, rows, name="表.xlsx", merged=()):
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    for span in merged:
        workbook.active.merge_cells(span)
    workbook.save(folder / name)
    return folder / name


def faults(read, path, book):
    with pytest.raises(Refused) as refused:
        read(path, book)
    return [(p.code, p.place.rpartition("!")[2]) for p in refused.value.problems]


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_what_goes_out_comes_in_again_unchanged(city, tmp_path, suffix):
    write = {"xlsx": lambda n, h, r: write_list(n, h, r), "csv": lambda n, h, r: write_list_csv(h, r)}[suffix]
    units, people = tmp_path / f"单位.{suffix}", tmp_path / f"人员.{suffix}"
    units.write_bytes(write("单位", UNITS, unit_rows(city.book)))
    people.write_bytes(write("人员", PEOPLE, person_rows(city.book, list(CAST))))
    found = read_units(units, city.book)
    assert len(found.units) == len(city.book.units)
    assert found.edits == []
    assert import_units(city.book, "office", found.units) == []
    found = read_people(people, city.book)
    assert len(found.people) == len(CAST)
    assert found.edits == []
    assert import_people(city.book, "office", found.people) == []


WORDS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs", "Cf"), exclude_characters="、，,；;"),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(contact=WORDS, phone=WORDS, alias=WORDS)
def test_any_words_come_back_as_they_were(plain, tmp_path_factory, contact, phone, alias):
    city = peopled(plain.copy())
    unit = UnitEntered("市新局", "other", "yc", (f"简{alias}",), contact, phone)
    city.write("office", [("unit/xin", unit)])
    path = tmp_path_factory.mktemp("words") / "单位.xlsx"
    path.write_bytes(write_list("单位", UNITS, unit_rows(city.book)))
    assert dict(read_units(path, city.book).units)["xin"] == unit


def test_a_list_as_offices_write_it(city, tmp_path):
    path = sheet(tmp_path, [
        ["全市单位通讯录"],
        ["序号", "单 位 名 称", "联络信息", None, "主管单位"],
        [None, None, "联络员", "联系电话（办公）", None],
        [1, "市新设局", "王五", 13800000000, "云川市人民政府"],
        [2, "市新设二局", "赵六", "0100-22", None],
        [3, "市住建局", "刘敏敏", "0100-1", None],
        ["填表人：办公室"],
    ], merged=["A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "E4:E6", "A7:E7"])  # fmt: skip
    found = read_units(path, city.book)
    units = dict(found.units)
    assert set(units) == {"u001", "u002", "zhujian"}
    assert units["u001"] == UnitEntered("市新设局", parent="yc", contact="王五", phone="13800000000")
    assert units["u002"].parent == "yc"
    assert units["zhujian"].aliases == ("市住建局",)  # the list has no such column
    told = [
        (e.key, e.field, e.before, e.after, e.place.rpartition("!")[2])
        for e in found.edits
        if e.before is not None
    ]
    assert ("zhujian", "contact", "刘敏", "刘敏敏", "C6") in told
    assert {account for account, _ in import_units(city.book, "office", found.units)} == {
        f"unit/{c}" for c in units
    }


def test_a_tree_in_any_order_and_by_names_of_the_same_list(city, tmp_path):
    path = sheet(
        tmp_path,
        [["单位名称", "上级单位"], ["某科", "某局"], ["某局", "某区政府"], ["某区政府", "云川市人民政府"]],
    )
    writes = import_units(city.book, "office", read_units(path, city.book).units)
    assert [body.name for _, body in writes] == ["某区政府", "某局", "某科"]


def test_every_fault_stands_in_its_cell(city, tmp_path):
    path = sheet(tmp_path, [
        ["单位名称", "类别", "上级单位", "编码"],
        ["甲局", "衙门", "云川市人民政府", "jia"],
        ["乙局", "部门", "没有的局", "yi"],
        ["丙局", "部门", "云川市人民政府", "yi"],
        ["丁局", "部门", "=A1", "ding"],
    ])  # fmt: skip
    assert faults(read_units, path, city.book) == [("sheet.formula", "C5")]
    path = sheet(tmp_path, [["单位名称", "类别", "上级单位", "编码"], ["甲局", "衙门", "", "jia"],
                            ["乙局", "部门", "没有的局", "yi"], ["丙局", "部门", "", "yi"]])  # fmt: skip
    assert sorted(faults(read_units, path, city.book)) == [
        ("list.kind_unknown", "B2"), ("list.twice", "A4"), ("list.unit_unknown", "C3"),
    ]  # fmt: skip


def test_what_the_action_refuses_is_told_at_the_cell(city, tmp_path):
    path = sheet(tmp_path, [["编码", "单位名称", "联系人", "上级单位"], ["X 1", "甲局", "", ""], ["yi", "乙局", "密级：秘密", ""],
                            ["bing", "市财政局", "", ""], ["ding", "", "", ""], ["wu", "乙局", "", ""]])  # fmt: skip
    found = read_units(path, city.book)
    with pytest.raises(Refused) as refused:
        import_units(city.book, "office", found.units)
    told = found.placed(refused.value.problems)
    assert [(p.code, p.place.rpartition("!")[2]) for p in told] == [
        ("unit.code_wrong", "A2"), ("field.secret", "C3"), ("unit.name_taken", "B4"), ("field.missing", "B5"), ("unit.name_taken", "B6"),
    ]  # fmt: skip
    assert all("表.xlsx" in say(p, "zh") for p in told[:1])


def test_people_with_their_faults(city, tmp_path):
    path = sheet(tmp_path, [["账号", "姓名", "所属单位", "角色"], ["jia", "甲", "市教育局", "填报人、单位负责人"],
                            ["yi", "乙", "没有的局", "填报人"], ["bing", "丙", "市教育局", "王"], ["jia", "丁", "市教育局", "填报人"]])  # fmt: skip
    assert sorted(faults(read_people, path, city.book)) == [
        ("list.role_unknown", "D4"), ("list.twice", "A5"), ("list.unit_unknown", "C3"),
    ]  # fmt: skip
    path = sheet(
        tmp_path, [["账号", "姓名", "所属单位", "角色"], ["jia", "甲", "市教育局", "填报人、单位负责人"]]
    )
    found = read_people(path, city.book)
    assert found.people[0][1].roles == ("reporter", "head")
    assert import_people(city.book, "office", found.people)[0][0] == "person/jia"


@pytest.mark.parametrize("who", ["wang", "li", "wu", "zhou", "leader", ""])
def test_lists_hold_the_rights_of_who_sends_them(city, tmp_path, who):
    units = read_units(sheet(tmp_path, [["单位名称"], ["自立局"]]), city.book)
    people = read_people(
        sheet(tmp_path, [["账户", "姓名", "单位", "角色"], ["jia", "甲", "东区教育局", "填报人"]]), city.book
    )
    assert city.refusal(who, import_units, units.units).startswith("rights.")
    assert city.refusal(who, import_people, people.people).startswith("rights.")
    assert city.refusal("zheng", import_units, units.units).startswith("rights.")
    assert city.refusal("zheng", import_people, people.people) == ""
    grab = read_people(
        sheet(tmp_path, [["账户", "姓名", "单位", "角色"], ["clerk", "陈", "东区教育局", "填报人"]]),
        city.book,
    )
    assert city.refusal("zheng", import_people, grab.people).startswith("rights.")


def test_a_file_that_is_no_list(city, tmp_path):
    assert faults(read_units, sheet(tmp_path, [["甲", "乙"], ["1", "2"]]), city.book)[0][0] == "list.no_heads"
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    assert faults(read_units, tmp_path / "x.xlsx", city.book)[0][0] == "sheet.damaged"
    twice = sheet(tmp_path, [["单位名称", "联系人", "联络员"], ["甲", "乙", "丙"]])
    assert faults(read_units, twice, city.book) == [("sheet.head_twice", "C1")]


def test_nothing_in_a_sent_list_is_computed(city):
    city.write("office", [("unit/xin", UnitEntered("市新局", contact="=1+1", phone="+86 1", parent="yc"))])
    rows = list(csv.reader(io.StringIO(write_list_csv(UNITS, unit_rows(city.book)).decode("utf-8-sig"))))
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    book = openpyxl.load_workbook(io.BytesIO(write_list("单位", UNITS, unit_rows(city.book))))
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)


def test_the_names_in_lists_are_those_of_the_pages():
    words = catalogue("zh")
    assert {name: words[f"unit_kind.{code}"] for name, code in KINDS.items()} == {
        name: name for name in KINDS
    }
    assert {name: words[f"role.{code}"] for name, code in ROLE_NAMES.items()} == {
        name: name for name in ROLE_NAMES
    }
