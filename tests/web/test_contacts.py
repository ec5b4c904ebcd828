"""Whom to call stands one click behind a unit's name on every page where an item stands; the public reads names only."""

import re
from urllib.parse import quote

import pytest

from tests.web.people import Session, item_of

PAGES = ("/table", "/wall", "/desk", "/doubts", "/matters", "/clearing", "/meetings", "/units")


@pytest.fixture(scope="module")
def key(year_site):
    return item_of(year_site, "市教育局")


def test_every_page_with_items(year_site, key):
    office, public = Session(year_site, "clerk"), Session(year_site)
    for path in (*PAGES, f"/i/{key}", f"/c/{key.rpartition('/')[0]}", "/units/jiaoyuju"):
        status, page = office.get(path)
        assert status == 200, path
        assert 'href="tel:0000' in page, path
        assert 'href="tel:' not in public.get(path)[1], path


def contacts_link(page):
    found = re.search(r'<a class="people" href="([^"]+)"', page)
    return found[1].replace("&amp;", "&") if found else ""


@pytest.mark.parametrize("who", ["clerk", "jiaoyuju.r", "leader1", "tongji", "auditor"])
def test_the_directory_is_one_click_from_every_page(year_site, key, who):
    session, commitment = Session(year_site, who), key.rpartition("/")[0]
    for path in ("/", "/table", "/work", "/rules", "/me", "/notices"):
        assert contacts_link(session.get(path)[1]) == "/units", path
    for path, about in ((f"/i/{key}", f"i:{key}"), (f"/i/{key}/plan", f"i:{key}"), (f"/c/{commitment}", f"c:{commitment}"),
                        ("/units/jiaoyuju", "u:jiaoyuju")):  # fmt: skip
        link = contacts_link(session.get(path)[1])
        assert link == f"/units?about={about}", path
        near = session.get(link)[1].split('id="near"')[1].split("</section>")[0]
        assert "市教育局" in near
        assert 'href="tel:0000' in near
    assert "as_of=2024-06-30" in contacts_link(session.get(f"/i/{key}?as_of=2024-06-30")[1])


def test_a_matter_tells_its_units_only_to_those_who_see_it(year_site):
    office, other = Session(year_site, "clerk"), Session(year_site, "minzhengju.r")
    matter = next(m for m in office.json("/matters.json")["matters"] if m["unit"] != "minzhengju")
    asked = f"/units.json?about=m:{matter['number']}"
    assert matter["unit"] in [u["code"] for u in office.json(asked)["near"]]
    assert other.json(asked)["near"] == []
    assert Session(year_site).json(asked)["near"] == []


def test_the_directory_is_searched_and_tells_the_public_nothing_of_persons(year_site, key):
    office, public = Session(year_site, "clerk"), Session(year_site)
    bureau = next(u for u in office.json("/units.json")["units"] if u["code"] == "jiaoyuju")
    for words in ("教育局", bureau["contact"], bureau["phone"]):
        assert "jiaoyuju" in [u["code"] for u in office.json(f"/units.json?q={quote(words)}")["units"]]
    assert [u["code"] for u in public.json(f"/units.json?q={quote('教育局')}")["units"]] == ["jiaoyuju"]
    for words in (bureau["contact"], bureau["phone"]):  # no answer, so that nobody finds out who is where
        assert public.json(f"/units.json?q={quote(words)}")["units"] == []
    page = public.get(f"/units?about=i:{key}")[1]
    assert 'id="near"' in page
    assert bureau["contact"] not in page
    assert "tel:" not in page
    assert contacts_link(page) == ""
    assert office.get("/units?about=i:9.9/1&q=" + quote("没有这个单位"))[0] == 200
