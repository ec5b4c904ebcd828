"""The settlement's page: what it says to everybody, and what waits for those who may decide."""

from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import quote

import pytest

from duban.actions.context import perform
from duban.actions.settlement import settle_book
from duban.assess.settle.books import source_of_outcomes
from duban.assess.settle.halves import aims_of, outcomes_of
from duban.assess.settle.rows import outcomes_of_rows
from duban.ledger import BookKeeper, open_store
from duban.read import read_text
from tests.books import EXAMPLE
from tests.web.people import Session, text_of

HEAD = ("指标", "期间", "数值", "单位", "来源")
ROWS = [
    ("GDP增速", "2024", "8.1", "%", "<b>公报</b>"),
    ("社会消费品零售总额增速", "2024", "9", "%", "<b>公报</b>"),
    ("城镇居民人均可支配收入增速", "2024", "5.1", "%", "<b>公报</b>"),
]


def test_before_it_is_settled_the_page_says_how(public_site):
    page = Session(public_site).get("/settlement")
    assert page[0] == 200
    assert "duban settle" in page[1]
    assert Session(public_site).json("/settlement.json")["counts"] == {}


@pytest.fixture(scope="module")
def settled(year_site):
    """The year settled by a table and by the example as if it were the next report."""
    text = Path(EXAMPLE).read_text("utf-8").replace("2024", "2025").replace("2023", "2024")
    next_ = read_text(text)
    table = outcomes_of_rows(HEAD, ((f"A{n}", row) for n, row in enumerate(ROWS, 2)), "统计.csv", 0)
    sources = [
        source_of_outcomes("统计.csv", "a" * 64, "table", table),
        source_of_outcomes("下年.txt", "b" * 64, "report", outcomes_of(next_, 0), aims_of(next_), "报告"),
    ]
    store = open_store(year_site.folder)
    perform(
        BookKeeper(store), lambda book: settle_book(book, "office", sources),
        actor="office", at=datetime.now(UTC), on=date(2024, 10, 20),
    )  # fmt: skip
    store.close()
    return Session(year_site).json("/settlement.json?verdict=all")


def test_everybody_reads_counts_verdicts_reasons_and_places(year_site, settled):
    assert sum(settled["counts"].values()) == len(settled["commitments"]) > 300
    assert settled["kept"] <= settled["judged"] <= len(settled["commitments"])
    assert sum(sum(a["counts"].values()) for a in settled["actions"]) == len(settled["commitments"])
    gdp = next(n for c in settled["commitments"] for n in c["numbers"] if n["indicator"] == "地区生产总值")
    assert (gdp["verdict"], gdp["readings"]) == ("unclear", ["missed", "met"])
    assert {r["file"] for r in gdp["results"]} == {"统计.csv", "下年.txt"}
    assert settled["pairs"] == []  # what waits is not for the public
    status, html = Session(year_site).get("/settlement")
    assert status == 200
    assert "&lt;b&gt;公报&lt;/b&gt;" in html
    assert "<b>公报</b>" not in html
    assert "/overrule" not in html
    assert "待人认定" not in text_of(html).replace("相近，待人认定", "")
    assert {o["move"] for o in settled["next"]} <= {"same", "moved_on", "asked", "dropped"}


def test_a_commitment_s_page_shows_its_verdict(year_site, settled):
    one = next(c for c in settled["commitments"] if c["verdict"] == "missed")
    told = Session(year_site).json(f"/c/{one['id']}.json")["settlement"]
    assert (told["verdict"], told["reason"]) == ("missed", one["reason"])
    assert one["reason"].split("。")[0] in text_of(Session(year_site).get(f"/c/{one['id']}")[1])
    english = Session(year_site, lang="en").get(f"/c/{one['id']}")[1]
    assert "missed" in english


def test_the_list_is_chosen_by_verdict_action_and_unit(year_site, settled):
    public = Session(year_site)
    missed = public.json("/settlement.json?verdict=missed")["commitments"]
    assert {c["verdict"] for c in missed} == {"missed"}
    unit = settled["units"][0]["unit"]
    assert all(unit in c["units"] for c in public.json(f"/settlement.json?unit={quote(unit)}")["commitments"])
    first = public.json("/settlement.json?action=1")["commitments"]
    assert len(first) == sum(settled["actions"][1]["counts"].values())
    assert public.get("/settlement?verdict=nonsense")[0] == 200


def test_the_office_decides_a_pair_and_overrules_with_a_reason(year_site, settled):
    clerk = Session(year_site, "clerk")
    pair = clerk.json("/settlement.json")["pairs"][0]
    form = {"number": pair["number"], "result": pair["result"], "linked": "yes"}
    for who in ("jiaoyuju.r", "jiaoyuju.h", "leader1", "auditor", ""):
        session = Session(year_site, who)
        session.get("/login")
        assert session.post("/settlement/pair", **form)[0] == 403, who
    assert clerk.post("/settlement/pair", **form)[0] == 200
    left = clerk.json("/settlement.json")["pairs"]
    assert pair["number"] not in {p["number"] for p in left}
    assert "改为相反" in clerk.get("/settlement")[1]
    assert "改为相反" not in Session(year_site, "auditor").get("/settlement")[1]
    assert clerk.post("/settlement/pair", **{**form, "linked": "no"})[0] == 200  # a person may think again
    assert clerk.post("/settlement/pair", **{**form, "result": "x"})[0] == 400
    one = next(c for c in settled["commitments"] if c["verdict"] == "missed")
    place = f"/settlement/{one['id']}/overrule"
    for who in ("jiaoyuju.h", "leader1", "auditor", ""):
        session = Session(year_site, who)
        session.get("/login")
        assert session.post(place, verdict="met", reason="自认完成")[0] == 403, who
    assert clerk.post(place, verdict="met", reason=" ")[0] == 400
    status, html = clerk.post(place, verdict="met", reason="<i>口径</i>已核")
    assert status == 200
    assert "&lt;i&gt;口径&lt;/i&gt;已核" in html
    told = Session(year_site).json(f"/c/{one['id']}.json")["settlement"]
    assert (told["verdict"], told["by_rules"]) == ("met", "missed")
