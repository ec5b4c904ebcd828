"""The table read back: unchanged it asks for nothing, edited for exactly those changes."""

from datetime import date, datetime

import pytest

from duban.files import COLUMNS, NAMES, read_table, write_csv, write_json, write_workbook
from duban.ledger.items import ItemChange
from tests.files.sheet import AT, Sheet, write


def heads_of(book, owner):
    return [item.item.head for item in book.commitments[owner].items]


@pytest.mark.parametrize(
    ("writer", "name"), [(write_workbook, "t.xlsx"), (write_csv, "t.csv"), (write_json, "t.json")]
)
def test_an_unchanged_table_asks_for_nothing(example, tmp_path, writer, name):
    (tmp_path / name).write_bytes(writer(example))
    found = read_table(tmp_path / name, example, remove_missing=True)
    assert (found.changes, found.edits, found.missing, found.others) == ([], [], [], ())
    assert found.rows == len(example.commitments)


def test_edited_cells_become_exactly_those_changes(store, book, sheet):
    first, second = (sheet.cell(row, "id").value for row in (0, 1))
    cell = sheet.set(0, "lead", "市园林局")
    sheet.set(0, "partners", "市财政局；市住建局，滨河区,市审计局;市水务局\n市林草局")
    sheet.set(0, "due", datetime(2024, 10, 31))
    sheet.set(1, "due", "9月底前")
    found = read_table(sheet.save(), book)
    units = ("市财政局", "市住建局", "滨河区", "市审计局", "市水务局", "市林草局")
    assert [(c.how, c.commitment, c.lead, c.partners, c.due) for c in found.changes] == [
        ("add", first, "市园林局", units, "2024-10-31"),
        ("add", second, "", (), "2024-09-30"),
    ]
    assert [(e.field, e.after) for e in found.edits] == [
        ("lead", "市园林局"), ("partners", "、".join(units)), ("due", "2024-10-31"), ("due", "2024-09-30"),
    ]  # fmt: skip
    lead = next(e for e in found.edits if e.field == "lead")
    assert (lead.place, lead.before) == (f"表.xlsx 任务分解表!{cell}", "")
    after = write(store, found.changes)
    assert [i.item.lead for i in after.commitments[first].items] == ["市园林局"]
    sheet.path.write_bytes(write_workbook(after))
    assert read_table(sheet.path, after).changes == []


def test_every_column_of_an_item_can_be_filled_and_emptied(store, book, owner, tmp_path):
    filled = [c.field for c in COLUMNS if c.filled]
    values = {field: f"市{NAMES[field][:2]}局" for field in filled} | {"due": "2024-06-30"}
    book = write(store, [ItemChange("add", owner, head="甲")])
    sheet = Sheet(book, tmp_path)
    for field in filled:
        sheet.set(0, field, values[field])
    found = read_table(sheet.save(), book)
    assert [(c.how, c.n) for c in found.changes] == [("change", 1)]
    assert {e.field: e.after for e in found.edits} == values
    book = write(store, found.changes)
    sheet = Sheet(book, tmp_path)
    assert {field: sheet.cell(0, field).value for field in filled} == values
    for field in filled[1:]:
        sheet.set(0, field, None)
    book = write(store, read_table(sheet.save(), book).changes)
    (item,) = book.commitments[owner].items
    assert item.item.plain() == {"commitment": owner, "head": values["head"]}


def test_other_separators_and_forms_of_the_same_are_no_change(store, book, owner, tmp_path):
    item = ItemChange("add", owner, head="甲", lead="乙局", partners=("丙局", "丁局"), due="2024-06-30")
    book = write(store, [item])
    sheet = Sheet(book, tmp_path)
    sheet.set(0, "partners", " 丙局，丁局； ")
    sheet.set(0, "due", "2024年6月30日前")
    sheet.set(0, "lead", "乙局\n")
    sheet.set(0, "text", sheet.cell(0, "text").value + "\n")
    assert read_table(sheet.save(), book).changes == []


def test_a_split_row_is_a_further_item(store, book, sheet, owner):
    sheet.set(0, "head", "选址和设计")
    sheet.insert_copy(0)
    sheet.set(1, "head", "施工和验收")
    after = write(store, read_table(sheet.save(), book).changes)
    assert heads_of(after, owner) == ["选址和设计", "施工和验收"]


def test_a_second_item_beside_the_proposal_keeps_the_proposal(store, book, sheet, owner):
    proposed = sheet.cell(0, "head").value
    sheet.insert_copy(0)
    sheet.set(1, "head", "施工和验收")
    after = write(store, read_table(sheet.save(), book).changes)
    assert heads_of(after, owner) == [proposed, "施工和验收"]


