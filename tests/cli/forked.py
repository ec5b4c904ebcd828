"""The command in a process of its own, forked from this one: all is as in a new process but for the imports."""

import os
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

import docx  # noqa: F401 - loaded once, before the forks
import openpyxl  # noqa: F401
import pypdfium2  # noqa: F401

import duban.actions
import duban.cli


def forked(*args, before=None, out=None, **env):
    """Run `duban` with these arguments; `before` runs first in the new process, `out` is a file to print to."""
    with tempfile.TemporaryDirectory() as place:
        paths = [Path(place, "out") if out is None else Path(out), Path(place, "err")]
        child = os.fork()
        if child == 0:
            _run([str(arg) for arg in args], paths, before, env)
        _, status = os.waitpid(child, 0)
        told = [path.read_text("utf-8") if path.parent == Path(place) else "" for path in paths]
    return subprocess.CompletedProcess(args, os.waitstatus_to_exitcode(status), *told)


def _run(args, paths, before, env):
    """Be the command; never return into the tests."""
    code = 1
    try:
        for number, path in enumerate(paths, 1):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), number)
        sys.stdout, sys.stderr = (
            os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2)
        )
        os.environ.update({"DUBAN_LANG": "zh"} | env)
        sys.argv = ["duban", *args]
        if before is not None:
            before()
        duban.cli.main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)
