"""One day for all pages: it goes along with every link, offers no form, and two days can be compared."""

import json
import re

import pytest

from tests.web.people import Session

PAGES = ("/", "/table", "/wall", "/work", "/compare", "/findings", "/numbers")
DAY = "2024-06-30"


@pytest.fixture(scope="module")
def clerk(year_site):
    return Session(year_site, "clerk")


def links(page):
    main = page[page.index("<header") :]
    return [link.replace("&amp;", "&") for link in re.findall(r'<a[^>]* href="(/[^"]*)"', main)]


@pytest.mark.parametrize("path", PAGES)
def test_the_day_goes_along_with_every_link(clerk, path):
    page = clerk.get(f"{path}?as_of={DAY}")[1]
    for link in links(page):
        if not link.startswith(("/language", "/login")) and link != path:  # the last is the way back to today
            assert f"as_of={DAY}" in link, link


def test_an_item_and_a_commitment_keep_the_day(clerk):
    for path in ("/i/A1.1-01/1", "/c/A1.1-01"):
        page = clerk.get(f"{path}?as_of={DAY}")[1]
        assert all(f"as_of={DAY}" in link for link in links(page)
                   if not link.startswith("/language") and link != path)  # fmt: skip


@pytest.mark.parametrize("who", ["clerk", "jiaoyuju.r", "jiaoyuju.h"])
def test_another_day_than_today_has_no_forms(year_site, clerk, who):
    session = Session(year_site, who)
    keys = [k for c in session.json("/table.json")["commitments"] for k in c["items"]][:40]
    mine = next((k for k in keys if session.json(f"/i/{k}.json")["lead"] == "市教育局"), keys[0])
    for path in (f"/i/{mine}", "/work", "/numbers"):
        page = session.get(f"{path}?as_of={DAY}")[1]
        forms = re.findall(r'<form method="post" action="([^"]+)"', page)
        assert set(forms) <= {"/logout"}, path
        assert "往日不能改" in page
        assert "往日不能改" not in session.get(path)[1]


ROOMS = (
    "/", "/table", "/wall", "/work", "/desk", "/doubts", "/calendar", "/burden", "/demands/new", "/rules", "/numbers", "/findings",
    "/assign", "/units", "/units/jiaoyuju", "/units/import", "/people", "/people/jiaoyuju.r", "/people/give", "/papers", "/rights",
    "/matters", "/matters?rules=1", "/matters/1", "/clearing", "/meetings", "/meetings/1", "/notices", "/me", "/me/password",
    "/me/second", "/profiles/default", "/papers/draft?kind=monthly", "/i/A1.1-01/1", "/i/A1.1-01/1/plan", "/c/A1.1-01",
    "/c/A1.1-01/split",
)  # fmt: skip


@pytest.mark.parametrize("who", ["clerk", "jiaoyuju.r", "leader1"])
def test_no_room_offers_a_form_on_another_day(year_site, who):
    session, seen = Session(year_site, who), 0
    for path in ROOMS:
        status, page = session.get(path + ("&" if "?" in path else "?") + f"as_of={DAY}")
        if status == 200:
            seen += 1
            assert [
                f for f in re.findall(r"<form[^>]*>", page) if "post" in f and "/logout" not in f
            ] == [], path
    assert seen > 15


def test_the_desk_keeps_the_day_and_today_by_its_date_is_today(clerk):
    page = clerk.get(f"/desk?as_of={DAY}")[1]
    main = page[page.index("<main") :]
    assert all(f"as_of={DAY}" in link for link in re.findall(r'href="(/i/[^"]*)"', main))
    today = clerk.get("/desk?as_of=2024-10-20")[1]
    assert 'name="act"' in today  # the forms of today
    assert 'id="passed"' in today  # and what waits
    for path in ("/matters", "/meetings", "/clearing"):
        assert clerk.get(f"{path}?as_of=2024-10-20")[1].count("<form") == clerk.get(path)[1].count("<form"), (
            path
        )


