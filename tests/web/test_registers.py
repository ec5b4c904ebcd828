"""Registers on the pages: entered, moved on and counted; each from the side that may and the side that must not."""

import csv
import io
import json
import re
import urllib.parse
from datetime import UTC, date, datetime

import pytest

from duban.actions.context import perform
from duban.actions.recount import recounted
from duban.core.period import period
from duban.ledger import BookKeeper, open_store
from duban.packs import packs
from duban.packs.motions.register import MOTIONS
from duban.registers.indicator import Plain, ids_behind, reckon
from duban.registers.record import rows
from tests.web.people import Session, text_of

SCRIPT = "<script>alert(1)</script>修路"


@pytest.fixture(scope="module")
def people(year_site):
    names = {"office": "clerk", "own": "jiaoyuju.r", "other": "minzhengju.r"}
    return {short: Session(year_site, name) for short, name in names.items()} | {"public": Session(year_site)}


@pytest.fixture(scope="module")
def motions(people):
    """Six motions of two units, two of them answered, one of these solved."""
    office = people["office"]
    for number in range(1, 7):
        unit = "市教育局" if number % 2 else "市民政局"
        given = {"number": f"T{number}", "kind": "motion", "subject": SCRIPT if number == 1 else f"事由{number}",
                 "received_on": f"2024-0{number}-15", "unit": unit, "theme": "=1+1" if number == 1 else "教育"}  # fmt: skip
        assert enter(office, "motions", **given)[0] == 200
        move(office, "motions", f"T{number}", "assigned", f"2024-0{number}-20")
    for number, result in ((1, "A"), (2, "B")):
        answer = move(
            office,
            "motions",
            f"T{number}",
            "answered",
            "2024-06-01",
            reference="答复1号",
            **{"f.result": result},
        )
        assert answer[0] == 200
    return office


def enter(session, register, **values):
    session.get(f"/r/{register}/new")
    return session.post(f"/r/{register}/new", **{f"f.{name}": value for name, value in values.items()})


def do(session, register, id, act, **form):
    where = f"/r/{register}/{urllib.parse.quote(id)}"
    session.get(where)
    return session.post(f"{where}/do", act=act, **form)


def move(session, register, id, stage, day, **form):
    return do(session, register, id, "move", stage=stage, day=day, **form)


def listed(page):
    return re.findall(r'<th scope="row"><a href="/r/', page)


def test_every_pack_is_a_card_and_has_a_page(people):
    for session in (people["public"], people["office"]):
        packs = session.json("/packs.json")["packs"]
        assert {"motions"} <= {pack["name"] for pack in packs}
        for pack in packs:
            for path in (f"/x/{pack['name']}", *(f"/r/{r['name']}" for r in pack["registers"])):
                assert session.get(path)[0] == 200, path
                assert json.loads(session.get(f"{path}.json")[1]), path
            for indicator in pack["indicators"]:
                assert session.get(f"/n/{pack['name']}.{indicator}")[0] == 200, indicator
    for path in ("/x/nope", "/r/nope", "/n/motions.nope", "/n/nope", "/r/motions/nope"):
        assert people["office"].get(path)[0] == 404


def test_counts_are_the_lists_behind_them(motions):
    for query in ("", "?stage=assigned", "?unit=市教育局", "?late=1", "?q=事由", "?received_on.from=2024-03-01",
                  "?received_on.from=2024-02-01&received_on.to=2024-03-31", "?theme=nope", "?stage=answered&result=A"):  # fmt: skip
        query = urllib.parse.quote(query, safe="?=&.")
        page, facts = motions.get(f"/r/motions{query}")[1], motions.json(f"/r/motions.json{query}")
        assert min(facts["count"], 50) == len(facts["records"]) == len(listed(page)), query
        assert f"{facts['count']} 条，共 {facts['total']} 条" in page
        rows = list(csv.reader(io.StringIO(motions.get(f"/r/motions.csv{query}")[1])))
        assert len(rows) - 1 == facts["count"], query
        board = motions.json(f"/r/motions.json{query}{'&' if query else '?'}view=board")["board"]
        assert sum(column["count"] for column in board) == facts["count"], query
    ours = "/r/motions.json?q=%E4%BA%8B%E7%94%B1"
    assert motions.json(f"{ours}&stage=assigned")["count"] == 4
    assert [r["id"] for r in motions.json(f"{ours}&sort=-received_on")["records"]][:2] == ["T6", "T5"]


