"""Every profile keeps its own table of cases; a city's own is read with errors that teach."""

from datetime import date
from decimal import Decimal

import pytest

from duban.actions import tasks
from duban.assess import light_of, profile_of, read_profile, shipped_profiles
from duban.assess.facts import FACTS, Facts
from duban.assess.lights import what_if
from duban.core.problem import Refused
from duban.ledger.year.rules import ProfileSet, RulesSet
from duban.words import say
from tests.actions.city import KEY

JUNE = date(2024, 6, 30)
CASES = [(name, case) for name, profile in shipped_profiles().items() for case in profile.cases]
OWN = """
title = { zh = "本市规则" }
[colours]
green = { zh = "好" }
red = { zh = "差" }
[[rule]]
colour = "red"
when = { status = ["behind"] }
[[rule]]
colour = "green"
"""


def facts(told):
    return Facts(**{k: Decimal(str(v)) if k == "points_behind" else v for k, v in told.items()})


@pytest.mark.parametrize(("name", "case"), CASES)
def test_the_cases_of_a_profile(name, case):
    assert shipped_profiles()[name].rule_for(facts(case["facts"])).colour == case["colour"]


def test_the_named_profiles_are_there_with_source_and_words():
    assert set(shipped_profiles()) == {
        "default",
        "linear",
        "yinchuan",
        "ouhai",
        "sanming",
        "13710",
        "guangyuan",
    }
    for profile in shipped_profiles().values():
        assert "http" in profile.source or "docs/lights.md" in profile.source
        assert profile.cases
        assert {rule.colour for rule in profile.rules} <= set(profile.colours)
        assert all(set(rule.says) == {"zh", "en"} for rule in profile.rules)


def test_the_facts_that_rules_may_ask_are_those_there_are():
    assert set(FACTS) == set(Facts.__struct_fields__)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("title = ", "profile.unreadable"),
        ("", "profile.no_colours"),
        (OWN.replace("[colours]\n", "[colours]\npink = {}\n"), "profile.colour_unknown"),
        (OWN.replace('colour = "red"', 'colour = "blue"'), "profile.colour_unknown"),
        (OWN.replace("status =", "mood ="), "profile.fact_unknown"),
        (OWN.replace('"behind"', '"lazy"'), "profile.value_unknown"),
        (OWN.replace('status = ["behind"]', "points_behind = 30"), "profile.bounds_wrong"),
        (OWN.replace('status = ["behind"]', 'points_behind = { over = "x" }'), "profile.not_a_number"),
        (OWN.replace('status = ["behind"]', "was_behind = 1"), "profile.not_yes_no"),
        (OWN.rsplit("[[rule]]", 1)[0], "profile.no_last_rule"),
    ],
)
def test_what_a_city_may_write_wrong(text, code):
    with pytest.raises(Refused) as refused:
        read_profile(text, "本市")
    first = refused.value.problems[0]
    assert first.code == code
    assert first.place.startswith("本市")
    assert first.place in say(first)


def test_a_right_profile_is_read():
    assert [rule.colour for rule in read_profile(OWN, "本市").rules] == ["red", "green"]


def test_a_city_s_own_profile_stands_above_the_shipped_and_shows_what_it_would_change(desk):
    desk.target(12).says("2024-C06", 5)
    desk.city.write(
        "office", [("profile", ProfileSet("own", OWN)), ("rules", RulesSet({"light_profile": "own"}))]
    )
    assert profile_of(desk.book).title["zh"] == "本市规则"
    assert what_if({JUNE: desk.book}, shipped_profiles()["default"], profile_of(desk.book)) == {
        JUNE: {KEY: ("yellow", "red")}
    }
    with pytest.raises(Refused):
        profile_of(desk.book, "none")


def test_a_red_made_good_turns_yellow_by_ouhai_and_keeps_its_history(desk):
    desk.target(12).says("2024-C05", 3).says("2024-C06", 6)
    light = light_of(desk.book, KEY, JUNE, shipped_profiles()["ouhai"])
    assert (light.colour, light.facts.was_behind) == ("yellow", True)
    assert light_of(desk.book, KEY, JUNE, shipped_profiles()["default"]).colour == "green"


def test_an_accepted_reason_counts_until_its_day(desk):
    desk.target(12).says("2024-C06", 1)
    default = shipped_profiles()["default"]
    assert light_of(desk.book, KEY, JUNE, default).colour == "red"
    desk.city.do("wang", tasks.explain_delay, KEY, reason="冬季停工", until="2024-07-31", today=JUNE)
    assert light_of(desk.book, KEY, JUNE, default).colour == "red"
    desk.city.do("office", tasks.decide_delay, KEY, accepted=True, today=JUNE)
    assert light_of(desk.book, KEY, JUNE, default).colour == "yellow"


def test_a_judgement_never_colours_a_light_unless_the_profile_says_so(desk):
    desk.target(12).says("2024-C06", 6)
    desk.city.do("leader", tasks.judge, KEY, step="unlikely")
    for name in ("default", "linear", "yinchuan", "ouhai"):
        assert light_of(desk.book, KEY, JUNE, shipped_profiles()[name]).colour == "green"


def test_points_and_periods_behind(desk):
    desk.target(100).says("2024-C04", 20).says("2024-C05", 25).says("2024-C06", 30)
    found = light_of(desk.book, KEY, JUNE, shipped_profiles()["ouhai"]).facts
    assert (found.points_behind, found.behind_periods, found.days_over) == (20, 3, 0)


def test_xuancheng_looks_at_n_of_twelve_whatever_the_item_s_own_plan(desk):
    """The building season would ask for nothing yet; the bulletin compares with n/12 all the same."""
    desk.target(120).plan("seasonal", data={"8": "1", "9": "1"}).says("2024-C06", 40)
    assert light_of(desk.book, KEY, JUNE, shipped_profiles()["default"]).status.kind == "seasonal"
    light = light_of(desk.book, KEY, JUNE, shipped_profiles()["linear"])
    assert (light.status.kind, light.colour, light.facts.points_behind.quantize(Decimal("0.1"))) == (
        "linear", "yellow", Decimal("16.7"),
    )  # fmt: skip
    desk.plan("threshold")
    assert light_of(desk.book, KEY, JUNE, shipped_profiles()["linear"]).status.kind == "linear"


def test_yinchuan_excuses_no_progress_by_a_reason(desk):
    """The published text asks for a valid reason at starts and entry into statistics only."""
    desk.target(100).says("2024-C06", 45)
    desk.city.do("wang", tasks.explain_delay, KEY, reason="资金", until="2024-09-30", today=JUNE)
    desk.city.do("office", tasks.decide_delay, KEY, accepted=True, today=JUNE)
    assert light_of(desk.book, KEY, JUNE, shipped_profiles()["yinchuan"]).colour == "green"
    desk.says("2024-C07", 20)
    assert light_of(desk.book, KEY, date(2024, 7, 31), shipped_profiles()["yinchuan"]).colour == "red"
