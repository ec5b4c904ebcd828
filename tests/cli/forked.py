"""The command in a process of its own, forked from a clean one: all is as in a new process but for the imports."""

import os
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

import duban.cli
from tests.forks import CLEAN


def forked(*args, before=None, out=None, **env):
    """Run `duban` with these arguments; `before` runs first in the new process, `out` is a file to print to.

    `before` is a function of a module, or a `functools.partial` of one: it is sent to the new process by its name.
    """
    with tempfile.TemporaryDirectory() as place:
        paths = [Path(place, "out") if out is None else Path(out), Path(place, "err")]
        env = {**os.environ, "DUBAN_LANG": "zh"} | env
        child = CLEAN.Process(target=_run, args=([str(arg) for arg in args], paths, before, env, os.getcwd()))
        child.start()
        child.join(120)
        if child.exitcode is None:
            child.kill()
            raise subprocess.TimeoutExpired(args, 120)
        told = [path.read_text("utf-8") if path.parent == Path(place) else "" for path in paths]
    return subprocess.CompletedProcess(args, child.exitcode, *told)


def _run(args, paths, before, env, folder):
    """Be the command; end with its exit status."""
    code = 1
    try:
        for number, path in enumerate(paths, 1):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), number)
        sys.stdout, sys.stderr = (
            os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2)
        )
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(env)
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
