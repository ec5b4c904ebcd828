"""Fed registers on the pages: listed, filtered, sorted and counted by the engine, for whoever may see what."""

import csv
import io
import json
import os
import random
import re
import shutil
import urllib.parse
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

pytest.importorskip("ibis", reason="the extra `table` is not installed")

from duban.intake import Feeder
from duban.ledger import BookKeeper, open_store
from duban.words import say
from tests.books import copy_of
from tests.web import paid_pack
from tests.web.conftest import Site
from tests.web.people import Session, text_of

HEADS = (
    "编号",
    "日期",
    "事由",
    "单位",
    "类别",
    "金额（万元）",
    "次数",
    "已付",
    "位置",
    "收款人",
    "账号",
    "申请日期",
    "拨付日期",
)
UNITS = ("市教育局", "市民政局", "市财政局", "没有这个局", "")


def lines():
    """A hundred and twenty payments as dicts by head, and two rows that cannot be taken."""
    chance, found = random.Random(3), []
    for n in range(120):
        day = f"2024-{n % 9 + 1:02d}-{n % 28 + 1:02d}"
        row = (f"P/{n:03d}", day, f"=付款{n}" if n == 7 else f"付款ABC{n}", UNITS[n % 5], "工资" if n % 3 else "工程款", str(n * 10),
               str(n % 7), ("是", "否", "")[n % 3], f"109.{n:03d},40.5" if n % 4 == 0 else "", f"收款人{n}", f"622{n:05d}", day,
               "2024-10-01" if n % 2 else "")  # fmt: skip
        found.append(dict(zip(HEADS, row, strict=True)))
    chance.shuffle(found)
    return [
        *found,
        {**found[0], "编号": "X1", "日期": "2024-02-30"},
        {**found[0], "编号": "X2", "金额（万元）": "-1"},
    ]


