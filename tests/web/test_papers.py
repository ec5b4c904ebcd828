"""Documents on the pages: who sees drafts and issued ones, previews and files, issuing; each from the other side."""

import io
import json
import re
import threading
import time
import urllib.request

import pytest
from docx import Document

from tests.web.people import Session, text_of

MONTHLY = "/papers/draft?kind=monthly&as_of=2024-10-20"


@pytest.fixture(scope="module")
def people(year_site):
    names = {
        "office": "clerk",
        "leader": "leader1",
        "auditor": "auditor",
        "r": "jiaoyuju.r",
        "checker": "tongji",
    }
    return {short: Session(year_site, name) for short, name in names.items()} | {"public": Session(year_site)}


def file_of(session, path):
    with session.open.open(urllib.request.Request(session.site.url + path), timeout=60) as answer:
        return answer.headers, answer.read()


def test_who_reads_drafts(people):
    for who, status in {
        "office": 200,
        "leader": 200,
        "auditor": 200,
        "r": 403,
        "checker": 403,
        "public": 403,
    }.items():
        for path in (
            "/papers",
            MONTHLY,
            MONTHLY.replace("draft?", "draft.json?"),
            MONTHLY.replace("draft?", "draft.docx?"),
        ):
            if status == 403 or ".docx" not in path:
                assert people[who].get(path)[0] == status, (who, path)
        assert ('href="/papers"' in people[who].get("/wall")[1]) is (status == 200), who


def test_the_preview_has_the_words_of_the_file(people):
    page = text_of(people["office"].get(MONTHLY)[1])
    told = json.loads(people["office"].get(MONTHLY.replace("draft?", "draft.json?"))[1])
    headers, content = file_of(people["leader"], MONTHLY.replace("draft?", "draft.docx?"))
    assert "attachment" in headers["Content-Disposition"]
    words = "".join(p.text for p in Document(io.BytesIO(content)).paragraphs)
    for block in told["blocks"]:
        if block["type"] != "table":
            assert block["text"] in page.replace("&quot;", '"')
            assert block["text"] in words
    assert "模拟数据" in page
    assert "草稿" in page


def test_a_pdf_comes_and_pages_are_served_meanwhile(people):
    made, times = {}, []

    def ask():
        made["answer"] = file_of(people["leader"], "/papers/draft.pdf?kind=brief&as_of=2024-10-20")
        made["at"] = time.monotonic()

    thread = threading.Thread(target=ask)
    thread.start()
    while thread.is_alive():
        times.append(time.monotonic())
        assert people["public"].get("/style.css")[0] == 200
    thread.join()
    headers, content = made["answer"]
    assert (headers["Content-Type"], content[:5]) == ("application/pdf", b"%PDF-")
    assert sum(at < made["at"] for at in times) >= 3  # each of them answered while the file was made


def test_every_page_of_a_simulated_file_says_so(people):
    _, content = file_of(people["office"], MONTHLY.replace("draft?", "draft.docx?"))
    section = Document(io.BytesIO(content)).sections[0]
    for header in (section.header, section.even_page_header):
        assert "模拟数据" in header.paragraphs[0].text


def test_only_the_office_issues_and_what_went_out_stays(people):
    brief = "/papers/draft?kind=brief&as_of=2024-10-20"
    assert 'name="number"' not in people["leader"].get(brief)[1]
    page = people["office"].get(brief)[1]
    form = dict(re.findall(r'type="hidden" name="(kind|about|since|day)" value="([^"]*)"', page))
    for who in ("leader", "auditor", "r", "public"):
        people[who].get("/wall")
        assert people[who].post("/papers/issue", **form, number="偷印1号")[0] == 403, who
    status, out = people["office"].post("/papers/issue", **form, number="示政督〔2024〕1号")
    assert status == 200
    assert "示政督〔2024〕1号" in out
    assert "草稿" not in text_of(out).partition("领导专报")[0]
    assert people["office"].post("/papers/issue", **form, number="示政督〔2024〕1号")[0] == 400
    assert people["office"].post("/papers/issue", **form | {"day": "x"}, number="2号")[0] == 400
    (kept,) = people["auditor"].json("/papers.json")["issued"]
    assert kept["number"] == "示政督〔2024〕1号"
    assert people["auditor"].get(f"/papers/{kept['n']}.json")[0] == 200
    for who in ("r", "public"):
        assert people[who].get(f"/papers/{kept['n']}")[0] == 403


def test_what_cannot_be_made_is_not_found(people):
    for query in (
        "kind=poem",
        "kind=sheet&about=none",
        "kind=monthly&since=2025-01-01",
        "kind=monthly&as_of=never",
    ):
        assert people["office"].get(f"/papers/draft?{query}")[0] == 404, query
    assert people["office"].get("/papers/99")[0] == 404


def test_the_pages_in_english(year_site):
    session = Session(year_site, "clerk", lang="en")
    assert "Documents" in text_of(session.get("/papers")[1])
    assert "Most pressing" in text_of(session.get("/papers/draft?kind=brief")[1])
