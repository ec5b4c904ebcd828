"""Random inspection: the draw can be repeated by anyone, by hand too, and no step can be taken out of turn."""

import hashlib
import json
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.actions.records import move_record
from duban.core.problem import Refused
from duban.engines.lots import (
    Inspector,
    Object,
    certificate,
    draw_lots,
    list_hash,
    seed_of,
    verify_certificate,
)
from duban.packs.inspection import PACK
from duban.packs.inspection.page import page
from duban.packs.inspection.rules import bare, drawn, due_published
from duban.registers.page import Grid
from tests.packs.office import Office

TODAY = date(2024, 3, 4)
OBJECTS = [Object(f"o{n}", "ABCD"[n % 4], "fire" if n % 3 else "food") for n in range(40)]
INSPECTORS = [
    Inspector("i1", ("fire",)),
    Inspector("i2"),
    Inspector("i3", (), ("o4",)),
    Inspector("i4", ("food", "fire")),
]
SHARES = {"A": Decimal("0.1"), "B": Decimal("0.3"), "C": Decimal("0.5"), "D": Decimal(1)}


def test_the_draw_is_what_anyone_works_out_by_hand():
    lots = draw_lots(OBJECTS, INSPECTORS, SHARES, "seed")
    lot = lambda id: hashlib.sha256(f"seed\n{id}".encode()).hexdigest()  # noqa: E731
    for rank, count in {"A": 1, "B": 3, "C": 5, "D": 10}.items():
        ids = sorted((o.id for o in OBJECTS if o.rank == rank), key=lot)
        assert lots.drawn[rank] == tuple(ids[:count])


@given(
    seed=st.text(min_size=1, max_size=8),
    shares=st.fixed_dictionaries({r: st.decimals(0, 1, places=2) for r in "ABCD"}),
)
def test_pairs_are_able_unbiased_and_evenly_loaded(seed, shares):
    lots = draw_lots(OBJECTS, INSPECTORS, shares, seed)
    known, able = {o.id: o for o in OBJECTS}, {i.id: i for i in INSPECTORS}
    assert set(lots.pairs) == {id for ids in lots.drawn.values() for id in ids}
    for id, pair in lots.pairs.items():
        assert len(set(pair)) == 2
        assert all(able[one].may(known[id]) for one in pair)
    assert lots.short == ()


def test_order_of_the_lists_does_not_matter():
    again = draw_lots(OBJECTS[::-1], INSPECTORS[::-1], dict(reversed(SHARES.items())), "s")
    first = draw_lots(OBJECTS, INSPECTORS, SHARES, "s")
    assert (dict(first.drawn), dict(first.pairs)) == (dict(again.drawn), dict(again.pairs))
    assert list_hash(OBJECTS, INSPECTORS, SHARES) == list_hash(OBJECTS[::-1], INSPECTORS[::-1], SHARES)


def test_too_few_inspectors_are_told():
    lots = draw_lots([Object("o4", "D")], INSPECTORS[2:3], {"D": Decimal(1)}, "s")
    assert lots.short == ("o4",)


def _certificate():
    frozen = list_hash(OBJECTS, INSPECTORS, SHARES)
    lots = draw_lots(OBJECTS, INSPECTORS, SHARES, seed_of("3721", frozen))
    return json.loads(json.dumps(certificate(OBJECTS, INSPECTORS, SHARES, "3721", lots)))


def test_a_certificate_holds_and_every_change_to_it_shows():
    assert verify_certificate(_certificate(), "c.json") == []
    changes = {
        "nonce": ("0000", "drawn"), "list_hash": ("0" * 64, "list_hash"), "shares": ({**_certificate()["shares"], "D": "0.5"}, "list_hash"),
        "method": ("dice", "method_unknown"), "objects": (_certificate()["objects"][1:], "list_hash"), "pairs": ({}, "pairs"),
    }  # fmt: skip
    for field, (value, fault) in changes.items():
        codes = [p.code for p in verify_certificate({**_certificate(), field: value}, "c.json")]
        assert any(fault in code for code in codes), field


@pytest.mark.parametrize(
    "told", [{}, {"method": 1}, {**_certificate(), "objects": 5}, {**_certificate(), "shares": {"A": "x"}}]
)
def test_what_is_no_certificate_is_said_to_be_none(told):
    assert [p.code for p in verify_certificate(told, "c.json")] in (
        ["draw.certificate_wrong"],
        ["draw.method_unknown"],
    )


def test_results_are_published_within_workdays():
    assert due_published({}, date(2024, 9, 27)) == date(
        2024, 10, 30
    )  # 29 Sept and 12 Oct are worked, 1–7 Oct not


