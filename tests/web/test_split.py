"""A split on the pages: proposed by the lead, in the leader's queue, decided there; not by anybody else."""

import pytest

from tests.web.people import Session, text_of
from tests.web.test_evidence import led_by


@pytest.fixture(scope="module")
def key(year_site):
    return led_by(year_site, "市教育局")


def form_of(session, id):
    """The proposal as the page offers it."""
    import re

    page = session.get(f"/c/{id}/split")[1]
    form = dict(re.findall(r'<input name="(\w+_\d+)" value="([^"]*)"', page))
    form |= dict(re.findall(r'<input name="(value_\d+)"[^>]* value="([^"]*)"', page))
    chosen = re.findall(r'<select name="(claim_\d+)">.*?</select>', page, re.S)
    for name in chosen:
        select = re.search(rf'<select name="{name}">(.*?)</select>', page, re.S)[1]
        form[name] = next(iter(re.findall(r'value="([^"]+)" selected', select)), "")
    return form


def test_the_whole_way(year_site, key):
    id = key.rpartition("/")[0]
    reporter = Session(year_site, "jiaoyuju.r")
    form = form_of(reporter, id)
    rows = sum(name.startswith("head_") and bool(value) for name, value in form.items())
    form |= {f"head_{rows}": "<i>新增</i>的一项", f"lead_{rows}": "市教育局", "act": "propose"}
    assert reporter.get(f"/c/{id}/split")[0] == 200
    assert reporter.post(f"/c/{id}/split/do", **(form | {f"lead_{rows}": "无此单位"}))[0] == 400
    status, text = reporter.post(f"/c/{id}/split/do", **form)
    assert (status, "待审定的方案" in text, "<i>" in text) == (200, True, False)
    name = reporter.json(f"/c/{id}.json")
    leaders = [f"leader{n}" for n in range(1, 9)]
    mine = [who for who in leaders if _waits(year_site, who, id)]
    assert len(mine) == 1
    for who in (
        "jiaoyuju.h",
        "minzhengju.h",
        "auditor",
        "tongji",
        "",
        next(x for x in leaders if x != mine[0]),
    ):
        session = Session(year_site, who)
        session.get(f"/c/{id}/split")
        assert session.post(f"/c/{id}/split/do", act="decide", yes="1")[0] == 403, who
    leader = Session(year_site, mine[0])
    assert "等我审定" in leader.get("/work")[1]
    assert leader.post(f"/c/{id}/split/do", act="decide", yes="0")[0] == 400  # a return needs a reason
    assert leader.post(f"/c/{id}/split/do", act="decide", yes="1")[0] == 200
    told = reporter.json(f"/c/{id}.json")
    assert len(told["items"]) == len(name["items"]) + 1
    assert not _waits(year_site, mine[0], id)
    assert "可退回至" in text_of(reporter.get(f"/i/{id}/{rows + 1}")[1])


def _waits(site, who, id):
    try:
        return id in Session(site, who).json("/work.json")["splits"]
    except (AssertionError, ValueError):  # no such leader
        return False


def test_the_past_offers_no_form(year_site, key):
    id = key.rpartition("/")[0]
    page = Session(year_site, "jiaoyuju.r").get(f"/c/{id}/split?as_of=2024-06-30")[1]
    assert "/split/do" not in page
    assert Session(year_site).get("/c/none/split")[0] == 404
