"""The pages over HTTP: what they say, and who may not."""

import http.client
import json
import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

import pytest

from tests.books import EXAMPLE
from tests.web.people import Session


def get(url, **headers):
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.url, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, url, error.read().decode()


@pytest.mark.parametrize("path", ["/", "/table", "/findings", "/numbers"])
def test_each_page_and_its_json(public_site, path):
    status, _, page = get(public_site.url + path)
    assert status == 200
    assert "<main" in page
    status, _, facts = get(f"{public_site.url}{'/index' if path == '/' else path}.json")
    assert status == 200
    assert json.loads(facts)


def test_the_answer_to_head_has_no_body(public_site):
    """Else it would be taken for the beginning of the next answer on the same line."""
    line = http.client.HTTPConnection("127.0.0.1", public_site.port, timeout=30)
    line.request("GET", "/table")
    length = len(line.getresponse().read())
    line.request("HEAD", "/table")
    head = line.getresponse()
    assert (head.status, head.read(), int(head.headers["Content-Length"])) == (200, b"", length)
    line.request("GET", "/table")
    again = line.getresponse()
    assert (again.status, len(again.read())) == (200, length)
    line.close()


def test_the_count_is_the_list_behind_it(public_site):
    for query in ("", "?kind=project", "?measure=share", "?action=3", "?q=产能", "?kind=milestone&action=1"):
        query = urllib.parse.quote(query, safe="?=&")
        page = get(f"{public_site.url}/table{query}")[2]
        rows = re.findall(r'<tr>\s*<td><a href="/c/', page)
        assert int(re.search(r"<output>(\d+) /", page)[1]) == len(rows)
        assert json.loads(get(f"{public_site.url}/table.json{query}")[2])["count"] == len(rows)


def test_every_commitment_is_marked_once_in_the_text(public_site):
    page = get(public_site.url)[2]
    marked = re.findall(r'<a class="mark[^>]* id="([^"]+)"', page)
    listed = [c["id"] for c in json.loads(get(f"{public_site.url}/index.json")[2])["commitments"]]
    assert marked == listed


def test_a_commitment_shows_its_words_and_history(public_site):
    status, _, page = get(f"{public_site.url}/c/A1.1-01")
    assert status == 200
    assert "<mark>" in page
    assert json.loads(get(f"{public_site.url}/c/A1.1-01.json")[2])["history"][-1]["kind"] == "commitment.read"


def test_before_the_account_was_opened_there_is_nothing(public_site):
    assert "duban open" in get(f"{public_site.url}/?as_of=2020-01-01")[2]
    assert get(f"{public_site.url}/c/A1.1-01?as_of=2020-01-01")[0] == 404


@pytest.mark.parametrize("path", ["/nope", "/c/A99.9-99", "/?as_of=tomorrow"])
def test_what_is_not_there_is_said_plainly(public_site, path):
    status, _, page = get(public_site.url + path)
    assert status == 404
    assert "Traceback" not in page


def test_english_leaves_no_chinese_label(public_site):
    page = get(f"{public_site.url}/table", Cookie="django_language=en")[2]
    assert "Living report" in page
    head = re.search(r"<thead>.*?</thead>", page, re.S)[0]
    assert not re.search(r"[\u4e00-\u9fff]", head)


@pytest.mark.parametrize("path", ["/", "/table", "/numbers", "/c/A1.1-01"])
def test_a_closed_site_asks_for_a_sign_in(closed_site, path):
    assert "/login" in get(closed_site.url + path)[1]


def test_a_closed_site_gives_no_json(closed_site):
    assert get(f"{closed_site.url}/table.json")[0] == 403


def test_the_public_cannot_decide(public_site):
    data = urllib.parse.urlencode({"field": "unit", "value": "个", "reason": "x"}).encode()
    claim = json.loads(get(f"{public_site.url}/table.json?kind=quantity")[2])["commitments"][0]["claims"][0][
        "id"
    ]
    before = get(f"{public_site.url}/index.json")[2]
    request = urllib.request.Request(f"{public_site.url}/numbers/{claim}/decide", data=data)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    assert refused.value.code == 403
    assert get(f"{public_site.url}/index.json")[2] == before


def test_headers_keep_scripts_and_frames_out(public_site):
    with urllib.request.urlopen(public_site.url, timeout=10) as answer:
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "<script" not in answer.read().decode()


def test_the_command_counts_what_the_pages_list(public_site):
    said = subprocess.run(
        [sys.executable, "-m", "duban.cli", "read", str(EXAMPLE)], capture_output=True, text=True, check=True
    ).stdout
    waiting = json.loads(get(f"{public_site.url}/numbers.json")[2])["waiting"]
    found = json.loads(get(f"{public_site.url}/findings.json")[2])
    listed = found["findings"] if isinstance(found, dict) else found
    assert re.search(r"for a person\s+│ (\d+)", said)[1] == str(len(waiting))
    assert re.search(r"findings\s+│ (\d+)", said)[1] == str(len(listed))


def test_filters_fold_into_one_line_that_counts_them(public_site):
    for lang, words in (("zh-hans", "筛选"), ("en", "Filter")):
        session = Session(public_site, lang=lang)
        for path in ("/", "/table"):
            page = session.get(path)[1]
            assert re.search(rf'<details class="fold">\s*<summary>{words}</summary>', page), path
            assert 'class="applied"' not in page
            asked = session.get(f"{path}?kind=quantity&q=%3Ci%3E&sort=due")[1]
            assert f"<summary>{words} <b>2</b></summary>" in asked  # the order of the rows is no filter
            told = re.search(r'<p class="applied">(.*?)</p>', asked, re.S)[1]
            assert "&lt;i&gt;" in told
            assert "quantity" not in told or lang == "en"
    assert ".fold:not([open]) ~ .filters" in session.get("/style.css")[1]