def test_a_row_copied_and_left_as_it_was_asks_for_nothing(book, sheet):
    sheet.insert_copy(0, whole=True)
    assert read_table(sheet.save(), book).changes == []


def test_of_rows_copied_with_their_number_the_one_with_the_old_wording_keeps_it(store, book, owner, tmp_path):
    book = write(store, [ItemChange("add", owner, head="改造老旧小区")])
    sheet = Sheet(book, tmp_path)
    sheet.insert_copy(0, whole=True)
    sheet.set(0, "head", "加装电梯")
    sheet.set(1, "lead", "市住建局")
    found = read_table(sheet.save(), book)
    assert sorted((c.how, c.n, c.head, c.lead) for c in found.changes) == [
        ("add", 0, "加装电梯", ""),
        ("change", 1, "改造老旧小区", "市住建局"),
    ]


def test_merged_cells_count_for_each_row_but_a_number_for_its_first(store, book, owner, tmp_path):
    book = write(store, [ItemChange("add", owner, head="甲", lead="市住建局")])
    sheet = Sheet(book, tmp_path)
    sheet.insert_copy(0)
    sheet.set(1, "id", None)
    sheet.set(1, "head", "养护")
    for field in ("id", "n", "text", "lead"):
        sheet.merge(0, 1, field)
    (change,) = read_table(sheet.save(), book).changes
    assert (change.how, change.commitment, change.head, change.lead) == ("add", owner, "养护", "市住建局")


def test_a_blank_row_under_a_merged_number_says_nothing(book, sheet):
    sheet.insert_copy(0)
    sheet.set(1, "id", None)
    sheet.merge(0, 1, "id")
    assert read_table(sheet.save(), book).changes == []


def test_items_without_a_row_stay_unless_their_removal_is_asked(store, book, owner, tmp_path):
    book = write(store, [ItemChange("add", owner, head="甲"), ItemChange("add", owner, head="乙")])
    sheet = Sheet(book, tmp_path)
    sheet.sheet.delete_rows(sheet.rows[1])
    path = sheet.save()
    assert (read_table(path, book).changes, read_table(path, book).missing) == ([], [(owner, 2)])
    found = read_table(path, book, remove_missing=True, reason="并入其他事项")
    after = write(store, found.changes)
    assert heads_of(after, owner) == ["甲"]
    assert after.timeline(f"item/{owner}/2")[-1].body.reason == "并入其他事项"


def test_a_column_that_is_not_there_changes_nothing(store, book, owner, tmp_path):
    book = write(store, [ItemChange("add", owner, head="甲", lead="市水务局", note="留着")])
    sheet = Sheet(book, tmp_path)
    sheet.sheet.delete_cols(AT["note"])
    assert read_table(sheet.save(), book).changes == []


def test_columns_may_move_rows_may_stand_above_and_columns_between(store, book, owner, tmp_path):
    book = write(store, [ItemChange("add", owner, head="甲", lead="市水务局")])
    exported = Sheet(book, tmp_path).sheet
    order = ["note", "lead", "q2", "id", "n", "stamp", "head", "text"]
    moved = Sheet(book, tmp_path)
    sheet = moved.workbook.create_sheet("返回")
    sheet.append(["附件2"])
    sheet.append([])
    sheet.append(["序号", *(f"{NAMES[name][0]} {NAMES[name][1:]}（填写）" for name in order)])
    for number, row in enumerate(range(4, exported.max_row), 1):
        if exported.cell(row, AT["id"]).value in book.commitments:
            sheet.append([number, *(exported.cell(row, AT[name]).value for name in order)])
    sheet.cell(4, 3).value = "市林草局"
    del moved.workbook["任务分解表"]
    found = read_table(moved.save(), book)
    assert [(e.place, e.field, e.before, e.after) for e in found.edits] == [
        ("表.xlsx 返回!C4", "lead", "市水务局", "市林草局")
    ]
    assert found.others == ("序号",)


def test_a_table_made_by_hand_is_read_and_again_adds_nothing(store, book, owner, tmp_path):
    path = tmp_path / "moved.csv"
    text = f"关于印发的通知\n牵头部门;主要任务;编号\n市林草局;选址;{owner.lower()}\n市住建局;施工;{owner}\n"
    path.write_text(text, "gb18030")
    after = write(store, read_table(path, book).changes)
    assert [(i.item.head, i.item.lead) for i in after.commitments[owner].items] == [
        ("选址", "市林草局"),
        ("施工", "市住建局"),
    ]
    assert read_table(path, after).changes == []


