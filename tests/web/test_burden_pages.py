"""The burden of each unit, and a demand that shows its cost before it is sent."""

import pytest

from tests.web.people import Session, text_of


@pytest.fixture(scope="module")
def office(year_site):
    return Session(year_site, "clerk")


def test_the_burden_adds_up_and_a_unit_sees_only_its_own(year_site, office):
    told = office.json("/burden.json")
    for month in told["months"]:
        rows = [row for row in told["units"] if row["month"] == month["month"]]
        assert sum(row["filings"] for row in rows) == month["filings"]
        assert sum(row["timed"] > 0 for row in rows) == month["units"]
        assert sum(row["asked"] for row in rows) == month["asked"]
    mine = Session(year_site, "jiaoyuju.r").json("/burden.json")
    assert {row["unit"] for row in mine["units"]} == {"jiaoyuju"}
    assert mine["months"] == told["months"]
    assert Session(year_site).get("/burden")[0] == 403


def asking(office, **more):
    form = {"title": "汛期调度", "authority": "模拟〔2024〕1号", "unit": "市教育局", "field": "next_step",
            "period": "2024-C09", "due": "2024-10-28", **more}  # fmt: skip
    import urllib.parse

    return "/demands/new", urllib.parse.urlencode(form, doseq=True)


def test_a_demand_is_seen_before_it_is_sent_and_cannot_ask_what_is_known(year_site, office):
    path, query = asking(office, field="value")
    told = office.json(f"{path}.json?{query}")
    assert told["preview"]["known"], "the figures of September are there"
    known = told["preview"]["known"][0]
    status, text = office.post(path, title="再要一次", authority="无", items=known["item"], field="value",
                               period="2024-C09", due="2024-10-28")  # fmt: skip
    assert status == 400
    assert known["item"] in text
    assert str(known["entry"]) in text
    assert office.json("/demands/new.json")["sent"] == []


def test_a_demand_goes_out_and_is_counted(year_site, office):
    path, query = asking(office, field="next_step", period="2024-C10", title="<i>汛期</i>")
    told = office.json(f"{path}.json?{query}")
    left = told["preview"]["left"]
    assert left
    assert {cost["unit"] for cost in told["preview"]["costs"]} == {"jiaoyuju"}
    shown = office.get(f"{path}?{query}")[1]
    assert "<i>汛期" not in shown
    for who in ("auditor", "leader1", "jiaoyuju.r", ""):
        session = Session(year_site, who)
        session.get("/login")
        assert session.get(path)[0] == 403, who
        assert session.post(path, items=left[0], field="next_step", period="2024-C10")[0] == 403, who
    form = {"title": "汛期调度", "authority": "模拟〔2024〕1号", "items": " ".join(left), "field": "next_step",
            "period": "2024-C10", "due": "2024-10-28"}  # fmt: skip
    assert office.post(path, **form)[0] == 200
    [sent] = office.json("/demands/new.json")["sent"]
    assert (sent["title"], sent["waiting"]) == ("汛期调度", len(left))
    assert office.post(path, **form)[0] == 400  # asked already
    assert "汛期调度" in Session(year_site, "jiaoyuju.r").get("/work")[1]
    assert "汛期调度" not in Session(year_site, "minzhengju.r").get("/work")[1]


def test_the_pages_in_english(year_site):
    session = Session(year_site, "clerk", lang="en")
    for path, words in (
        ("/burden", ("Burden", "median unit")),
        ("/demands/new", ("New demand", "Lead units")),
    ):
        told = text_of(session.get(path)[1])
        assert all(word in told for word in words), path
