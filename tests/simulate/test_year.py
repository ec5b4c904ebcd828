"""The simulated year: the same for the same seed, marked, with a doubt of every kind, and minutes that follow the forms."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from duban.actions import open_account
from duban.assess import account_of
from duban.assess.burden import by_unit, sessions
from duban.assess.doubts import CODES, doubts
from duban.assess.owed import form_of
from duban.core.period import period
from duban.ledger import BookKeeper, open_store
from duban.read import load_source, read_source
from duban.simulate import FIELD_SECONDS, simulate

EXAMPLE = Path(__file__).resolve().parents[2] / "examples/report-2024.txt"
AUTUMN = date(2024, 10, 20)


@pytest.fixture(scope="module")
def opened():
    reading = read_source(load_source(EXAMPLE))

    def make(folder, **wishes):
        store = open_store(folder / "book", create=True)
        day = date(2024, 1, 20)
        at = datetime(2024, 1, 20, tzinfo=UTC)
        open_account(store, reading, government="云川市", year=2024, actor="office", at=at, on=day)
        told = simulate(store, BookKeeper(store).book(), **wishes)
        return store, told

    return make


@pytest.fixture(scope="module")
def year(opened, tmp_path_factory):
    return opened(tmp_path_factory.mktemp("year"), until=AUTUMN)


@pytest.fixture(scope="module")
def book(year):
    return BookKeeper(year[0]).book()


def test_every_kind_of_doubt_is_there_and_each_is_rare(book):
    """All but one: what a register recounts otherwise is tried in tests/assess/test_doubts.py."""
    found = Counter(doubt.code for doubt in doubts(book))
    assert set(found) == set(CODES) - {"register_differs"}
    assert max(found.values()) < len(book.items) / 20


def test_most_of_the_year_goes_well(book, year):
    assert len({d.key for d in doubts(book)}) < len(book.items) / 10
    assert year[1].refused < year[1].filings / 100


def test_the_first_entry_says_that_all_of_it_is_made_up(book):
    [mark] = book.timeline("simulation")
    assert (mark.body.seed, mark.body.field_seconds) == (1, FIELD_SECONDS)
    assert all(entry.seq > mark.seq for entry in book.timeline("unit", "person", "rules"))


def test_minutes_are_the_fields_asked_times_the_seconds_of_a_field(book):
    for row in by_unit(book, cut=10_000):
        assert round(row.minutes * 60, 6) == row.asked * FIELD_SECONDS, row
    assert all(session.minutes > 0 for session in sessions(book))


def test_a_simulated_form_asks_what_the_real_one_asks(book):
    """The latest filing of an item, against the form that its unit would have got; an unasked note may come on top."""
    compared = 0
    for key, task in book.tasks.items():
        account = account_of(book, key)
        if task.filings and account.filing is task.filings[max(task.filings)]:
            said = account.filing.opened.body
            figure, short = said.value is not None, not said.progress and not said.evidence
            form = form_of(account, period(said.period), said.unit_code, figure=figure, short=short)
            assert len(form.asked) <= said.asked <= len(form.asked) + 3
            assert said.asked == len(form.asked) or said.progress
            compared += 1
    assert compared > 100


def test_the_same_seed_gives_the_same_entries_and_another_one_others(opened, tmp_path):
    def entries(name, seed):
        (tmp_path / name).mkdir()
        store, _ = opened(tmp_path / name, seed=seed, until=date(2024, 4, 12))
        return [(e.at, e.on, e.actor, e.account, e.body) for e in store.entries()]

    first = entries("a", 3)
    assert first == entries("b", 3)
    assert first != entries("c", 4)


def test_time_never_runs_back(year):
    stamps = [datetime.fromisoformat(entry.at) for entry in year[0].entries()][1:]
    days = [entry.on for entry in year[0].entries()][1:]
    begun = days.index("2024-01-25")
    assert stamps[begun:] == sorted(stamps[begun:])
    assert all(
        date.fromisoformat(on) <= at.date() <= date.fromisoformat(on) + timedelta(days=1)
        for on, at in zip(days[begun:], stamps[begun:], strict=True)
    )