def fed(folder, register, rows):
    """Feed rows to a register of a book."""
    path = folder / f"{register.name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, rows[0])
        out.writeheader()
        out.writerows(rows)
    keeper = BookKeeper(open_store(str(folder)))
    made = Feeder(keeper, folder, "clerk", datetime(2024, 10, 1, tzinfo=UTC), date(2024, 10, 1), say).file(
        register, path
    )
    keeper.store.close()
    return made


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The simulated year with a pack of another maker beside it, fed once."""
    folder, other = copy_of("year", tmp_path_factory), tmp_path_factory.mktemp("other")
    shutil.copy(Path(paid_pack.__file__), other / "treasury_pack.py")
    known = other / "treasury_pack-1.dist-info"
    known.mkdir()
    (known / "METADATA").write_text("Metadata-Version: 2.1\nName: treasury-pack\nVersion: 1\n")
    (known / "entry_points.txt").write_text("[duban.packs]\ntreasury = treasury_pack:PACK\n")
    assert fed(folder, paid_pack.PAID, lines()).refused == 2
    wages = [{"编号": f"W{n}", "单位": UNITS[n % 3], "金额": str(n)} for n in range(30)]
    assert fed(folder, paid_pack.WAGES, wages).rows == 30
    before = os.environ.get("PYTHONPATH", "")
    os.environ["PYTHONPATH"] = f"{other}{os.pathsep}{before}"
    try:
        one = Site(folder, True, "2024-10-20")
    finally:
        os.environ["PYTHONPATH"] = before
    yield one
    one.process.kill()


@pytest.fixture(scope="module")
def people(site):
    names = {"office": "clerk", "own": "jiaoyuju.r", "other": "minzhengju.r"}
    return {short: Session(site, name) for short, name in names.items()} | {"public": Session(site)}


def every():
    return lines()[:-2]


def asked(session, query="", view="json"):
    return session.get(f"/r/paid.{view}{urllib.parse.quote(query, safe='?=&.-')}")


def test_counts_are_the_lists_behind_them(people):
    office, rows = people["office"], every()
    wanted = {
        "": rows, "?q=abc11": [r for r in rows if "ABC11" in r["事由"]], "?unit=市教育局": [r for r in rows if r["单位"] == "市教育局"],
        "?kind=wage&done=yes": [r for r in rows if r["类别"] == "工资" and r["已付"] == "是"],
        "?amount.from=100&amount.to=200": [r for r in rows if 100 <= int(r["金额（万元）"]) <= 200],
        "?on.from=2024-03-01&on.to=2024-03-31": [r for r in rows if r["日期"].startswith("2024-03")],
        "?stage=paid": [r for r in rows if r["拨付日期"]], "?unit=nope": [], "?times.from=1e99999": rows, "?amount.to=x": rows,
        "?q=%": [], "?q=P/01": [r for r in rows if r["编号"].startswith("P/01")], "?payee=收款人3": rows,
    }  # fmt: skip
    for query, some in wanted.items():
        status, told = asked(office, query)
        facts, page = json.loads(told), office.get(f"/r/paid{urllib.parse.quote(query, safe='?=&.')}")[1]
        assert (status, facts["count"], facts["total"]) == (200, len(some), 120), query
        assert (
            len(facts["records"])
            == min(50, len(some))
            == len(re.findall(r'<th scope="row"><a href="/r/paid/', page))
        )
        assert f"{len(some)} 条，共 120 条" in page
        if "=P" in query or "unit" in query or not query:
            out = list(csv.reader(io.StringIO(asked(office, query, "csv")[1])))
            assert len(out) - 1 == len(some), query
        board = json.loads(asked(office, f"{query}{'&' if query else '?'}view=board")[1])["board"]
        assert sum(column["count"] for column in board) == len(some), query
    assert asked(office, "?sort=nope&page=99999&view=nope&behind=nope&stage=nope")[0] == 200


def test_pages_follow_one_another_in_the_order_asked_for(people):
    office, seen = people["office"], []
    for page in (1, 2, 3):
        records = json.loads(asked(office, f"?sort=-amount&page={page}")[1])["records"]
        seen += [record["values"]["amount"] for record in records]
    assert seen == [str(n * 10) for n in range(119, -1, -1)]
    first = json.loads(asked(office, "?sort=unit")[1])["records"][0]
    assert first["values"]["unit"] == min(unit for unit in UNITS if unit)
    last = json.loads(asked(office, "?sort=unit&page=3")[1])["records"][-1]
    assert "unit" not in last["values"]  # what is missing comes last
    assert "deadline" not in office.get("/r/paid")[1]


def test_a_record_has_a_page_by_its_key(people):
    office = people["office"]
    where = "/r/paid/" + urllib.parse.quote("P∕007")
    status, page = office.get(where)
    assert (status, "=付款7" in page, "收款人7" in page, "<form" in page.split("<main")[1]) == (
        200,
        True,
        True,
        False,
    )
    assert "第 1 批，2024-10-01 接收" in page
    assert office.json(f"{where}.json")["values"]["payee"] == "收款人7"
    assert office.json(f"{where}.json")["since"] == "2024-10-01"
    assert [office.get(f"/r/paid/{id}")[0] for id in ("nope", "X1")] == [404, 404]
    assert office.post(f"{where}/do", act="put", **{"f.title": "x"})[0] in (400, 403, 404)


def test_files_are_guarded_and_hold_what_is_seen(people):
    text = asked(people["office"], "?q=付款7", "csv")[1]
    assert "'=付款7" in text
    assert "收款人7" in text
    assert "收款人7" not in asked(people["public"], "?q=付款7", "csv")[1]
    assert asked(people["office"], "?unit=市教育局&as_of=2024-10-01", "csv")[0] == 200


def test_fields_kept_close_leave_by_no_door(people):
    """The payee is for the unit and the office, the account number for those who sign in, the wages for their unit."""
    ours, theirs, account = "收款人5", "收款人6", "62200006"  # of the first unit and of the second
    queries = ("", "?q=付款", "?payee=收款人6", f"?q={theirs}", "?view=board", "?view=map", "?sort=payee", "?sort=-account",
               "?view=chart&group=payee", f"?account={account}")  # fmt: skip
    for who, sees in (
        ("public", (False, False, False)),
        ("own", (True, False, True)),
        ("other", (False, True, True)),
    ):
        told = "".join(asked(people[who], query)[1] for query in (*queries, "?page=2", "?page=3"))
        told += asked(people[who], "", "csv")[1]
        told += "".join(people[who].get(f"/r/paid/{urllib.parse.quote(f'P∕00{n}')}")[1] for n in (5, 6))
        told += people[who].get("/api/registers/paid/records?limit=500")[1]
        assert [bool(re.search(rf"{text}\s*<", told)) for text in (ours, theirs)] == [*sees[:2]], who
        assert (f'"{ours}"' in told, f'"{theirs}"' in told, account in told) == sees, who
    wages = {who: session.get("/r/wages.json") for who, session in people.items()}
    assert wages["public"][0] == 403
    assert [json.loads(wages[who][1])["total"] for who in ("office", "own", "other")] == [30, 10, 10]
    assert {r["values"]["unit"] for r in json.loads(wages["own"][1])["records"]} == {"市教育局"}
    assert people["own"].get("/r/wages/W1")[0] == people["public"].get("/r/wages/W0")[0] == 404
    assert people["own"].get("/r/wages/W0")[0] == 200


def test_figures_are_of_what_is_seen_and_never_a_false_nought(people):
    told = {
        who: {
            name: session.json(f"/n/treasury.{name}.json")["value"]
            for name in ("count", "amount", "named", "wages")
        }
        for who, session in people.items()
    }
    paid = [row for row in every() if row["已付"] == "是"]
    whole = (str(len(paid)), str(sum(int(row["金额（万元）"]) for row in paid)))
    assert {(one["count"], one["amount"]) for one in told.values()} == {whole}
    assert (told["office"]["named"], told["own"]["named"], told["public"]["named"]) == ("120", "24", None)
    assert (told["office"]["wages"], told["own"]["wages"], told["public"]["wages"]) == ("14.5", "13.5", None)
    page = people["public"].get("/n/treasury.named")[1]
    assert re.search(r'<p class="big"><a[^>]+>—</a>', page)
    assert "不向你公开，所以这里没有数" in page
    assert "不向你公开，所以这里没有数" not in people["own"].get("/n/treasury.named")[1]
    assert "不能按它们找" in people["public"].get("/r/paid?behind=treasury.named&period=2024")[1]
    for session in people.values():
        assert session.get("/x/treasury")[0] == session.get("/packs")[0] == 200


def test_from_a_figure_to_exactly_its_records(people):
    for who in ("office", "own", "public"):
        found = people[who].json("/n/treasury.count.json")
        assert asked(people[who], "?behind=treasury.count&period=2024")[1].count('"id"') == min(
            50, int(found["value"])
        )
        for group in next(iter(found["groups"].values())):
            where = group["records"].replace("/r/paid", "/r/paid.json")
            assert people[who].json(where)["count"] == int(group["value"])


def test_how_old_the_records_are_and_what_was_refused(people):
    page = text_of(people["public"].get("/r/paid")[1])
    assert re.search(r"第 1 批，2024-10-01 接收\s+（19 天前）", page)
    assert "已过 10 天的期限 9 天" in page
    assert "2 行不能收" in page
    report = people["office"].get("/r/paid/refused.csv")
    assert (report[0], report[1].count("\n"), "2024-02-30" in report[1]) == (200, 3, True)
    assert "/r/paid/refused.csv" in people["office"].get("/r/paid")[1]
    for who in ("own", "other", "public"):
        assert people[who].get("/r/paid/refused.csv")[0] == 403
        assert "/r/paid/refused.csv" not in people[who].get("/r/paid")[1]
    assert people["office"].get("/r/wages/refused.csv")[0] == 404
    assert people["public"].json("/r/paid.json")["feed"]["days_stale"] == 9
    early = people["office"].json("/r/paid.json?as_of=2024-08-31")
    assert (early["total"], early["feed"]) == (0, None)
    assert "等外部系统的第一批数据" in people["office"].get("/r/paid?as_of=2024-08-31")[1]


def test_a_file_that_is_gone_is_said_and_breaks_no_other_page(people, site):
    kept = site.folder / "lake/wages/v0001.parquet"
    session = people["office"]
    away = kept.rename(kept.with_suffix(".away"))
    try:
        # a later day's book asks anew
        told = session.json("/r/wages.json?as_of=2024-10-11")
        page = session.get("/r/wages?as_of=2024-10-11")
        assert (told["total"], bool(told["problems"]), page[0]) == (None, True, 200)
        assert "0 条" not in text_of(page[1])
        assert (
            session.get("/packs?as_of=2024-10-11")[0] == session.get("/x/treasury?as_of=2024-10-11")[0] == 200
        )
    finally:
        away.rename(kept)
