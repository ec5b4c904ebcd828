"""The pages of units: everybody who reads finds whom to call; each changes what the table of rights lets them."""

import pytest

from tests.signin.conftest import browser, says, signed_in


def book():
    from duban.web.shelf import keeper

    return keeper().book()


def change(client, code, **fields):
    return client.post("/units/do", {"code": code, "known": "1", **fields})


def test_the_tree_with_whom_to_call(city):
    page = signed_in("wang").get("/units").content.decode()
    assert 'href="tel:01001"' in page
    assert page.index("东区人民政府") < page.index("东区教育局")
    facts = signed_in("wang").get("/units.json").json()["units"]
    assert {one["code"]: one["depth"] for one in facts}["dongqu-jiaoyu"] == 2
    assert browser().get("/units").status_code == 302


def test_the_office_enters_changes_and_closes(city):
    office = signed_in("clerk")
    form = {
        "code": "xinban",
        "name": "新办",
        "kind": "other",
        "parent": "yc",
        "aliases": "新、小新；新",
        "phone": "0100-123",
    }
    assert office.post("/units/do", form).status_code == 302
    assert book().units["xinban"].unit.aliases == ("新", "小新")
    assert office.post("/units/do", form).status_code == 400  # this code is taken
    assert change(office, "xinban", contact="<i>周</i>").status_code == 302
    unit = book().units["xinban"].unit
    assert (unit.phone, unit.name, unit.parent) == (
        "0100-123",
        "新办",
        "yc",
    )  # what the form does not have stays
    assert says(office.get("/units/xinban"), "&lt;i&gt;周")
    assert change(office, "xinban", act="close", reason="撤并").status_code == 302
    assert book().units["xinban"].closed is not None


@pytest.mark.parametrize("who", ["wang", "li", "zhou", "leader", "wu", "qian", ""])
def test_nobody_else_changes_units(city, who):
    client, seq = signed_in(who) if who else browser(), book().seq
    assert change(client, "zhujian", phone="1").status_code == 403
    assert change(client, "zhujian", act="close", reason="x", successor="jiaoyu").status_code == 403
    assert client.post("/units/do", {"code": "own", "name": "自立局"}).status_code == 403
    assert book().seq == seq
    if who:
        assert not says(client.get("/units/zhujian"), 'action="/units/do"')


def test_a_manager_mends_the_contacts_of_its_branch(city):
    manager = signed_in("zheng")
    page = manager.get("/units/dongqu-jiaoyu").content.decode()
    assert 'name="phone"' in page
    assert 'name="parent"' not in page
    assert change(manager, "dongqu-jiaoyu", phone="0100-8", contact="冯").status_code == 302
    for forged in ({"name": "市教育局二"}, {"parent": "yc"}, {"kind": "government"}):
        assert change(manager, "dongqu-jiaoyu", **forged).status_code == 403
    assert change(manager, "jiaoyu", phone="1").status_code == 403
    assert change(manager, "dongqu-jiaoyu", act="close", reason="x").status_code == 403


@pytest.mark.parametrize(
    ("phone", "dialled"),
    [
        ("0100-1", "01001"),
        ("（0100）12 34", "01001234"),
        ("+86 100转5", "+86100"),
        ("无", ""),
        ("javascript:alert(1)", "1"),
    ],
)
def test_a_telephone_link_holds_digits_only(city, phone, dialled):
    from duban.web.contact import tel

    assert tel(phone) == dialled


def test_whom_to_call_stands_behind_a_unit_s_name(city):
    from duban.web.contact import contact

    drawn = contact(book(), "市住建局", "zh", told=True)
    assert 'href="tel:01001"' in drawn
    assert "刘敏" in drawn
    assert contact(book(), "<b>无此局</b>", "zh", told=True) == "&lt;b&gt;无此局&lt;/b&gt;"
    assert contact(None, "", "zh", told=True) == ""
    assert contact(book(), "市住建局", "zh", told=False) == "市住建局"


def test_the_public_reads_names_of_units_and_not_of_persons(city):
    city.PUBLIC = True
    try:
        for path in (
            "/units",
            "/units.json",
            "/units.csv",
            "/units/zhujian",
            "/units/zhujian.json",
            "/table",
        ):
            answer = browser().get(path)
            assert answer.status_code == 200, path
            assert not says(answer, "刘敏"), path
            assert not says(answer, "0100-1"), path
    finally:
        city.PUBLIC = False
    assert says(signed_in("wang").get("/units/zhujian"), "刘敏")
