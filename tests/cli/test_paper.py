"""`duban paper` as people use it."""

import os
from functools import partial

import pytest

from tests.cli.forked import forked as duban
from tests.cli.test_commands import ROOT
from tests.papers.city import city


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = city(tmp_path_factory.mktemp("paper") / "book")
    made.store.close()
    return made.folder


def test_a_sheet_as_word(folder, tmp_path):
    done = duban(
        "paper", folder, "sheet", "--about", "D-1", "--on", "2024-09-30", "-o", tmp_path / "督办单.docx"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "督办单.docx").read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(
    ("args", "word"),
    [(("poem",), "monthly"), (("sheet", "--about", "D-9"), "D-9"), (("brief", "-o", "x.odt"), ".docx")],
)
def test_what_cannot_be_made_is_one_sentence(folder, tmp_path, args, word):
    done = duban("paper", folder, *args, "--on", "2024-09-30")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert word in done.stderr


def test_help_shows_examples():
    assert "duban paper" in duban("paper", "--help").stdout


def test_the_commands_of_the_page_work_as_written(folder, tmp_path):
    (tmp_path / "book").symlink_to(folder)
    page = (ROOT / "docs/papers.md").read_text("utf-8")
    lines = [line.split("#")[0].strip() for line in page.splitlines() if line.startswith("duban ")]
    assert len(lines) >= 4
    for line in (line for line in lines if ".docx" in line):
        done = duban(*line.split()[1:], before=partial(os.chdir, tmp_path))
        assert done.returncode == 0, (line, done.stderr)
