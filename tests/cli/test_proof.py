"""`duban ledger roots`, `duban proof` and the off-line checks of `duban verify`."""

import json
import os
import re
import shlex
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.books import copy_of
from tests.cli.forked import forked

LATER = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()  # the example is opened today
PAGE = (Path(__file__).resolve().parents[2] / "docs/proofs.md").read_text("utf-8")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = copy_of("opened", tmp_path_factory).parent
    next(folder.iterdir()).rename(folder / "book")
    return folder


def duban(place, *args, today=LATER):
    return forked(*args, before=partial(os.chdir, place), DUBAN_TODAY=today)


def test_the_commands_of_the_documentation_work_as_written(place):
    lines = re.findall(r"```sh\n(.*?)```", PAGE, re.S)[0].splitlines()
    assert len(lines) == 4
    for line in lines:
        done = duban(place, *shlex.split(line)[1:])
        assert (done.returncode, done.stderr) == (0, ""), line
    roots = json.loads((place / "roots.json").read_text("utf-8"))
    assert roots["government"]
    assert [one["size"] for one in roots["roots"]] == [753]


def test_a_proof_says_what_it_proves_and_what_it_shows(place):
    made = duban(place, "proof", "book", "#2", "-o", "two.json")
    assert made.returncode == 0, made.stderr
    root = json.loads((place / "two.json").read_text("utf-8"))["root"]
    for known in ((), ("--root", root), ("--root", root.upper())):
        done = duban(place, "--lang", "en", "verify", "--proof", "two.json", *known)
        assert (done.returncode, done.stderr) == (0, "")
        first, second = done.stdout.splitlines()
        assert "entry 2 " in first
        assert root in first
        assert json.loads(second)["kind"] == "document.read"
        assert "office" not in second
    done = duban(place, "verify", "--proof", "two.json", "--root", "0" * 64)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1


FAULTS = (
    (("proof", "book", "754"), "没有第 #754 条"),
    (("proof", "book", "一"), "不是记账序号"),
    (("proof", "book", "0"), "没有第 #0 条"),
    (("proof", "nowhere", "1"), "没有账本"),
    (("verify", "--proof", "nothing.json"), "打不开"),
    (("verify", "--proof", "word.json"), "不是 duban-proof-1 格式"),
    (("verify", "--proof", "list.json"), "不是 duban-proof-1 格式"),
    (("verify", "--root", "0" * 64), "要与 --proof 同用"),
    (("verify", "--proof", "one.json", "--root", "abc"), "既不是64位"),
    (("verify", "--proof", "one.json", "--root", "word.json"), "不是 duban-roots-1 格式"),
    (("verify", "--consistent", "word.json", "list.json"), "不是 duban-roots-1 格式"),
    (("proof", "book", "1", "-o", "no/such/folder.json"), "不能写入"),
    (("ledger", "roots", "book", "-o", "no/such/folder.json"), "不能写入"),
    (("ledger", "roots", "nowhere"), "没有账本"),
)


@pytest.mark.parametrize(("args", "words"), FAULTS)
def test_every_bad_input_is_one_sentence(place, args, words):
    (place / "word.json").write_text("不是 JSON", "utf-8")
    (place / "list.json").write_text("[]", "utf-8")
    if not (place / "one.json").exists():
        assert duban(place, "proof", "book", "1", "-o", "one.json").returncode == 0
    done = duban(place, *args)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert words in done.stderr


def test_what_is_written_today_has_no_proof_yet(place):
    done = duban(place, "proof", "book", "1", today="2000-01-01")
    assert (done.returncode, done.stdout) == (1, "")
    assert "还没有结束" in done.stderr
    none = duban(place, "ledger", "roots", "book", today="2000-01-01")
    assert (none.returncode, none.stdout) == (0, "")
