"""Kept registers as tables: the same figures as in Python, made anew only where the register has changed."""

import random
from datetime import date

import pytest

from tests.table.things import THINGS

pytest.importorskip("ibis", reason="the extra `table` is not installed")

from duban.core.period import period
from duban.ledger import Entry
from duban.ledger.book import Book
from duban.ledger.year.records import RecordMoved, RecordPut, RecordRemoved, RecordState
from duban.packs import packs
from duban.registers.expression import Constant, F
from duban.registers.indicator import Plain, reckon
from duban.registers.record import rows, told_row
from duban.registers.typed import stored
from duban.table.choose import Engines, engine_for
from duban.table.engine import Table, duckdb, over_parquet
from duban.table.snapshot import write_rows

PACK = packs()["motions"]
MOTIONS = PACK.registered["motions"]
YEAR, DAY = period("2024"), date(2024, 12, 31)
CASES = [
    pytest.param(pack, indicator, case, id=f"{pack.name}.{indicator.name}-{number}")
    for pack in packs().values()
    for indicator in pack.indicators
    for number, case in enumerate(indicator.cases)
]
CONNECTION = duckdb(threads=1)


def post(book, id, body):
    account = f"record/motions/{id}"
    book.apply(Entry(book.seq + 1, "2024-06-01T00:00:00.000Z", "2024-06-01", "office", body.KIND, account, body, ""))  # fmt: skip


@pytest.fixture
def book():
    book, chance = Book(), random.Random(1)
    for n in range(60):
        values = {"number": f"{n:03d}", "kind": chance.choice(["motion", "proposal"]), "subject": f"修路{n}",
                  "received_on": f"2024-01-{n % 28 + 1:02d}", "unit": chance.choice(["", "甲局", "乙局"]),
                  "hard": chance.choice(["yes", "no", ""]), "result": chance.choice(["A", "B", ""]),
                  "satisfaction": chance.choice(["satisfied", "not", ""])}  # fmt: skip
        post(book, f"{n:03d}", RecordPut(values, "received", values["received_on"]))
        for stage, day in (("assigned", "2024-02-01"), ("answered", "2024-03-01"))[: n % 3]:
            post(book, f"{n:03d}", RecordMoved(stage, day))
    return book


def same(engine, book):
    plain = Plain(MOTIONS, rows(MOTIONS, book.registers.of("motions")))
    for one in PACK.indicators:
        for by in ((), ("unit",), ("kind", "result")):
            assert reckon(one, engine, YEAR, DAY, by) == reckon(one, plain, YEAR, DAY, by)
    assert engine.rows(F.hard, {}, 99) == plain.rows(F.hard, {}, 99)
    return True


def test_a_large_register_is_a_table_and_a_small_one_is_not(book):
    engines = Engines(small=50)
    assert isinstance(engines.of(book, MOTIONS), Table)
    assert same(engines.of(book, MOTIONS), book)
    assert isinstance(Engines(small=60).of(book, MOTIONS), Plain)
    assert same(Engines().of(book, MOTIONS), book)
    assert same(engine_for(MOTIONS, book.registers.of("motions"), small=5), book)


def test_it_is_made_anew_only_where_the_register_has_changed(book):
    engines = Engines(small=50)
    first = engines.of(book, MOTIONS)
    assert engines.of(book.copy(), MOTIONS) is first
    post(book, "007", RecordPut({"result": "B", "hard": "yes"}))
    post(book, "009", RecordRemoved("重复"))
    second = engines.of(book, MOTIONS)
    assert second is not first
    assert second.behind is first.behind  # the same file, and beside it what changed
    assert same(second, book)
    for n in range(10):
        post(book, f"x{n}", RecordPut({"number": f"x{n}", "kind": "motion", "received_on": "2024-05-01"}))
    third = engines.of(book, MOTIONS)
    assert third.behind is not second.behind
    assert same(third, book)
    assert len(first.rows(Constant(True), {}, 99)) == 60  # whoever holds an older engine can still ask it


def test_another_book_with_as_many_entries_is_another_register(book):
    engines = Engines(small=50)
    other = book.copy()
    post(book, "003", RecordPut({"result": "A"}))
    post(other, "004", RecordPut({"result": "D"}))
    assert same(engines.of(book, MOTIONS), book)
    assert same(engines.of(other, MOTIONS), other)
    assert same(engines.of(book, MOTIONS), book)


def test_more_digits_than_a_column_has_are_worked_out_in_python():
    fine, coarse = RecordState("1", {"amount": "1.00000001"}), RecordState("2", {"amount": "2"})
    assert isinstance(Engines(small=1).over(THINGS, [fine, coarse]), Plain)
    assert isinstance(Engines(small=1).over(THINGS, [coarse, coarse]), Table)


@pytest.mark.parametrize(("pack", "indicator", "case"), CASES)
def test_every_indicator_of_every_pack_gives_its_worked_case_on_a_table(pack, indicator, case, tmp_path):
    register = pack.registered[indicator.register]
    write_rows(register, [told_row(register, texts) for texts in case.rows], tmp_path / "x.parquet")
    engine = over_parquet(register, tmp_path / "x.parquet", connection=CONNECTION)
    assert stored(reckon(indicator, engine, period(case.period), case.day)[()].value) == case.value
