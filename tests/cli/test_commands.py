"""The command as people use it: a process, files, an exit status."""

import json
import os
import socket
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples/report-2024.txt"


def duban(*args, **env):
    command = [sys.executable, "-m", "duban.cli", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **env}, timeout=120)


def test_help_and_version():
    assert "read" in duban("--help").stdout
    assert "文件夹" in duban("read", "--help").stdout
    assert duban("--version").stdout.strip()


def test_read_prints_one_object_for_each_number():
    done = duban("read", EXAMPLE, "--format", "jsonl")
    text = EXAMPLE.read_text("utf-8")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) > 150
    assert all(text[row["start"] : row["end"]] == row["number"] for row in rows)
    assert {"tense", "indicator", "measure", "value", "high", "unit", "comparator", "due", "section"} <= rows[
        0
    ].keys()


def test_commitments_point_at_their_claims():
    starts = {json.loads(line)["start"] for line in duban("read", EXAMPLE, "-f", "jsonl").stdout.splitlines()}
    rows = [json.loads(line) for line in duban("read", EXAMPLE, "-f", "commitments").stdout.splitlines()]
    assert {start for row in rows for start in row["claims"]} <= starts
    assert {row["kind"] for row in rows} >= {"quantity", "project", "mechanism", "designation", "work"}


def test_a_folder_with_one_bad_file_reads_the_others(tmp_path):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_bytes(EXAMPLE.read_bytes())
    (folder / "bad.txt").write_bytes(bytes(range(256)))
    done = duban("read", folder, "-f", "jsonl", "-o", out)
    assert done.returncode == 1
    assert "bad.txt" in done.stderr
    assert len(list(out.iterdir())) == 6


@pytest.mark.parametrize(("lang", "word"), [("zh", "空文件"), ("en", "is empty")])
def test_a_refusal_is_one_sentence(tmp_path, lang, word):
    (tmp_path / "a.txt").touch()
    done = duban("read", tmp_path / "a.txt", DUBAN_LANG=lang)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert word in done.stderr


def test_opening_twice_adds_nothing(tmp_path):
    first = duban("open", EXAMPLE, "--book", tmp_path / "book")
    second = duban("open", EXAMPLE, "--book", tmp_path / "book")
    assert first.returncode == second.returncode == 0, first.stderr + second.stderr
    assert (
        first.stdout.splitlines()[-1].split("entries")[1]
        == second.stdout.splitlines()[-1].split("entries")[1]
    )


def test_a_full_disk_leaves_what_was_there(tmp_path):
    out = tmp_path / "out.jsonl"
    out.write_text("before", "utf-8")
    script = f"import resource,sys; resource.setrlimit(resource.RLIMIT_FSIZE,(4096,4096)); import signal; signal.signal(signal.SIGXFSZ,signal.SIG_IGN); sys.argv=['duban','read',{str(EXAMPLE)!r},'-f','jsonl','-o',{str(out)!r}]; from duban.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert out.read_text("utf-8") == "before"
    assert "out.jsonl" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]


def test_a_busy_port_is_said_before_any_work(tmp_path):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        done = duban("demo", EXAMPLE, "--folder", tmp_path / "demo", DUBAN_PORT=str(port))
    assert done.returncode == 1
    assert str(port) in done.stderr
    assert not (tmp_path / "demo").exists()


def test_lint_names_file_and_line():
    done = duban("lint", EXAMPLE, "--all")
    assert done.returncode == 0
    assert "report-2024.txt:" in done.stdout


def test_the_demo_keeps_a_folder_for_each_report(tmp_path):
    from tests.cli.forked import forked

    text = EXAMPLE.read_text("utf-8")
    for name, said in (("one", text), ("other", text.replace("2024", "2025").replace("2023", "2024"))):
        (tmp_path / f"{name}.txt").write_text(said, "utf-8")
        done = forked("demo", tmp_path / f"{name}.txt", "--no-serve", before=partial(os.chdir, tmp_path))
        assert done.returncode == 0, done.stderr
        assert (tmp_path / ".demo" / name / "book.sqlite").is_file()
