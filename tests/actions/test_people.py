"""Accounts: who may place whom, and what a closed one may still do."""

import pytest

from duban.actions.context import actor_of
from duban.actions.people import close_person, office_accounts, place_person, reset_person
from duban.ledger.year.people import PersonPlaced
from tests.actions.city import PEOPLE

DISTRICT = PersonPlaced("冯老师", "dongqu-jiaoyu", ("reporter",))


@pytest.mark.parametrize("who", ["wang", "li", "qian", "zhou", "leader", "wu", "", "stranger"])
def test_only_the_office_and_managers_place_people(city, who):
    assert city.refusal(who, place_person, "feng", DISTRICT).startswith("rights.")


def test_a_manager_places_reporters_and_heads_of_its_branch_and_nobody_else(city):
    city.do("zheng", place_person, "feng", DISTRICT)
    assert actor_of(city.book, "feng").roles == {"reporter"}
    cases = {
        PersonPlaced("甲", "jiaoyu", ("reporter",)): "rights.relation",
        PersonPlaced("甲", "dongqu-jiaoyu", ("reporter", "office")): "rights.field",
        PersonPlaced("甲", "dongqu", ("manager",), "dongqu"): "rights.field",
        PersonPlaced("甲", "", ("reporter",)): "rights.relation",
    }
    for placed, code in cases.items():
        assert city.refusal("zheng", place_person, "jia", placed) == code


def test_a_manager_cannot_take_an_account_over_by_moving_it_into_its_branch(city):
    moved = PersonPlaced("李局长", "dongqu-jiaoyu", ("head",))
    assert city.refusal("zheng", place_person, "li", moved) == "rights.relation"
    assert city.refusal("zheng", place_person, "clerk", moved) in ("rights.relation", "rights.field")


def test_a_closed_account_may_do_nothing_and_its_history_stays(city):
    city.do("office", close_person, "li", reason="调离")
    assert actor_of(city.book, "li").roles == frozenset()
    assert city.book.people["li"].placed == PEOPLE["li"]
    assert city.refusal("office", close_person, "li", reason="调离") == "person.unknown"


def test_somebody_is_left_who_can_act_for_the_office(city):
    city.do("office", close_person, "office", reason="启用实名账户")
    assert office_accounts(city.book) == {"clerk"}
    assert city.refusal("clerk", close_person, "clerk", reason="调离") == "person.last_office"
    assert city.refusal("clerk", place_person, "clerk", DISTRICT) == "person.last_office"


@pytest.mark.parametrize(
    ("account", "placed", "code"),
    [
        ("a b", DISTRICT, "person.username_wrong"),
        ("甲", DISTRICT, "person.username_wrong"),
        ("jia", PersonPlaced("甲", "jiaoyu", ("king",)), "person.role_unknown"),
        ("jia", PersonPlaced("甲", "jiaoyu", ("public",)), "person.role_unknown"),
        ("jia", PersonPlaced("甲", "", ("reporter",)), "person.unit_missing"),
        ("jia", PersonPlaced("甲", "gone", ("reporter",)), "unit.unknown"),
        ("jia", PersonPlaced("甲", "dongqu", ("manager",)), "person.territory_missing"),
        ("jia", PersonPlaced("甲", "jiaoyu", ("reporter",), "yc"), "person.territory_unneeded"),
        ("CLERK", DISTRICT, "person.username_taken"),
        ("jia", PersonPlaced("机密★", "jiaoyu", ("reporter",)), "field.secret"),
        ("jia", PersonPlaced("  ", "jiaoyu", ("reporter",)), "field.missing"),
        ("jia", PersonPlaced("a\x00b", "jiaoyu", ("reporter",)), "field.unprintable"),
    ],
)
def test_what_cannot_be_placed(city, account, placed, code):
    assert city.refusal("office", place_person, account, placed) == code


def test_a_manager_cannot_take_over_the_account_that_the_book_began_with(city):
    city.do("office", place_person, "feng", DISTRICT)
    assert "office" not in city.book.people
    assert city.refusal("zheng", place_person, "office", DISTRICT) == "rights.relation"
    assert city.refusal("zheng", close_person, "office", reason="x") == "rights.relation"
    assert city.refusal("zheng", reset_person, "office", what="password") == "rights.relation"


def test_who_may_reset_whom(city):
    city.do("office", place_person, "feng", DISTRICT)
    for what in ("password", "second_factor", "lock", "sessions", "subject"):
        assert city.refusal("zheng", reset_person, "feng", what=what) == ""
        assert city.refusal("office", reset_person, "zheng", what=what) == ""
        for other in ("wang", "li", "clerk", "zheng", "leader", "wu"):
            assert city.refusal("zheng", reset_person, other, what=what).startswith("rights."), other
        for who in ("wang", "li", "wu", "leader", "zhou", "", "feng"):
            assert city.refusal(who, reset_person, "feng", what=what).startswith("rights."), who
    assert city.refusal("office", reset_person, "feng", what="everything") == "person.reset_unknown"
    assert city.refusal("office", reset_person, "nobody", what="lock") == "person.unknown"
    entry = city.do("zheng", reset_person, "feng", what="password")[0]
    assert (entry.kind, entry.actor, entry.body.what) == ("person.reset", "zheng", "password")
