"""Many governments in one instance, over real sockets: each gets its own book, and nothing of another's."""

import http.client
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

import pytest

from duban.ledger import open_store
from tests.cli.forked import forked
from tests.files.conftest import SMALL

CITIES = {"yunchuan": "云川市", "qinghe": "清河市", "lanshan-2024": "岚山市"}


class Front:
    """The running instance."""

    def __init__(self, folder, public=True, live=2):
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        env = {
            **os.environ,
            "DUBAN_PUBLIC": str(int(public)),
            "DUBAN_LIVE": str(live),
            "DUBAN_PORT": str(self.port),
        }
        self.log = folder.parent / f"front-{self.port}.log"
        with self.log.open("w") as log:
            command = [sys.executable, "-m", "duban.cli", "serve", "--many", str(folder)]
            self.process = subprocess.Popen(command, env=env, stdout=log, stderr=log)
        for _ in range(300):
            if self.process.poll() is None and self._listens():
                return
            time.sleep(0.1)
        raise AssertionError(self.log.read_text("utf-8"))

    def _listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def ask(self, code, path="/", form=None, method="", **headers):
        """(status, text, headers) of a request to the host of a government; "" is the bare domain."""
        host = f"{code}.localhost" if code else "localhost"
        body = urllib.parse.urlencode(form) if form is not None else None
        sent = {"Host": f"{host}:{self.port}", **headers}
        if form is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)) as line:
            line.request(method or ("POST" if form is not None else "GET"), path, body, sent)
            answer = line.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace"), answer.headers

    def signed_in(self, code, **headers):
        """The cookies of the office's session, its password changed as it must be."""
        given = re.search(rf"{code} .*office / (\S+)", self.log.read_text("utf-8"))[1]
        cookies = self.login(code, "office", given, **headers)
        new = "不许别人知道的口令-4711"
        page = self.ask(code, "/me/password", Cookie=cookies)
        form = {"csrfmiddlewaretoken": _token(page[1]), "old": given, "new": new, "again": new}
        done = self.ask(code, "/me/password", form, Cookie=cookies)
        return _cookies(done[2], cookies)

    def login(self, code, name, password, **headers):
        page = self.ask(code, "/login", **headers)
        cookies = _cookies(page[2])
        form = {"csrfmiddlewaretoken": _token(page[1]), "username": name, "password": password}
        done = self.ask(code, "/login", form, Cookie=cookies, **headers)
        return _cookies(done[2], cookies)

    def workers(self):
        """The processes of the servers that run."""
        parents = dict(_parents())
        makers = {pid for pid, parent in parents.items() if parent == self.process.pid}
        return [pid for pid, parent in parents.items() if parent in makers]

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(20)


def _parents():
    """Every living process with its parent, as the system has them: `ps` cuts long lines."""
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, parent = (place / "stat").read_text().rpartition(")")[2].split()[:2]
            if state != "Z":
                yield int(place.name), int(parent)


def _token(page):
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]


def _cookies(headers, before=""):
    """The Cookie header after an answer."""
    known = dict(part.split("=", 1) for part in before.split("; ") if part)
    known |= dict(told.split(";")[0].split("=", 1) for told in headers.get_all("Set-Cookie") or ())
    return "; ".join(f"{name}={value}" for name, value in known.items())


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    """A folder with three governments' books of the same small report."""
    folder = tmp_path_factory.mktemp("many") / "books"
    folder.mkdir()
    for code, name in CITIES.items():
        report = folder.parent / f"{code}.txt"
        report.write_text(SMALL.replace("云川市", name), "utf-8")
        done = forked("open", report, "--book", folder / code)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def front(books):
    running = Front(books)
    yield running
    running.stop()


def test_each_host_shows_its_own_book_and_the_bare_domain_lists_them(front):
    for code, name in CITIES.items():
        status, page, headers = front.ask(code, "/table")
        assert status == 200
        assert name in page
        assert not any(other in page for other in CITIES.values() if other != name)
        assert "default-src 'none'" in headers["Content-Security-Policy"]
    status, page, _headers = front.ask("")
    assert status == 200
    assert all(name in page and f"//{code}.localhost:{front.port}/" in page for code, name in CITIES.items())
    assert front.ask("", "/style.css")[0] == front.ask("qinghe", "/style.css")[0] == 200
    assert "Governments" in front.ask("", **{"Accept-Language": "en"})[1]


def test_a_host_of_another_domain_is_nobodys(front):
    for host in ("yunchuan", "yunchuan.example.org", "yunchuan.localhost.example.org"):
        with closing(http.client.HTTPConnection("127.0.0.1", front.port, timeout=90)) as line:
            line.request("GET", "/table", headers={"Host": host})
            assert line.getresponse().status == 404, host


def test_a_folder_that_comes_later_is_found_and_one_not_opened_yet_disturbs_nobody(front, tmp_path):
    half = front.folder / "half"
    half.mkdir()
    open_store(half, create=True).close()
    try:
        assert front.ask("half", "/table")[0] == 404
        assert front.ask("")[0] == 200
        shutil.copytree(
            front.folder / "qinghe", front.folder / "later", ignore=shutil.ignore_patterns("web*", "secret*")
        )
        assert "清河市" in front.ask("later", "/table")[1]
    finally:
        shutil.rmtree(half)
        shutil.rmtree(front.folder / "later", ignore_errors=True)


