"""Two leaders of one name on the pages: the desk tells the office to choose, and only the one chosen has the item."""

from datetime import UTC, date, datetime
from urllib.parse import quote

import pytest

from duban.actions.context import perform
from duban.actions.people import place_person
from duban.actions.tasks import changed
from duban.ledger import BookKeeper, open_store
from duban.ledger.year.people import PersonPlaced
from tests.web.people import Session

NAME = "同名副市长"


@pytest.fixture(scope="module")
def shared(year_site):
    """Two items whose table names a leader by a name that two accounts bear."""
    unit, public = "市民政局", Session(year_site)
    of = [k for one in public.json(f"/table.json?unit={quote(unit)}")["commitments"] for k in one["items"]]
    keys = [key for key in of if public.json(f"/i/{key}.json")["lead"] == unit][:2]
    store = open_store(year_site.folder)
    keeper, told = BookKeeper(store), {"actor": "office", "at": datetime.now(UTC), "on": date(2024, 10, 20)}
    for account in ("tong1", "tong2"):
        perform(
            keeper,
            lambda b, a=account: place_person(b, "office", a, PersonPlaced(NAME, "", ("leader",))),
            **told,
        )
    perform(
        keeper,
        lambda b: [(f"item/{k}", changed(b.items[k].item, leader=NAME, leader_account="")) for k in keys],
        **told,
    )
    store.close()
    return keys


def test_the_desk_tells_the_office_and_nobody_else(year_site, shared):
    office = Session(year_site, "clerk")
    page = office.get("/desk")[1]
    assert 'id="leaders"' in page
    assert all(f'href="/i/{key}#leader"' in page for key in shared)
    for who in ("auditor", "leader1"):
        assert 'id="leaders"' not in Session(year_site, who).get("/desk")[1], who
    assert "有同名的领导" in office.get(f"/i/{shared[0]}")[1]
    public = Session(year_site).get(f"/i/{shared[0]}")[1]
    assert NAME in public
    assert "有同名的领导" not in public
    for who in ("auditor", "leader1", "minzhengju.h", ""):
        session = Session(year_site, who)
        session.get("/login")
        assert session.post("/desk/leader", name=NAME, account="tong1")[0] == 403, who
        assert session.act(shared[0], "lead_by", account="leader1")[0] == 403, who


def test_the_office_chooses_one_by_one_and_the_rest_at_once(year_site, shared):
    office = Session(year_site, "clerk")
    assert office.act(shared[0], "lead_by", account="nobody")[0] == 400
    status, page = office.act(shared[0], "lead_by", account="tong2")
    assert (status, "<small>tong2</small>" in page) == (200, True)
    assert "tong2" not in Session(year_site).get(f"/i/{shared[0]}")[1]  # the public reads no accounts
    assert office.post("/desk/leader", name=NAME, account="tong1")[0] == 200
    assert 'id="leaders"' not in office.get("/desk")[1]
    assert "<small>tong2</small>" in office.get(f"/i/{shared[0]}")[1]
    assert "<small>tong1</small>" in office.get(f"/i/{shared[1]}")[1]
    papers = office.get("/papers")[1]
    assert f'<option value="tong1" lang="zh-Hans">{NAME}（tong1）</option>' in papers
