"""Registers filled with the packs' example records, recounted by `duban recount` and `duban tick`, once."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from typer.testing import CliRunner

from duban.actions.context import perform
from duban.cli import app
from duban.core.problem import Refused
from duban.ledger import BookKeeper, open_store
from duban.ledger.bodies import ItemAdded
from duban.ledger.year.tasks import Target, TargetSet
from duban.simulate.registers import fill_registers
from duban.words import say
from tests.actions.city import small_book

KEY = "A1.1-01/1"
TARGET = Target(
    indicator="10亿元以上项目", value=Decimal(20), unit="个", measure="increment", comparator="ge"
)


def run(*words):
    done = CliRunner().invoke(app, [str(word) for word in words])
    if isinstance(done.exception, Refused):
        return say(done.exception.problems[0])
    assert done.exit_code == 0, (done.output, done.exception)
    return done.stdout


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A book with every pack's example records and one item that bears an indicator's name."""
    folder = tmp_path_factory.mktemp("recount") / "book"
    small_book(folder)
    store = open_store(folder)
    writes = [(f"item/{KEY}", ItemAdded("A1.1-01", "10亿元以上项目", "市发改委")),
              (f"item/{KEY}", TargetSet(TARGET, ""))]  # fmt: skip
    perform(BookKeeper(store), lambda book: writes, actor="office", at=datetime.now(UTC), on=date(2024, 2, 1))
    told = fill_registers(store, BookKeeper(store).book(), date(2024, 10, 20))
    store.close()
    return folder, told


def readings(folder):
    task = BookKeeper(open_store(folder)).book().tasks[KEY]
    return [r.body for r in task.readings if r.body.origin == "register"]


def test_every_packs_example_records_are_right_and_recounted_by_month(filled):
    folder, told = filled
    assert (told.refused, told.bound, told.readings) == (0, 1, 8)
    assert told.records > 1500
    book = BookKeeper(open_store(folder)).book()
    assert book.bound[KEY].body.indicator == "projects.large"
    results = list(book.registers.of("review_results"))
    assert len(results) == 30, "the acts of the pack's own examples.toml were done"
    assert {state.stage for state in results} == {"announced"}
    assert [r.period for r in readings(folder)] == [f"2024-C{month:02d}" for month in range(2, 10)]
    assert readings(folder)[-1].reference.partition("·")[0] == f"{readings(folder)[-1].value:f}"


def test_example_records_live_through_the_year(filled):
    book = BookKeeper(open_store(filled[0])).book()
    entries = [entry for entry in book.timeline("record/cases") if entry.kind == "record.put"]
    assert {entry.on[:7] for entry in entries} == {f"2024-{month:02}" for month in range(2, 11)}
    assert max(entry.on for entry in entries) < "2024-10-20"


def test_the_example_inspection_is_drawn_and_anyone_can_repeat_it(filled, tmp_path):
    assert len(list(BookKeeper(open_store(filled[0])).book().registers.of("inspections"))) == 8
    run("draw", "certificate", filled[0], "2024-01", "-o", tmp_path / "draw.json")
    assert run("draw", "verify", tmp_path / "draw.json")


def test_recount_shows_first_and_writes_once(filled):
    folder, _ = filled
    count = len(readings(folder))
    assert "nothing to write" in run("recount", folder, "--on", "2024-10-20")
    assert "写入请加 --yes" in run("recount", folder, "--on", "2024-10-20", "--period", "2024-Q1")
    assert len(readings(folder)) == count
    assert "已记入 1 条" in run("recount", folder, "--on", "2024-10-20", "--period", "一季度", "--yes")
    assert "nothing to write" in run("recount", folder, "--on", "2024-10-20", "--period", "2024-Q1", "--yes")
    assert readings(folder)[-1].period == "2024-Q1"


def test_tick_tells_what_registers_count_and_posts_it_when_told(filled):
    folder, _ = filled
    said = run("tick", folder, "--on", "2024-11-05")
    assert "10亿元以上项目 的 projects.large 台账数为" in said
    assert "2024-C10" in said
    assert "已记入台账数 1 条" in run("tick", folder, "--on", "2024-11-05", "--apply")
    assert "台账数" not in run("tick", folder, "--on", "2024-11-05", "--apply")


def test_recount_that_cannot_be(filled, tmp_path):
    folder, _ = filled
    assert "不是期间" in run("recount", folder, "--period", "去年")
    assert "不是期间" in run("recount", folder, "--on", "2024-02-10")  # January is told alone by nobody
    small_book(tmp_path / "book")
    assert "还没有事项挂接指标" in run("recount", tmp_path / "book")
    assert "只有督查室可以做" in run("recount", folder, "--as", "nobody")
