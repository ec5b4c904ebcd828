"""Leaders are held by account: of two with one name neither has the other's rights, and none where the name is all."""

import pytest

from duban.actions import splits, tasks
from duban.actions.context import actor_of, item_thing
from duban.actions.leaders import choose_leader, leaders_now, unclear
from duban.actions.people import close_person, place_person
from duban.actions.table import apply_items
from duban.core.rights import may
from duban.ledger.bodies import TABLED
from duban.ledger.items import ItemChange
from duban.ledger.year.people import PersonPlaced, leader_of
from duban.notices.news import desks_of
from tests.actions.city import KEY, OUTSIDERS, TODAY

NAMESAKE = PersonPlaced("孙副市长", "yc", ("leader",))
OWNER = "A1.1-01"


def judges(city, who, key=KEY):
    return bool(may(actor_of(city.book, who), "judgement.give", item_thing(city.book, key)))


def item(city, key=KEY):
    return city.book.items[key].item


def table(city, **fields):
    known = item(city)
    kept = set(TABLED) - {"commitment"}
    change = ItemChange("change", OWNER, 1, **{name: known[name] for name in kept} | fields)
    return city.do("office", apply_items, [change], today=TODAY)


def test_an_old_entry_names_the_only_leader_of_its_name(city):
    assert item(city).leader_account == ""
    assert leader_of(city.book, item(city)) == "leader"
    assert judges(city, "leader")
    assert unclear(city.book) == {}


def test_a_shared_name_gives_no_one_rights_until_the_office_chooses(city):
    city.do("office", place_person, "sun2", NAMESAKE)
    for who in ("leader", "sun2"):
        assert not judges(city, who)
        assert city.refusal(who, tasks.judge, KEY, step="sure") == "rights.relation"
    assert unclear(city.book) == {"孙副市长": [KEY]}
    for who in ("wang", "li", "zhou", "leader", "sun2", *OUTSIDERS):
        assert city.refusal(who, choose_leader, [KEY], "sun2").startswith("rights."), who
    city.do("clerk", choose_leader, [KEY], "sun2")
    assert (judges(city, "leader"), judges(city, "sun2")) == (False, True)
    assert unclear(city.book) == {}
    assert (item(city).leader, item(city).lead) == ("孙副市长", "市住房和城乡建设局")
    assert city.do("clerk", choose_leader, [KEY], "sun2") == []  # so it is already


def test_a_split_is_decided_by_the_leader_meant_and_keeps_him(city):
    city.do("office", place_person, "sun2", NAMESAKE)
    city.do("clerk", choose_leader, [KEY], "leader")
    city.do("wang", splits.propose_split, OWNER, (item(city),), reason="照旧")
    assert city.refusal("sun2", splits.decide_split, OWNER, approved=True, today=TODAY) == "rights.relation"
    city.do("leader", splits.decide_split, OWNER, approved=True, today=TODAY)
    assert item(city).leader_account == "leader"


def test_a_table_names_a_leader_and_the_account_is_held_before_a_namesake_comes(city):
    city.do("office", place_person, "zhang", PersonPlaced("张副市长", "yc", ("leader",)))
    table(city, leader="张副市长")
    assert item(city).leader_account == "zhang"
    city.do("office", place_person, "zhang2", PersonPlaced("张副市长", "yc", ("leader",)))
    assert (judges(city, "zhang"), judges(city, "zhang2")) == (True, False)
    table(city, note="又写了一句")
    assert item(city).leader_account == "zhang"  # the table knows no accounts, and takes none away
    table(city, leader="孙副市长")
    assert item(city).leader_account == "leader"
    table(city, leader="张副市长")
    assert item(city).leader_account == ""  # of two, nobody
    assert not judges(city, "zhang")


def test_a_successor_of_the_same_name_does_not_inherit(city):
    city.do("office", close_person, "leader", reason="调离")
    city.do("office", place_person, "sun2", NAMESAKE)
    assert not judges(city, "sun2")
    assert not judges(city, "leader")
    assert [p.username for p in leaders_now(city.book)] == ["sun2"]
    assert city.refusal("clerk", choose_leader, [KEY], "leader") == "leader.unknown"


@pytest.mark.parametrize("account", ["nobody", "wang", "孙副市长"])
def test_only_a_leader_s_account_is_chosen(city, account):
    assert city.refusal("clerk", choose_leader, [KEY], account) == "leader.unknown"
    city.do("clerk", choose_leader, [KEY], "")
    assert (item(city).leader, leader_of(city.book, item(city))) == ("", "")


def test_who_is_renamed_or_no_leader_any_more_leaves_the_name(city):
    city.do("office", place_person, "sun2", NAMESAKE)
    city.do("office", place_person, "sun2", PersonPlaced("孙副市长", "yc", ("auditor",)))
    assert judges(city, "leader")
    city.do("office", place_person, "leader", PersonPlaced("孙常务", "yc", ("leader",)))
    assert leader_of(city.book, item(city)) == ""


def test_a_person_who_bears_the_name_without_the_role_changes_nothing(city):
    city.do("office", place_person, "sun3", PersonPlaced("孙副市长", "yc", ("office",)))
    assert judges(city, "leader")
    assert unclear(city.book) == {}


def test_notices_come_to_the_account(city):
    city.do("office", place_person, "sun2", NAMESAKE)
    assert desks_of(actor_of(city.book, "leader")) != desks_of(actor_of(city.book, "sun2"))
