"""The second factor: taken into use by its own code, asked for at every sign-in, never twice by one code."""

import time

import pytest

from tests.signin.conftest import PASSWORD, act, browser, says, signed_in, user


def code_of(name, *, later=0):
    """The code that the account's app shows now, or so many steps of 30 seconds later."""
    from django_otp.oath import TOTP
    from django_otp.plugins.otp_totp.models import TOTPDevice

    device = TOTPDevice.objects.get(user=user(name))
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time() + later * device.step
    return f"{totp.token():06d}"


def set_up(name):
    """A signed-in browser whose account has just taken a device into use, and its recovery codes."""
    client = signed_in(name)
    client.get("/me/second")
    page = client.post("/me/second", {"act": "take", "code": code_of(name)}).content.decode()
    return client, [part.split("</code>")[0] for part in page.split("<li><code>")[1:]]


def first_step(name, **fields):
    client = browser(**fields)
    answer = client.post("/login", {"username": name, "password": PASSWORD, "next": "/table"})
    assert answer.headers["Location"] == "/login/code"
    return client


def test_the_picture_is_drawn_here_and_holds_the_secret(city):
    page = signed_in("wang").get("/me/second").content.decode()
    assert "<svg" in page
    assert "http" not in page.split("<svg")[1].split("</svg>")[0].replace("http://www.w3.org/2000/svg", "")
    assert "style=" not in page


def test_a_wrong_code_takes_nothing_into_use(city):
    client = signed_in("wang")
    client.get("/me/second")
    wrong = f"{(int(code_of('wang')) + 1) % 1_000_000:06d}"
    for code in (wrong, "", "abcdef", "１２３４５６", "12345", "-00001"):
        assert says(client.post("/me/second", {"act": "take", "code": code}), "验证码不对")
    assert browser().post("/login", {"username": "wang", "password": PASSWORD}).headers["Location"] == "/"


def test_the_password_alone_is_not_enough_any_more(city):
    set_up("wang")
    client = first_step("wang")
    for path in ("/me", "/table", "/me/second"):
        assert client.get(path).status_code == 302
        assert "/login" in client.get(path).headers["Location"]
    answer = client.post("/login/code", {"code": code_of("wang", later=1)})
    assert answer.headers["Location"] == "/table"
    assert client.get("/me").status_code == 200


def test_a_code_opens_once(city):
    set_up("wang")
    code = code_of("wang", later=1)
    assert first_step("wang").post("/login/code", {"code": code}).status_code == 302
    assert says(first_step("wang").post("/login/code", {"code": code}), "已用过")


def test_a_recovery_code_opens_once_and_only_its_own_account(city):
    _, codes = set_up("wang")
    set_up("li")
    assert len(set(codes)) == 10
    assert says(first_step("li").post("/login/code", {"code": codes[0]}), "验证码不对")
    assert (
        first_step("wang").post("/login/code", {"code": codes[0].lower().replace("-", " ")}).status_code
        == 302
    )
    assert says(first_step("wang").post("/login/code", {"code": codes[0]}), "验证码不对")


def test_codes_cannot_be_tried_on_and_on(city):
    set_up("wang")
    client = first_step("wang")
    answers = [client.post("/login/code", {"code": f"{n:06d}"}).status_code for n in range(12)]
    assert answers[-1] == 429
    assert browser().post("/login", {"username": "wang", "password": PASSWORD}).status_code == 429


def test_the_second_step_alone_is_nothing(city):
    _, codes = set_up("wang")
    assert browser().get("/login/code").headers["Location"] == "/login"
    assert browser().post("/login/code", {"code": codes[0]}).headers["Location"] == "/login"


def test_the_second_step_must_follow_soon(city, monkeypatch):
    _, codes = set_up("wang")
    client, now = first_step("wang"), time.time()
    monkeypatch.setattr("duban.web.views.signin.time.time", lambda: now + 301)
    assert client.post("/login/code", {"code": codes[0]}).headers["Location"] == "/login"


def test_dropping_it_asks_for_the_password(city):
    from duban.web.signin import second

    client, _ = set_up("wang")
    assert says(client.post("/me/second", {"act": "drop", "password": "wrong"}), "现在的密码不对")
    assert second.device(user("wang")) is not None
    assert says(client.post("/me/second", {"act": "codes", "password": PASSWORD}), "只显示这一次")
    assert client.post("/me/second", {"act": "drop", "password": PASSWORD}).status_code == 302
    assert second.device(user("wang")) is None


@pytest.mark.parametrize("name", ["clerk", "zheng"])
def test_the_office_can_ask_it_of_roles(city, name):
    act("office", lambda book, rules: rules(book, "office", {"second_factor": "office manager"}))
    client = signed_in(name)
    assert client.get("/table").headers["Location"] == "/me/second"
    assert client.get("/table.json").json()["problems"][0]["code"] == "api.second_first"
    assert client.post("/i/A1.1-01/1/do", {"act": "judge"}).headers["Location"] == "/me/second"
    assert client.get("/me/second").status_code == 200
    client.post("/me/second", {"act": "take", "code": code_of(name)})
    assert client.get("/table").status_code == 200
    assert signed_in("wang").get("/table").status_code == 200  # a reporter is not asked


def test_a_rule_names_known_roles_only(city):
    from duban.core.problem import Problem, Refused

    with pytest.raises(Refused) as refused:
        act("office", lambda book, rules: rules(book, "office", {"second_factor": "office king"}))
    assert isinstance(refused.value.problems[0], Problem)
    assert refused.value.problems[0].code == "rules.wrong"
