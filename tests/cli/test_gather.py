"""`duban gather` over real ledgers: shown first, taken with --yes, nothing twice, and both ledgers still verify."""

import re
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from duban.actions.context import perform
from duban.actions.ties import ask_tie, grant_tie
from duban.ledger import BookKeeper, open_store
from duban.ledger.bodies import ItemAdded
from duban.ledger.year.filings import ReadingPosted
from duban.ledger.year.tasks import Target, TargetSet
from tests.cli.forked import forked
from tests.files.conftest import SMALL

KEY = "A1.1-01/1"
CITIES = {"city": "云川市", "east": "东区", "west": "西区"}


def write(folder, decide):
    with closing(open_store(folder)) as store:
        perform(BookKeeper(store), decide, actor="office", at=datetime.now(UTC), on=date(2024, 7, 1))


@pytest.fixture
def books(tmp_path):
    """A folder with a city's book and two districts', each with an item of the same target."""
    folder = tmp_path / "books"
    folder.mkdir()
    target = Target("公园", "increment", Decimal(4), unit="座", comparator="ge")
    for code, name in CITIES.items():
        report = tmp_path / f"{code}.txt"
        report.write_text(SMALL.replace("云川市", name), "utf-8")
        assert (
            forked(
                "open", report, "--book", folder / code, "--government", name, "--on", "2024-01-20"
            ).returncode
            == 0
        )
        items = [KEY, "A1.1-01/2"] if code == "city" else [KEY]
        write(folder / code, lambda book, items=items: [
            (f"item/{key}", body) for key in items for body in (ItemAdded("A1.1-01", "新建口袋公园"), TargetSet(target))])  # fmt: skip
    for n, code in enumerate(("east", "west"), 1):
        there, here = CITIES[code], f"A1.1-01/{n}"
        write(
            folder / "city",
            lambda book, here=here, there=there: ask_tie(book, "office", here, government=there, item=KEY),
        )
        write(
            folder / code,
            lambda book, here=here: grant_tie(book, "office", KEY, government="云川市", item=here),
        )
        reading = ReadingPosted("2024-C06", Decimal(n), source="月报")
        write(folder / code, lambda book, reading=reading: [(f"item/{KEY}", reading)])
    return folder


def test_a_folder_of_books_is_gathered_once_and_every_figure_can_be_followed(books):
    city = books / "city"
    shown = forked("gather", city, books)
    assert shown.returncode == 0, shown.stderr
    assert "东区" in shown.stdout
    assert "--yes" in shown.stdout
    done = forked("gather", city, books, "--yes", "--on", "2024-07-20")
    assert done.returncode == 0, done.stderr
    with closing(open_store(city)) as store:
        book = BookKeeper(store).book()
    for n, code in enumerate(("east", "west"), 1):
        [posted] = [r.body for r in book.tasks[f"A1.1-01/{n}"].readings]
        seq, seal = re.fullmatch(r"(\d+)·(\w{16})", posted.reference).groups()
        with closing(open_store(books / code)) as below:
            entry = next(iter(below.entries(int(seq) - 1, int(seq))))
        assert entry.seal.startswith(seal)
        assert entry.body.value == posted.value == n
    assert "没有新的数" in forked("gather", city, books, "--yes").stdout
    assert forked("verify", city).returncode == 0


def test_what_does_not_pass_is_said_and_changes_nothing(books):
    write(books / "west", lambda book: grant_tie(book, "office", KEY, reason="不再给"))
    done = forked("gather", books / "city", books / "west")
    assert done.returncode == 0
    assert "还没有准许" in done.stdout
    assert "没有新的数" in done.stdout
    none = forked("gather", books / "city", books / "nowhere")
    assert none.returncode == 1
    assert "里没有账本" in none.stderr
