"""Bad input through the command: one clear sentence, exit status 1, and nothing changed."""

import ctypes
import os
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from functools import partial

import pytest

from duban.cli import table
from duban.ledger import sqlite
from tests.cli.bad_files import TEXT, bad_files
from tests.cli.forked import forked as duban
from tests.cli.test_commands import EXAMPLE

ROOM = 40_000  # bytes a file: enough to read a book (SQLite maps 32 kB beside it), too few to write anything


def limited(room=ROOM):
    """From here on no file of this process may grow beyond so many bytes, as under a quota."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))


def filling():
    """The disk fills as soon as the table is made and written."""
    writing = table.writing

    def full(out):
        limited(1000)
        return writing(out)

    table.writing = full


def hurried():
    """Do not wait long for others to finish."""
    sqlite.PATIENCE = 0.2


def refused(done, *words):
    """The one sentence, which holds these words."""
    assert (done.returncode, done.stdout) == (1, ""), done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    for word in words:
        assert str(word) in done.stderr
    return done.stderr


@pytest.fixture(scope="module")
def account(tmp_path_factory):
    """A book with the example's account."""
    book = tmp_path_factory.mktemp("bad") / "book"
    assert duban("open", EXAMPLE, "--book", book, "--on", "2024-01-20").returncode == 0
    return book


@pytest.fixture
def book(account, tmp_path):
    return shutil.copytree(account, tmp_path / "book")


@pytest.fixture(scope="module")
def bad(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bad files")
    return folder, bad_files(folder)


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_every_bad_file_has_its_sentence_and_none_is_read(bad, tmp_path, locale):
    folder, words = bad
    out = tmp_path / "out"
    begun = time.monotonic()
    done = duban("read", *(folder / name for name in words), "-o", out, DUBAN_LANG=locale)
    assert time.monotonic() - begun < 20
    told = done.stderr.splitlines()
    assert (done.returncode, len(told), list(out.iterdir())) == (1, len(words) + 1, [])
    for line, (name, word) in zip(told, words.items(), strict=False):
        assert name in line
        assert word[locale == "en"] in line
        assert len(line) < 200
    assert str(len(words)) in told[-1]


@pytest.mark.parametrize("name", ["endless.txt", "bomb.docx", "locked.pdf"])
def test_no_account_is_opened_for_a_bad_file(bad, tmp_path, name):
    begun = time.monotonic()
    refused(duban("open", bad[0] / name, "--book", tmp_path / "book"), name)
    assert time.monotonic() - begun < 10
    assert not (tmp_path / "book").exists()


@pytest.mark.parametrize(("locale", "word"), [("zh", "今年工作部分"), ("en", "this year's work")])
def test_a_text_without_parts_lists_its_numbers_and_says_so(tmp_path, locale, word):
    path = tmp_path / "flat.txt"
    path.write_text("今年改造老旧小区26个，新增学位300个，推动全市经济发展，完成目标任务。\n" * 20, "utf-8")
    done = duban("read", path, "-f", "jsonl", DUBAN_LANG=locale)
    assert (done.returncode, done.stdout.count("\n"), done.stderr.count("\n")) == (0, 40, 1)
    assert word in done.stderr
    named = ("--government", "云川市", "--year", "2024", "--book", tmp_path / "book")
    refused(duban("open", path, *named, DUBAN_LANG=locale), "flat.txt", word)
    assert not (tmp_path / "book").exists()


def test_one_bad_file_of_a_hundred_is_named_and_the_others_are_read(tmp_path):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    small = TEXT[:1500] + TEXT[TEXT.index("二、") :][:800]
    for number in range(99):
        (folder / f"{number}.txt").write_text(small, "utf-8")
    (folder / "坏.docx").write_bytes(b"PK\x03\x04" + bytes(500))
    done = duban("read", folder, "-f", "jsonl", "-o", out)
    assert (done.returncode, len(list(out.iterdir()))) == (1, 99)
    first, last = done.stderr.splitlines()
    assert "坏.docx" in first
    assert "坏.docx" in last


def test_files_of_the_same_name_do_not_overwrite_each_other(tmp_path):
    for place in ("a/报告.txt", "b/报告.txt", "报告.txt", "报告.html"):
        path = tmp_path / "in" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT[:2000], "utf-8")
    assert duban("read", tmp_path / "in", "-f", "jsonl", "-o", tmp_path / "out").returncode == 0
    assert len([p for p in (tmp_path / "out").rglob("*") if p.is_file()]) == 4
    (tmp_path / "file").touch()
    refused(duban("read", tmp_path / "in", "-o", tmp_path / "file"), "file 不是文件夹")


# A disk that is full: the process may write so many bytes to a file, as under a quota, or the device is full.


@pytest.mark.parametrize("room", [1000, ROOM, 400_000])  # 1000: no page of SQLite, but the sentence fits
def test_a_disk_that_fills_while_an_account_is_opened(tmp_path, room):
    book = tmp_path / "city" / "book"
    args = ["open", str(EXAMPLE), "--book", str(book)]
    refused(duban(*args, before=partial(limited, room)), book, "磁盘", "没有写入")
    assert list(tmp_path.iterdir()) == []  # neither a ledger nor the folders for it
    assert duban(*args).returncode == 0  # once there is room, the same command goes through


