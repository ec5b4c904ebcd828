"""A remark of the public becomes a case of the hotline: only where the city takes remarks, and nothing of it shown by itself."""

from datetime import date

import pytest

from duban.actions.records import Told, put_record
from duban.actions.remarks import LONGEST, Remark, are_on, cases_of, send_remark
from duban.actions.rules import set_rules
from duban.packs import register_named
from tests.actions.city import peopled, small_book

DAY = date(2024, 6, 3)
ID = "A1.1-01"


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return small_book(tmp_path_factory.mktemp("small") / "book")


@pytest.fixture
def city(plain):
    made = peopled(plain.copy())
    made.do("office", set_rules, {"remarks_daily": "5", "remarks_all": "100"})
    return made


def send(city, told="路灯还没有装", kind="complaint", published=True, **more):
    cases = register_named("cases")
    writes = send_remark(city.book, cases, ID, Remark(kind, told, **more), published=published, today=DAY)
    return city.write("public", writes)


def refusal(city, **fields):
    return city.refusal("", lambda book, who: send_remark(
        book, register_named("cases"), fields.pop("id", ID), Remark(fields.pop("kind", "complaint"), fields.pop("told", "路灯")),
        published=fields.pop("published", True), today=DAY))  # fmt: skip


def test_a_remark_is_a_case_with_its_promise_and_is_not_shown(city):
    made = send(city, name="王某", phone="0100-7") + send(city, "树死了三棵", "report")
    first, second = cases_of(city.book, ID)
    assert (first.id, second.id) == ("W2024-000001", "W2024-000002")
    assert first.values["what"] == "路灯还没有装"
    assert (first.values["channel"], first.values["received_on"], first.values["commitment"]) == (
        "web",
        "2024-06-03",
        ID,
    )
    assert "shown" not in first.values
    assert first.stage == "received"
    told = [entry for entry in made if entry.kind == "remark.sent"]
    assert len(told) == 2
    assert "路灯" not in str(told[0].body)  # the promise's own history has no words of the public


@pytest.mark.parametrize("rules", [{"remarks_daily": ""}, {"remarks_all": ""}])
def test_without_both_limits_nobody_may(city, rules):
    city.do("office", set_rules, rules)
    assert not are_on(city.book, published=True)
    assert refusal(city).startswith("rights.")


def test_while_the_pages_are_closed_nobody_may(city):
    assert refusal(city, published=False).startswith("rights.")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"told": "  "}, "field.missing"),
        ({"told": "长" * (LONGEST + 1)}, "field.long"),
        ({"told": "机密★ 不得外传"}, "field.secret"),
        ({"told": "坏\x00字"}, "field.unprintable"),
    ],
)
def test_bad_words_are_refused(city, fields, code):
    assert refusal(city, **fields) == code


def test_an_unknown_kind_and_an_unknown_promise_are_refused(city):
    assert refusal(city, kind="praise")
    assert refusal(city, id="A9.9-99")


def test_the_same_words_are_taken_once(city):
    send(city)
    assert refusal(city, told="路灯还没有装") == "remark.said_already"


def test_only_the_office_says_what_is_shown(city):
    send(city)
    for who in ("wang", "li", "zhou", "leader", "wu", ""):
        told = Told({"shown": "yes"}, "form", id="W2024-000001")
        assert city.refusal(who, put_record, register_named("cases"), told, DAY).startswith("rights."), who
    city.do(
        "clerk", put_record, register_named("cases"), Told({"shown": "yes"}, "form", id="W2024-000001"), DAY
    )
    assert next(cases_of(city.book, ID)).values["shown"] == "yes"


@pytest.mark.parametrize("value", ["0", "-1", "two", "1000001", "²"])
def test_limits_are_whole_numbers(city, value):
    assert city.refusal("office", set_rules, {"remarks_daily": value}) == "rules.wrong"
