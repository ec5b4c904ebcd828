"""Files are made beside the server: as fresh as the ledger, again after the maker died, never with it orphaned."""

import subprocess
import sys
import time
from datetime import UTC, date, datetime

import pytest

from duban.actions import open_account
from duban.actions.context import perform
from duban.actions.units import import_units
from duban.core.problem import Refused
from duban.ledger import BookKeeper, open_store
from duban.ledger.year.units import UnitEntered
from duban.papers import Paper, Text, write_pdf
from duban.read import load_source, read_source
from duban.web.exports import Maker
from tests.books import EXAMPLE

DAY = date(2024, 2, 1)
NOW = datetime(2024, 2, 1, 1, tzinfo=UTC)


@pytest.fixture
def book(tmp_path):
    store = open_store(tmp_path / "book", create=True)
    open_account(
        store,
        read_source(load_source(EXAMPLE)),
        government="示例市",
        year=2024,
        actor="office",
        at=NOW,
        on=DAY,
    )
    yield store
    store.close()


def test_a_file_holds_every_entry_and_the_maker_comes_back(book, tmp_path):
    maker = Maker(str(tmp_path / "book"))
    first = maker.made(".csv", None)
    perform(BookKeeper(book), lambda b: import_units(b, "office", [("shi", UnitEntered("示例市", "government"))]),
            actor="office", at=NOW, on=DAY)  # fmt: skip
    maker._process.kill()
    maker._process.wait()
    assert maker.made(".csv", None)[:3] == first[:3]
    assert maker.made(".csv", date(2023, 1, 1)) != first  # before the account was opened there is nothing
    with pytest.raises(Refused):
        maker.made(".exe", None)
    assert maker.made(".xlsx", None)[:2] == b"PK"  # a fault does not end it
    maker._process.stdin.close()
    assert maker._process.wait(10) == 0


def test_a_document_is_made_there_and_the_maker_comes_back(book, tmp_path):
    maker = Maker(str(tmp_path / "book"))
    paper = Paper(
        "brief", "2024-02-01", "zh", "督查室", ("专报",), (Text("第一段"),), "督查室", "2024年2月1日"
    )
    made = maker.paper(paper, ".pdf")
    assert made[:5] == b"%PDF-"
    assert made == write_pdf(paper)
    maker._process.kill()
    maker._process.wait()
    assert maker.paper(paper, ".docx")[:2] == b"PK"
    with pytest.raises(Refused):
        maker.paper(paper, ".exe")
    maker._process.stdin.close()
    assert maker._process.wait(10) == 0


def test_the_maker_ends_with_its_server(book, tmp_path):
    script = "import sys; from duban.web.exports import Maker; m = Maker(sys.argv[1]); m.made('.csv', None); " \
             "print(m._process.pid, flush=True); input()"  # fmt: skip
    server = subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "book")], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True)  # fmt: skip
    pid = int(server.stdout.readline())
    server.kill()
    server.wait()
    for _ in range(100):
        if not _lives(pid):
            return
        time.sleep(0.1)
    raise AssertionError("the maker outlived its server")


def _lives(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().split()[2] != "Z"
    except FileNotFoundError:
        return False
