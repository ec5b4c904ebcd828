"""Disputes on records on the pages: from the side that may, and from the side that must not."""

import io
import re

import pytest
from openpyxl import load_workbook

from tests.web.people import Session, text_of
from tests.web.test_registers import do, enter

ID = "D1"


@pytest.fixture(scope="module")
def people(year_site):
    names = {"clerk": "clerk", "own": "jiaoyuju.r", "other": "minzhengju.r"}
    found = {short: Session(year_site, name) for short, name in names.items()}
    return found | {
        "public": Session(year_site),
        "office": Session(year_site, "office", password=year_site.password),
    }


@pytest.fixture(scope="module")
def disputed(people):
    """A motion of the education bureau whose field of work the bureau disputes."""
    given = {"number": ID, "kind": "motion", "subject": "有异议的事由", "received_on": "2024-03-15", "unit": "市教育局",
             "theme": "交通"}  # fmt: skip
    assert enter(people["clerk"], "motions", **given)[0] == 200
    page = people["own"].get(f"/r/motions/{ID}")[1]
    code = re.search(r'value="(theme~\d+)"', page)[1]
    for who in ("other", "public", "clerk"):
        assert 'value="dispute"' not in people[who].get(f"/r/motions/{ID}")[1]
        told = do(
            people[who], "motions", ID, "dispute", of=code, value="教育", reason="来文写教育", source="来文"
        )
        assert told[0] == 403, who
    assert (
        do(people["own"], "motions", ID, "dispute", of=code, value="教育", reason="", source="来文")[0] == 400
    )
    told = do(
        people["own"],
        "motions",
        ID,
        "dispute",
        of=code,
        value="教育<b>",
        reason="来文<script>写教育",
        source="来文",
    )
    assert told[0] == 200
    assert "<script>写" not in told[1]
    assert "教育<b>" not in told[1]
    return code


def test_a_disputed_value_is_marked_wherever_it_shows(people, disputed):
    assert people["public"].json(f"/r/motions/{ID}.json")["disputed"] == ["theme"]
    told = people["public"].json(f"/r/motions/{ID}.json")["disputes"][0]
    assert (told["was"], told["should_be"], told["by"], told["decided"]) == (
        "交通",
        "教育<b>",
        "市教育局",
        None,
    )
    for path in (
        f"/r/motions/{ID}",
        f"/r/motions?q={ID}",
        "/r/motions?disputed=1",
        "/r/motions?view=board&disputed=1",
    ):
        assert "rg-disputed" in people["public"].get(path)[1], path
    assert [r["id"] for r in people["public"].json("/r/motions.json?disputed=1")["records"]] == [ID]
    assert people["public"].json(f"/api/registers/motions/records/{ID}")["disputed"] == ["theme"]
    request = people["office"].open.open(f"{people['office'].site.url}/r/motions.xlsx?disputed=1")
    sheet = load_workbook(io.BytesIO(request.read())).active
    assert [cell.value for row in sheet for cell in row if cell.comment] == ["交通"]


def test_reasons_are_for_those_who_work_on_it_or_are_concerned(people, disputed):
    for who, sees in (("own", True), ("clerk", True), ("other", False), ("public", False)):
        assert ("写教育" in text_of(people[who].get(f"/r/motions/{ID}")[1])) == sees, who


def test_an_indicator_says_how_many_of_its_rows_are_disputed(people, disputed):
    """The number that it reads, not any other field of the record."""
    assert people["public"].json("/n/motions.received.json")["disputed"] == 0
    page = people["own"].get(f"/r/motions/{ID}")[1]
    code = re.search(r'value="(received_on~\d+)"', page)[1]
    assert (
        do(
            people["own"],
            "motions",
            ID,
            "dispute",
            of=code,
            value="2024年4月15日",
            reason="收文章",
            source="收文登记",
        )[0]
        == 200
    )
    assert people["public"].json("/n/motions.received.json")["disputed"] == 1
    assert people["public"].json("/api/indicators/motions.received")["disputed"] == 1
    page = people["public"].get("/n/motions.received")[1]
    link = re.search(r'class="rg-disputed" href="([^"]+)"', page)[1].replace("&amp;", "&")
    assert people["public"].json(link.replace("/r/motions?", "/r/motions.json?"))["count"] == 1
    assert do(people["office"], "motions", ID, "decide", of=code, upheld="0", reason="章是3月")[0] == 200
    assert people["public"].json("/n/motions.received.json")["disputed"] == 0


def test_another_decides_and_both_stay(people, disputed):
    assert f"motions/{ID}" in people["clerk"].json("/desk.json")["record_disputes"]
    assert 'id="record-disputes"' in people["clerk"].get("/desk")[1]
    for who in ("own", "other", "public", "clerk"):  # the clerk entered the value
        assert 'value="decide"' not in people[who].get(f"/r/motions/{ID}")[1], who
        assert do(people[who], "motions", ID, "decide", of=disputed, upheld="1", reason="属实")[0] == 403, who
    for of in ("theme", "theme~", "~", "theme~x", f"nope~{disputed[6:]}", "theme~²"):
        assert do(people["office"], "motions", ID, "decide", of=of, upheld="1", reason="属实")[0] == 400, of
    assert do(people["office"], "motions", ID, "decide", of=disputed, upheld="1", reason="属实")[0] == 200
    told = people["own"].json(f"/r/motions/{ID}.json")
    assert (told["values"]["theme"], told["disputed"]) == ("教育<b>", [])
    page = text_of(people["own"].get(f"/r/motions/{ID}")[1])
    for words in ("交通", "写教育", "异议成立", "属实"):
        assert words in page
    assert f"motions/{ID}" not in people["clerk"].json("/desk.json")["record_disputes"]
    notices = people["own"].get("/notices")[1]
    assert "台账异议已裁定" in notices
    assert f"/r/motions/{ID}#disputes" in notices