def test_nothing_is_written_from_another_day(clerk):
    clerk.get("/i/A1.1-01/1")
    status, text = clerk.post(f"/i/A1.1-01/1/do?as_of={DAY}", act="judge", step="sure")
    assert (status, "往日不能改" in text) == (400, True)
    assert clerk.post("/i/A1.1-01/1/do", act="judge", step="sure")[0] == 200


def test_today_asked_for_by_its_date_is_today(clerk):
    page = clerk.get("/table?as_of=2024-10-20")[1]
    assert "往日不能改" not in page
    assert "as_of=" not in "".join(links(page))


def test_the_comparison_counts_what_the_days_show(clerk):
    told = clerk.json("/compare.json?from=2024-05-31&to=2024-09-30")
    moved = {c["key"]: (c["from"], c["to"]) for c in told["lights"]}
    assert moved
    for key, (then, now) in list(moved.items())[:5]:
        assert clerk.json(f"/i/{key}.json?as_of=2024-05-31")["light"] == then
        assert clerk.json(f"/i/{key}.json?as_of=2024-09-30")["light"] == now
    for change in told["figures"][:5]:
        figures = clerk.json(f"/i/{change['key']}.json?as_of=2024-09-30")["figures"]
        assert (figures[-1]["period"], figures[-1]["value"]) == (
            change["to"]["period"],
            change["to"]["value"],
        )


def test_days_in_the_wrong_order_or_none_at_all(clerk):
    assert clerk.json("/compare.json?from=2024-09-30&to=2024-05-31")["from"] == "2024-05-31"
    assert clerk.get("/compare?from=someday")[0] == 404
    assert clerk.json("/compare.json?from=2024-05-31&to=2024-05-31")["lights"] == []


def test_lights_are_told_by_letters_too(clerk):
    page = clerk.get("/")[1]
    for mark in re.findall(r'<a class="mark lit l-(\w+)"[^>]*>', page):
        assert mark in ("red", "orange", "yellow", "blue", "grey", "green")
    assert 'data-lamp="红"' in page
    counted = dict(re.findall(r'href="/\?light=(\w+)"[^>]*>.*?<b>(\d+)</b>', page, re.S))
    for colour, count in counted.items():
        listed = json.loads(clerk.get(f"/index.json?light={colour}")[1])["commitments"]
        assert len(listed) == int(count), colour


def test_an_adjusted_target_stands_beside_the_original_everywhere(year_site, clerk):
    key = next(k for c in clerk.json("/table.json?measure=increment")["commitments"] for k in c["items"])
    was = clerk.json(f"/i/{key}.json")["target"]
    form = {"value": "987654", "authority": "市政府第9次常务会议", "reason": "资金安排变化"}
    assert clerk.act(key, "adjust", **form)[0] == 200
    commitment = key.rpartition("/")[0]
    for path in ("/", "/table", f"/c/{commitment}", f"/i/{key}"):
        page = Session(year_site).get(path)[1]
        assert "987654" in page, path
        assert re.search(rf"<del>\D*{re.escape(was)}", page), path
    told = clerk.json(f"/c/{commitment}.json")["targets"]
    assert [(t["value"], t["original"], len(t["adjustments"])) for t in told if t["item"] == key] == [
        ("987654", was, 1)
    ]
    api = json.loads(clerk.get(f"/api/commitments/{commitment}")[1])["targets"]
    assert [t["original"] for t in api if t["item"] == key] == [was]


def test_the_chart_says_in_words_what_it_draws(clerk):
    key = next(k for c in clerk.json("/table.json?measure=increment")["commitments"] for k in c["items"])
    page = clerk.get(f"/i/{key}")[1]
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    named = re.search(r'role="img" aria-labelledby="(\S+) (\S+)"', page)
    assert set(named.groups()) <= set(ids)
    figures = clerk.json(f"/i/{key}.json")["figures"]
    rows = re.search(r'<details class="drawn">.*?<tbody>(.*?)</tbody>', page, re.S)[1].count("<tr>")
    assert rows >= len(figures)
