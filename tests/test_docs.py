"""The documentation does what it says."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.cli.forked import forked

ROOT = Path(__file__).resolve().parents[1]
LASTING = ("duban serve", "make ")


def commands(page):
    for block in re.findall(r"```sh\n(.*?)```", (ROOT / page).read_text("utf-8"), re.S):
        for line in block.splitlines():
            command = line.split("#")[0].strip()
            if command and not any(word in command for word in LASTING):
                yield command


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "README.zh-CN.md",
        "docs/tutorial.md",
        "docs/ledger.md",
        "docs/howto-records.md",
        "docs/packs.md",
    ],
)
def test_the_commands_work_as_written(page, tmp_path):
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    bin_ = Path(sys.executable).parent
    env = {**os.environ, "PATH": f"{bin_}:{os.environ['PATH']}"}
    listed = list(commands(page))
    assert len(listed) >= 4
    for command in listed:
        done = subprocess.run(
            command, shell=True, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, (command, done.stderr)


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """A folder with the examples and an open book, as the how-tos begin."""
    place = tmp_path_factory.mktemp("howto")
    done = forked("open", ROOT / "examples/report-2024.txt", "--book", place / "book", "--on", "2024-01-20")
    assert done.returncode == 0, done.stderr
    for name in ("examples", "src"):
        (place / name).symlink_to(ROOT / name)
    return place


@pytest.mark.parametrize("name", ["motions", "clearance", "inspection", "hotline", "ladder", "livelihood"])
def test_the_commands_of_a_pack_s_howto_work_as_written(name, opened, tmp_path):
    place = shutil.copytree(opened, tmp_path / "city", symlinks=True)
    listed = list(commands(f"docs/howto-{name}.md"))
    assert len(listed) >= 3
    for command in listed:
        program, *told = shlex.split(command)
        assert program == "duban"
        done = forked(*told, before=partial(os.chdir, place))
        assert (done.returncode, done.stderr) == (0, ""), command


def test_make_knows_what_the_readme_names():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in ("demo", "test", "lint", "bench", "accuracy"):
        assert re.search(rf"^{target}:", makefile, re.M)


@pytest.mark.parametrize(
    "page",
    sorted(p.relative_to(ROOT).as_posix() for p in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]),
)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\((?!http)([^)#]+)", (ROOT / page).read_text("utf-8")):
        assert ((ROOT / page).parent / target).exists(), target


def test_public_words_of_the_core_are_in_the_glossary():
    glossary = (ROOT / "docs/glossary.md").read_text("utf-8")
    for path in (ROOT / "src/duban/core").glob("*.py"):
        for name in re.findall(r"^class ([A-Z]\w+)", path.read_text("utf-8"), re.M):
            assert name in glossary, name
