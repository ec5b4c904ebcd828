"""The forecast on an item's page: figures, sentence, picture and JSON, by what was known on the day shown."""

import re

import pytest

from tests.web.people import Session


@pytest.fixture(scope="module")
def public(year_site):
    return Session(year_site)


@pytest.fixture(scope="module")
def items(public):
    keys = [key for one in public.json("/table.json")["commitments"] for key in one["items"]]
    return {key: public.json(f"/i/{key}.json") for key in keys[:60]}


def first(items, want):
    return next(key for key, told in items.items() if want(told["forecast"]))


def test_an_item_with_a_record_has_interval_chance_and_fan(public, items):
    key = first(items, lambda f: f and f["low"] and f["family"] == "output" and f["required"]["value"] != "0")
    told, page = items[key]["forecast"], public.get(f"/i/{key}")[1]
    assert float(told["low"]) <= float(told["end"]) <= float(told["high"])
    assert f"{told['chance']}%" in page
    assert told["said"]["zh"] in page
    assert 'class="fan"' in page
    assert 'class="fan inner"' in page
    assert "余下所需" in page
    assert told["record"]["simulated"]
    assert "程序模拟的序列" in page


def test_the_page_speaks_english_too(year_site, items):
    key = first(items, lambda f: f and f["low"])
    page = Session(year_site, lang="en").get(f"/i/{key}")[1]
    assert items[key]["forecast"]["said"]["en"] in page
    assert "Chance of keeping the target" in page


def test_an_item_in_words_has_none(public, items):
    key = next(key for key, told in items.items() if not told["target"])
    assert items[key]["forecast"] is None
    assert 'class="foreseen"' not in public.get(f"/i/{key}")[1]


def test_the_past_is_foreseen_by_what_was_known_then(public, items):
    key = first(items, lambda f: f and f["low"])
    then = public.json(f"/i/{key}.json?as_of=2024-06-30")["forecast"]
    assert then["month"] < items[key]["forecast"]["month"]
    fan = re.search(r'class="fan" points="([\d.]+),', public.get(f"/i/{key}?as_of=2024-06-30")[1])
    now = re.search(r'class="fan" points="([\d.]+),', public.get(f"/i/{key}")[1])
    assert float(fan[1]) < float(now[1])
