"""The pages of doubts and of the calendar: who sees them, who judges, and that they say what the book says."""

import html

import pytest

from tests.web.people import Session, text_of


@pytest.fixture(scope="module")
def office(year_site):
    return Session(year_site, "clerk")


@pytest.mark.parametrize("path", ["/doubts", "/calendar", "/doubts.json", "/calendar.json"])
def test_working_pages_are_for_those_who_work_on_all(year_site, office, path):
    assert office.get(path)[0] == Session(year_site, "auditor").get(path)[0] == 200
    for who in ("jiaoyuju.r", "dongshan.m", ""):
        assert Session(year_site, who).get(path)[0] == 403, who


def test_a_doubt_is_judged_once_with_its_reason(year_site, office):
    found = [d for d in office.json("/doubts.json")["doubts"] if d["new"]]
    assert found
    one = found[-1]
    for who in ("auditor", "leader1", "jiaoyuju.h", ""):
        session = Session(year_site, who)
        session.get("/login")
        said = session.post("/doubts/judge", doubt=one["id"], verdict="explained", reason="无")
        assert said[0] == 403, who
    assert office.post("/doubts/judge", doubt=one["id"], verdict="explained", reason=" ")[0] == 400
    status, text = office.post("/doubts/judge", doubt=one["id"], verdict="explained", reason="<b>已核对</b>")
    assert status == 200
    assert "&lt;b&gt;已核对&lt;/b&gt;" in text
    after = {d["id"]: d for d in office.json("/doubts.json")["doubts"]}
    assert not after[one["id"]]["new"]
    assert after[one["id"]]["judged"][0]["by"] == "clerk"
    assert office.get("/doubts/judge")[0] == 405


def test_what_is_to_be_supervised_leads_to_a_matter(year_site, office):
    one = next(d for d in office.json("/doubts.json")["doubts"] if d["new"] and d["item"])
    link = f'href="/matters?item={one["item"]}"'
    assert link not in office.get("/doubts")[1]
    assert office.post("/doubts/judge", doubt=one["id"], verdict="supervise", reason="两处不一致")[0] == 200
    assert link in office.get("/doubts")[1]
    assert link not in Session(year_site, "auditor").get("/doubts")[1]


def test_the_doubts_name_their_items_and_figures(office):
    for doubt in office.json("/doubts.json")["doubts"]:
        assert "{" not in doubt["sentence"]
        assert all(
            v in doubt["sentence"] for k, v in doubt["figures"].items() if k not in ("plan", "at", "from")
        )
    assert "Contradict" not in text_of(office.get("/doubts")[1])


def test_an_item_s_page_shows_its_doubts_to_those_who_may_see_them(year_site, office):
    every = [d for d in office.json("/doubts.json")["doubts"] if d["item"]]
    one = next(d for d in every if d["new"] and not d["judged"])
    path, own = f"/i/{one['item']}", [d for d in every if d["item"] == one["item"]]
    page = office.get(path)[1]
    assert page.count('<article class="doubt"') == len(own)
    assert f'href="/doubts?code={one["code"]}#{one["id"]}"' in page.replace("&amp;", "&")
    assert all(d["sentence"] in html.unescape(page) for d in own)
    assert office.json(f"{path}.json")["doubts"] == own
    assert 'action="/doubts/judge"' in page
    status, back = office.post(
        "/doubts/judge", doubt=one["id"], verdict="confirmed", reason="已电话核对", back=path
    )
    assert (status, "已电话核对" in back, "<h2>目标</h2>" in back or 'id="doubts"' in back) == (
        200,
        True,
        True,
    )
    auditor = Session(year_site, "auditor").get(path)[1]
    assert "已电话核对" in auditor
    assert 'action="/doubts/judge"' not in auditor
    for who in ("jiaoyuju.r", "minzhengju.h", "tongji", ""):
        session = Session(year_site, who)
        assert 'class="doubt"' not in session.get(path)[1], who
        assert "doubts" not in session.json(f"{path}.json"), who


def test_the_calendar_counts_what_its_items_say(office):
    told = office.json("/calendar.json")
    for unit in told["units"]:
        for state in ("late", "due"):
            assert unit[state] == sum(item["state"] == state for item in unit["items"])
        assert all(
            (item["by"] < told["day"]) is (item["state"] == "late") for item in unit["items"] if item["by"]
        )
    rows = {unit["unit"]: unit for unit in told["units"]}
    mine = Session(office.site, "jiaoyuju.r").json("/work.json")["owed"]
    late = [item for item in rows["市教育局"]["items"] if item["state"] == "late"]
    assert {item["key"] for item in mine if item["state"] == "late"} == {item["key"] for item in late}


def test_the_pages_in_english(year_site):
    session = Session(year_site, "clerk", lang="en")
    for path, words in (
        ("/doubts", ("Doubts", "for a person to judge")),
        ("/calendar", ("Calendar", "No fresh data")),
    ):
        told = text_of(session.get(path)[1])
        assert all(word in told for word in words), path