def test_what_people_typed_is_never_run(motions):
    for path in ("/r/motions", "/r/motions/T1", "/r/motions?view=board", "/r/motions?view=chart", "/x/motions",
                 "/n/motions.answered", "/r/motions?q=<script>", "/r/motions?unit=<script>&view=chart"):  # fmt: skip
        status, page = motions.get(urllib.parse.quote(path, safe="/?=&"))
        assert (status, "<script" in page) == (200, False), path
    assert "'=1+1" in motions.get("/r/motions.csv")[1]


def test_from_a_figure_to_exactly_its_records(motions):
    found = motions.json("/n/motions.answered.json")
    part = {"top": found["numerator"], "bottom": found["denominator"]}
    for name, value in part.items():
        query = f"behind=motions.answered&period=2024&part={name}"
        assert motions.json(f"/r/motions.json?{query}")["count"] == int(value)
    months = motions.json("/n/motions.received.json")["months"]
    march = motions.json("/r/motions.json?behind=motions.received&period=2024-M03")
    assert march["count"] == int(months[2]["value"])
    assert "T3" in {record["id"] for record in march["records"]}
    assert sum(int(month["value"]) for month in months) == int(
        motions.json("/n/motions.received.json")["value"]
    )
    for group in found["groups"]["主办单位"]:
        where = group["records"].replace("/r/motions", "/r/motions.json")
        assert motions.json(where)["count"] == int(group["denominator"])
    assert "这个数就是从这些记录来的" in motions.get(f"/r/motions?{query}")[1]


def test_a_unit_fills_in_its_own_records_and_no_others(motions, people):
    own, other, public = people["own"], people["other"], people["public"]
    assert do(own, "motions", "T3", "put", **{"f.theme": "职教"})[0] == 200
    assert motions.json("/r/motions/T3.json")["values"]["theme"] == "职教"
    assert do(other, "motions", "T3", "put", **{"f.theme": "别的"})[0] == 403
    assert do(own, "motions", "T3", "put", **{"f.satisfaction": "satisfied"})[0] == 403
    assert do(own, "motions", "T3", "put", **{"f.unit": "市民政局"})[0] == 403
    assert do(own, "motions", "T3", "remove", reason="x")[0] == 403
    for form in (
        {"act": "put", "f.theme": "x"},
        {"act": "move", "stage": "answered"},
        {"act": "remove", "reason": "x"},
    ):
        assert public.post("/r/motions/T3/do", **form)[0] == 403
    assert public.post("/r/motions/new", **{"f.number": "T9"})[0] == 403
    page = own.get("/r/motions/T3")[1]
    assert "改这些栏目" in page
    assert 'name="f.satisfaction"' not in page
    assert "改这些栏目" not in other.get("/r/motions/T3")[1] + public.get("/r/motions/T3")[1]
    assert motions.json("/r/motions/T3.json")["values"]["theme"] == "职教"


def test_a_stage_asks_for_its_proof_and_keeps_what_was_typed(motions):
    status, page = move(motions, "motions", "T4", "answered", "2024-06-01", **{"f.result": "C"})
    assert status == 400
    assert "答复函" in page
    assert re.search(r'<option value="C" selected>', page)
    assert move(motions, "motions", "T4", "judged", "2024-06-01")[0] == 400
    assert "result" not in motions.json("/r/motions/T4.json")["values"]  # both or neither
    assert move(motions, "motions", "T4", "answered", "soon", **{"f.result": "C"})[0] == 400
    status, page = enter(
        motions, "motions", number="T99", kind="motion", subject="没有日期", received_on="2024-02-30"
    )
    assert (status, "没有日期" in page, "2024-02-30" in page) == (400, True, True)


