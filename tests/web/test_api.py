"""The API as a client meets it: its own description holds, also for whoever may not."""

import http.cookiejar
import itertools
import json
import re
import urllib.error
import urllib.parse
import urllib.request

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode, checks

_CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]


class Office:
    """A browser session of the office."""

    def __init__(self, site):
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        page = self.opener.open(f"{site.url}/login").read().decode()
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        form = {"username": "office", "password": site.password, "csrfmiddlewaretoken": token}
        self.opener.open(f"{site.url}/login", urllib.parse.urlencode(form).encode())

    @property
    def cookies(self):
        return {cookie.name: cookie.value for cookie in self.jar}

    @property
    def headers(self):
        return {"X-CSRFToken": self.cookies["csrftoken"]}


def get(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.loads(answer.read())


def status(request):
    try:
        return urllib.request.urlopen(request, timeout=10).status
    except urllib.error.HTTPError as refused:
        problems = json.loads(refused.read())["problems"]
        assert all(p["code"] and p["sentence"] for p in problems)
        return refused.code


@pytest.fixture(scope="session")
def office(closed_site):
    return Office(closed_site)


def operations(schema):
    return [operation.ok() for operation in schema.get_all_operations()]


def test_what_the_api_says_of_itself_holds(closed_site, office):
    """Made-up and malformed calls of every operation, signed in: each answer is one that was declared."""
    schema = schemathesis.openapi.from_url(f"{closed_site.url}/api/openapi.json", cookies=office.cookies)
    found = operations(schema)
    assert len(found) >= 9
    for operation, mode in itertools.product(found, GenerationMode):

        @settings(max_examples=10, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=mode))
        def check(case):
            case.call_and_validate(cookies=office.cookies, headers=office.headers, checks=_CHECKS)

        check()


def test_lists_come_in_parts_that_add_up(public_site):
    whole = get(f"{public_site.url}/api/commitments?limit=500")
    assert whole["total"] == len(whole["items"]) == get(f"{public_site.url}/api/book")["commitments"]
    parts = [
        get(f"{public_site.url}/api/commitments?limit=50&offset={n}")["items"]
        for n in range(0, whole["total"], 50)
    ]
    assert [c["id"] for part in parts for c in part] == [c["id"] for c in whole["items"]]


def test_filters_are_those_of_the_table(public_site):
    for query in ("kind=project", "measure=share", "action=3"):
        page = get(f"{public_site.url}/table.json?{query}")["count"]
        assert get(f"{public_site.url}/api/commitments?{query}")["total"] == page


def test_a_decision_is_entered_once_with_its_author(closed_site, office):
    request = urllib.request.Request(f"{closed_site.url}/api/claims?limit=1")
    claim = json.loads(office.opener.open(request).read())["items"][0]
    body = json.dumps({"field": "indicator", "value": "核定的名称", "reason": "核对原文"}).encode()
    request = urllib.request.Request(
        f"{closed_site.url}/api/claims/{claim['id']}/decisions",
        body,
        {**office.headers, "Content-Type": "application/json"},
    )
    answer = office.opener.open(request)
    assert (answer.status, json.loads(answer.read())["indicator"]) == (201, "核定的名称")
    url = f"{closed_site.url}/api/entries?account=claim/{claim['id']}"
    last = json.loads(office.opener.open(url).read())["items"][-1]
    assert (last["kind"], last["actor"]) == ("claim.decided", "office")


def test_without_a_sign_in_a_closed_site_tells_nothing(closed_site):
    for path in (
        "book",
        "commitments",
        "claims",
        "findings",
        "links",
        "entries?account=document",
        "openapi.json",
    ):
        assert status(f"{closed_site.url}/api/{path}") == 403


def test_the_public_may_read_and_never_decide(public_site):
    claim = get(f"{public_site.url}/api/claims?limit=1")["items"][0]["id"]
    before = get(f"{public_site.url}/api/book")["entries"]
    body = json.dumps({"field": "unit", "value": "个"}).encode()
    url = f"{public_site.url}/api/claims/{claim}/decisions"
    assert status(urllib.request.Request(url, body, {"Content-Type": "application/json"})) == 403
    assert get(f"{public_site.url}/api/book")["entries"] == before


def test_a_session_without_its_token_cannot_decide(closed_site, office):
    body = json.dumps({"field": "unit", "value": "个"}).encode()
    request = urllib.request.Request(
        f"{closed_site.url}/api/claims/x/decisions", body, {"Content-Type": "application/json"}
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        office.opener.open(request)
    assert refused.value.code == 403


def test_a_wrong_date_names_itself(public_site):
    assert status(f"{public_site.url}/api/book?as_of=2024-02-30") == 422


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "csv"])
def test_the_table_can_be_taken_away(public_site, suffix):
    with urllib.request.urlopen(f"{public_site.url}/table.{suffix}", timeout=20) as answer:
        assert "attachment" in answer.headers["Content-Disposition"]
        assert len(answer.read()) > 5000
