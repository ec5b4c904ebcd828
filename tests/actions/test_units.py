"""Units as a tree: entered, read in as a list, closed without leaving an orphan."""

import msgspec
import pytest

from duban.actions.context import perform
from duban.actions.units import close_unit, enter_unit, import_units
from duban.core.problem import Refused
from duban.ledger import BookKeeper, open_store
from duban.ledger.year.units import UnitEntered, above, unit_named
from tests.actions.city import KEY, OUTSIDERS, TODAY, UNITS
from tests.files.conftest import NOW


def test_a_list_enters_parents_in_any_order(city):
    twin = city.book.copy()
    twin.units.clear()
    writes = import_units(twin, "office", list(reversed(UNITS)))
    assert {account for account, _ in writes} == {f"unit/{code}" for code, _ in UNITS}
    assert writes[0][0] == "unit/yc"


def test_the_same_list_again_adds_nothing(city):
    assert city.do("office", import_units, UNITS) == []


def test_a_list_with_faults_enters_nothing_and_names_them_all(city):
    bad = [
        ("X!", UnitEntered("甲局")),
        ("b", UnitEntered("乙局", parent="gone")),
        ("c", UnitEntered("市财政局")),
    ]
    with pytest.raises(Refused) as refused:
        import_units(city.book, "office", bad)
    assert {p.code for p in refused.value.problems} == {
        "unit.code_wrong", "unit.parent_unknown", "unit.name_taken",
    }  # fmt: skip


def test_a_unit_is_found_by_name_alias_or_code_and_knows_who_is_above(city):
    assert {unit_named(city.book, t).code for t in ("zhujian", "市住建局", "市住房和城乡建设局")} == {
        "zhujian"
    }
    assert unit_named(city.book, "没有的局") is None
    assert above(city.book, "dongqu-jiaoyu") == ("dongqu-jiaoyu", "dongqu", "yc")


def test_a_circle_is_refused(city):
    circle = UnitEntered("云川市人民政府", "government", parent="dongqu")
    assert city.refusal("office", enter_unit, "yc", circle) == "unit.parent_circle"


@pytest.mark.parametrize("who", OUTSIDERS)
def test_only_the_office_enters_units(city, who):
    assert city.refusal(who, enter_unit, "new", UnitEntered("新局", parent="yc")).startswith("rights.")


def test_a_district_manager_mends_contacts_of_its_own_branch_only(city):
    mended = UnitEntered("东区教育局", parent="dongqu", phone="0100-7")
    city.do("zheng", enter_unit, "dongqu-jiaoyu", mended)
    assert city.book.units["dongqu-jiaoyu"].unit.phone == "0100-7"
    renamed = UnitEntered("东区教体局", parent="dongqu")
    assert city.refusal("zheng", enter_unit, "dongqu-jiaoyu", renamed) == "rights.field"
    other = UnitEntered("市教育局", parent="yc", phone="1")
    assert city.refusal("zheng", enter_unit, "jiaoyu", other) == "rights.relation"


def test_a_unit_that_leads_is_closed_only_with_a_successor_who_takes_its_items_over(city):
    closing = {"reason": "机构改革", "today": TODAY}
    assert city.refusal("office", close_unit, "zhujian", **closing) == "unit.successor_needed"
    city.do("office", close_unit, "zhujian", successor="jiaoyu", **closing)
    assert city.book.items[KEY].item.lead == "市教育局"
    assert city.task.assignment.opened.body.lead == "市教育局"
    assert city.book.units["zhujian"].closed.reason == "机构改革"
    assert city.refusal("office", close_unit, "zhujian", **closing) == "unit.unknown"


def test_units_are_kept_in_the_ledger(tmp_path):
    store = open_store(tmp_path / "book", create=True)
    keeper = BookKeeper(store)
    done = {"actor": "office", "at": NOW, "on": TODAY}
    assert len(perform(keeper, lambda book: import_units(book, "office", UNITS), **done)) == len(UNITS)
    assert perform(keeper, lambda book: import_units(book, "office", UNITS), **done) == []
    assert keeper.book().units.keys() == dict(UNITS).keys()
    assert store.verify().ok


def test_a_manager_does_not_open_a_closed_unit_again(city):
    city.do("office", close_unit, "dongqu-jiaoyu", reason="撤并", today=TODAY)
    mended = UnitEntered("东区教育局", parent="dongqu", phone="0100-7")
    assert city.refusal("zheng", enter_unit, "dongqu-jiaoyu", mended) == "rights.field"
    city.do("office", enter_unit, "dongqu-jiaoyu", mended)
    assert city.book.units["dongqu-jiaoyu"].closed is None


def test_each_field_of_a_unit_by_itself(city):
    known = city.book.units["dongqu-jiaoyu"].unit
    news = {"name": "东区教体局", "kind": "other", "parent": "yc", "aliases": ("东教",), "contact": "周", "phone": "1",
            "duties": ("学校",)}  # fmt: skip
    assert set(news) == set(UnitEntered.__struct_fields__)
    for field, value in news.items():
        changed = msgspec.structs.replace(known, **{field: value})
        free = field in ("aliases", "contact", "phone", "duties")
        assert city.refusal("zheng", enter_unit, "dongqu-jiaoyu", changed) == (
            "" if free else "rights.field"
        ), field
        assert city.refusal("office", enter_unit, "dongqu-jiaoyu", changed) == "", field
