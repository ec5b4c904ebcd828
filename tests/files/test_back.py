"""The table read back: unchanged it asks for nothing; every edit and every fault is named by its cell."""

import io
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duban.actions import apply_table
from duban.core.problem import Refused
from duban.files import COLUMNS, read_table, write_csv, write_workbook
from duban.files.rows import settled
from duban.ledger import BookKeeper
from duban.ledger.items import ItemChange
from duban.words import say
from tests.files.conftest import NOW

AT = {column.field: number for number, column in enumerate(COLUMNS, 1)}


class Sheet:
    """An exported table that a test writes into, by row of data and field."""

    def __init__(self, book, folder):
        self.path = folder / "表.xlsx"
        self.workbook = openpyxl.load_workbook(io.BytesIO(write_workbook(book)))
        self.sheet = self.workbook.active
        self.rows = [
            r for r in range(4, self.sheet.max_row + 1) if self.sheet.cell(r, 1).value in book.commitments
        ]

    def set(self, row, field, value):
        self.sheet.cell(self.rows[row], AT[field]).value = value
        return f"{self.sheet.cell(self.rows[row], AT[field]).coordinate}"

    def insert_copy(self, row):
        """A row below `row` with the same commitment and empty cells, as one splits a task in Excel."""
        below = self.rows[row] + 1
        spans = [str(s) for s in self.sheet.merged_cells.ranges if s.min_row >= below]
        for span in spans:
            self.sheet.unmerge_cells(span)
        self.sheet.insert_rows(below)
        self.sheet.cell(below, AT["id"]).value = self.sheet.cell(self.rows[row], AT["id"]).value
        self.rows.insert(row + 1, below)
        self.rows[row + 2 :] = [r + 1 for r in self.rows[row + 2 :]]

    def save(self):
        self.workbook.save(self.path)
        return self.path


@pytest.fixture
def sheet(book, tmp_path):
    return Sheet(book, tmp_path)


def faults(path, book):
    with pytest.raises(Refused) as refused:
        read_table(path, book)
    return refused.value.problems


def write(store, changes):
    book = BookKeeper(store).book()
    apply_table(store, book, changes, actor="office", at=NOW, on=NOW.date())
    return BookKeeper(store).book()


@pytest.mark.parametrize(("writer", "name"), [(write_workbook, "t.xlsx"), (write_csv, "t.csv")])
def test_an_unchanged_table_asks_for_nothing(example, tmp_path, writer, name):
    (tmp_path / name).write_bytes(writer(example))
    found = read_table(tmp_path / name, example)
    assert (found.changes, found.edits, found.missing) == ([], [], [])
    assert found.rows == len(example.commitments)


TEXT = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "=1+1",
            "+甲",
            "-乙",
            "@丙",
            "'丁",
            "''",
            "a\nb",
            '"',
            "，,;；",
            "[red]",
            "TRUE",
            "007",
            "1e5",
            "_x000D_",
        ]
    ),
)
UNIT = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=9)


def seen(text):
    """Whether a person sees anything of this text in a cell."""
    return any(c.isprintable() and not c.isspace() for c in settled(text))


