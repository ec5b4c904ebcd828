"""A simulated city for load: its book on SQLite or PostgreSQL, its people signed in, its server running."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.texts import text_path

DAY = date(2024, 10, 20)


def build(location: str, units: int) -> None:
    """Open the account of the text at `location` and play a year on it, with so many more reporting units."""
    from duban.actions import open_account
    from duban.ledger import BookKeeper, open_store
    from duban.read import load_source, read_source
    from duban.simulate import simulate

    store = open_store(location, create=True)
    reading = read_source(load_source(text_path()))
    start = datetime(2024, 1, 20, tzinfo=UTC)
    open_account(
        store, reading, government=reading.outline.government or "市", year=2024, actor="office", at=start,
        on=start.date(),
    )  # fmt: skip
    simulate(store, BookKeeper(store).book(), until=DAY, units=units)
    store.close()


@dataclass(slots=True)
class City:
    """A book at a place, and the server of its pages. `folder` holds what the pages keep beside the book."""

    location: str
    folder: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    env: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.env = {
            **os.environ, "DUBAN_PUBLIC": "1", "DUBAN_TODAY": DAY.isoformat(), "DUBAN_FOLDER": str(self.folder),
            "DUBAN_BOOK": self.location,
        }  # fmt: skip

    def sessions(self) -> dict[str, str]:
        """Session keys of everyone in the book, made as signing in makes them, without 400 password checks."""
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.sessions", self.location], env=self.env, check=True,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        return json.loads(done.stdout)

    def start(self) -> None:
        """Start the server and wait until it answers."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "duban.cli", "serve", self.location],
            env={**self.env, "DUBAN_PORT": str(self.port)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/style.css", timeout=2)
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the server did not start")

    def kill(self) -> None:
        """kill -9."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
