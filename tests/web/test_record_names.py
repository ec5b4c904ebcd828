"""What records are called: a title that points to another record says what that one is called, as far as one sees it."""

import re

import pytest

from tests.web.people import Session, text_of

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