@given(
    heads=st.lists(TEXT.filter(seen), min_size=1, max_size=3),
    note=TEXT,
    units=st.lists(UNIT, max_size=4, unique=True),
    due=st.sampled_from([None, "2024-06-30", "雨季前"]),
    quarters=st.lists(TEXT, min_size=4, max_size=4),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_an_item_says_comes_back_as_it_was(tmp_path_factory, heads, note, units, due, quarters):
    from duban.read import read_text
    from tests.files.conftest import SMALL, opened

    folder = tmp_path_factory.mktemp("trip")
    store = opened(read_text(SMALL), folder)
    owner = next(iter(BookKeeper(store).book().commitments))
    book = write(
        store,
        [
            ItemChange(
                "add", owner, head=h, note=note, partners=tuple(units), due=due, quarters=tuple(quarters)
            )
            for h in heads
        ],
    )
    for name, writer in (("t.xlsx", write_workbook), ("t.csv", write_csv)):
        (folder / name).write_bytes(writer(book))
        assert read_table(folder / name, book).edits == []


def test_edited_cells_become_exactly_those_changes(store, book, sheet):
    first, second = (sheet.sheet.cell(r, 1).value for r in sheet.rows[:2])
    cell = sheet.set(0, "lead", "市园林局")
    sheet.set(0, "partners", "市财政局；市住建局，滨河区")
    sheet.set(0, "due", datetime(2024, 10, 31))
    sheet.set(1, "due", "9月底前")
    found = read_table(sheet.save(), book)
    assert [(c.how, c.commitment, c.lead, c.partners, c.due) for c in found.changes] == [
        ("add", first, "市园林局", ("市财政局", "市住建局", "滨河区"), "2024-10-31"),
        ("add", second, "", (), "2024-09-30"),
    ]
    assert found.edits[0].place.endswith(f"任务分解表!{cell}")
    after = write(store, found.changes)
    assert [i.item.lead for i in after.commitments[first].items] == ["市园林局"]
    (sheet.path).write_bytes(write_workbook(after))
    assert read_table(sheet.path, after).changes == []


def test_a_split_row_is_a_further_item(store, book, sheet):
    owner = sheet.sheet.cell(sheet.rows[0], 1).value
    sheet.set(0, "head", "选址和设计")
    sheet.insert_copy(0)
    sheet.set(1, "head", "施工和验收")
    after = write(store, read_table(sheet.save(), book).changes)
    assert [i.item.head for i in after.commitments[owner].items] == ["选址和设计", "施工和验收"]


def test_a_second_item_beside_the_proposal_keeps_the_proposal(store, book, sheet):
    owner = sheet.sheet.cell(sheet.rows[0], 1).value
    sheet.insert_copy(0)
    sheet.set(1, "head", "施工和验收")
    after = write(store, read_table(sheet.save(), book).changes)
    assert "施工和验收" in [i.item.head for i in after.commitments[owner].items]


def test_a_number_merged_over_rows_counts_for_each(store, book, sheet):
    sheet.insert_copy(0)
    sheet.set(1, "id", None)
    sheet.set(1, "head", "养护")
    sheet.sheet.merge_cells(start_row=sheet.rows[0], end_row=sheet.rows[1], start_column=1, end_column=1)
    found = read_table(sheet.save(), book)
    assert {c.commitment for c in found.changes} == {sheet.sheet.cell(sheet.rows[0], 1).value}
    assert "养护" in [c.head for c in found.changes]


def test_a_column_that_is_not_there_changes_nothing(store, book, tmp_path):
    owner = next(iter(book.commitments))
    book = write(store, [ItemChange("add", owner, head="甲", lead="市水务局", note="留着")])
    sheet = Sheet(book, tmp_path)
    sheet.sheet.delete_cols(AT["note"])
    assert read_table(sheet.save(), book).changes == []


def test_columns_may_move_and_heads_may_be_renamed(book, tmp_path):
    owner, state = next(iter(book.commitments.items()))
    path = tmp_path / "moved.csv"
    path.write_text(
        f"关于印发的通知,,\n牵头部门,主要任务,编号\n市林草局,{state.read.head},{owner}\n", "utf-8"
    )
    (change,) = read_table(path, book).changes
    assert (change.lead, change.commitment) == ("市林草局", owner)


def test_the_first_unit_leads_where_there_is_one_column(book, tmp_path):
    owner, state = next(iter(book.commitments.items()))
    path = tmp_path / "one.csv"
    path.write_text(f"编号,工作事项,牵头单位\n{owner},{state.read.head},市林草局、市财政局\n", "gb18030")
    (change,) = read_table(path, book).changes
    assert (change.lead, change.partners) == ("市林草局", ("市财政局",))


def test_items_without_a_row_stay_unless_their_removal_is_asked(store, book, tmp_path):
    owner = next(iter(book.commitments))
    book = write(store, [ItemChange("add", owner, head="甲"), ItemChange("add", owner, head="乙")])
    sheet = Sheet(book, tmp_path)
    sheet.sheet.delete_rows(sheet.rows[1])
    path = sheet.save()
    assert read_table(path, book).changes == []
    assert read_table(path, book).missing == [(owner, 2)]
    after = write(store, read_table(path, book, remove_missing=True).changes)
    assert [i.item.head for i in after.commitments[owner].items] == ["甲"]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("lead", "市水务局、市财政局", "sheet.two_leads"),
        ("partners", "市水务局、市水务局", "sheet.unit_twice"),
        ("due", "2024-02-30", "sheet.due_wrong"),
        ("text", "改了原文", "sheet.words_changed"),
        ("target", "1个", "sheet.fact_changed"),
        ("id", "x-1", "sheet.id_unknown"),
        ("id", None, "sheet.id_missing"),
        ("n", 7, "sheet.item_unknown"),
        ("n", "第一", "sheet.item_number"),
        ("note", "=1+1", "sheet.formula"),
        ("note", True, "sheet.true_false"),
        ("note", "长" * 2001, "sheet.text_long"),
        ("head", " ", "sheet.head_missing"),
        ("leader", "长" * 300, "sheet.unit_wrong"),
    ],
)
def test_a_fault_names_its_cell_and_the_mend(book, sheet, field, value, code):
    cell = sheet.set(1, field, value)
    sheet.set(0, "lead", "市园林局")  # a right change beside it is not taken either
    (problem,) = faults(sheet.save(), book)
    assert (problem.code, problem.place) == (code, f"表.xlsx 任务分解表!{cell}")
    assert all(cell in say(problem, locale) for locale in ("zh", "en"))


