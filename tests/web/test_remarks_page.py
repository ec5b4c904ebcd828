"""Remarks on a promise's page: off until the city sets its limits; hidden until looked at; escaped; limited by address."""

import re
import xml.etree.ElementTree as ET

from tests.web.people import Session

ID = "A1.1-01"
EVIL = "路灯<script>alert(1)</script>没有装"


def put(session, number, **values):
    """Fill in fields of a case on its page."""
    return session.post(
        f"/r/cases/{number}/do", act="put", **{f"f.{name}": value for name, value in values.items()}
    )


def test_a_remark_from_sending_to_its_reply(year_site):
    public, office = Session(year_site, ""), Session(year_site, "clerk")
    page = public.get(f"/c/{ID}")[1]
    assert "/remark" not in page
    public.get("/login")
    assert public.post(f"/c/{ID}/remark", kind="complaint", words="未开放")[0] == 403
    assert office.post("/rules", remarks_daily="2", remarks_all="50", authority="试行")[0] == 200
    assert f"/c/{ID}/remark" in public.get(f"/c/{ID}")[1]
    assert f"/c/{ID}/remark" not in office.get(f"/c/{ID}")[1]  # who signs in has other ways
    status, text = public.post(
        f"/c/{ID}/remark", kind="complaint", words=EVIL, name="赵某某", phone="13900004711"
    )
    assert status == 200
    number = re.search(r"W\d{4}-\d{6}", text)[0]
    assert "没有装" not in text
    for reader in (public, Session(year_site, "jiaoyuju.r")):
        seen = reader.get(f"/c/{ID}")[1] + reader.get(f"/c/{ID}.json")[1] + reader.get(f"/c/{ID}.atom")[1]
        assert "没有装" not in seen
        assert "13900004711" not in seen
    assert "1 条待审核" in office.get(f"/c/{ID}")[1]
    assert put(office, number, shown="yes", reply="已装好12盏", unit="市教育局")[0] == 200
    page = public.get(f"/c/{ID}")[1]
    assert "&lt;script&gt;" in page
    assert "<script>" not in page
    assert "已装好12盏" in page
    assert "13900004711" not in page
    assert "赵某某" not in page
    [told] = public.json(f"/c/{ID}.json")["remarks"]
    assert (told["told"], told["reply"]) == (EVIL, "已装好12盏")
    assert public.post(f"/c/{ID}/remark", kind="complaint", words="第二条")[0] == 200
    status, text = public.post(f"/c/{ID}/remark", kind="complaint", words="第三条")
    assert (status, "到了上限" in text) == (400, True)
    assert put(office, number, withheld="private")[0] == 200
    assert "没有装" not in public.get(f"/c/{ID}")[1]
    office.post("/rules", remarks_daily="", authority="停用")
    assert public.post(f"/c/{ID}/remark", kind="complaint", words="停用之后")[0] == 403


def test_the_feed_is_atom_and_says_what_the_page_says(year_site):
    status, text = Session(year_site, "").get(f"/c/{ID}.atom")
    assert status == 200
    feed = ET.fromstring(text)
    space = {"a": "http://www.w3.org/2005/Atom"}
    entries = feed.findall("a:entry", space)
    told = Session(year_site, "").json(f"/c/{ID}.json")["history"]
    assert [int(e.find("a:id", space).text.rpartition("#")[2]) for e in entries] == [
        h["seq"] for h in reversed(told)
    ][:50]
    moments = [e.find("a:updated", space).text for e in entries]
    assert all(re.match(r"\d{4}-\d\d-\d\dT", m) for m in moments)
    assert feed.find("a:id", space).text.endswith(f"/c/{ID}")
    assert Session(year_site, "").get("/c/none.atom")[0] == 404
