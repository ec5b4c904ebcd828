"""The city's own rules and light profiles: set by the office, checked, and nothing changed by a fault."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.actions.profiles import set_profile
from duban.actions.rules import KNOWN, has_rule, set_rules
from duban.assess import profile_of, shipped_profiles
from duban.assess.cases import case_faults, tried
from duban.assess.profile import profile_text, read_profile
from duban.core.problem import Refused
from duban.words import catalogue, say
from tests.actions.city import OUTSIDERS

OWN = """
title = { zh = "本市规则" }
source = "云政办〔2024〕1号"
[colours]
green = { zh = "好" }
red = { zh = "差" }
[[rule]]
colour = "red"
when = { points_behind = { over = 20 } }
says = { zh = "落后二十个百分点以上" }
[[rule]]
colour = "green"
[[case]]
facts = { status = "behind", points_behind = 20.1 }
colour = "red"
[[case]]
facts = { status = "behind", points_behind = 20 }
colour = "green"
"""


def faults(city, text=OWN, name="own", who="office"):
    try:
        set_profile(city.book, who, name, text, reason="市政府常务会议")
    except Refused as refused:
        return refused.problems
    return ()


def test_a_profile_is_written_down_switched_on_and_kept(city):
    city.do("office", set_profile, "own", OWN, reason="市政府常务会议")
    assert profile_of(city.book).name == "default"
    city.do("office", set_rules, {"light_profile": "own"}, authority="云政办〔2024〕1号")
    assert profile_of(city.book).name == "own"
    assert profile_text(city.book, "own") == OWN
    assert city.do("office", set_profile, "own", OWN, reason="又来") == []


def test_a_case_that_its_rules_do_not_keep_refuses_the_whole(city):
    [fault] = faults(
        city, OWN.replace('points_behind = 20 }\ncolour = "green"', 'points_behind = 20 }\ncolour = "red"')
    )
    assert (fault.code, fault.place) == ("profile.case_broken", "own [[case]] 2")
    assert "红灯" in say(fault)
    assert "绿灯" in say(fault)
    assert city.book.profiles == {}


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("points_behind = 20 }", "lazy = 20 }", "profile.fact_unknown", "own [[case]] 2"),
        ('status = "behind", points_behind = 20.1', 'status = "late"', "profile.value_unknown", "own [[case]] 1"),
        ("points_behind = 20.1", 'points_behind = "x"', "profile.value_unknown", "own [[case]] 1"),
        ("points_behind = 20.1", "was_behind = 1", "profile.value_unknown", "own [[case]] 1"),
        ("facts = { status = \"behind\", points_behind = 20.1 }", "facts = 1", "profile.case_form", "own [[case]] 1"),
        ('20.1 }\ncolour = "red"', '20.1 }\ncolour = "pink"', "profile.colour_unknown", "own [[case]] 1"),
        ("over = 20", 'over = "x"', "profile.not_a_number", "own [[rule]] 1"),
        ("[[case]]", "[[kase]]", "profile.no_cases", "own"),
        ("title =", "title", "profile.unreadable", "own"),
    ],
)  # fmt: skip
def test_every_fault_is_told_by_its_place_and_nothing_changes(city, old, new, code, place):
    assert old in OWN
    found = faults(city, OWN.replace(old, new))
    assert (found[0].code, found[0].place) == (code, place)
    assert all("{" not in say(fault, locale).replace("{ …", "") for fault in found for locale in ("zh", "en"))
    assert city.book.profiles == {}


@pytest.mark.parametrize("name", ["", "linear", "default", "../x", "A b", "x" * 41, "a/b"])
def test_a_profile_needs_a_name_of_its_own(city, name):
    assert faults(city, name=name)[0].code == "profile.name_wrong"


def test_a_profile_has_its_bounds(city):
    assert faults(city, OWN + "#" * 40_000)[0].code == "profile.long"


@pytest.mark.parametrize("who", ["wang", "li", "zhou", "leader", *OUTSIDERS])
def test_who_sets_no_rules(city, who):
    assert faults(city, who=who)[0].code == "rights.role"
    assert city.refusal(who, set_rules, {"monthly_minutes": "5"}) == "rights.role"


def test_a_profile_that_is_not_there_cannot_be_switched_on(city):
    assert city.refusal("office", set_rules, {"light_profile": "none"}) == "profile.unknown"


@pytest.mark.parametrize("name", sorted(shipped_profiles()))
def test_the_shipped_profiles_keep_their_cases_and_can_be_started_from(city, name):
    one = shipped_profiles()[name]
    assert case_faults(one) == ()
    assert len(tried(one)) == len(one.cases)
    assert read_profile(profile_text(city.book, name), name) == one
    assert faults(city, profile_text(city.book, name)) == ()


def test_a_rule_without_a_source_has_no_number_and_every_rule_its_words():
    for name, known in KNOWN.items():
        assert bool(known.default) is bool(known.source), name
        if known.default:
            assert known.holds(known.default), name
        for locale in ("zh", "en"):
            assert f"rule.{name}" in catalogue(locale), name
            assert known.form in catalogue(locale), name


def test_a_rule_goes_back_to_its_default(city):
    city.do("office", set_rules, {"return_workdays": "5", "publicity_days": "7"}, authority="令")
    assert has_rule(city.book, "publicity_days")
    city.do("office", set_rules, {"publicity_days": ""}, authority="令")
    assert not has_rule(city.book, "publicity_days")


PIECES = ["[[rule]]\n", "[[case]]\n", "colour = []\n", "case = 5\n", "facts = {}\n", "when = 3\n", "[colours]\n", "rule = {}\n",
          'colour = "red"\n', "facts = { status = [] }\n", "says = 1\n", "when = { status = [[1]] }\n", "title = {}\n",
          "when = { points_behind = { over = inf } }\n", "own_plans = 3\n", "ahead = []\n"]  # fmt: skip


@given(
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from(PIECES), st.booleans()), min_size=1, max_size=4)
)
def test_whatever_is_typed_is_a_profile_or_a_refusal(edits):
    lines = OWN.splitlines(keepends=True)
    for at, piece, instead in edits:
        at %= len(lines)
        lines[at : at + instead] = [piece]
    with suppress(Refused):
        profile = read_profile("".join(lines), "own")
        kept = sum(case.kept for case in tried(profile))
        assert not case_faults(profile) or kept < len(profile.cases) or not profile.cases
