"""The ledger checked from outside with the lines of docs/ledger.md, and as of a day."""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from duban.ledger import BookKeeper, Draft, open_store
from duban.ledger.bodies import ClaimDecided, ClaimRead
from duban.ledger.lines import check_parcel, export_lines, import_lines
from tests.cli.forked import forked as duban

PAGE = (Path(__file__).resolve().parents[2] / "docs/ledger.md").read_text("utf-8")
CHECK = re.findall(r"```python\n(.*?)```", PAGE, re.S)[0]
DAYS = ("2024-01-20", "2024-03-31", "2024-02-10", "2024-04-02")


@pytest.fixture(params=["sha256", "sm3"])
def kept(request, tmp_path):
    """A ledger of four entries, one of them dated back; texts with blanks, quotes and signs beyond the plane."""
    store = open_store(tmp_path / "book", create=True, algorithm=request.param)
    bodies = [ClaimRead(1, "c1", 0, 2, "12", "claim", indicator='新 "增"\\企业\u2028𠮷')]
    bodies += [ClaimDecided("unit", unit, "", "家") for unit in ("个", "户", "人")]
    drafts = [
        Draft(f"{d}T01:00:00.000Z", d, "办 公室", "claim/c1", b) for d, b in zip(DAYS, bodies, strict=True)
    ]
    store.append(drafts)
    yield store
    store.close()


def exported(store, path, as_of=None):
    with path.open("w", encoding="utf-8") as out:
        head = export_lines(store, out, as_of)
    return f"{head.seq} {head.seal}"


def checked(path):
    """What the lines of the page say of a file."""
    done = subprocess.run(
        [sys.executable, "-c", CHECK, str(path)], capture_output=True, text=True, timeout=30
    )
    return done.stdout.strip() or done.stderr.strip()


def test_the_lines_of_the_page_check_an_export(kept, tmp_path):
    path = tmp_path / "book.jsonl"
    head = exported(kept, path)
    assert len(CHECK.splitlines()) <= 20
    assert checked(path) == head == duban("verify", kept.location).stdout.strip()
    lines = path.read_text("utf-8").split("\n")
    for broken, told in (
        ([*lines[:2], lines[2].replace("个", "株"), *lines[3:]], "broken at entry 2"),
        ([*lines[:2], *lines[3:]], "broken at entry 2"),
        (lines[:-2], "cut short after entry 3"),
    ):
        path.write_text("\n".join(broken), "utf-8")
        assert checked(path) == told


def test_an_export_as_of_a_day_is_a_whole_chain_that_folds_to_the_same_book(kept, tmp_path):
    path, day = tmp_path / "part.jsonl", date(2024, 2, 29)
    head = exported(kept, path, day)
    assert checked(path) == head
    assert head.startswith("3 ")  # the entry of March stands before the one dated back to February
    copy = open_store(tmp_path / "copy", create=True, algorithm=kept.algorithm)
    import_lines(check_parcel(path), copy)
    assert BookKeeper(copy).as_of(day) == BookKeeper(kept).as_of(day)
    assert exported(kept, path, date(2023, 1, 1)) == "0 "


def test_verify_names_the_first_entry_that_was_altered_and_proves_a_published_head(kept):
    head = duban("verify", kept.location).stdout.strip()
    assert duban("verify", kept.location, "--head", head).stdout.strip() == head
    with closing(sqlite3.connect(Path(kept.location, "book.sqlite"), isolation_level=None)) as db:
        db.execute("DROP TRIGGER entry_no_update")
        db.execute("UPDATE entry SET actor = 'x' WHERE seq IN (2, 3)")
    for locale, word in (("zh", "封签不符"), ("en", "seal")):
        done = duban("verify", kept.location, DUBAN_LANG=locale)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
        assert "#2" in done.stderr
        assert word in done.stderr
