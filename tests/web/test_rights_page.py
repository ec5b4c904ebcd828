"""The page that says which rule decided: for the office and the auditor, for nobody else."""

import re

import pytest

from duban.core.rights import ACTIONS
from tests.web.people import Session, item_of, text_of


@pytest.fixture(scope="module")
def office(year_site):
    return Session(year_site, "clerk")


def ask(session, **asked):
    return session.json(
        "/rights.json?" + "&".join(f"{name}={value.replace('#', '%23')}" for name, value in asked.items())
    )


@pytest.mark.parametrize("who", ["jiaoyuju.r", "jiaoyuju.h", "leader1", "tongji", "dongshan.m", ""])
def test_others_do_not_see_it(year_site, who):
    assert Session(year_site, who).get("/rights")[0] == 403


def test_the_whole_table_stands_on_it(office, year_site):
    page = office.get("/rights")[1]
    for action in ACTIONS:
        assert f'title="{action}"' in page
    assert Session(year_site, "auditor").get("/rights")[0] == 200


def test_the_answer_names_the_rule_and_what_was_missing(office, year_site):
    key = item_of(year_site, "市教育局")
    asked = {"action": "filing.submit", "thing": key, "field": "value"}
    own, other = (ask(office, person=who, **asked) for who in ("jiaoyuju.r", "minzhengju.r"))
    assert (own["allowed"], own["rule"]) == (True, "filing.submit#1")
    assert (other["allowed"], other["code"]) == (False, "rights.relation")
    assert "牵头单位" in other["rules"][0]["sentence"]
    public = ask(office, person="", action="book.read", thing="")
    assert public["allowed"]
    assert ask(office, person="clerk", action="person.edit", thing="jiaoyuju.r", field="office")["allowed"]
    assert not ask(office, person="dongshan.m", action="person.edit", thing="jiaoyuju.r", field="reporter")[
        "allowed"
    ]


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_no_bare_code_is_shown(year_site, lang):
    session = Session(year_site, "clerk", lang=lang)
    for action in ACTIONS:
        page = session.get(f"/rights?person=jiaoyuju.r&action={action}&thing=")[1]
        words = text_of(page.split("<main")[1])
        assert not re.search(r"(?<![\w.])[a-z_]+\.[a-z_]+(?:#\d+)?(?![\w.])", words), action
    page = session.get("/rights?person=clerk&action=plan.set&thing=")[1]
    assert {"zh-hans": "制定序时计划·规则 1", "en": "set a plan, rule 1"}[lang] in page


@pytest.mark.parametrize("thing", ["A9.9-99/1", "nobody", "A1.1-01/1#x", "A1.1-01/1#9999999", "<b>"])
def test_what_is_not_there(office, thing):
    status, page = office.get(f"/rights?person=x&action=item.edit&thing={thing.replace('#', '%23')}")
    assert status == 200
    assert "<b>" not in page.split("<main")[1].split("<h2>")[0].replace("<b>✗</b>", "").replace(
        "<b>✓</b>", ""
    )
