"""`duban packs`, `duban pack new` and `duban pack check`: a new pack passes what every pack must."""

import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from duban.cli import app
from duban.cli.pack_checked import faults_of, loaded
from duban.core.problem import Refused
from duban.packs import packs
from duban.words import say
from tests.actions.city import small_book


def run(*words, language="zh"):
    done = CliRunner().invoke(app, ["--lang", language, *map(str, words)])
    if isinstance(done.exception, Refused):
        return "\n".join(say(p, language) for p in done.exception.problems)
    assert done.exit_code == 0, (done.output, done.exception)
    return done.stdout


def test_packs_lists_them_and_says_one_in_full():
    said = run("packs")
    assert all(name in said for name in packs())
    for language, words in (
        ("zh", ("办复率", "代表法", "交办", "算例")),
        ("en", ("answer rate", "Worked case", "assigned")),
    ):
        said = run("packs", "motions", language=language)
        assert all(word in said for word in words)
    assert "motions" in run("packs", "nothing")


@pytest.mark.parametrize("name", packs())
def test_every_pack_keeps_what_it_must_with_its_example_records(name):
    assert faults_of(*loaded(name)) == []


def test_a_new_pack_passes_its_own_tests(tmp_path):
    place = tmp_path / "duban-parks"
    assert "duban_parks" in run("pack", "new", "parks", "--folder", place)
    assert "没有发现问题" in run("pack", "check", place / "src/duban_parks")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        str(place / "tests"),
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(place),
    ]
    done = subprocess.run(command, env={"PYTHONPATH": f"{place / 'src'}:{':'.join(sys.path)}", "PATH": ""},
                          capture_output=True, text=True, cwd=place)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "已经有东西" in run("pack", "new", "parks", "--folder", place)


def test_a_pack_that_lacks_something_is_told_what(tmp_path):
    place = tmp_path / "duban-ponds"
    run("pack", "new", "ponds", "--folder", place)
    folder = place / "src/duban_ponds"

    def change(file, old, new):
        path = folder / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    change("indicators.py", '"1"),)', '"7"),)')
    change("register.py", '"Name"', '"名称"')
    change("README.md", "Not done", "Done")
    change("ponds.csv", "新建", "填埋")
    change("__init__.py", 'leaves_en=("does not keep plans",)', "leaves_en=()")
    said = run("pack", "check", folder)
    for words in (
        "算例应得 7，算出 1",
        "英文名称里有汉字",
        "Not done",
        "性质里没有“填埋”",
        "没有写明不做什么",
    ):
        assert words in said, said
    assert "the worked case should give 7 and gives 1" in run("pack", "check", folder, language="en")


def test_names_and_folders_that_are_no_pack(tmp_path):
    assert "不能作系统名" in run("pack", "new", "Two-Words")
    assert "已有系统或台账用了" in run("pack", "new", "motions")
    assert "already names" in run("pack", "new", "cases", language="en")
    assert "没有找到 PACK" in run("pack", "check", tmp_path)
    (tmp_path / "broken_pack").mkdir()
    (tmp_path / "broken_pack/__init__.py").write_text("import nothing_of_this_name\n")
    assert "nothing_of_this_name" in run("pack", "check", tmp_path / "broken_pack")


def test_a_strangers_pack_comes_by_its_entry_point(tmp_path):
    """Once it is installed, its register has an empty sheet, takes files, and is listed, like any of ours."""
    run("pack", "new", "parks", "--folder", tmp_path / "parks")
    source = tmp_path / "parks/src"
    known = source / "duban_parks-0.1.0.dist-info"
    known.mkdir()
    (known / "METADATA").write_text("Metadata-Version: 2.1\nName: duban-parks\nVersion: 0.1.0\n")
    (known / "entry_points.txt").write_text("[duban.packs]\nparks = duban_parks:PACK\n")
    small_book(tmp_path / "book")
    script = f"""
import sys
sys.path[:0] = [{str(source)!r}]
from typer.testing import CliRunner
from duban.cli import app
for words in (["packs"], ["records", "template", "parks", "t.xlsx"],
              ["records", "import", "parks", "duban_parks/parks.csv", "--book", "../../book", "--on", "2024-10-01", "--yes"],
              ["records", "list", "parks", "--book", "../../book"]):
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, (words, done.output, done.exception)
    print(done.stdout)
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=source, capture_output=True, text=True, timeout=60,
                          env={**os.environ, "PYTHONPATH": ":".join(sys.path)})  # fmt: skip
    assert done.returncode == 0, done.stderr
    for words in ("parks        口袋公园", "t.xlsx", "新增 new 2", "2 条记录"):
        assert words in done.stdout