def test_every_fault_is_told_at_once(book, sheet):
    sheet.set(0, "due", "2024-13-01")
    sheet.set(1, "lead", "甲局、乙局")
    assert len(faults(sheet.save(), book)) == 2


def test_an_error_value_is_named(book, sheet):
    sheet.set(0, "note", "#REF!")
    sheet.sheet.cell(sheet.rows[0], AT["note"]).data_type = "e"
    assert [p.code for p in faults(sheet.save(), book)] == ["sheet.error_value"]


def test_hidden_sheets_are_not_read(book, sheet):
    other = sheet.workbook.create_sheet("旧表")
    other.append(["编号", "工作事项"])
    other.append(["没有的编号", "旧事"])
    other.sheet_state = "hidden"
    assert read_table(sheet.save(), book).changes == []


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "sheet.empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "sheet.protected"),
        (b"PK\x03\x04 damaged", "sheet.damaged"),
        (b"\x89PNG\r\n\0\0", "sheet.not_a_table"),
        ("姓名,电话\n张三,1\n".encode(), "sheet.no_heads"),
        ("编号,工作事项,牵头单位,牵头部门\n".encode(), "sheet.head_twice"),
    ],
)
def test_a_file_that_is_no_table_is_refused(book, tmp_path, raw, code):
    path = tmp_path / "x.xlsx"
    path.write_bytes(raw)
    (problem,) = faults(path, book)
    assert problem.code == code
    assert "x.xlsx" in problem.place


def test_a_bomb_is_refused_unopened(book, tmp_path):
    import zipfile

    path = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/a.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(510):
            part.write(b"\0" * 1_000_000)
    assert path.stat().st_size < 2_000_000
    assert faults(path, book)[0].code == "sheet.bomb"


def test_dates_are_read_as_dates(book, sheet):
    sheet.set(0, "due", date(2024, 3, 31))
    assert read_table(sheet.save(), book).changes[0].due == "2024-03-31"
