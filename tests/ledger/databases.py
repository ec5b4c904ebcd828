"""A real PostgreSQL server of Debian's packages on a free loopback port, for what needs one."""

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

BIN = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


def _as_user(command):
    """The server refuses to run as root: step down to its own account there."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


@contextmanager
def running():
    """The address of a new server that lasts as long as the block; None where none is installed."""
    if BIN is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    data = folder / "data"
    data.mkdir()
    if os.geteuid() == 0:
        shutil.chown(data, "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
    subprocess.run(
        _as_user([str(BIN / "initdb"), "-D", str(data), "-A", "trust", "-U", "duban", "-E", "UTF8"]), **quiet
    )
    options = f"-p {port} -h 127.0.0.1 -k {data} -c fsync=off"
    subprocess.run(_as_user([str(BIN / "pg_ctl"), "-D", str(data), "-o", options, "-w", "start"]), **quiet)
    try:
        yield f"postgresql://duban@127.0.0.1:{port}"
    finally:
        subprocess.run(_as_user([str(BIN / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"]), **quiet)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres():
    with running() as address:
        if address is None:
            pytest.skip("no PostgreSQL server on this machine")
        yield address
