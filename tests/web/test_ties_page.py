"""The page of books above and below: the office's alone; a half is asked, granted and ended there, and shown escaped."""

import pytest

from tests.web.people import Session


def test_only_the_office_sees_and_writes(year_site):
    office = Session(year_site, "clerk")
    key = next(t["item"] for c in office.json("/table.json")["commitments"] for t in c["targets"])
    for who in ("jiaoyuju.r", "jiaoyuju.h", "leader1", "auditor", ""):
        session = Session(year_site, who)
        assert session.get("/ties")[0] == 403, who
        assert session.get("/ties.json")[0] == 403, who
        session.get("/login")
        assert session.post("/ties/do", act="ask", key=key, government="示例东区", item=key)[0] == 403, who
    assert office.get("/ties")[0] == 200
    status, text = office.post(
        "/ties/do", act="ask", key=key, government="示例<b>东</b>区", item="A1.1-01/1", reason="按月取"
    )
    assert (status, "<b>东</b>" in text, "示例&lt;b&gt;东" in text) == (200, False, True)
    [asked] = office.json("/ties.json")["asked"]
    assert (asked["item"], asked["their_item"], asked["last"]) == (key, "A1.1-01/1", None)
    assert office.post("/ties/do", act="ask", key=key)[0] == 400  # an end needs its reason
    assert office.post("/ties/do", act="ask", key=key, reason="改由统计局报")[0] == 200
    assert office.json("/ties.json")["asked"] == []
    assert office.post("/ties/do", act="give", key=key)[0] == 400


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_an_empty_page_says_what_to_do(year_site, lang):
    page = Session(year_site, "clerk", lang=lang).get("/ties")[1]
    assert "duban gather" in page
