"""Every register takes the table of an office as it is: the messy workbook says the same as the clean one."""

from functools import cache
from importlib.resources import as_file, files

import openpyxl
import pytest

from duban.actions.records import put_records, weigh_records
from duban.files.records import read_records
from duban.ledger.book import Book
from duban.packs import packs
from duban.words import say
from tests.packs.desks import DAY, applied
from tests.packs.messy import messy

KEPT = [
    (pack, register)
    for pack in packs().values()
    for register in pack.registers
    if register.kind == "kept" and (files(f"duban.packs.{pack.name}") / f"{register.name}.csv").is_file()
]


@cache
def clean(name):
    """A book with all clean tables of a pack, read as files are."""
    book, pack = Book(), packs()[name]
    for register in pack.registers:
        if (pack, register) in KEPT:
            with as_file(files(f"duban.packs.{pack.name}") / f"{register.name}.csv") as path:
                rows = read_records(path, register).rows
            applied(book, put_records(book, "office", register, rows, DAY))
    return book


def test_every_pack_is_tried():
    assert {pack.name for pack, _ in KEPT} == set(packs())


@pytest.mark.parametrize(("pack", "register"), KEPT, ids=lambda one: one.name)
def test_the_messy_workbook_says_the_same_as_the_clean_table(pack, register, tmp_path):
    """In a book that holds the clean table it changes nothing, and no row is lost or refused."""
    count, _ = messy(tmp_path / "表.xlsx", pack, register)
    read = read_records(tmp_path / "表.xlsx", register)
    assert [say(fault, "zh") for fault in read.faults] == []
    assert len(read.rows) == count
    weighed = weigh_records(clean(pack.name), "office", register, read.rows, DAY)
    assert [say(fault, "zh") for fault in weighed.faults] == []
    assert (weighed.writes, weighed.same) == ([], count)
    told = {note.code for note in read.notes}
    assert {"records.groups", "records.hidden", "records.sheets_hidden", "records.remarks"} <= told


def test_what_is_wrong_in_it_is_told_with_its_cell(tmp_path):
    """A day that is none and a number that is none, each at its place; the rows around them are taken."""
    pack, register = next((p, r) for p, r in KEPT if r.name == "projects")
    count, first = messy(tmp_path / "表.xlsx", pack, register)
    book = openpyxl.load_workbook(tmp_path / "表.xlsx")
    heads = [str(cell.value).replace("\n", "") for cell in book["2024"][3]]
    day, money = (
        heads.index("计划开工时间") + 1,
        next(n for n, head in enumerate(heads, 1) if head.startswith("总投资")),
    )
    cells = book["2024"].cell(first, day), book["2024"].cell(first + 2, money)
    cells[0].value, cells[1].value = "2024年2月30日", "约三亿"
    book.save(tmp_path / "表.xlsx")
    weighed = weigh_records(
        clean(pack.name), "office", register, read_records(tmp_path / "表.xlsx", register).rows, DAY
    )
    found = [(fault.code, fault.place.rpartition("!")[2]) for fault in weighed.faults]
    assert found == [
        ("record.no_such_day", cells[0].coordinate),
        ("record.not_a_number", cells[1].coordinate),
    ]
    assert (weighed.refused, weighed.same) == (2, count - 2)
