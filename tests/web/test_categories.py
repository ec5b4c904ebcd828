"""The four lists on the pages: the count is the list behind it; the office places, others do not."""

import re

from tests.web.people import Session


def test_the_lists_add_up_on_table_and_wall(year_site):
    public = Session(year_site)
    names = ("indicator", "quantified", "livelihood", "qualitative")
    rows = {name: public.json(f"/table.json?category={name}")["commitments"] for name in names}
    assert all(row["category"] == name for name, some in rows.items() for row in some)
    assert sum(map(len, rows.values())) == public.json("/table.json")["count"]
    page = public.get("/table?sort=category")[1]
    counts = re.findall(r'<tr class="group"><th[^>]*>(\S+) <span>(\d+)</span>', page)
    assert dict(counts) == {
        word: str(len(rows[name])) for name, word in zip(names, ("经济指标", "量化任务", "民生实事", "定性任务"), strict=True)
        if rows[name]
    }  # fmt: skip
    assert "category=quantified" in public.get("/wall")[1]


def test_the_office_places_a_commitment(year_site):
    clerk, reporter = Session(year_site, "clerk"), Session(year_site, "jiaoyuju.r")
    one = clerk.json("/table.json?category=quantified")["commitments"][-1]["id"]
    for session in (reporter, Session(year_site)):
        session.get(f"/c/{one}")
        assert session.post(f"/c/{one}/place", category="livelihood", reason="列入实事")[0] == 403
        assert "/place" not in session.get(f"/c/{one}")[1]
    clerk.get(f"/c/{one}")
    assert clerk.post(f"/c/{one}/place", category="livelihood", reason="列入<b>实事</b>")[0] == 200
    assert clerk.json(f"/c/{one}.json")["category"] == "livelihood"
    assert "<b>实事</b>" not in reporter.get(f"/c/{one}")[1]
    csv = Session(year_site).get("/table.csv")[1]
    assert re.search(rf"{one}.*民生实事", csv)
