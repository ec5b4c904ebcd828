"""Lead units suggested by duty, confirmed by the office one by one or many at once, by nobody else."""

import pytest

from tests.signin.conftest import browser, says, signed_in


def book():
    from duban.web.shelf import keeper

    return keeper().book()


@pytest.fixture
def office(city):
    """The office at its page, with every item that a test before has made taken off."""
    from duban.actions.context import perform
    from duban.actions.table import apply_items
    from duban.ledger.items import ItemChange
    from duban.web.shelf import keeper
    from tests.actions.city import TODAY
    from tests.files.conftest import NOW

    items = [one for one in book().items.values() if not one.removed]
    gone = [ItemChange("remove", one.commitment, one.n, note="测试") for one in items]
    perform(
        keeper(), lambda now: apply_items(now, "office", gone, today=TODAY), actor="office", at=NOW, on=TODAY
    )
    return signed_in("clerk")


def test_each_commitment_without_a_lead_with_the_words_that_speak_for_a_unit(office):
    told = {one["key"]: one for one in office.get("/assign.json").json()["unled"]}
    assert set(told) == {s.read.id for s in book().commitments.values() if not s.dropped}
    likely = [one for one in told.values() if one["suggested"]]
    assert likely
    for one in likely:
        text = book().commitments[one["key"]].read
        assert all(word in text.text + text.action + text.work for word in one["suggested"][0]["words"])
        assert one["suggested"][0]["unit"] in book().units


def test_one_click_confirms_one(office):
    assert office.post("/assign", {"one": "A1.1-01", "lead-A1.1-01": "市住建局"}).status_code == 302
    item = book().items[
        next(k for k, i in book().items.items() if k.startswith("A1.1-01/") and not i.removed)
    ]
    assert item.item.lead == "市住房和城乡建设局"  # by its full name, however it was typed
    task = book().tasks[item.account.partition("/")[2]]
    assert task.assignment.opened.body.lead == "市住房和城乡建设局"
    assert "A1.1-01" not in {one["key"] for one in office.get("/assign.json").json()["unled"]}
    assert office.post("/assign", {"one": "A1.1-01", "lead-A1.1-01": "市财政局"}).status_code == 400  # once


def test_many_at_once_or_none(office):
    keys = [one["key"] for one in office.get("/assign.json").json()["unled"]]
    assert len(keys) >= 2
    form = {"pick": keys, **{f"lead-{key}": "市财政局" for key in keys}}
    seq = book().seq
    assert office.post("/assign", {**form, f"lead-{keys[-1]}": "没有的局"}).status_code == 400
    assert office.post("/assign", {**form, "pick": [*keys, "A9.9-99"]}).status_code == 400
    assert office.post("/assign", {}).status_code == 400
    assert book().seq == seq
    assert office.post("/assign", form).status_code == 302
    assert office.get("/assign.json").json()["unled"] == []
    assert says(office.get("/assign"), "每个事项都有牵头单位了")


def test_where_units_are_listed_the_first_leads(office):
    from duban.actions.context import perform
    from duban.actions.table import apply_items
    from duban.ledger.items import ItemChange
    from duban.web.shelf import keeper
    from tests.actions.city import TODAY
    from tests.files.conftest import NOW

    change = ItemChange("add", "A1.1-01", head="新建公园", partners=("市财政局", "市住建局"))
    perform(
        keeper(),
        lambda now: apply_items(now, "office", [change], today=TODAY),
        actor="office",
        at=NOW,
        on=TODAY,
    )
    one = next(o for o in office.get("/assign.json").json()["unled"] if o["key"].startswith("A1.1-01/"))
    assert one["listed"] == "市财政局"
    office.post("/assign", {"one": one["key"], f"lead-{one['key']}": "市财政局"})
    item = book().items[one["key"]].item
    assert (item.lead, item.partners) == ("市财政局", ("市住建局",))


@pytest.mark.parametrize("who", ["wang", "li", "zhou", "leader", "wu", "zheng", ""])
def test_nobody_else(office, who):
    client, seq = signed_in(who) if who else browser(), book().seq
    assert client.get("/assign").status_code in (302, 403)
    assert client.post("/assign", {"one": "A1.1-01", "lead-A1.1-01": "市财政局"}).status_code == 403
    assert book().seq == seq
