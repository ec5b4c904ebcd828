"""Signing in with a password: what fails says nothing, what fails often is locked out, what was given is changed."""

import re
from datetime import timedelta

import pytest

from tests.signin.conftest import PASSWORD, act, browser, says, signed_in, user

WRONG = "用户名或密码不对"


def attempt(client, name, password="wrong"):
    return client.post("/login", {"username": name, "password": password})


def test_who_is_right_comes_in_and_who_is_wrong_does_not(city):
    assert signed_in("wang").get("/me").status_code == 200
    answer = attempt(browser(), "wang")
    assert answer.status_code == 200
    assert says(answer, WRONG)
    assert browser().get("/me").status_code == 302


def test_the_answer_does_not_tell_whether_there_is_such_an_account(city):
    from duban.actions.people import close_person, place_person
    from tests.actions.city import PEOPLE

    def page(name, password="wrong"):
        text = re.sub(
            r'csrfmiddlewaretoken" value="\w+"', "", attempt(browser(), name, password).content.decode()
        )
        return text.replace(f'value="{name}"', "")

    act("office", lambda book, rules: close_person(book, "office", "wu", reason="调离"))
    assert WRONG in page("wang")
    assert (
        page("wang") == page("nobody") == page("wu", PASSWORD)
    )  # wu's password is right, the account closed
    act("office", lambda book, rules: place_person(book, "office", "wu", PEOPLE["wu"]))


@pytest.mark.parametrize("name", ["wang", "nobody", "' OR 1=1 --", "王" * 200])
def test_ten_failures_lock_the_name_at_that_address_alone(city, name):
    answers = [attempt(browser(), name).status_code for _ in range(12)]
    assert answers == [200] * 10 + [429] * 2
    assert attempt(browser("10.0.0.2"), name).status_code == 200
    if name == "wang":
        assert attempt(browser(), name, PASSWORD).status_code == 429  # also the right one, while it is locked
        assert attempt(browser(), "WANG ", PASSWORD).status_code == 429  # however it is written
        assert attempt(browser(), "li", PASSWORD).status_code == 302
        assert attempt(browser("10.0.0.2"), name, PASSWORD).status_code == 302


def test_the_lock_opens_after_its_time_and_trying_on_does_not_prolong_it(city, monkeypatch):
    from django.utils import timezone

    now = timezone.now()
    for _ in range(15):
        attempt(browser(), "wang")
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=31))
    assert attempt(browser(), "wang", PASSWORD).status_code == 302


def failed(tries):
    """Failures of these names at these addresses, just now."""
    from django.utils import timezone

    from duban.web.models import Attempt
    from duban.web.signin import lock

    now = timezone.now()
    Attempt.objects.bulk_create(
        Attempt(account=lock._hash(name), address=where, at=now) for name, where in tries
    )


def test_a_hundred_failures_from_many_addresses_lock_the_name_and_from_one_address_the_address(city):
    from duban.web.models import Attempt
    from duban.web.signin import lock

    failed([("li", f"10.1.{n}.1") for n in range(100)])
    assert attempt(browser("10.9.9.9"), "li", PASSWORD).status_code == 429
    failed([(f"name{n}", "10.0.0.9") for n in range(100)])
    assert attempt(browser("10.0.0.9"), "wang", PASSWORD).status_code == 429
    lock.unlock("li")
    assert attempt(browser("10.9.9.9"), "li", PASSWORD).status_code == 302
    assert not Attempt.objects.filter(account__contains="li").exists()  # names are kept as keyed hashes only


def test_an_ipv6_house_is_one_address(city):
    for n in range(12):
        last = attempt(browser(f"2001:db8:1:2::{n + 1:x}"), "wang")
    assert last.status_code == 429


