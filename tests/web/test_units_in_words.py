"""Units of figures and fields on pages in English."""

import re

from duban.registers.field import integer, money, text
from duban.web.registers.words import head, unit
from tests.web.people import Session


def test_units_are_said_in_english_and_counters_left_out():
    assert [unit(of, "en") for of in ("亿元", "个", "%", "")] == ["×100m yuan", "", "%", ""]
    assert [unit(of, "zh") for of in ("亿元", "个")] == ["亿元", "个"]
    assert head(money("paid", "付款", "Paid"), "en") == "Paid (×10k yuan)"
    assert head(money("paid", "付款", "Paid"), "zh") == "付款（万元）"
    assert (
        head(integer("jobs", "岗位", "Jobs", "个"), "en")
        == head(text("jobs", "岗位", "Jobs"), "en")
        == "Jobs"
    )


def test_no_chinese_unit_is_on_the_english_pages_of_packs(year_site):
    session = Session(year_site, lang="en")
    for path in ("/packs", "/x/projects", "/n/projects.invested", "/r/project_investment"):
        status, page = session.get(path)
        assert status == 200, path
        small = re.findall(
            r"<small>\s*([^<]*?)\s*</small>", re.search(r"<main.*</main>", page, re.S)[0], re.S
        )
        heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', page, re.S)
        assert not [
            told for told in (*small, *heads) if re.search("[个项件处户元人次]", re.sub(r"<[^>]+>", "", told))
        ], path