def test_the_history_names_persons_only_to_who_works_on_it(motions, people):
    page = people["own"].get("/r/motions/T1")[1]
    assert "答复1号" in text_of(page)
    public = people["public"].get("/r/motions/T1")[1]
    assert "答复1号" not in public
    assert "督查室" in public


def test_saved_views_belong_to_who_saved_them(motions, people):
    motions.get("/r/motions")
    assert motions.post("/saved/motions", name="教育局的", query="?unit=市教育局&page=3")[0] == 200
    page = motions.get("/r/motions")[1]
    query = re.search(r'<a href="/r/motions\?([^"]+)">教育局的</a>', page)[1]
    assert "page" not in query
    assert (
        people["own"].json(f"/r/motions.json?{query}")["count"]
        == motions.json(f"/r/motions.json?{query}")["count"]
    )
    assert "教育局的" not in people["own"].get("/r/motions")[1]
    assert motions.post("/saved/motions", name=" ", query="?q=x")[0] == 400
    motions.post("/saved/motions", forget="教育局的")
    assert "教育局的" not in motions.get("/r/motions")[1]
    assert people["public"].post("/saved/motions", name="x", query="?q=x")[0] == 403


def test_another_day_has_no_forms_and_only_what_stood_then(motions):
    for path in ("/r/motions", "/r/motions/T1", "/x/motions", "/n/motions.answered", "/packs"):
        page = motions.get(f"{path}?as_of=2024-10-19")
        if path != "/r/motions/T1":
            assert page[0] == 200, path
            assert "登记一条" not in page[1], path
    assert motions.get("/r/motions/T1?as_of=2024-10-19")[0] == 404  # entered on the day after
    assert motions.json("/r/motions.json?as_of=2024-10-19&q=%E4%BA%8B%E7%94%B1")["count"] == 0
    assert motions.get("/r/motions/new?as_of=2024-10-19")[0] == 403


def test_fields_kept_close_leave_by_no_door(people):
    office, secret = people["office"], "只有承办单位知道的诉求"
    given = {"number": "H1", "received_on": "2024-09-02", "channel": "phone", "kind": "help", "what": secret,
             "phone": "13900000000", "unit": "市教育局", "at": "109.84,40.65", "district": "某区"}  # fmt: skip
    assert enter(office, "cases", **given)[0] == 200
    paths = ("/r/cases", "/r/cases/H1", "/r/cases.json", "/r/cases/H1.json", "/r/cases.csv", "/r/cases.json?view=board",
             "/r/cases.json?view=map", "/r/cases?view=map", f"/r/cases.json?q={secret}", "/r/cases.json?what=x", "/x/hotline")  # fmt: skip
    for path in paths:
        quoted = urllib.parse.quote(path, safe="/?=&")
        for who in ("public", "other"):
            page = people[who].get(quoted)[1].replace(f'value="{secret}"', "")
            assert secret not in page, (who, path)
            assert "13900000000" not in page, (who, path)
        assert "109.84" not in people["public"].get(quoted)[1], path
    where = urllib.parse.quote(f"/r/cases.json?q={secret}", safe="/?=&")
    assert [people[who].json(where)["count"] for who in ("office", "own", "other", "public")] == [1, 1, 0, 0]
    assert secret in people["own"].get("/r/cases/H1")[1]
    assert people["office"].json("/r/cases.json?view=map")["points"]


