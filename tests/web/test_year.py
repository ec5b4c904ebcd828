"""The year on the pages: filing, signing, accepting, deciding; each from the side that may and the side that must not."""

import pytest

from tests.web.people import Session, item_of, text_of

MARKER = "只有过程资料里才有的一句话"


@pytest.fixture(scope="module")
def key(year_site):
    """An item with a number, led by the education bureau."""
    public = Session(year_site)
    for one in public.json("/table.json")["commitments"]:
        for found in one["items"]:
            told = public.json(f"/i/{found}.json")
            if told["lead"] == "市教育局" and told["target"] and told["status"] == "behind":
                return found
    return item_of(year_site, "市教育局")


@pytest.fixture(scope="module")
def people(year_site):
    names = {"r": "jiaoyuju.r", "h": "jiaoyuju.h", "office": "clerk", "other": "minzhengju.r", "leader": "leader1",
             "auditor": "auditor", "checker": "tongji"}  # fmt: skip
    return {short: Session(year_site, name) for short, name in names.items()} | {"public": Session(year_site)}


def head(session, key):
    return session.json(f"/i/{key}.json")


def test_every_page_says_that_it_is_simulated(year_site, key):
    public = Session(year_site)
    for path in ("/", "/table", "/wall", f"/i/{key}", "/findings", f"/c/{key.rpartition('/')[0]}"):
        assert "都是程序模拟的" in public.get(path)[1], path


def test_the_whole_way_of_a_filing(people, key):
    before = head(people["public"], key)
    form = {
        "period": "2024-C10",
        "value": "12，345",
        "reference": "教字〔2024〕9号",
        "began": "2024-10-20T01:00:00.000Z",
    }
    assert people["r"].act(key, "file", **form)[0] == 200
    assert head(people["public"], key)["figures"] == before["figures"]  # not countersigned yet
    n = max(int(n) for n in _numbers(people["h"], key))
    for who in ("r", "other", "public", "auditor", "leader"):
        assert people[who].act(key, "countersign", n=n)[0] == 403, who
    assert people["office"].act(key, "accept", n=n)[0] == 400  # the head has not signed
    assert people["h"].act(key, "countersign", n=n)[0] == 200
    assert head(people["public"], key)["figures"][-1]["value"] == "12345"
    for who in ("r", "h", "other", "public", "auditor", "leader"):
        assert people[who].act(key, "accept", n=n)[0] == 403, who
    assert people["office"].act(key, "accept", n=n)[0] == 200
    assert people["r"].act(key, "file", **form)[0] == 400  # locked


def _numbers(session, key):
    import re

    return re.findall(r'id="filing-(\d+)"', session.get(f"/i/{key}")[1])


@pytest.mark.parametrize(
    "act", ["file", "post", "adjust", "judge", "halt", "explain", "decide_delay", "return_assignment"]
)
@pytest.mark.parametrize("who", ["other", "public"])
def test_outsiders_and_the_public_do_nothing(people, key, who, act):
    form = {
        "period": "2024-C09",
        "value": "1",
        "reason": "无",
        "authority": "无",
        "source": "无",
        "step": "sure",
        "how": "waiting",
    }
    status, text = people[who].act(key, act, **form)
    assert status in (400, 403)
    assert act in ("decide_delay", "return_assignment") or status == 403
    assert "已记账" not in text


def test_working_papers_stay_with_those_who_work_on_them(people, key, year_site):
    assert people["r"].act(key, "explain", reason=MARKER)[0] == 200
    for who, sees in {
        "r": 1,
        "h": 1,
        "office": 1,
        "auditor": 1,
        "leader": 1,
        "checker": 1,
        "other": 0,
        "public": 0,
    }.items():
        assert (MARKER in people[who].get(f"/i/{key}")[1]) is bool(sees), who
    commitment = key.rpartition("/")[0]
    for path in ("/", "/table", "/wall", f"/c/{commitment}", "/findings", f"/i/{key}.json", "/table.json", "/index.json",
                 f"/c/{commitment}.json", "/api/commitments", "/wall.json", "/table.csv"):  # fmt: skip
        assert MARKER not in people["public"].get(path)[1], path


def test_what_is_no_number_is_said_so_and_changes_nothing(people, key):
    before = head(people["public"], key)
    for value in ("十二", "1e9", "NaN", "=1+1", "<script>"):
        status, text = people["checker"].act(key, "post", period="2024-C09", value=value, source="月报")
        assert status == 400
        assert "<script>" not in text
    assert head(people["public"], key) == before


def test_an_unknown_act_or_item(people, key):
    assert people["office"].act(key, "explode")[0] == 400
    assert people["office"].get("/i/A1.1-01/99")[0] == 404
    assert people["office"].get("/i/none/1")[0] == 404
    assert people["office"].get(f"/i/{key}/do")[0] == 405


def test_whose_pages_are_whose(people):
    for who, work, desk in (
        ("r", 200, 403),
        ("office", 200, 200),
        ("auditor", 200, 200),
        ("other", 200, 403),
        ("public", 200, 403),
    ):
        assert people[who].get("/desk")[0] == desk, who
        assert people[who].get("/work")[0] == work, who
    assert "我没有" not in people["public"].get("/work")[1]


def test_the_wall_counts_what_the_table_lists(people):
    told = people["public"].json("/wall.json")
    for colour, count in told["lights"].items():
        rows = people["public"].json(f"/table.json?light={colour}")["commitments"]
        assert (
            sum(head(people["public"], k)["light"] == colour for row in rows for k in row["items"]) == count
        )
    assert sum(told["lights"].values()) == sum(
        len(row["items"]) for row in people["public"].json("/table.json")["commitments"]
    )


def test_as_of_an_earlier_day(people, key):
    early = people["public"].json(f"/i/{key}.json?as_of=2024-05-31")
    assert all(f["period"] <= "2024-C05" for f in early["figures"])
    assert people["public"].get("/wall?as_of=2024-05-31&since=2024-04-30")[0] == 200
    assert people["public"].get("/wall?since=yesterday")[0] == 404


def test_a_closed_account_is_out_at_once(year_site, people):
    from datetime import UTC, date, datetime

    from duban.actions.context import perform
    from duban.actions.people import close_person
    from duban.ledger import BookKeeper, open_store

    session = Session(year_site, "shenjiju.r")
    assert "退出" in session.get("/work")[1]
    store = open_store(year_site.folder)
    perform(BookKeeper(store), lambda book: close_person(book, "clerk", "shenjiju.r", reason="调离"), actor="clerk",
            at=datetime.now(UTC), on=date(2024, 10, 20))  # fmt: skip
    store.close()
    assert "退出" not in session.get("/work")[1]


def test_the_pages_in_english(year_site, key):
    session = Session(year_site, "clerk", lang="en")
    words = text_of(session.get("/desk")[1]) + text_of(session.get("/wall")[1])
    for told in ("Office desk", "New filings", "Overview", "Most pressing", "simulated by a program"):
        assert told in words