def test_many_at_once_never_have_more_servers_than_allowed(front):
    with ThreadPoolExecutor(9) as pool:
        told = list(pool.map(lambda code: front.ask(code, "/table")[0], [*CITIES] * 3))
        assert len(front.workers()) <= 2
    assert told == [200] * 9


@pytest.mark.parametrize("code", ["nowhere", "a.yunchuan", "../qinghe", "YUNCHUAN<b>"])
def test_an_unknown_host_is_told_so(front, code):
    status, page, _headers = front.ask(code, "/table")
    assert (status, "请核对网址" in page, "<b>" in page) == (404, True, False)


def test_no_more_servers_than_allowed_and_a_stopped_one_comes_back_with_all_that_was_written(front):
    front.ask("yunchuan")
    cookies = front.signed_in("yunchuan")
    assert front.ask("yunchuan", "/me", Cookie=cookies)[0] == 200
    for code in ("qinghe", "lanshan-2024", "qinghe"):
        assert front.ask(code, "/table")[0] == 200
        assert 0 < len(front.workers()) <= 2
    assert front.ask("yunchuan", "/me", Cookie=cookies)[0] == 200  # the session outlives its server


def test_a_session_of_one_government_opens_nothing_of_another(front):
    """The same name and password even: cookies, keys and accounts are each book's own."""
    front.ask("qinghe")
    mine = front.signed_in("qinghe")
    assert front.ask("qinghe", "/me", Cookie=mine)[0] == 200
    assert front.ask("qinghe", "/rights", Cookie=mine)[0] == 200
    other = front.ask("lanshan-2024", "/me", Cookie=mine)
    assert other[0] == 302
    assert other[2]["Location"].startswith("/login")
    secrets = {(front.folder / code / "secret.txt").read_text("utf-8") for code in CITIES}
    assert len(secrets) == 3


def test_a_killed_server_is_started_again(front):
    assert front.ask("yunchuan", "/table")[0] == 200
    for pid in front.workers():
        os.kill(pid, signal.SIGKILL)
    time.sleep(0.5)
    assert front.ask("yunchuan", "/table")[0] == 200


def test_who_asks_is_not_what_the_sender_says(front):
    front.ask("yunchuan")
    front.login(
        "yunchuan",
        "nobody-4711",
        "wrong",
        **{"X-Forwarded-For": "198.51.100.9", "Forwarded": "for=198.51.100.9"},
    )
    with closing(sqlite3.connect(front.folder / "yunchuan" / "web.sqlite3")) as database:
        addresses = {row[0] for row in database.execute("SELECT address FROM web_attempt")}
    assert addresses
    assert "198.51.100.9" not in "".join(addresses)


def test_answers_pass_through_as_they_are(front):
    status, text, headers = front.ask("yunchuan", "/table.csv")
    assert (status, headers["Content-Type"].startswith("text/csv")) == (200, True)
    assert "口袋公园" in text
    head = front.ask("yunchuan", "/table", method="HEAD")
    assert (head[0], head[1]) == (200, "")
    assert front.ask("yunchuan", "/no/such/page")[0] == 404


def test_the_list_is_not_told_where_pages_are_not_public_and_servers_end_with_a_killed_front(books):
    closed = Front(books, public=False, live=1)
    try:
        page = closed.ask("")[1]
        assert "不公开名录" in page
        assert not any(name in page or code in page for code, name in CITIES.items())
        assert closed.ask("yunchuan", "/table")[0] == 302
        servers = closed.workers()
        assert len(servers) == 1
    finally:
        closed.stop(signal.SIGKILL)
    for _ in range(100):
        if not any(
            Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes()
            for pid in servers
        ):
            return
        time.sleep(0.1)
    raise AssertionError("a server outlived its front")


@pytest.mark.parametrize(
    ("make", "env", "said"),
    [
        (lambda folder: None, {}, "里没有账本"),
        (lambda folder: shutil.rmtree(folder), {}, "里没有账本"),
        (lambda folder: (folder / "包头").mkdir() or (folder / "包头" / "book.sqlite").touch(), {}, "不能做网址"),
        (lambda folder: None, {"DUBAN_LIVE": "0"}, "DUBAN_LIVE=0"),
        (lambda folder: None, {"DUBAN_LIVE": "two"}, "DUBAN_LIVE=two"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_folder_is_one_sentence(tmp_path, make, env, said):
    folder = tmp_path / "books"
    folder.mkdir()
    make(folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    done = forked("serve", "--many", folder, DUBAN_PORT=port, **env)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_forked_from_knows_no_book(front):
    """Its settings are those of an empty folder; each server's are its own."""
    nowhere = [Path(f"/proc/{pid}/environ").read_bytes() for pid in front.workers()]
    assert nowhere
    for environ in nowhere:
        book = dict(part.split(b"=", 1) for part in environ.split(b"\0") if b"=" in part)[b"DUBAN_BOOK"]
        assert not (Path(os.fsdecode(book)) / "book.sqlite").exists()
