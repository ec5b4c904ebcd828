"""Following a promise by mail over a real mail server: nothing without the owner's yes, what is open, and an end that deletes."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from tests.books import copy_of
from tests.web.conftest import Site
from tests.web.people import Session
from tests.web.test_notices import post_office, read

__all__ = ["post_office"]
ID, WHO = "A1.1-01", "citizen@example.test"


@pytest.fixture
def site(tmp_path_factory, post_office, monkeypatch):
    for name, value in post_office[0].items():
        monkeypatch.setenv(name, value)
    served = Site(copy_of("year", tmp_path_factory), public=True, today="2024-10-20")
    yield served
    served.process.terminate()
    served.process.wait()


def mail(site, *options):
    command = [sys.executable, "-m", "duban.cli", "mail", str(site.folder), "--on", "2024-01-01", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True, env=os.environ)


def link_in(letter, do):
    return re.search(rf"https://duban.example(/follow\?do={do}&t=\S+)", letter.get_content())[1]


def followers(site):
    with closing(sqlite3.connect(site.folder / "web.sqlite3")) as database:
        return database.execute("SELECT address, commitment FROM inbox_follower").fetchall()


def test_from_asking_to_leaving(site, post_office):
    box = post_office[1]
    public, office = Session(site, ""), Session(site, "clerk")
    assert "/follow" not in public.get(f"/c/{ID}")[1]
    public.get("/login")
    assert public.post(f"/c/{ID}/follow", address=WHO)[0] == 403
    assert office.post("/rules", remarks_daily="3", remarks_all="50", authority="试行")[0] == 200
    assert f"/c/{ID}/follow" in public.get(f"/c/{ID}")[1]
    assert public.post(f"/c/{ID}/follow", address="not an address")[0] == 400
    assert public.post("/c/none/follow", address=WHO)[0] == 404
    assert public.post(f"/c/{ID}/follow", address=WHO)[0] == 200
    assert followers(site) == []  # nothing before the owner's yes
    link = link_in(read(box)[WHO], "confirm")
    assert "确认订阅" in public.get(link)[1]
    assert followers(site) == []  # opening a link is no yes
    form = dict(re.findall(r"(do|t)=([^&]+)", link))
    assert public.post("/follow", **(form | {"t": form["t"][:-2] + "xx"}))[0] == 400
    assert public.post("/follow", **(form | {"do": "leave"}))[0] == 400  # the one link is not the other
    assert public.post("/follow", **form)[0] == 200
    assert followers(site) == [(WHO, ID)]
    for letter in box.iterdir():
        letter.unlink()
    assert WHO not in mail(site).stdout  # nothing new yet
    office.post(f"/c/{ID}/place", category="livelihood", reason="<机密的理由>")  # not open: no letter
    assert WHO not in mail(site).stdout
    item = public.json(f"/c/{ID}.json")["items"][0]
    assert office.post(f"/i/{item}/do", act="halt", how="suspended", reason="停工待料")[0] == 200
    assert WHO in mail(site).stdout
    mail(site, "--send")
    told = read(box)[WHO]
    assert "停工待料" not in told.get_content()
    assert f"https://duban.example/c/{ID}" in told.get_content()
    leave = link_in(told, "leave")
    assert str(told["List-Unsubscribe"]).strip().startswith("<https://duban.example/follow?do=leave")
    assert WHO not in mail(site).stdout  # once
    assert public.post("/follow", **dict(re.findall(r"(do|t)=([^&]+)", leave)))[0] == 200
    assert followers(site) == []
    for n in range(3):
        status = public.post(f"/c/{ID}/follow", address=f"other{n}@example.test")[0]
    assert status == 400  # the limits of remarks hold for letters too
