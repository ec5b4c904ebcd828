"""What packs publish in formats of others: for everybody, of what everybody may see."""

from urllib.parse import quote

from tests.web.people import Session


def test_projects_go_out_as_open_data(year_site):
    """The public reads the package, without the field that is kept inside; the page leads to it; others are not found."""
    office, public = Session(year_site, "clerk"), Session(year_site)
    given = {"code": "开放-1", "name": "<b>示例</b>园区道路", "district": "示例东区", "listed": "2024", "kind": "new",
             "sector": "infrastructure", "investment": "1.5亿元", "contact": "甲某 0000-0000001"}  # fmt: skip
    office.get("/r/projects/new")
    assert office.post("/r/projects/new", **{f"f.{name}": value for name, value in given.items()})[0] == 200
    for reader in (public, office):
        made = reader.json("/x/projects/files/oc4ids.json")
        assert made["uri"].endswith("/x/projects/files/oc4ids.json")
        assert made["publisher"]["name"]
        project = next(p for p in made["projects"] if p["id"] == "开放-1")
        assert project["title"] == given["name"]
        assert project["budget"]["amount"] == {"amount": 150_000_000, "currency": "CNY"}
        assert "0000-0000001" not in str(made)
    assert "/x/projects/files/oc4ids.json" in public.get("/x/projects")[1]
    for path in ("/x/projects/files/nope.json", "/x/nope/files/oc4ids.json", "/x/review/files/oc4ids.json"):
        assert public.get(path)[0] == 404, path


def test_a_year_reads_as_a_year_and_money_with_its_thousands(year_site):
    office = Session(year_site, "clerk")
    office.get("/r/projects/new")
    given = {"code": "年-1", "name": "示例厂房", "district": "示例西区", "listed": "2024", "kind": "new", "sector": "industry",
             "investment": "12345"}  # fmt: skip
    assert office.post("/r/projects/new", **{f"f.{name}": value for name, value in given.items()})[0] == 200
    page = office.get(f"/r/projects/{quote('年-1')}")[1]
    assert "2,024" not in page
    assert "12,345" in page
