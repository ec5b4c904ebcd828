"""Sign-in by the city's own provider: off unless named; what does not hold lets nobody in."""

import urllib.request

import pytest

from tests.signin.conftest import act, browser, says, signed_in, user
from tests.signin.provider import CLIENT, SECRET, Provider


@pytest.fixture(scope="module")
def provider():
    made = Provider()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def on(city, provider):
    """The provider named in the settings, telling the truth about s-1, who is linked with wang."""
    from duban.web.models import Account
    from duban.web.signin import city as room

    known = dict(city.OIDC)
    city.OIDC |= {"issuer": provider.issuer, "client": CLIENT, "secret": SECRET, "claim": ""}
    room._client.cache_clear()
    provider.subject, provider.lie = "s-1", ""
    Account.objects.filter(user=user("wang")).update(subject="s-1")
    yield city
    city.OIDC |= known


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def ask_provider(address):
    """Where the provider sends the browser."""
    try:
        urllib.request.build_opener(_Stay).open(address, timeout=5)
    except urllib.error.HTTPError as answer:
        return answer.headers["Location"]
    raise AssertionError("the provider did not send the browser back")


def come_back(client, start="/oidc?next=/table"):
    there = client.get(start)
    assert there.status_code == 302, there.content.decode()
    return client.get(ask_provider(there.headers["Location"]).removeprefix("http://testserver"))


def test_it_is_off_unless_a_provider_is_named(city):
    assert browser().get("/oidc").status_code == 404
    assert browser().get("/oidc/back?code=a&state=b").status_code == 404
    assert not says(browser().get("/login"), "统一身份认证登录")


def test_who_is_linked_comes_in_and_goes_where_they_wanted(on, provider):
    client = browser()
    assert says(client.get("/login"), "统一身份认证登录")
    assert come_back(client).headers["Location"] == "/table"
    assert says(client.get("/me"), "王填报")
    for name in ("state", "nonce", "code_challenge"):
        assert len(provider.asked[name]) >= 20
    assert provider.asked["code_challenge_method"] == "S256"


def test_an_unknown_subject_gets_one_clear_sentence(on, provider):
    provider.subject = "<b>s-2</b>"
    client = browser()
    answer = come_back(client)
    assert answer.status_code == 403
    assert says(answer, "本系统还没有为你设账户。请把标识“&lt;b&gt;s-2&lt;/b&gt;”告知督查室")
    assert client.get("/me").status_code == 302


@pytest.mark.parametrize("name", ["wang", "office"])
def test_a_subject_that_reads_like_a_username_is_nobody_unless_the_city_says_so(on, provider, name):
    provider.subject = name
    assert come_back(browser()).status_code == 403
    on.OIDC["claim"] = "preferred_username"
    assert come_back(browser()).status_code == 302


@pytest.mark.parametrize(
    "lie",
    ["signature", "broken signature", "no signature", "secret as key", "nonce", "no nonce", "expired", "no expiry", "audience",
     "issuer", "state", "no token", "no subject"],
)  # fmt: skip
def test_what_does_not_hold_lets_nobody_in(on, provider, lie):
    provider.lie = lie
    client = browser()
    answer = come_back(client)
    assert answer.status_code == 403, lie
    assert says(answer, "没有通过核验")
    assert client.get("/me").status_code == 302


def test_an_answer_serves_once_and_only_the_browser_that_asked(on, provider):
    client = browser()
    back = ask_provider(client.get("/oidc").headers["Location"]).removeprefix("http://testserver")
    assert browser().get(back).status_code == 403
    assert client.get(back).status_code == 302
    assert client.get(back).status_code == 403


def test_what_the_provider_calls_an_error_is_shown_as_ours(on, provider):
    answer = browser().get("/oidc/back?error=access_denied&error_description=<script>alert(1)</script>")
    assert answer.status_code == 403
    assert not says(answer, "<script>")


def test_a_closed_account_stays_out(on, provider):
    from duban.actions.people import close_person, place_person
    from tests.actions.city import PEOPLE

    act("office", lambda book, rules: close_person(book, "office", "wang", reason="调离"))
    assert come_back(browser()).status_code == 403
    act("office", lambda book, rules: place_person(book, "office", "wang", PEOPLE["wang"]))


def test_a_device_is_asked_for_all_the_same(on, provider):
    from tests.signin.test_second import code_of

    client = signed_in("wang")
    client.get("/me/second")
    client.post("/me/second", {"act": "take", "code": code_of("wang")})
    assert come_back(browser()).headers["Location"] == "/login/code"


def test_it_never_leads_away(on, provider):
    assert come_back(browser(), "/oidc?next=https://evil.example/").headers["Location"] == "/"


def test_a_provider_that_is_away_is_said_so(on, provider):
    from duban.web.signin import city as room

    on.OIDC["issuer"] = "http://127.0.0.1:9"
    room._client.cache_clear()
    answer = browser().get("/oidc")
    assert answer.status_code == 502
    assert says(answer, "暂时连不上")


def test_a_provider_that_calls_itself_otherwise_is_refused(on, provider):
    provider.lie = "metadata"
    assert browser().get("/oidc").status_code == 502


def test_a_provider_without_https_is_refused(on):
    from duban.web.signin import city as room

    on.OIDC["issuer"] = "http://id.city.example"
    room._client.cache_clear()
    assert browser().get("/oidc").status_code == 502
