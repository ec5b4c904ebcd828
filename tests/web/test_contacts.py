"""Whom to call stands one click behind a unit's name on every page where an item stands; the public reads names only."""

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