@pytest.fixture
def office():
    one = Office(PACK, TODAY)
    for n in range(8):
        one.put("objects", code=f"9115{n}", name=f"企业{n}", rank="ABCD"[n % 4])
    for n in range(3):
        one.put("inspectors", number=f"Z{n}", name=f"人员{n}")
    one.put("recusals", inspector="Z0", object="91157")
    one.put("plans", number="1", name="年报抽查", start="2024-03-01", end="2024-04-30", share_d="100")
    one.put("plans", number="2", name="联合抽查", start="2024-04-01", end="2024-05-31", share_d="100")
    return one


def _refusal(call):
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.problems[0].code


def _freeze(office, plan):
    """Freeze, and wait for the day after, on which the number that was named is published."""
    on = office.day + timedelta(1)
    office.act("freeze", plan=plan, source="次日开奖号码", source_on=on)
    office.day = on


def test_who_enters_the_number_chooses_nothing(office):
    """It is named before, published after, and one number however it is written."""
    name = lambda **more: office.act("freeze", plan="1", **more)  # noqa: E731
    assert _refusal(name) == "inspection.not_announced"
    assert _refusal(lambda: name(source="今天的指数", source_on=office.day)) == "inspection.not_announced"
    name(source="次日开奖号码", source_on=date(2024, 3, 5))
    assert _refusal(lambda: office.act("draw", plan="1", nonce="3721")) == "inspection.too_early"
    office.day = date(2024, 3, 5)
    assert _refusal(lambda: office.act("draw", plan="1", nonce=" -- ")) == "inspection.no_number"
    office.act("draw", plan="1", nonce=" ３ 7-2，1 ")
    assert office.rows("plans")[0]["nonce"] == bare("3721") == "3721"


def test_from_plan_to_visits(office):
    assert _refusal(lambda: office.act("draw", plan="1", nonce="3721")) == "inspection.plan_not_at"
    _freeze(office, "1")
    office.act("draw", plan="1", nonce="3721")
    found = office.desk().rows("inspections")
    assert Counter(row["rank"] for row in found) == {"A": 1, "B": 1, "C": 1, "D": 2}
    assert not any(row["object"] == "91157" and "Z0" in str(row["inspectors"]) for row in found)
    _freeze(office, "2")
    office.act("draw", plan="2", nonce="1")
    visits = {row["object"]: row["visit"] for row in office.desk().rows("inspections") if row["plan"] == "2"}
    assert all(visits[row["object"]] == row["visit"] for row in found if row["object"] in visits)
    assert _refusal(lambda: office.act("draw", plan="1", nonce="9")) == "inspection.plan_not_at"


def test_what_was_drawn_holds_as_a_certificate(office):
    _freeze(office, "1")
    plan = next(row for row in office.desk().rows("plans") if row["id"] == "1")
    _, told, _ = drawn(office.desk(), plan, "3721")
    assert verify_certificate(json.loads(json.dumps(told)), "c.json") == []


def test_lists_that_changed_after_the_freezing_draw_nothing(office):
    _freeze(office, "1")
    office.put("objects", code="99999", name="后来的", rank="D")
    before = office.book.seq
    assert _refusal(lambda: office.act("draw", plan="1", nonce="3721")) == "inspection.lists_changed"
    assert office.book.seq == before
    _freeze(office, "1")
    office.act("draw", plan="1", nonce="3722")
    assert [move.day for move in office.book.registers["plans"]["1"].moves if move.stage == "frozen"] == [
        "2024-03-04",
        "2024-03-05",
    ]
    assert _refusal(lambda: office.act("freeze", plan="1")) == "inspection.plan_not_at"


def test_only_the_office_draws(office):
    assert _refusal(lambda: office.act("freeze", "somebody", plan="1")).startswith("rights.")
    assert _refusal(lambda: office.act("freeze", "", plan="1")).startswith("rights.")


def test_a_result_needs_its_fields(office):
    _freeze(office, "1")
    office.act("draw", plan="1", nonce="3721")
    id = str(office.desk().rows("inspections")[0]["id"])
    move = lambda: move_record(  # noqa: E731
        office.book, "office", PACK.registered["inspections"], id, "inspected", office.day, today=office.day
    )
    assert _refusal(move) == "record.stage_needs"


def test_who_does_not_see_the_library_is_shown_no_noughts_for_it(office):
    titles = lambda desk: [block.title for block in page(desk) if isinstance(block, Grid)]  # noqa: E731
    assert "分级分类" in titles(office.desk())
    assert "分级分类" not in titles(Office(PACK, TODAY).desk())
