"""A table that comes back after others wrote: only what people changed in it counts, and it takes nothing back."""

from datetime import date

import pytest

from duban.actions import decide_field, open_account
from duban.core.problem import Refused
from duban.files import read_table, write_csv, write_workbook
from duban.ledger import BookKeeper
from duban.ledger.bodies import TABLED
from duban.ledger.items import ItemChange
from duban.read import read_text
from tests.files.conftest import NOW, SMALL
from tests.files.sheet import Sheet, problems, write


@pytest.fixture
def item(owner):
    return ItemChange("add", owner, head="甲", lead="市水务局", note="旧")


def changed(store, owner, n=1, **fields):
    """The book after item `n` was changed elsewhere."""
    item = BookKeeper(store).book().commitments[owner].numbered[n].item
    values = {name: item[name] for name in TABLED} | fields
    return write(store, [ItemChange("change", n=n, **values)])


def test_an_untouched_table_takes_nothing_back(store, book, owner, item, tmp_path):
    book = write(store, [item])
    for name, raw in (("t.xlsx", write_workbook(book)), ("t.csv", write_csv(book))):
        (tmp_path / name).write_bytes(raw)
    book = changed(store, owner, lead="市林草局")
    for name in ("t.xlsx", "t.csv"):
        assert read_table(tmp_path / name, book, remove_missing=True).changes == []


def test_other_cells_of_a_changed_item_are_kept(store, book, owner, item, tmp_path):
    sheet = Sheet(write(store, [item]), tmp_path)
    sheet.set(0, "note", "新")
    sheet.set(0, "q3", "过半")
    book = changed(store, owner, lead="市林草局", quarters=("开工",))
    (change,) = read_table(sheet.save(), book).changes
    assert (change.lead, change.note, change.quarters) == ("市林草局", "新", ("开工", "", "过半"))


def test_the_same_cell_changed_on_both_sides_is_refused(store, book, owner, item, tmp_path):
    sheet = Sheet(write(store, [item]), tmp_path)
    cell = sheet.set(0, "lead", "市财政局")
    book = changed(store, owner, lead="市林草局")
    (problem,) = problems(sheet.save(), book)
    assert (problem.code, problem.data["now"]) == ("sheet.moved", "市林草局")
    assert problem.place.endswith(cell)
    assert read_table(sheet.path, changed(store, owner, lead="市财政局")).changes == []  # both said the same


def test_the_same_table_twice_adds_nothing(store, book, sheet, owner):
    sheet.set(0, "head", "选址")
    sheet.insert_copy(0)
    sheet.set(1, "head", "施工")
    sheet.set(2, "lead", "市水务局")
    path = sheet.save()
    after = write(store, read_table(path, book).changes)
    again = read_table(path, after, remove_missing=True)
    assert (again.changes, again.missing) == ([], [])
    after = write(store, [ItemChange("add", owner, head="验收")])
    assert read_table(path, after, remove_missing=True).changes == []


def test_a_further_row_twice_adds_nothing(store, book, owner, item, tmp_path):
    book = write(store, [item])
    sheet = Sheet(book, tmp_path)
    sheet.insert_copy(0)
    sheet.set(1, "head", "乙")
    after = write(store, read_table(sheet.save(), book).changes)
    assert len(after.commitments[owner].items) == 2
    assert read_table(sheet.path, after, remove_missing=True).changes == []


def test_two_tables_that_split_one_commitment_do_not_mix(store, book, sheet, owner, item):
    sheet.set(0, "lead", "市财政局")
    book = write(store, [item])
    (problem,) = problems(sheet.save(), book)
    assert (problem.code, problem.data["id"]) == ("sheet.items_since", owner)


def test_an_item_that_was_taken_off_meanwhile(store, book, owner, item, tmp_path):
    sheet = Sheet(write(store, [item]), tmp_path)
    book = write(store, [ItemChange("remove", owner, 1)])
    assert read_table(sheet.save(), book).changes == []
    sheet.set(0, "lead", "市财政局")
    assert [p.code for p in problems(sheet.save(), book)] == ["sheet.item_gone"]


def test_items_added_meanwhile_are_not_missing(store, book, sheet, owner, item):
    book = write(store, [item])
    assert read_table(sheet.save(), book, remove_missing=True).missing == []


def test_a_deleted_row_of_an_item_that_changed_meanwhile_is_asked_about(store, book, owner, item, tmp_path):
    sheet = Sheet(write(store, [item]), tmp_path)
    sheet.sheet.delete_rows(sheet.rows[0])
    book = changed(store, owner, lead="市林草局")
    assert read_table(sheet.save(), book).missing == [(owner, 1)]
    assert [p.code for p in problems(sheet.path, book, remove_missing=True)] == ["sheet.missing_moved"]


def test_figures_corrected_meanwhile_do_not_fault_the_table(store, book, sheet):
    link = next(k for k in book.links.values() if book.claims[k.plan].claim.indicator == "快递业务量")
    for claim in (link.plan, link.review):
        book = BookKeeper(store).book()
        decide_field(store, book, claim, "value", "7", reason="读错", actor="office", at=NOW, on=NOW.date())
    book = BookKeeper(store).book()
    assert Sheet(book, sheet.path.parent).cell(3, "target").value == "≥7%"
    sheet.set(3, "lead", "市林草局")
    (change,) = read_table(sheet.save(), book).changes
    assert change.lead == "市林草局"


def test_a_promise_that_the_report_words_otherwise_now(store, book, sheet, owner):
    text = SMALL.replace("河道保洁", "河湖保洁")
    open_account(
        store, read_text(text), government="云川市", year=2024, actor="office", at=NOW, on=NOW.date()
    )
    book = BookKeeper(store).book()
    assert read_table(sheet.save(), book).changes == []
    sheet.set(1, "lead", "市林草局")
    assert [p.code for p in problems(sheet.save(), book)] == ["sheet.text_moved"]


def test_a_promise_that_the_report_no_longer_makes(store, book, sheet):
    text = SMALL.replace("（二）实施交通行动\n上半年建成通云大桥，力争快递业务量增长11%以上。\n", "")
    open_account(
        store, read_text(text), government="云川市", year=2024, actor="office", at=NOW, on=NOW.date()
    )
    book = BookKeeper(store).book()
    row = next(i for i in range(4) if book.commitments[sheet.cell(i, "id").value].dropped)
    assert read_table(sheet.save(), book).changes == []
    sheet.set(row, "lead", "市交通局")
    assert [p.code for p in problems(sheet.save(), book)] == ["sheet.id_dropped"]


def test_a_table_as_of_a_day_is_compared_with_that_day(store, book, owner, item, tmp_path):
    write(store, [item])
    old = BookKeeper(store).as_of(date(2024, 1, 19))
    assert not old.commitments  # the account was opened the day after
    sheet = Sheet(BookKeeper(store).as_of(date(2024, 1, 20)), tmp_path)
    assert sheet.cell(0, "stamp").value.endswith("@2024-01-20")
    book = changed(store, owner, lead="市林草局")
    assert read_table(sheet.save(), book).changes == []


def test_who_writes_first_is_asked_again_not_overwritten(store, book, sheet, item):
    from duban.actions import apply_table

    sheet.set(1, "lead", "市水务局")
    read = read_table(sheet.save(), book)
    write(store, [item])
    with pytest.raises(Refused) as refused:
        apply_table(store, book, read.changes, actor="office", at=NOW, on=NOW.date())
    assert refused.value.problems[0].code == "ledger.moved"