def test_an_item_is_bound_by_the_office_alone_and_shows_its_register(motions, people):
    items = [i for i in people["public"].json("/api/items?limit=500")["items"] if i["target"]]
    key = next(i["key"] for i in items if (i["target"]["unit"], i["target"]["measure"]) == ("%", "share"))
    wrong = next(i["key"] for i in items if i["target"]["unit"] not in ("%", ""))
    form = {"reason": "测试", "by": "unit", "of": "市教育局"}
    for who in ("own", "public"):
        people[who].get("/n/motions.answered")
        assert people[who].post("/n/motions.answered/bind", key=key, **form)[0] == 403
    assert motions.post("/n/motions.answered/bind", key=wrong, **form)[0] == 400
    assert motions.post("/n/motions.answered/bind", key=key, reason="x", by="phone", of="x")[0] == 400
    assert motions.post("/n/motions.nope/bind", key=key, **form)[0] == 400
    assert motions.post("/n/motions.answered/bind", key=key, **form)[0] == 200
    page = text_of(motions.get(f"/i/{key}")[1])
    assert "台账数出来的" in page
    assert "unit=市教育局" in page
    posted(motions.site, key)
    page = text_of(motions.get(f"/i/{key}")[1])
    assert "台账已记" in page
    assert "此后记录有变动" not in page
    enter(
        motions,
        "motions",
        number="T7",
        kind="motion",
        subject="后来的",
        received_on="2024-02-01",
        unit="市教育局",
    )
    assert "此后记录有变动" in text_of(motions.get(f"/i/{key}")[1])
    assert "解除挂接" in motions.get("/n/motions.answered")[1]
    assert "解除挂接" not in people["own"].get("/n/motions.answered")[1]
    assert motions.post("/n/motions.answered/bind", key=key, off="1", reason="测试完")[0] == 200
    assert "台账数出来的" not in text_of(people["public"].get(f"/i/{key}")[1])


def posted(site, key):
    """The register posts its figure to the item, as the recount does."""
    day, when, one = date(2024, 10, 20), period("2024-C09"), packs()["motions"].indicated["answered"]
    store = open_store(site.folder)

    def decide(book):
        engine = Plain(MOTIONS, rows(MOTIONS, book.registers.of("motions")))
        found = reckon(one, engine, when, day, ("unit",))["市教育局",]
        ids = ids_behind(one, engine, when, day, "unit=市教育局")
        return recounted(book, key, "motions.answered", when, found, ids, vintage=day.isoformat())

    perform(BookKeeper(store), decide, actor="clerk", at=datetime.now(UTC), on=day)
    store.close()


def test_in_english_nothing_of_the_pages_is_chinese(year_site, motions):
    session = Session(year_site, "clerk", lang="en")
    for path in ("/r/motions", "/r/motions?view=chart", "/n/motions.answered", "/r/motions/new"):
        main = re.search(r"<main.*</main>", session.get(path)[1], re.S)[0]
        heads = " ".join(
            re.findall(r"<(?:h1|h2|th scope=\"col\"[^>]*|legend|button|summary)>(.*?)</", main, re.S)
        )
        assert not re.search(r"[\u4e00-\u9fff]", re.sub(r"<[^>]+>", "", heads)), path


def test_a_new_record_of_a_known_number_overwrites_nothing(motions):
    before = motions.json("/r/motions/T1.json")["values"]
    form = {**before, "subject": "别的事"}
    status, page = enter(motions, "motions", **form)
    assert (status, "已有编号相同的记录 T1" in page) == (400, True)
    assert motions.json("/r/motions/T1.json")["values"] == before


def test_a_reference_leads_to_a_record_of_odd_signs(motions):
    project = {"name": "甲", "district": "东山区", "listed": "2024", "kind": "new", "sector": "industry"}
    for more in ({"code": "Q#1?x/2"}, {"code": "Q3", "phase_of": "Q#1?x/2"}):
        assert enter(motions, "projects", **project, **more)[0] == 200
    assert motions.json("/r/projects/Q%231%3Fx%E2%88%952.json")["values"]["code"] == "Q#1?x/2"
    assert 'href="/r/projects/Q%231%3Fx%E2%88%952"' in motions.get("/r/projects/Q3")[1]
