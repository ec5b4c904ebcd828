"""Sessions end: by time, by a new password, by their owner, and when the account is closed."""

from datetime import timedelta

import pytest

from tests.signin.conftest import PASSWORD, act, browser, says, signed_in, user


def alive(client):
    return client.get("/me").status_code == 200


@pytest.fixture
def clock(monkeypatch):
    from django.utils import timezone

    start = timezone.now()

    def to(**fields):
        monkeypatch.setattr(timezone, "now", lambda: start + timedelta(**fields))

    return to


def test_idle_for_half_an_hour(city, clock):
    client = signed_in("wang")
    clock(minutes=29)
    assert alive(client)
    clock(minutes=58)  # used at 29
    assert alive(client)
    clock(minutes=89)
    answer = client.get("/me")
    assert answer.status_code == 302
    assert says(client.get("/login"), "请重新登录")


def test_open_for_half_a_day_however_busy(city, clock):
    client = signed_in("wang")
    for minutes in range(20, 12 * 60, 20):
        clock(minutes=minutes)
        assert alive(client), minutes
    clock(minutes=12 * 60 + 1)
    assert not alive(client)


def test_a_new_password_ends_all_others(city):
    other, here = signed_in("wang"), signed_in("wang", address="10.0.0.2")
    form = {"old": PASSWORD, "new": PASSWORD + "#", "again": PASSWORD + "#"}
    assert here.post("/me/password", form).status_code == 302
    assert not alive(other)
    assert alive(here)
    page = here.get("/me").content.decode()
    assert page.count("登录于") == 1


def test_my_sessions_are_listed_and_ended_and_nobody_else_s(city):
    one, two, li = signed_in("wang"), signed_in("wang", HTTP_USER_AGENT="<b>Phone</b>"), signed_in("li")
    page = one.get("/me").content.decode()
    assert page.count("登录于") == 2
    assert "&lt;b&gt;Phone" in page
    for key in (li.cookies["sessionid"].value, "", "x' OR 1=1"):
        if key:
            li_before = alive(li)
            one.post("/me/end", {"key": key})
            assert alive(li) == li_before
    one.post("/me/end", {"key": two.cookies["sessionid"].value})
    assert not alive(two)
    three = signed_in("wang")
    one.post("/me/end")
    assert not alive(three)
    assert alive(one)
    assert alive(li)


def test_a_closed_account_is_out_at_once_and_its_history_stays(city):
    from duban.actions.people import close_person, place_person
    from duban.web import accounts
    from duban.web.shelf import keeper
    from tests.actions.city import PEOPLE

    client = signed_in("qian")
    act("office", lambda book, rules: close_person(book, "office", "qian", reason="调离"))
    assert not alive(client)
    assert browser().post("/login", {"username": "qian", "password": PASSWORD}).status_code == 200
    accounts.close("qian")
    assert user("qian") is not None
    assert not user("qian").is_active
    assert keeper().book().people["qian"].placed == PEOPLE["qian"]
    act("office", lambda book, rules: place_person(book, "office", "qian", PEOPLE["qian"]))
    assert (
        browser().post("/login", {"username": "qian", "password": PASSWORD}).status_code == 200
    )  # not by itself
    given = accounts.give_password("qian")
    assert signed_in("qian", given).get("/me/password").status_code == 200


def test_an_account_that_the_book_does_not_place_cannot_come_in(city):
    from duban.web import accounts

    accounts.set_password("ghost", PASSWORD)
    assert browser().post("/login", {"username": "ghost", "password": PASSWORD}).status_code == 200


def test_who_signs_out_is_out_and_off_the_list(city):
    here, there = signed_in("wang"), signed_in("wang")
    key = there.cookies["sessionid"].value
    assert there.post("/logout").status_code == 302
    there.cookies["sessionid"] = key
    assert not alive(there)
    assert here.get("/me").content.decode().count("登录于") == 1
    assert here.get("/logout").status_code == 405  # nobody is signed out by a link
    assert alive(here)
