"""The year in the API: the same facts as the pages, and no more of the working papers than they show."""

import json
from urllib.parse import quote

import pytest

from tests.web.people import Session


@pytest.fixture(scope="module")
def public(year_site):
    return Session(year_site)


def everything(session, path):
    found, offset = [], 0
    while True:
        page = session.json(f"{path}{'&' if '?' in path else '?'}limit=500&offset={offset}")
        found += page["items"]
        offset += 500
        if offset >= page["total"]:
            return found


def test_items_are_those_of_the_wall_by_colour(public):
    items = everything(public, "/api/items")
    counts = {}
    for one in items:
        counts[one["light"]] = counts.get(one["light"], 0) + 1
    assert counts == public.json("/wall.json")["lights"]
    red = everything(public, "/api/items?light=red")
    assert [one["key"] for one in red] == [one["key"] for one in items if one["light"] == "red"]
    lead = red[0]["lead"]
    mine = everything(public, f"/api/items?lead={quote(lead)}")
    assert {one["lead"] for one in mine} == {lead}
    units = {unit["name"]: unit for unit in public.json("/api/units")}
    assert sum(units[lead]["lights"].values()) == len(mine)


def test_an_item_says_what_its_page_says(public):
    one = everything(public, "/api/items?light=red")[0]
    assert public.json(f"/api/items/{one['key']}") == one
    page = public.json(f"/i/{one['key']}.json")
    assert (page["light"], page["status"], page["lead"]) == (one["light"], one["status"], one["lead"])
    assert [f["value"] for f in page["figures"]] == [f["value"] for f in one["figures"]]
    early = public.json(f"/api/items/{one['key']}?as_of=2024-04-30")
    assert all(f["period"] <= "2024-C04" for f in early["figures"])
    assert public.get("/api/items/none/1")[0] == 404


def test_history_keeps_working_papers_and_persons_from_the_public(public, year_site):
    """Filings on their way, excuses and judgements are told to those who work on the item; persons to nobody else."""
    office = Session(year_site, "clerk")
    key = next(
        one["key"]
        for one in everything(public, "/api/items")
        if _kinds(office, one["key"]) >= {"delay.explained"}
    )
    assert not _kinds(public, key) & {
        "delay.explained",
        "filing.submitted",
        "filing.returned",
        "judgement.given",
    }
    assert _kinds(public, key) >= {"target.set", "filing.accepted"}
    path = f"/api/entries?account=item/{key}&limit=500"
    seen, known = public.get(path)[1], office.get(path)[1]
    for person in {e["actor"] for e in json.loads(known)["items"]} - {"office"}:
        assert person not in seen
    assert not json.loads(public.get("/api/entries?account=person")[1])["items"]
    commitment = key.rpartition("/")[0]
    history = public.json(f"/c/{commitment}.json")["history"]
    assert {line["kind"] for line in history}.isdisjoint({"delay.explained", "filing.submitted"})


def test_whom_to_call_is_told_to_those_who_are_signed_in(public, year_site):
    assert all(unit["phone"] == unit["contact"] == "" for unit in public.json("/api/units"))


def _kinds(session, key):
    return {e["kind"] for e in session.json(f"/api/entries?account=item/{key}&limit=500")["items"]}
