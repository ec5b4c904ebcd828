"""What records are called: a title that points to another record says what that one is called, as far as one sees it."""

import csv
import io
import re

import pytest

from tests.web.people import Session, text_of
from tests.web.test_registers_files import upload

TITLED = ("project_investment", "inspections", "recognitions")  # their titles are references


@pytest.fixture(scope="module")
def office(year_site):
    return Session(year_site, "clerk")


@pytest.mark.parametrize("register", TITLED)
def test_titles_from_references_are_names_and_no_codes(office, register):
    found = office.json(f"/r/{register}.json")["records"]
    if not found:
        pytest.skip("the simulated year has none")
    page = office.get(f"/r/{register}")[1]
    titles = [text.strip() for text in re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', page)]
    assert len(titles) == len(found[:50])
    field = {"project_investment": "project", "inspections": "object", "recognitions": "firm"}[register]
    codes = {one["values"][field] for one in found}
    assert not codes & set(titles)
    record = text_of(office.get(f"/r/{register}/{found[0]['id']}")[1])
    assert titles[0] in record


def test_who_may_not_see_the_other_record_is_told_its_code(year_site):
    """The objects of inspection are kept from the public: so are their names, also as titles of results."""
    from duban.packs.inspection.register import INSPECTIONS, OBJECTS

    assert (OBJECTS.seen, INSPECTIONS.seen) == ("inner", "open")
    public, office = Session(year_site), Session(year_site, "clerk")
    found = public.json("/r/inspections.json")["records"]
    if not found:
        pytest.skip("the simulated year has none")
    code = found[0]["values"]["object"]
    assert office.get(f"/r/objects/{code}")[0] == 200
    assert public.get(f"/r/objects/{code}")[0] in (403, 404)
    assert f">{code}<" in re.sub(r"\s+", "", public.get("/r/inspections")[1])


def test_a_title_that_is_a_choice_is_said_in_words(office):
    found = office.json("/r/opinions.json")["records"]
    assert found
    page = office.get("/r/opinions")[1]
    titles = {text.strip() for text in re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', page)}
    assert titles <= {"满意", "基本满意", "不满意"}


def test_an_import_says_what_it_changes_by_name(office):
    """The look before an import names the project whose money changes, not its code."""
    one = office.json("/r/project_investment.json")["records"][0]
    project = office.json(f"/r/projects/{one['values']['project']}.json")["values"]
    heads = ("项目编号", "年度", "月份", "旗县区", "计划投资")
    cells = (project["code"], one["values"]["year"], one["values"]["month"], project["district"], "987654")
    out = io.StringIO(newline="")
    csv.writer(out).writerows([heads, cells])
    office.get("/r/project_investment/import")
    status, page = upload(
        office, "/r/project_investment/import", "投资.csv", out.getvalue().encode("utf-8-sig")
    )
    assert status == 200
    assert project["name"] in text_of(page)
