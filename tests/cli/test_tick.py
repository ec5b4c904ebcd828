"""`duban tick` tells what the rules ask for and what has passed, enters it when told to, and then is quiet."""

from datetime import UTC, date, datetime

import pytest
from typer.testing import CliRunner

from duban.actions import matters
from duban.actions.context import perform
from duban.cli import app
from duban.ledger import BookKeeper, open_store
from duban.ledger.bodies import ItemAdded
from duban.ledger.year.matters import MatterOpened
from duban.ledger.year.people import PersonPlaced
from duban.ledger.year.units import UnitEntered
from tests.actions.city import small_book

KEY = "A1.1-01/1"


def run(*words):
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done.stdout.splitlines()


def write(folder, decide, on="2024-03-01"):
    store = open_store(folder)
    perform(BookKeeper(store), decide, actor="office", at=datetime.now(UTC), on=date.fromisoformat(on))
    store.close()


@pytest.fixture
def book(tmp_path):
    """A small book with one item that is past its day."""
    folder = tmp_path / "book"
    small_book(folder)
    item = ItemAdded("A1.1-01", "新建口袋公园", "市住建局", due="2024-05-31")
    write(folder, lambda book: [("unit/zhujian", UnitEntered("市住建局")), (f"item/{KEY}", item),
                                ("person/wang", PersonPlaced("王", "zhujian", ("reporter",)))])  # fmt: skip
    return folder


def test_what_is_past_its_day_is_taken_up_once(book):
    assert run("tick", book, "--on", "2024-05-31") == []
    (told,) = run("tick", book, "--on", "2024-06-01")
    assert "应立项（提醒）" in told
    assert KEY in told
    assert BookKeeper(open_store(book)).book().matters == {}  # told, not done
    written = run("tick", book, "--on", "2024-06-01", "--apply")
    assert "已记账 1 条" in written[-1]
    assert run("tick", book, "--on", "2024-06-01", "--apply") == []
    matter = BookKeeper(open_store(book)).book().matters["1"]
    assert (matter.opened.actor, matter.opened.body.since, matter.opened.body.origin) == (
        "office", "2024-05-31", "rule",
    )  # fmt: skip


def test_deadlines_that_passed_are_listed(book, monkeypatch):
    sheet = MatterOpened("remind", "滞后", "zhujian", "未完成", (KEY,), "2024-06-10")
    write(book, lambda book: matters.open_matter(book, "office", sheet, today=date(2024, 6, 1)), "2024-06-01")
    assert run("tick", book, "--on", "2024-06-10") == []
    told = run("tick", book, "--on", "2024-06-11")
    assert any(line.startswith("逾期未答复：matter/1 市住建局") for line in told)
    assert any("应升级（督办）" in line for line in told)
    monkeypatch.setenv("DUBAN_LANG", "en")
    assert any(line.startswith("not answered in time") for line in run("tick", book, "--on", "2024-06-11"))


def test_who_may_not_open_matters_does_not_by_the_command(book):
    done = CliRunner().invoke(app, ["tick", str(book), "--on", "2024-06-01", "--apply", "--as", "wang"])
    assert done.exit_code == 1
    assert BookKeeper(open_store(book)).book().matters == {}