@pytest.mark.parametrize("head", ["牵头单位", "责任单位"])
def test_the_first_unit_leads_where_there_is_one_column(book, owner, tmp_path, head):
    path = tmp_path / "one.csv"
    path.write_text(f"编号\t工作事项\t{head}\n{owner}\t植树\t市林草局、市财政局\n", "utf-16")
    (change,) = read_table(path, book).changes
    assert (change.lead, change.partners) == ("市林草局", ("市财政局",))


def test_a_new_lead_alone_leaves_the_partners_where_their_column_was_deleted(store, book, owner, tmp_path):
    book = write(store, [ItemChange("add", owner, head="甲", lead="乙局", partners=("丙局",))])
    sheet = Sheet(book, tmp_path)
    sheet.set(0, "lead", "丁局")
    sheet.sheet.delete_cols(AT["partners"])
    (change,) = read_table(sheet.save(), book).changes
    assert (change.lead, change.partners) == ("丁局", ("丙局",))


def test_heads_over_three_rows_and_heads_said_again(book, sheet, owner):
    sheet.sheet.unmerge_cells("A2:A3")
    for span in [s for s in sheet.sheet.merged_cells.ranges if s.min_row >= 2]:
        sheet.sheet.unmerge_cells(str(span))
    sheet.sheet.insert_rows(3)
    for column in range(1, len(COLUMNS) + 1):
        if sheet.sheet.cell(2, column).value not in ("季度节点", None):
            sheet.sheet.merge_cells(start_row=2, end_row=4, start_column=column, end_column=column)
    sheet.rows = [row + 1 for row in sheet.rows]
    sheet.insert_copy(0)
    for field in ("id", "head", "lead"):
        sheet.set(1, field, NAMES[field])  # pasted from the next page
    sheet.set(0, "q2", "完成选址")
    (edit,) = read_table(sheet.save(), book).edits
    assert (edit.commitment, edit.field, edit.after) == (owner, "q2", "完成选址")


def test_only_visible_sheets_are_read_and_all_of_them(book, sheet):
    for title, state in (("旧表", "hidden"), ("更旧", "veryHidden"), ("说明", "visible")):
        other = sheet.workbook.create_sheet(title)
        other.append(["编号", "工作事项"] if state != "visible" else ["填表说明"])
        other.append(["没有的编号", "旧事"])
        other.sheet_state = state
    more = sheet.workbook.create_sheet("补充")
    more.append(["编号", "工作事项", "牵头单位"])
    more.append([sheet.cell(0, "id").value, "另一件事", "市水务局"])
    found = read_table(sheet.save(), book)
    assert "另一件事" in [c.head for c in found.changes]
    assert {e.place.partition("!")[0] for e in found.edits} == {"表.xlsx 任务分解表", "表.xlsx 补充"}


def test_hidden_rows_and_formats_far_below_do_not_matter(book, sheet):
    sheet.sheet.row_dimensions[sheet.rows[0]].hidden = True
    sheet.sheet.cell(60_000, 300).number_format = "@"
    sheet.set(0, "lead", "市水务局")
    assert len(read_table(sheet.save(), book).edits) == 1


@pytest.mark.parametrize(
    ("field", "value", "number_format", "expected"),
    [
        ("due", date(2024, 3, 31), "yyyy年m月d日", "2024-03-31"),
        ("due", datetime(2024, 3, 31, 17, 30), "yyyy-mm-dd hh:mm", "2024-03-31"),
        ("due", 45382, "General", "2024-03-31"),
        ("q1", 0.255, "0.0%", "25.5%"),
        ("q1", 3, "General", "3"),
        ("q1", 0.1 + 0.2, "General", "0.3"),
        ("note", 12345678901, "General", "12345678901"),
        ("note", date(2024, 3, 31), "yyyy-mm-dd", "2024-03-31"),
        ("note", "a\r\nb", "@", "a\nb"),
        ("note", "_x000D_\n甲_x0041_乙_x005F_x0041_", "@", "甲A乙_x0041_"),  # as Excel escapes
    ],
)
def test_what_spreadsheets_make_of_cells_is_read_as_people_see_it(
    book, sheet, field, value, number_format, expected
):
    sheet.set(0, field, value)
    sheet.cell(0, field).number_format = number_format
    assert [e.after for e in read_table(sheet.save(), book).edits] == [expected]


def test_notes_and_signatures_below_the_table_are_let_be(book, sheet):
    last = sheet.sheet.max_row
    sheet.sheet.cell(last + 2, 3).value = "填表人：张三"
    sheet.sheet.cell(last + 2, len(COLUMNS) + 2).value = "审核：李四"
    sheet.sheet.cell(last + 3, 1).value = "注：本表一式两份"
    assert read_table(sheet.save(), book).changes == []
