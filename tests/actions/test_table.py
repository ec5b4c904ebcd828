"""The changes of a table enter the ledger together or not at all."""

import pytest

from duban.actions import apply_table, table_problems
from duban.actions.table import apply_items
from duban.core.problem import Refused
from duban.ledger import BookKeeper
from duban.ledger.bodies import TABLED
from duban.ledger.items import ItemChange
from duban.words import say
from tests.actions.city import KEY, OUTSIDERS, TODAY
from tests.files.conftest import NOW, SMALL, opened

OWNER, OTHER = "A1.1-01", "A2.1-01"


@pytest.fixture
def store(tmp_path):
    from duban.read import read_text

    return opened(read_text(SMALL), tmp_path / "book")


def book_of(store):
    return BookKeeper(store).book()


def write(store, *changes):
    return apply_table(store, book_of(store), changes, actor="office", at=NOW, on=NOW.date())


def heads(store, owner=OWNER):
    return {item.n: item.item.head for item in book_of(store).commitments[owner].items}


def test_new_items_take_the_next_numbers_and_those_of_removed_ones_are_not_used_again(store):
    write(store, ItemChange("add", OWNER, head="甲"), ItemChange("add", OWNER, head="乙"))
    assert heads(store) == {1: "甲", 2: "乙"}
    write(store, ItemChange("remove", OWNER, 2, note="并入甲"), ItemChange("add", OWNER, head="丙"))
    assert heads(store) == {1: "甲", 3: "丙"}
    (added, removed) = book_of(store).timeline(f"item/{OWNER}/2")
    assert (added.body.head, removed.body.reason) == ("乙", "并入甲")


def test_a_change_writes_the_whole_item_and_the_same_again_writes_nothing(store):
    write(store, ItemChange("add", OWNER, head="甲", lead="市水务局", person="张三", quarters=("", "过半")))
    change = ItemChange("change", OWNER, 1, head="甲", lead="市林草局", person="张三", quarters=("", "过半"))
    assert len(write(store, change)) == 1
    item = book_of(store).commitments[OWNER].items[0].item
    assert (item.lead, item.person, item.quarters) == ("市林草局", "张三", ("", "过半"))
    assert write(store, change) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (ItemChange("paint", OWNER, head="甲"), "table.change_unknown"),
        (ItemChange("add", "A9.9-99", head="甲"), "table.commitment_unknown"),
        (ItemChange("change", OWNER, 7, head="甲"), "table.item_unknown"),
        (ItemChange("remove", OWNER, 7), "table.item_unknown"),
        (ItemChange("add", OWNER, head=" \u200b"), "table.head_missing"),
        (ItemChange("add", OWNER, head="甲", due="2024-02-30"), "table.due_wrong"),
        (ItemChange("add", OWNER, head="甲", due=""), "table.due_wrong"),
        (ItemChange("add", OWNER, head="甲", lead="a\x00b"), "table.unit_wrong"),
        (ItemChange("add", OWNER, head="甲", partners=("乙", "长" * 300)), "table.unit_wrong"),
    ],
)
def test_one_wrong_wish_keeps_all_from_being_written(store, change, code):
    from dataclasses import replace

    head, change = store.head(), replace(change, place="表.xlsx 任务分解表!C7")
    with pytest.raises(Refused) as refused:
        write(store, ItemChange("add", OTHER, head="对的"), change)
    (problem,) = refused.value.problems
    assert (problem.code, problem.place) == (code, change.place)
    assert all(say(problem, locale).startswith(change.place) for locale in ("zh", "en"))
    assert store.head() == head


def test_one_item_changed_twice_is_refused(store):
    write(store, ItemChange("add", OWNER, head="甲"))
    twice = [ItemChange("change", OWNER, 1, head="乙"), ItemChange("remove", OWNER, 1)]
    assert [p.code for p in table_problems(book_of(store), twice)] == ["table.item_twice"]


def test_who_comes_second_with_an_old_book_is_refused(store):
    book = book_of(store)
    write(store, ItemChange("add", OWNER, head="甲"))
    with pytest.raises(Refused) as refused:
        apply_table(store, book, [ItemChange("add", OWNER, head="乙")], actor="office", at=NOW, on=NOW.date())
    assert refused.value.problems[0].code == "ledger.moved"
    assert heads(store) == {1: "甲"}


def test_many_changes_are_one_chain_that_verifies(store):
    entries = write(store, *(ItemChange("add", OWNER, head=f"第{n}项") for n in range(200)))
    assert [e.seq for e in entries] == list(range(entries[0].seq, entries[0].seq + 200))
    assert store.verify().ok


LEAD_OWN = {"person": "刘敏", "quarters": ("完成选址",), "note": "已选址", "evidence": "验收表"}
OFFICES = {"head": "新建公园", "lead": "市财政局", "partners": ("市教育局",), "leader": "别人", "due": "2024-11-30", "source": "统计",
           "cadence": "季报", "checker": "市财政局"}  # fmt: skip


def test_each_field_of_an_item_by_itself(city):
    known = city.book.items[KEY].item
    for field, value in {**LEAD_OWN, **OFFICES}.items():
        kept = set(TABLED) - {"commitment"}
        now = {name: known[name] for name in kept} | {field: value}
        change = ItemChange("change", "A1.1-01", 1, **now)
        own = field in LEAD_OWN
        assert city.refusal("wang", apply_items, [change], today=TODAY) == ("" if own else "rights.field"), (
            field
        )
        assert city.refusal("office", apply_items, [change], today=TODAY) == "", field
        for who in OUTSIDERS:
            assert city.refusal(who, apply_items, [change], today=TODAY).startswith("rights."), (field, who)


def test_adding_and_removing_items_is_the_office_s(city):
    for change in (ItemChange("add", "A1.1-01", head="又一项"), ItemChange("remove", "A1.1-01", 1, note="x")):
        for who in ("wang", "li", *OUTSIDERS):
            assert city.refusal(who, apply_items, [change], today=TODAY).startswith("rights."), who
