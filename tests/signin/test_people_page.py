"""The pages of accounts: the office keeps all, a manager those of its own territory, nobody else any."""

import re

import pytest

from tests.signin.conftest import PASSWORD, act, browser, says, signed_in, user

FENG = {"act": "place", "username": "feng", "name": "冯老师", "unit": "dongqu-jiaoyu", "role": "reporter"}


def book():
    from duban.web.shelf import keeper

    return keeper().book()


@pytest.fixture
def feng(city):
    """A reporter of the district, with an account."""
    from duban.actions.people import place_person
    from duban.ledger.year.people import PersonPlaced
    from duban.web import accounts

    placed = PersonPlaced("冯老师", "dongqu-jiaoyu", ("reporter",))
    act("office", lambda now, rules: place_person(now, "office", "feng", placed))
    accounts.set_password("feng", PASSWORD)


def given(answer):
    return re.search(r'class="given">([^<]+)<', answer.content.decode())[1]


def test_the_office_opens_an_account_and_its_owner_changes_the_password(city):
    office = signed_in("clerk")
    answer = office.post("/people/do", {**FENG, "username": "xin", "role": ["reporter", "head"]})
    assert "no-store" in answer.headers["Cache-Control"]
    client = signed_in("xin", given(answer))
    assert client.get("/table").headers["Location"] == "/me/password"
    assert book().people["xin"].placed.roles == ("reporter", "head")
    assert says(office.get("/people?q=xin"), "冯老师")


@pytest.mark.parametrize("who", ["wang", "li", "zhou", "leader", "wu", "qian", ""])
def test_nobody_else_sees_or_keeps_accounts(feng, who):
    client = signed_in(who) if who else browser()
    for path in ("/people", "/people.json", "/people/feng", "/people/feng.json"):
        answer = client.get(path)
        assert answer.status_code in (302, 403), path
        assert not says(answer, "冯老师")
    seq = book().seq
    for what in (
        "close",
        "password",
        "second_factor",
        "lock",
        "sessions",
        "subject",
        "ask",
        "place",
        "nonsense",
    ):
        answer = client.post(
            "/people/do", {**FENG, "act": what, "known": "1", "reason": "x", "subject": "me"}
        )
        assert answer.status_code in (302, 403), what
    assert book().seq == seq
    assert user("feng").check_password(PASSWORD)
    assert user("feng").is_active


def test_a_manager_keeps_its_own_and_does_not_see_the_others(feng):
    manager = signed_in("zheng")
    page = manager.get("/people").content.decode().split("<main")[1]
    assert "feng" in page
    for other in ("wang", "clerk", "leader", "office"):
        assert f">{other}<" not in page
        assert manager.get(f"/people/{other}").status_code == 404
    new = given(manager.post("/people/do", {"act": "password", "username": "feng", "known": "1"}))
    assert user("feng").check_password(new)
    assert manager.post("/people/do", {**FENG, "known": "1", "role": "head"}).status_code == 302
    closing = {"act": "close", "username": "feng", "known": "1", "reason": "调离"}
    assert manager.post("/people/do", closing).status_code == 302
    assert not user("feng").is_active


@pytest.mark.parametrize(
    "victim", ["office", "clerk", "wang", "leader", "zheng", "wu", "nobody", "../office", ""]
)
def test_a_manager_does_nothing_to_the_others(feng, victim):
    manager, seq = signed_in("zheng"), book().seq
    for what in ("close", "password", "second_factor", "lock", "sessions", "subject"):
        form = {
            "act": what,
            "username": victim,
            "known": "1",
            "reason": "x",
            "subject": "zheng-at-the-provider",
        }
        assert manager.post("/people/do", form).status_code in (400, 403), what
    assert book().seq == seq
    if victim not in ("nobody", "../office", ""):
        assert user(victim).check_password(PASSWORD)


def test_more_than_the_form_has_is_not_taken(feng):
    manager = signed_in("zheng")
    more = {
        "is_staff": "1",
        "is_superuser": "1",
        "must_change": "0",
        "password": "x",
        "left": "",
        "roles": "office",
    }
    assert manager.post("/people/do", {**FENG, "known": "1", **more}).status_code == 302
    for forged in ({"role": ["reporter", "office"]}, {"role": "manager", "territory": "dongqu"}, {"unit": "yc"},
                   {"territory": "yc"}, {"username": "office"}, {"username": "OFFICE"}, {"unit": ""}):  # fmt: skip
        answer = manager.post("/people/do", {**FENG, "known": "1", **forged})
        assert answer.status_code in (400, 403), forged
    account = user("feng")
    assert (account.is_staff, account.is_superuser) == (False, False)
    assert book().people["feng"].placed.roles == ("reporter",)
    assert account.check_password(PASSWORD)


def test_an_account_that_is_there_is_not_opened_again_by_mistake(feng):
    assert signed_in("clerk").post("/people/do", FENG).status_code == 400
    assert user("feng").check_password(PASSWORD)


def test_a_locked_account_is_shown_and_unlocked_by_the_office(feng):
    for _ in range(11):
        browser().post("/login", {"username": "feng", "password": "wrong"})
    office = signed_in("clerk", address="10.0.0.2")
    assert says(office.get("/people?q=feng"), "已锁定")
    office.post("/people/do", {"act": "lock", "username": "feng", "known": "1"})
    assert signed_in("feng").get("/me").status_code == 200


def test_a_lost_device_is_reset_and_who_did_it_stands_in_the_book(feng):
    from duban.web.signin import second
    from tests.signin.test_second import set_up

    client, _ = set_up("feng")
    signed_in("zheng").post("/people/do", {"act": "second_factor", "username": "feng", "known": "1"})
    assert second.device(user("feng")) is None
    assert client.get("/me").status_code == 302
    entry = book().timeline("person/feng")[-1]
    assert (entry.kind, entry.actor, entry.body.what) == ("person.reset", "zheng", "second_factor")


def test_the_office_says_of_whom_a_second_factor_is_asked(feng):
    office = signed_in("clerk")
    assert office.post("/people/do", {"act": "ask", "role": ["manager", "auditor"]}).status_code == 302
    assert book().rules["second_factor"] == "manager auditor"
    assert signed_in("zheng").get("/people").headers["Location"] == "/me/second"
    assert office.post("/people/do", {"act": "ask", "role": ["king"]}).status_code == 400


def test_one_subject_for_one_account(feng):
    office = signed_in("clerk")

    def link(name, subject):
        form = {"act": "subject", "username": name, "known": "1", "subject": subject}
        return office.post("/people/do", form).status_code

    assert link("feng", "s-9") == 302
    assert link("wang", "s-9") == 400
    assert user("feng").account.subject == "s-9"
    assert link("feng", "") == 302
    assert user("feng").account.subject is None


def test_names_are_shown_as_text(feng):
    office = signed_in("clerk")
    office.post("/people/do", {**FENG, "known": "1", "name": "<script>alert(1)</script>"})
    for path in ("/people", "/people/feng"):
        assert not says(office.get(path), "<script>alert")
