"""A draft is kept for the one who writes it, shown to nobody else, and gone when it is sent; it is no entry."""

import re

from duban.ledger import open_store
from tests.web.people import Session


def drafted(html):
    """What the form for reporting holds in its figure's field."""
    found = re.search(r'name="value" inputmode="decimal" value="([^"]*)"', html)
    return found[1] if found else None


def head_of(site):
    """The end of the site's ledger."""
    store = open_store(site.folder)
    try:
        return store.head()
    finally:
        store.close()


def test_a_draft_waits_for_its_writer_and_goes_when_it_is_sent(year_site, waiting):
    key, code = next(
        (key, code)
        for key, code in waiting
        if drafted(Session(year_site, f"{code}.r").get(f"/i/{key}")[1]) is not None
    )
    reporter, head = Session(year_site, f"{code}.r"), Session(year_site, f"{code}.h")
    before = head_of(year_site)
    said = {"period": "2024-C09", "value": "12.5", "problems": "<script>资金未到</script>"}
    assert reporter.post(f"/i/{key}/draft", **said)[0] == 200
    page = reporter.get(f"/i/{key}")[1]
    assert (drafted(page), "这是你的草稿" in page) == ("12.5", True)
    assert "&lt;script&gt;资金未到" in page
    assert "<script>资金" not in page
    for other in (head, Session(year_site, "clerk"), Session(year_site)):
        assert "资金未到" not in other.get(f"/i/{key}")[1]
    assert head_of(year_site) == before
    assert reporter.act(key, "file", **said, form="full")[0] == 200
    assert "这是你的草稿" not in reporter.get(f"/i/{key}")[1]


def test_nobody_keeps_a_draft_of_what_is_not_theirs_to_report(year_site, waiting):
    key, code = waiting[-1]
    stranger = next(c for _, c in waiting if c != code)
    for who in (f"{stranger}.r", "leader1", ""):
        assert Session(year_site, who).post(f"/i/{key}/draft", value="1", period="2024-C09")[0] in (302, 403)
        assert "这是你的草稿" not in Session(year_site, who).get(f"/i/{key}")[1]


def test_a_draft_takes_no_secret_and_an_empty_one_is_none(year_site, waiting):
    key, code = waiting[-1]
    reporter = Session(year_site, f"{code}.r")
    assert reporter.post(f"/i/{key}/draft", period="2024-C09", progress="机密★5年 内容")[0] == 400
    assert reporter.post(f"/i/{key}/draft", period="2024-C09", progress="写到一半")[0] == 200
    assert "写到一半" in reporter.get(f"/i/{key}")[1]
    assert reporter.post(f"/i/{key}/draft", period="2024-C09", progress=" ")[0] == 200
    assert "这是你的草稿" not in reporter.get(f"/i/{key}")[1]
