"""The filing sheet out, filled in, and back: every cell, every fault, nothing twice, nobody else's rows."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.actions import filings
from duban.actions.filings import submit_filings, tabled
from duban.assess import profile_of
from duban.assess.lights import lights
from duban.assess.owed import owed_by
from duban.core.problem import Refused
from duban.files.filing_columns import FILING_COLUMNS, KNOWN
from duban.files.filing_in import read_filings
from duban.files.filing_out import FIRST_ROW, write_filing
from duban.files.typed import NotANumberError, typed_number
from duban.ledger.bodies import ItemAdded
from duban.ledger.year.filings import ReadingPosted
from duban.ledger.year.tasks import Target, TargetSet
from duban.words import LOCALES, say
from tests.actions.city import KEY, peopled, small_book

DAY = date(2024, 10, 9)
COLUMN = {column.field: n for n, column in enumerate(FILING_COLUMNS, 1)}
SHARE, WORDS, OTHER = "A1.1-01/2", "A1.1-01/3", "A1.1-01/4"


@pytest.fixture(scope="module")
def plain_book(tmp_path_factory):
    return small_book(tmp_path_factory.mktemp("small") / "book")


@pytest.fixture
def city(plain_book):
    """One item with a number, one with a share, one with words, and one of another unit."""
    city = peopled(plain_book.copy())
    for key, lead in ((SHARE, "市住房和城乡建设局"), (WORDS, "市住房和城乡建设局"), (OTHER, "市教育局")):
        city.write("office", [(f"item/{key}", ItemAdded("A1.1-01", f"事项{key[-1]}", lead))])
    for key, target in (
        (KEY, Target("口袋公园", "increment", Decimal(20), unit="座")),
        (SHARE, Target("占比", "share", Decimal(70), unit="%")),
    ):
        city.write("office", [(f"item/{key}", TargetSet(target))])
    return city


def sheet_of(city, unit="市住房和城乡建设局"):
    lit = lights(city.book, DAY, profile_of(city.book))
    raw = write_filing(unit, owed_by(city.book, lit, unit, DAY), lit, DAY.isoformat())
    return openpyxl.load_workbook(io.BytesIO(raw))


def row_of(book, key):
    sheet = book.active
    return next(r for r in range(FIRST_ROW, sheet.max_row + 1) if sheet.cell(r, 1).value == key)


def fill(book, key, **cells):
    for name, value in cells.items():
        book.active.cell(row_of(book, key), COLUMN[name]).value = value


def read(city, book, tmp_path, unit="zhujian"):
    path = Path(tmp_path) / "填报表.xlsx"
    book.save(path)
    return read_filings(path, city.book, lights(city.book, DAY, profile_of(city.book)), unit, DAY)


def codes(city, book, tmp_path, unit="zhujian"):
    with pytest.raises(Refused) as refused:
        read(city, book, tmp_path, unit)
    for problem in refused.value.problems:
        for locale in LOCALES:
            assert problem.place in say(problem, locale)
    return [(p.code, p.place.rpartition("!")[2]) for p in refused.value.problems]


def enter(city, found, who="wang"):
    rows = [
        (f.key, f.place, tabled(f.period.code, f.figures, f.notes, asked=len(f.said), known=KNOWN))
        for f in found.filed
    ]
    return city.do(who, submit_filings, rows)


def test_what_is_known_stands_in_it_and_only_the_rest_is_open(city):
    city.do("wang", filings.submit_filing, KEY, filings.Report("2024-C08", Decimal(0)))
    city.do("li", filings.countersign_filing, KEY, 1)
    book = sheet_of(city)
    sheet, row = book.active, row_of(book, KEY)
    told = {name: sheet.cell(row, n).value for name, n in COLUMN.items()}
    assert (told["period"], told["last"], told["target"], told["unit"]) == ("2024年1—9月", "0", "20座", "座")
    assert told["value"] is None
    assert sheet.protection.sheet
    for column in FILING_COLUMNS:
        assert sheet.cell(row, COLUMN[column.field]).protection.locked is not column.filled
        assert sheet.cell(2, COLUMN[column.field]).protection.locked
    assert [sheet.cell(r, 1).value for r in range(FIRST_ROW, sheet.max_row + 1)] == [KEY, SHARE, WORDS]


def test_as_it_was_downloaded_it_says_nothing(city, tmp_path):
    found = read(city, sheet_of(city), tmp_path)
    assert (found.filed, found.same, found.idle) == ([], 0, 3)


def test_filled_in_read_entered_and_the_same_again_adds_nothing(city, tmp_path):
    book = sheet_of(city)
    fill(book, KEY, value="１，２００", reference="建字〔2024〕3号")
    fill(book, SHARE, numerator=0, denominator="1,000")
    fill(book, WORDS, progress="已完成设计\n正在招标", next_step="开工")
    found = read(city, book, tmp_path)
    assert {f.key: dict(f.figures) for f in found.filed} == {
        KEY: {"value": 1200}, SHARE: {"numerator": 0, "denominator": 1000}, WORDS: {},
    }  # fmt: skip
    assert [s.place.rpartition("!")[2] for s in found.filed[0].said] == [f"I{FIRST_ROW}", f"P{FIRST_ROW}"]
    entered = enter(city, found)
    assert [e.body.value for e in entered] == [1200, 0, None]
    assert entered[0].body.evidence[0].reference == "建字〔2024〕3号"
    again = read(city, book, tmp_path)
    assert (again.filed, again.same) == ([], 3)


def test_a_filing_on_its_way_is_not_overwritten(city, tmp_path):
    book = sheet_of(city)
    fill(book, KEY, value=12)
    enter(city, read(city, book, tmp_path))
    fill(book, KEY, value=13)
    assert codes(city, book, tmp_path) == [("filing.there_already", f"E{FIRST_ROW}")]


def test_every_fault_at_once_each_at_its_cell(city, tmp_path):
    book = sheet_of(city)
    fill(book, KEY, value="=1+1", progress="x" * 2001)
    fill(book, SHARE, numerator="十", denominator=date(2024, 1, 2))
    fill(book, WORDS, value="1e9")
    rows = [row_of(book, key) for key in (KEY, SHARE, WORDS)]
    assert codes(city, book, tmp_path) == [
        ("sheet.formula", f"I{rows[0]}"),
        ("sheet.not_a_number", f"J{rows[1]}"),
        ("sheet.date_for_number", f"K{rows[1]}"),
        ("sheet.not_a_number", f"I{rows[2]}"),
    ]


@pytest.mark.parametrize(
    ("key", "cells", "code"),
    [
        (KEY, {"value": True}, "sheet.true_false"),
        (KEY, {"value": "60%"}, "sheet.per_cent_of_what"),
        (SHARE, {"numerator": 3}, "reading.half_a_share"),
        (KEY, {"value": 1, "period": "上个月"}, "sheet.period_wrong"),
        (KEY, {"value": 1, "period": "2024年1—11月"}, "sheet.period_not_asked"),
        (KEY, {"value": 1, "id": "A9.9-99/1"}, "sheet.filing_item_unknown"),
        (KEY, {"value": 1, "id": OTHER}, "sheet.other_unit"),
        (KEY, {"value": 1, "id": WORDS, "period": "2024年1—9月"}, None),
        (KEY, {"progress": "x" * 2001}, "sheet.text_long"),
    ],
)
def test_one_fault(city, tmp_path, key, cells, code):
    book = sheet_of(city)
    row = row_of(book, key)
    for name, value in cells.items():
        book.active.cell(row, COLUMN[name]).value = value
    if code is None:
        assert len(read(city, book, tmp_path).filed) == 1
    else:
        assert [c for c, _ in codes(city, book, tmp_path)] == [code]


def test_a_per_cent_where_the_unit_is_one(city, tmp_path):
    book = sheet_of(city)
    fill(book, SHARE, value="9.5%")
    assert read(city, book, tmp_path).filed[0].figures == {"value": Decimal("9.5")}
    cell = book.active.cell(row_of(book, SHARE), COLUMN["value"])
    cell.value, cell.number_format = 0.095, "0.0%"
    assert read(city, book, tmp_path).filed[0].figures == {"value": Decimal("9.5")}


def test_one_row_twice(city, tmp_path):
    book = sheet_of(city)
    fill(book, KEY, value=3)
    for n in COLUMN.values():
        book.active.cell(40, n).value = book.active.cell(row_of(book, KEY), n).value
    assert codes(city, book, tmp_path) == [("sheet.filing_twice", "A40")]


def test_rows_of_another_unit_are_refused_by_name(city, tmp_path):
    book = sheet_of(city)
    fill(book, KEY, value=3)
    with pytest.raises(Refused) as refused:
        read(city, book, tmp_path, unit="jiaoyu")
    assert "市住房和城乡建设局" in say(refused.value.problems[0])
    found = read(city, book, tmp_path)
    for who in ("qian", "zhou", "leader", "wu", "office", ""):
        with pytest.raises(Refused):
            enter(city, found, who)
    with pytest.raises(Refused) as refused:
        enter(city, found, "zhao")  # a partner: the figure is the lead's
    assert refused.value.problems[0].place.endswith(f"!A{FIRST_ROW}")


def test_what_statistics_know_is_neither_asked_nor_taken(city, tmp_path):
    book = sheet_of(city)
    fill(book, KEY, value=3)
    city.do("office", filings.post_reading, KEY, ReadingPosted("2024-C09", Decimal(4), source="统计月报"))
    assert KEY not in [c.value for c in sheet_of(city).active["A"]]
    with pytest.raises(Refused) as refused:
        read(city, book, tmp_path)
    assert (refused.value.problems[0].code, "统计月报" in say(refused.value.problems[0])) == (
        "sheet.known_already",
        True,
    )


def test_all_or_nothing(city, tmp_path):
    book = sheet_of(city)
    fill(book, KEY, value=3)
    fill(book, SHARE, numerator=1, denominator=0)
    found = read(city, book, tmp_path)
    with pytest.raises(Refused) as refused:
        enter(city, found)
    assert [p.code for p in refused.value.problems] == ["reading.denominator_zero"]
    assert not city.book.tasks[KEY].filings


def test_heads_merged_moved_and_renamed(city, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["某局报送"])
    sheet.append(["所属期", "事项编号", "完成情况", None])
    sheet.append([None, None, "本期数", "备注"])
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B2:B3")
    sheet.append(["2024年1-9月", f" {KEY.lower()} ", "7座", "无关"])
    assert read(city, book, tmp_path).filed[0].figures == {"value": 7}


def test_a_table_that_is_no_filing_sheet(city, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["姓名", "电话"])
    assert codes(city, book, tmp_path) == [("sheet.no_filing_heads", "填报表.xlsx")]


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [("1,200.50", "", "1200.50"), ("－３", "", "-3"), ("0", "户", "0"), ("12 万元", "万元", "12"), ("", "", None), ("9.5％", "%", "9.5")],
)  # fmt: skip
def test_numbers_as_typed(text, unit, value):
    assert typed_number(text, unit) == (None if value is None else Decimal(value))


@pytest.mark.parametrize("text", ["1,2", "1.2.3", "约5", "5-6", "∞", "NaN", "1e3", "0x1F", "二十", "-", "无"])
def test_what_is_no_number(text):
    with pytest.raises(NotANumberError):
        typed_number(text)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=3))
def test_any_number_with_thousands_set_apart(value):
    assert typed_number(f"{value:,}") == value
