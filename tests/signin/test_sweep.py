"""Every address of the site, whichever room it belongs to: nobody without rights gets a write or a fault out of it."""

import re

import pytest

from tests.signin.conftest import browser, signed_in
from tests.signin.test_forged import FULL, book, item  # noqa: F401

OWN = ("login", "logout", "oidc", "language", "me/")  # whoever asks, about themselves
SAMPLES = {"id": "A1.1-01", "n": "1", "code": "zhujian", "name": "wang", "suffix": "xlsx", "claim_id": "c1"}


def addresses(patterns=None, before=""):
    """Every address that the site answers, with something in each of its places."""
    from django.urls import get_resolver

    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        path = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, path)
            continue
        yield "/" + re.sub(r"<(?:(\w+):)?(\w+)>", _sample, path)


def _sample(place):
    """Something to stand in a place of an address."""
    return SAMPLES.get(place[2], "1" if place[1] == "int" else "A1.1-01")


@pytest.mark.parametrize("who", ["wu", "qian", "zheng", ""])
def test_no_write_and_no_fault(item, who):  # noqa: F811
    client, seq = signed_in(who) if who else browser(), book().seq
    found = [path for path in addresses() if not path[1:].startswith(OWN)]
    if who == "zheng":  # a manager gives first passwords to people of the own territory: test_people_page.py
        found.remove("/people/give")
    assert len(found) > 50
    for path in found:
        assert "<" not in path
        assert client.get(path).status_code < 500, path
        for form in (
            {},
            {**FULL, "act": "close", "reason": "x", "username": "wang", "known": "1", "code": "zhujian"},
        ):
            assert client.post(path, form).status_code < 500, path
    assert book().seq == seq