def test_a_given_password_must_be_changed_before_anything_else(city):
    from duban.web.accounts import give_password

    given = give_password("wang")
    client = signed_in("wang", given)
    for path in ("/", "/table", "/me", "/work", "/i/A1.1-01/1"):
        assert client.get(path).headers["Location"] == "/me/password", path
    assert client.get("/table.json").status_code == 403
    assert client.get("/api/commitments").json()["problems"][0]["code"] == "api.password_first"
    assert client.post("/i/A1.1-01/1/do", {"act": "file"}).headers["Location"] == "/me/password"
    form = {"old": given, "new": PASSWORD + "!", "again": PASSWORD + "!"}
    assert client.post("/me/password", form).headers["Location"] == "/me"
    assert client.get("/table").status_code == 200
    assert signed_in("wang", PASSWORD + "!").get("/table").status_code == 200


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("password1234", "常见"), ("短口令", "12"), ("wangwangwang", "相似"), ("123456789012345", "数字"), ("", "12"),
        (PASSWORD, "不能与现在的相同"),
    ],
)  # fmt: skip
def test_weak_passwords_are_refused_with_the_reason(city, new, why):
    from duban.web.accounts import set_password

    old = PASSWORD if new == PASSWORD else "wang-口令-0000"
    set_password("wang", old)
    account = user("wang")
    account.username = "wangwangwan" if new == "wangwangwang" else "wang"
    account.save()
    act("office", lambda book, rules: _place(book, account.username))
    answer = signed_in(account.username, old).post("/me/password", {"old": old, "new": new, "again": new})
    assert answer.status_code == 200
    assert says(answer, "error")
    assert user(account.username).check_password(old)
    assert why in answer.content.decode().split('role="alert"')[1].split("<ul")[0]


def _place(book, name):
    from duban.actions.people import place_person
    from tests.actions.city import PEOPLE

    return place_person(book, "office", name, PEOPLE["wang"]) if name not in book.people else []


def test_the_old_password_is_asked_for_and_guessing_it_is_locked_too(city):
    client = signed_in("wang")
    form = {"old": "wrong", "new": "又一句别人猜不到的话 7", "again": "又一句别人猜不到的话 7"}
    answers = [client.post("/me/password", form) for _ in range(12)]
    assert all(says(answer, "error") for answer in answers)
    assert says(answers[-1], "尝试次数过多")
    assert user("wang").check_password(PASSWORD)


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "\t//evil.example",
    ],
)
def test_signing_in_never_leads_away(city, back):
    answer = browser().post("/login", {"username": "wang", "password": PASSWORD, "next": back})
    assert answer.headers["Location"] == "/"
    assert browser().get("/language", {"to": "en", "next": back}).headers["Location"] == "/"
    client = signed_in("wang")
    answer = client.post("/i/A1.1-01/1/do", {"act": "judge", "back": back})
    assert "evil" not in answer.headers.get("Location", "") + answer.content.decode().split("<main")[1]


def test_the_page_asked_for_is_come_back_to_with_its_question(city):
    answer = browser().get("/table?kind=project&q=产能")
    assert answer.headers["Location"].startswith("/login?next=/table%3Fkind%3Dproject")
    page = browser().get(answer.headers["Location"]).content.decode()
    assert 'name="next" value="/table?kind=project&amp;q=' in page


def test_header_lines_cannot_be_put_in(city):
    answer = browser().post(
        "/login", {"username": "wang", "password": PASSWORD, "next": "/table\r\nSet-Cookie: a=b"}
    )
    assert "Set-Cookie: a=b" not in str(answer.headers)
    assert "\r" not in answer.headers["Location"]
    assert "\n" not in answer.headers["Location"]


def test_the_session_s_key_is_new_after_signing_in(city):
    client = browser()
    client.cookies["sessionid"] = "a" * 32  # set by somebody else
    client.get("/login")
    client.post("/login", {"username": "wang", "password": PASSWORD})
    first = client.cookies["sessionid"].value
    assert first != "a" * 32
    client.post("/login", {"username": "li", "password": PASSWORD})
    assert client.cookies["sessionid"].value != first
    thief = browser()
    thief.cookies["sessionid"] = first
    assert thief.get("/me").status_code == 302


def test_forms_without_their_token_are_refused(city):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    for path in (
        "/login",
        "/login/code",
        "/me/password",
        "/me/second",
        "/me/end",
        "/logout",
        "/i/A1.1-01/1/do",
    ):
        assert strict.post(path, {"username": "wang", "password": PASSWORD}).status_code == 403, path


def test_who_is_signed_in_leaves_nothing_in_the_cache(city):
    client = signed_in("wang")
    for path in ("/", "/table", "/me", "/table.json"):
        assert "no-store" in client.get(path).headers["Cache-Control"]
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_headers(city):
    headers = browser().get("/login").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    for word in ("unsafe", "script-src", "*"):
        assert word not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
