"""A real book of the example, served by the real server on a free port."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from functools import cached_property

import pytest

from duban.ledger import BookKeeper, open_store
from tests.books import copy_of
from tests.web.people import Session

PERIOD = "2024-C09"  # what units owe on the simulated day


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Site:
    def __init__(self, folder, public, today=""):
        self.port, self.folder = free_port(), folder
        self.url = f"http://127.0.0.1:{self.port}"
        env = {**os.environ, "DUBAN_PUBLIC": "1" if public else "0", "DUBAN_PORT": str(self.port)}
        env["DUBAN_TODAY"] = today
        log = (folder / "server.log").open("w")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "duban.cli", "serve", str(folder)], env=env, stderr=log, stdout=log
        )
        self._wait()
        said = (folder / "server.log").read_text("utf-8")
        self.given = said.split("office / ")[1].split()[0] if "office / " in said else ""
        self.cast = (
            said.split("… / ")[1].split()[0] if "… / " in said else ""
        )  # the password of simulated people

    @cached_property
    def password(self):
        """The office's password, changed at its first sign-in as it must be."""
        session, new = Session(self, "office", password=self.given), "不许别人知道的口令-4711"
        session.get("/me/password")
        assert session.post("/me/password", old=self.given, new=new, again=new)[0] == 200
        return new

    def _wait(self):
        """Until it answers, as long as it lives: how long a start takes on a busy machine is not what is tried here."""
        end = time.monotonic() + 120
        while self.process.poll() is None and time.monotonic() < end:
            try:
                urllib.request.urlopen(f"{self.url}/style.css", timeout=2)
                return
            except OSError:
                time.sleep(0.2)
        raise AssertionError((self.folder / "server.log").read_text("utf-8") or "the server did not start")


def serve(tmp_path_factory, public):
    return Site(copy_of("opened", tmp_path_factory), public)


@pytest.fixture(scope="session")
def public_site(tmp_path_factory):
    site = serve(tmp_path_factory, True)
    yield site
    site.process.kill()


@pytest.fixture(scope="session")
def closed_site(tmp_path_factory):
    site = serve(tmp_path_factory, False)
    yield site
    site.process.kill()


@pytest.fixture(scope="session")
def year_site(tmp_path_factory):
    """The example with a simulated year behind it, on a day in autumn."""
    site = Site(copy_of("year", tmp_path_factory), True, "2024-10-20")
    yield site
    site.process.kill()


@pytest.fixture(scope="module")
def waiting(year_site):
    """Items with a number that their units owe for September, not judged since nothing fresh is there: (key, unit's code)."""
    store = open_store(year_site.folder)
    book = BookKeeper(store).book()
    store.close()
    public, found = Session(year_site), []
    for one in public.json("/api/items?light=grey&limit=500")["items"]:
        target, code = one["target"], next(c for c, u in book.units.items() if u.name == one["lead"])
        task = book.tasks[one["key"]]
        known = {f["period"] for f in one["figures"]} | {f.opened.body.period for f in task.filings.values()}
        if one["status"] == "no_fresh_data" and target and PERIOD not in known and f"{code}.r" in book.people:
            found.append((one["key"], code))
    return found
