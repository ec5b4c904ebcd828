"""What is too large to be sent is answered with a sentence on the running server, however it is sent."""

import http.client
import re

import pytest

from duban.web.server import MARK
from tests.web.people import Session, text_of

BLOCK = b"x" * 1_000_000
LIMIT = 5 * 20_000_000 + 3_000_000


def send(session, path, size, *, length=True):
    """(status, text) for a form with one file of so many bytes, with or without its length said first."""
    session.get("/login")
    cookies = "; ".join(f"{c.name}={c.value}" for c in session.jar)
    token = next((c.value for c in session.jar if c.name == "csrftoken"), "")
    head = (
        f'--x\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        '--x\r\nContent-Disposition: form-data; name="act"\r\n\r\nfile\r\n'
        '--x\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n'
    ).encode()
    parts = [head, *[BLOCK] * (size // len(BLOCK)), b"\r\n--x--\r\n"]
    heads = {"Content-Type": "multipart/form-data; boundary=x", "Cookie": cookies, "Accept-Language": session.lang,
             "Referer": session.site.url}  # fmt: skip
    if length:
        heads["Content-Length"] = str(sum(map(len, parts)))
    line = http.client.HTTPConnection("127.0.0.1", session.site.port, timeout=60)
    line.request("POST", path, iter(parts), heads, encode_chunked=not length)
    answer = line.getresponse()
    return answer.status, answer.read().decode()


@pytest.mark.parametrize(
    ("lang", "words", "length"), [("zh-hans", "发来的内容太大", True), ("en", "too large", False)]
)
def test_more_than_a_request_may_bring(year_site, lang, words, length):
    r = Session(year_site, "tiyuju.r", lang=lang)
    status, text = send(r, "/i/A1.1-01/1/do", LIMIT + 10_000_000, length=length)
    assert (status, words in text_of(text)) == (413, True)
    assert "20 MB" in text
    assert list((year_site.folder / "evidence").glob("incoming/*")) == []
    assert r.get("/work")[0] == 200  # and the server goes on


def test_the_public_and_programs_are_told_too(year_site):
    public = Session(year_site)
    assert send(public, "/login", LIMIT + 1_000_000)[0] == 413
    status, text = send(public, "/api/commitments", LIMIT + 1_000_000)
    assert (status, "request.too_large" in text) == (413, True)


def test_what_is_within_the_request_but_not_within_the_file_is_named(year_site):
    key = next(o["key"] for o in Session(year_site, "tiyuju.r").json("/work.json")["owed"])
    status, text = send(Session(year_site, "tiyuju.r"), f"/i/{key}/do", 21_000_000)
    assert (status, "a.pdf" in text, "20 MB" in text) == (400, True, True)


def test_the_mark_from_outside_gets_only_its_answer(year_site):
    line = http.client.HTTPConnection("127.0.0.1", year_site.port, timeout=20)
    line.request("GET", "/table", headers={MARK.replace("_", "-"): "1"})
    assert line.getresponse().status == 413


def test_too_many_fields_or_words_of_a_form(year_site):
    office = Session(year_site, "clerk")
    office.get("/rules")
    status, text = office.post("/rules", **{f"f{n}": "1" for n in range(1001)})
    assert (status, bool(re.search("太多", text))) == (400, True)
    status, text = office.post("/rules", authority="长" * 1_000_000)
    assert (status, "发来的内容太大" in text) == (413, True)
