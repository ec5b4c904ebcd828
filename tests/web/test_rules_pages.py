"""The city's rules and profiles on the pages: everybody reads them, the office writes them, faults change nothing."""

import re

import pytest

from duban.assess import shipped_profiles
from duban.assess.ladder import shipped_ladders
from tests.actions.test_rules import OWN
from tests.web.people import Session, text_of


@pytest.fixture(scope="module")
def office(year_site):
    return Session(year_site, "clerk")


def test_everybody_reads_the_rules_and_only_the_office_writes(year_site, office):
    told = {rule["name"]: rule for rule in Session(year_site).json("/rules.json")["rules"]}
    assert told["monthly_minutes"]["value"] == "10"  # as the simulated office set it
    assert told["return_workdays"] == {"name": "return_workdays", "value": None, "default": "7",
                                       "source": told["return_workdays"]["source"], "entry": None}  # fmt: skip
    for who in ("auditor", "leader1", "jiaoyuju.h", ""):
        session = Session(year_site, who)
        session.get("/login")
        assert session.post("/rules", report_day="3", authority="无")[0] == 403, who
        assert 'name="report_day"' not in session.get("/rules")[1]
    assert office.post("/rules", report_day="900", authority="令")[0] == 400
    assert office.post("/rules", report_day="26", authority="<b>令</b>")[0] == 200
    page = office.get("/rules")[1]
    assert "&lt;b&gt;令&lt;/b&gt;" in page
    told = {rule["name"]: rule for rule in office.json("/rules.json")["rules"]}
    assert (told["report_day"]["value"], told["publicity_days"]["value"]) == ("26", "7")


def test_what_exists_is_chosen_from_a_list(year_site, office):
    def offered(page, name):
        field = re.search(rf'<select name="{name}".*?</select>', page, re.S)[0]
        return re.findall(r'<option value="([^"]*)"', field)

    page = office.get("/rules")[1]
    assert offered(page, "ladder") == ["", *shipped_ladders()]
    assert set(shipped_profiles()) <= set(offered(page, "light_profile"))
    assert offered(page, "countersign") == ["", "yes", "no"]
    assert 'name="ladder"' not in Session(year_site, "auditor").get("/rules")[1]
    assert office.post("/rules", ladder="没有这个", authority="令")[0] == 400
    name = next(n for n in shipped_ladders() if n != "default")
    for value in (name, ""):
        assert office.post("/rules", ladder=value, authority="令")[0] == 200
        assert {r["name"]: r["value"] for r in office.json("/rules.json")["rules"]}["ladder"] == (
            value or None
        )


@pytest.mark.parametrize("name", ["default", "linear", "yinchuan", "ouhai", "sanming", "13710", "guangyuan"])
def test_a_profile_is_read_in_words_with_its_cases(year_site, name):
    public = Session(year_site)
    told = public.json(f"/profiles/{name}.json")
    assert told["cases"]
    assert all(case["promised"] == case["given"] for case in told["cases"])
    words = text_of(public.get(f"/profiles/{name}")[1])
    assert told["title"]["zh"] in words
    assert "fact." not in words + text_of(Session(year_site, lang="en").get(f"/profiles/{name}")[1])


def test_a_profile_s_what_if_is_the_lights_of_those_days(year_site, office):
    public = Session(year_site)
    assert public.json("/profiles/ouhai.json?what_if=1")["changed"] is None
    changed = office.json("/profiles/ouhai.json?what_if=1")["changed"]
    assert [c["day"] for c in changed] == [f"2024-{m:02d}-{d}" for m, d in
                                           ((1, 31), (2, 29), (3, 31), (4, 30), (5, 31), (6, 30), (7, 31), (8, 31), (9, 30))]  # fmt: skip
    last = changed[-1]
    assert last["items"]
    for key, (before, _after) in list(last["items"].items())[:3]:
        assert public.json(f"/i/{key}.json?as_of=2024-09-30")["light"] == before
    assert public.get("/profiles/none")[0] == 404


def test_a_faulty_profile_changes_nothing_and_keeps_what_was_typed(year_site, office):
    wrong = OWN.replace("over = 20", "over = '<script>'")
    status, text = office.post("/profiles/default", name="own", text=wrong, reason="试")
    assert status == 400
    assert "own [[rule]] 1" in text
    assert "&#x27;&lt;script&gt;" in text
    assert "<script>" not in text
    assert office.get("/profiles/own")[0] == 404


def test_a_profile_is_tried_saved_and_switched_on(year_site, office):
    status, text = office.post("/profiles/default", name="own", text=OWN, reason="", **{"try": "1"})
    assert status == 200
    assert "2024-09-30" in text
    assert office.get("/profiles/own")[0] == 404  # tried is not saved
    for who in ("auditor", "jiaoyuju.h", ""):
        session = Session(year_site, who)
        session.get("/login")
        for form in ({"try": "1"}, {}):
            assert session.post("/profiles/default", name="own", text=OWN, reason="试", **form)[0] == 403, who
    assert office.post("/profiles/default", name="own", text=OWN, reason="常务会议")[0] == 200
    assert office.json("/profiles/own.json")["title"] == {"zh": "本市规则"}
    assert "本市规则" in text_of(office.get("/rules")[1])
