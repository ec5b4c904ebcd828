"""The ledger on SQLite and on PostgreSQL: append-only, sealed, one order, nothing lost."""

import io
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from duban.core.problem import Refused
from duban.ledger import Draft, open_store
from duban.ledger.bodies import AccountOpened
from duban.ledger.lines import check_parcel, export_lines, import_lines
from duban.ledger.seal import hasher
from duban.ledger.sm3 import sm3_hex
from tests.forks import CLEAN
from tests.ledger.writer import write


def drafts(count, name="云川市"):
    return [
        Draft("2026-01-12T08:00:00.000Z", "2026-01-12", "office", "book", AccountOpened(f"{name}{n}", 2026))
        for n in range(count)
    ]


def raw(location):
    """A connection beneath the ledger, as somebody with the database's password would have."""
    if location.startswith("postgresql"):
        import psycopg

        return psycopg.connect(location, autocommit=True)
    import sqlite3

    return sqlite3.connect(f"{location}/book.sqlite", isolation_level=None)


def test_entries_come_back_in_order_and_verify(store):
    store.append(drafts(3))
    store.append(drafts(2, "青石县"))
    assert [e.seq for e in store.entries()] == [1, 2, 3, 4, 5]
    assert store.verify().ok
    assert store.verify(store.head()).ok


def entries_of(location):
    """The table's name."""
    return "duban_entry" if location.startswith("postgresql") else "entry"


@pytest.mark.parametrize("statement", ["UPDATE {} SET actor = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_to_alter_entries(store, location, statement):
    store.append(drafts(2))
    with pytest.raises(Exception, match="append-only"):
        raw(location).execute(statement.format(entries_of(location)))
    assert store.verify().ok


def test_verify_names_the_first_broken_entry(store, location):
    store.append(drafts(5))
    db = raw(location)
    if location.startswith("postgresql"):
        db.execute("ALTER TABLE duban_entry DISABLE TRIGGER ALL")
    else:
        db.execute("DROP TRIGGER entry_no_update")
    db.execute(f"UPDATE {entries_of(location)} SET actor = 'somebody' WHERE seq = 3")
    verdict = store.verify()
    assert not verdict.ok
    assert (verdict.broken.code, verdict.broken.place) == ("ledger.seal_broken", "#3")


def test_an_append_is_all_or_nothing(store):
    store.append(drafts(1))
    bad = Draft("2026-01-12T08:00:00.000Z", "not a day", "office", "book", AccountOpened("x", 2026))
    with pytest.raises(Refused):
        store.append([*drafts(2), bad])
    assert store.head().seq == 1


def test_two_writers_lose_nothing_and_keep_one_order(store, location):
    command = [sys.executable, "-m", "tests.ledger.writer", location]
    writers = [
        subprocess.Popen([*command, name, "60"], stdout=subprocess.PIPE, text=True) for name in ("ab", "cd")
    ]
    said = [line.split() for w in writers for line in w.communicate(timeout=60)[0].splitlines()]
    assert sorted(int(seq) for seq, _ in said) == list(range(1, 121))
    kept = {str(e.seq): e.body.government for e in store.entries()}
    assert kept == dict(said)
    assert store.verify().ok


def test_a_killed_writer_leaves_every_acknowledged_entry(tmp_path):
    """kill -9 at a random moment, a hundred times over."""
    location = str(tmp_path / "book")
    store = open_store(location, create=True)
    acknowledged = {}
    for round_ in range(100):
        heard, said = CLEAN.Pipe(duplex=False)
        writer = CLEAN.Process(target=write, args=(location, f"r{round_}n", 100_000, said.send))
        with heard:
            with said:
                writer.start()
            told = [heard.recv()]
            time.sleep(0.001 * (round_ % 13))
            writer.kill()
            with suppress(EOFError):  # the writer is gone, and all that it said is read
                while True:
                    told.append(heard.recv())
        writer.join()
        assert writer.exitcode == -signal.SIGKILL
        acknowledged.update(told)
    kept = {e.seq: e.body.government for e in store.entries()}
    assert len(acknowledged) >= 100
    assert acknowledged.items() <= kept.items()
    assert store.verify().ok


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_export_and_import_lose_nothing(tmp_path, algorithm):
    one = open_store(tmp_path / "one", create=True, algorithm=algorithm)
    one.append(drafts(20))
    out = tmp_path / "book.jsonl"
    with out.open("w", encoding="utf-8") as file:
        head = export_lines(one, file)
    two = open_store(tmp_path / "two", create=True, algorithm=algorithm)
    assert import_lines(check_parcel(out), two) == head == one.head()
    assert list(two.entries()) == list(one.entries())
    again = io.StringIO()
    export_lines(two, again)
    assert again.getvalue() == out.read_text("utf-8")


def test_an_altered_line_is_named_and_nothing_comes_in(tmp_path):
    one = open_store(tmp_path / "one", create=True)
    one.append(drafts(5))
    out = tmp_path / "book.jsonl"
    with out.open("w", encoding="utf-8") as file:
        export_lines(one, file)
    out.write_text(out.read_text("utf-8").replace("云川市2", "云川市9"), "utf-8")
    with pytest.raises(Refused) as refused:
        check_parcel(out)
    assert refused.value.problems[0].code == "ledger.line_broken"
    assert refused.value.problems[0].place.endswith(":4")


def test_sm3_is_the_standards():
    """GB/T 32905, example 1; OpenSSL's and ours agree."""
    standard = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert sm3_hex(b"abc") == hasher("sm3")(b"abc") == standard


def test_a_missing_ledger_is_said(tmp_path):
    with pytest.raises(Refused) as refused:
        open_store(tmp_path / "none")
    assert refused.value.problems[0].code == "ledger.missing"