def test_a_disk_that_fills_leaves_the_folder_that_was_there(tmp_path):
    (tmp_path / "note.txt").write_text("ours", "utf-8")
    refused(duban("open", EXAMPLE, "--book", tmp_path, before=limited), "磁盘")
    assert [p.name for p in tmp_path.iterdir()] == ["note.txt"]


def test_a_disk_that_fills_while_a_ledger_is_imported(account, tmp_path):
    lines = tmp_path / "ledger.jsonl"
    assert duban("ledger", "export", account, "-o", lines).returncode == 0
    refused(duban("ledger", "import", lines, tmp_path / "copy", before=limited), "磁盘")
    assert [p.name for p in tmp_path.iterdir()] == [lines.name]


def test_a_disk_that_fills_while_a_corrected_text_is_read(book, tmp_path):
    head = duban("verify", book).stdout
    path = tmp_path / "corrected.txt"
    path.write_text(TEXT.replace("2024年", "2024 年"), "utf-8")
    refused(duban("open", path, "--book", book, before=limited), "磁盘", "没有写入")
    assert duban("verify", book).stdout == head


@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".csv", ".json"])
def test_a_disk_that_fills_while_a_table_is_written(account, tmp_path, suffix):
    out = tmp_path / f"table{suffix}"
    out.write_text("before", "utf-8")
    refused(duban("export", account, "-o", out, before=filling), out, "磁盘")
    assert [p.name for p in tmp_path.iterdir()] == [out.name]
    assert out.read_text("utf-8") == "before"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full on this system")
def test_output_that_finds_no_room(account):
    for args in (["ledger", "export", account], ["read", EXAMPLE, "-f", "jsonl"], ["verify", account]):
        done = duban(*args, out="/dev/full")
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
        assert "磁盘" in done.stderr


# Databases that are not ours to use.


def test_a_book_that_another_process_writes_to_at_length(book):
    with closing(sqlite3.connect(book / "book.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        done = duban("open", EXAMPLE, "--book", book, before=hurried)
        assert done.returncode == 0  # the same text again writes nothing and need not wait
        path = book.parent / "other.txt"
        path.write_text(TEXT.replace("2024年", "2024 年"), "utf-8")
        refused(duban("open", path, "--book", book, before=hurried), book, "占用")


@pytest.mark.parametrize("args", [("verify",), ("ledger", "export"), ("export",), ("serve",), ("simulate",)])
def test_a_book_of_a_newer_version(book, args):
    with closing(sqlite3.connect(book / "book.sqlite")) as db:
        db.execute("PRAGMA user_version = 99")
    refused(duban(*args, book, DUBAN_PORT=str(free_port())), book, "更新的版本")


def test_what_is_no_ledger(tmp_path):
    refused(duban("verify", tmp_path / "none"), "none", "没有账本")
    (tmp_path / "file").touch()
    refused(duban("open", EXAMPLE, "--book", tmp_path / "file"), "file", "不是文件夹")
    for content in (b"", b"not a database" * 100):
        (tmp_path / "book.sqlite").write_bytes(content)
        refused(duban("verify", tmp_path), tmp_path, "不是账本")
        assert (tmp_path / "book.sqlite").read_bytes() == content
    with closing(sqlite3.connect(tmp_path / "other.sqlite")) as db:
        db.execute("CREATE TABLE t (x)")
    (tmp_path / "other.sqlite").rename(tmp_path / "book.sqlite")
    refused(duban("open", EXAMPLE, "--book", tmp_path), tmp_path, "不是账本")
    for raw in (b"", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"{}\n"):
        (tmp_path / "x.jsonl").write_bytes(raw)
        refused(
            duban("ledger", "import", tmp_path / "x.jsonl", tmp_path / "new"),
            "x.jsonl",
            "duban ledger export",
        )
    assert not (tmp_path / "new").exists()


def powerless():
    """Before a command starts: from here on, not even root may pass over the rights of files (Linux)."""
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        ctypes.CDLL(None).prctl(24, capability)  # PR_CAPBSET_DROP


@pytest.mark.skipif(sys.platform != "linux", reason="rights are taken away as Linux does it")
def test_folders_and_files_without_rights(book, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir()
    (tmp_path / "secret.txt").write_text(TEXT, "utf-8")
    cases = [
        (closed, 0o555, ["open", EXAMPLE, "--book", closed / "book"], "权限"),
        (closed, 0o555, ["export", book, "-o", closed / "t.xlsx"], "权限"),
        (tmp_path / "secret.txt", 0o000, ["read", tmp_path / "secret.txt"], "权限"),
        (book / "book.sqlite", 0o000, ["verify", book], "权限"),
    ]
    for path, mode, args, word in cases:
        before = path.stat().st_mode
        path.chmod(mode)
        command = [sys.executable, "-m", "duban.cli", *map(str, args)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, preexec_fn=powerless)
        path.chmod(before)
        refused(done, word)
    assert list(closed.iterdir()) == []


# Ports.


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_ports_that_cannot_be_used(account):
    for port in ("abc", "0", "70000", "-1", "８０００"):
        refused(duban("serve", account, DUBAN_PORT=port), port, "DUBAN_PORT")
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        refused(duban("serve", account, DUBAN_PORT=str(port)), port, "占用")
        refused(duban("serve", account, "--port", port), port, "占用")
