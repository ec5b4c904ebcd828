"""The hotline: whose a case is is suggested with a reason, deadlines count workdays, what repeats is one case."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.actions.context import actor_of
from duban.actions.records import Told, put_record
from duban.actions.seen import seen
from duban.core.problem import Refused
from duban.engines.interval import wilson
from duban.packs.hotline import PACK, rules
from duban.packs.hotline.register import due_done, until_returned
from duban.registers.page import Bars, Grid, Numbers
from duban.registers.thresholds import Threshold, Thresholds
from tests.packs.office import Office

CASE = {"received_on": "2024-09-30", "channel": "电话", "kind": "投诉", "district": "东山区"}


@pytest.fixture
def office():
    one = Office(PACK, date(2024, 9, 30))
    one.people(water="市水务局", housing="市住房城乡建设局")
    one.put("cases", number="1", what="红旗小区3号楼暖气不热，室温只有十五度", **CASE)
    return one


def _refusal(call):
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.problems[0].code


def _suggested(office, number="1"):
    row = next(row for row in office.rows("cases") if row["id"] == number)
    return {one.field: one for one in rules.suggest(office.desk(), "cases", row)}


def test_a_unit_is_suggested_with_the_words_that_say_so(office):
    found = _suggested(office)
    assert (found["theme"].value, found["unit"].value) == ("供热", "市住房城乡建设局")
    assert "“暖气”" in found["unit"].why_zh
    office.put("cases", number="2", what="问一下几点上班", **CASE)
    assert _suggested(office, "2") == {}


def test_words_of_two_themes_lower_the_certainty():
    alone, both = rules.about("暖气不热"), rules.about("暖气不热，小区停车也乱")
    assert (alone[0].zh, alone[1]) == ("供热", 1)
    assert both[0].zh == "供热"
    assert both[1] < 1


def test_nothing_is_assigned_without_a_person_until_the_city_says_so(office, monkeypatch):
    assert _refusal(lambda: office.act("dispatch")) == "act.nothing"
    own = Threshold("sure", date(2024, 1, 1), "0.9", "本市规定")
    monkeypatch.setattr(
        rules, "THRESHOLDS", Thresholds((*(t for t in rules.THRESHOLDS.every if t.name != "sure"), own))
    )
    office.put("cases", number="2", what="暖气不热，小区停车也乱", **CASE)
    office.act("dispatch")
    assert {row["id"]: row["stage"] for row in office.rows("cases")} == {"1": "assigned", "2": "received"}


def test_deadlines_are_workdays_by_kind():
    assert due_done({"kind": "consult"}, date(2024, 9, 30)) == date(2024, 10, 8)  # the holiday is not counted
    assert due_done({"kind": "complaint"}, date(2024, 9, 30)) == date(2024, 10, 18)
    assert until_returned({}, date(2024, 9, 30)) == date(2024, 10, 8)


def test_a_return_in_time_and_none_after(office):
    office.put("cases", number="1", unit="市水务局")
    office.move("cases", "1", "assigned")
    office.day = date(2024, 10, 9)
    assert _refusal(lambda: office.move("cases", "1", "returned", "water")) == "record.too_late"
    assert (
        _refusal(lambda: office.move("cases", "1", "returned", "housing", date(2024, 10, 8)))
        == "rights.relation"
    )
    late = lambda: office.move("cases", "1", "returned", "water", date(2024, 10, 8))  # noqa: E731
    assert _refusal(late) == "record.too_late", "a day before does not make it in time"
    office.day = date(2024, 10, 8)
    office.move("cases", "1", "returned", "water")


def test_like_cases_are_shown_and_joined_ones_count_once(office):
    office.put("cases", number="2", what="红旗小区3号楼的暖气不热", **CASE)
    office.put("cases", number="3", what="红旗小区3号楼的暖气不热", **{**CASE, "district": "西河区"})
    assert _suggested(office, "2")["same_as"].value == "1"
    assert "same_as" not in _suggested(office, "3")
    office.act("merge", case="2", with_case="1")
    assert office.figure("cases", "2024-M09") == 2
    assert _refusal(lambda: office.act("merge", case="3", with_case="2")) == "hotline.joined_already"
    assert _refusal(lambda: office.act("merge", case="3", with_case="3")) == "record.in_a_circle"
    assert _refusal(lambda: office.act("merge", case="9", with_case="1")) == "hotline.no_case"


def test_redone_is_counted_on_the_case_and_not_by_the_unit(office):
    office.put("cases", number="1", unit="市水务局", reply="已处理")
    office.move("cases", "1", "assigned")
    for _ in range(3):
        office.move("cases", "1", "done", "water")
        office.act("again", case="1", why="没有解决")
    assert office.rows("cases")[0]["redone"] == 3
    assert rules.is_problem(office.rows("cases")[0], office.day)
    assert _refusal(lambda: office.put("cases", "water", number="1", redone="0")) == "record.no_such_field"
    assert _refusal(lambda: office.act("again", "water", case="1", why="x")).startswith("rights.")


def test_a_return_is_counted_wherever_the_case_is_moved(office):
    """By the unit's own hand, by the act, and by a row of a file; the same row again counts nothing."""
    office.put("cases", number="1", unit="市水务局")
    bounced = lambda: office.rows("cases")[0]["bounced"]  # noqa: E731
    office.move("cases", "1", "assigned")
    office.move("cases", "1", "returned", "water")
    assert bounced() == 1
    office.move("cases", "1", "assigned")
    office.act("send_back", case="1", why="派错")
    assert bounced() == 2
    office.move("cases", "1", "assigned")
    office.day = date(2024, 10, 8)
    row = Told({"number": "1"}, "x!2", stages={"returned": "2024-10-08"}, source="x 2行")
    for _ in range(2):
        office.write(put_record(office.book, "office", PACK.registered["cases"], row, office.day))
        assert bounced() == 3
    assert rules.is_problem(office.rows("cases")[0], office.day)
    assert _refusal(lambda: office.put("cases", number="1", bounced="0")) == "record.no_such_field"


def test_redone_by_hand_counts_too(office):
    office.put("cases", number="1", unit="市水务局", reply="已处理")
    office.move("cases", "1", "assigned")
    office.move("cases", "1", "done", "water")
    office.move("cases", "1", "redo")
    assert office.rows("cases")[0]["redone"] == 1


def test_callers_stay_with_the_unit_and_the_office(office):
    office.put("cases", number="1", unit="市水务局", caller="张三", phone="130")
    register = PACK.registered["cases"]
    shown = lambda who, published=True: {  # noqa: E731
        field.name
        for one in seen(
            office.book,
            actor_of(office.book, who),
            register,
            office.book.registers.of("cases"),
            published=published,
        )
        for field in one.fields
    }
    assert {"caller", "phone", "what"} <= shown("water") & shown("office")
    assert not {"caller", "phone", "what"} & (shown("housing") | shown(""))
    assert "district" in shown("")
    assert shown("", published=False) == set()


def test_the_same_place_is_a_hot_spot_for_those_who_see_places(office):
    for number in range(2, 7):
        office.put("cases", number=str(number), place="红旗小区3号楼", **CASE)
    spots = lambda desk: [b for b in PACK.page(desk) if getattr(b, "title", "") == "本月同一地点"]  # noqa: E731
    (spot,) = spots(office.desk())
    assert [(bar.label, bar.value) for bar in spot.every] == [("东山区 · 红旗小区3号楼", 5)]
    public = [{**row, "place": None} for row in office.rows("cases")]
    seen = office.desk()
    blind = type(seen)(PACK, seen.day, seen.engines, lambda name: public if name == "cases" else [])
    assert spots(blind) == []


def test_what_repeats_becomes_a_topic(office):
    for number in range(2, 7):
        office.put("cases", number=str(number), theme="供热", **CASE)
    office.act("raise_topics")
    (topic,) = office.rows("topics")
    assert (topic["district"], topic["theme"], topic["cases"], topic["unit"]) == (
        "东山区",
        "供热",
        5,
        "市住房城乡建设局",
    )
    assert _refusal(lambda: office.act("raise_topics")) == "act.nothing"


@given(part=st.integers(0, 60), more=st.integers(0, 60))
def test_wilson_holds_the_share_and_narrows(part, more):
    whole = part + more
    bounds = wilson(part, whole)
    if whole == 0:
        assert bounds is None
        return
    low, high = bounds
    assert 0 <= low <= Decimal(part) / whole <= high <= 1
    wider = wilson(part * 4, whole * 4)
    assert wider[1] - wider[0] < high - low


def test_wilson_as_published():
    """Newcombe 1998, Statistics in Medicine 17, table I: 81 of 263 gives 0.2553 to 0.3662."""
    assert [round(bound, 4) for bound in wilson(81, 263)] == [Decimal("0.2553"), Decimal("0.3662")]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_says_what_the_rates_rest_on(office, language):
    office.put("cases", number="1", unit="市水务局", reply="已处理", contacted_on="2024-10-08", theme="供热")
    office.move("cases", "1", "assigned")
    blocks = list(PACK.page(office.desk(language)))
    (numbers,) = (block for block in blocks if isinstance(block, Numbers))
    rate = next(one for one in numbers.every if one.indicator == "hotline.response")
    assert (rate.value, rate.note) == (100, "n=1，21–100%")
    assert sum(isinstance(block, Grid | Bars) for block in blocks) == 4


def test_a_unit_without_a_counted_case_has_a_plain_nought(office):
    office.put("cases", number="1", unit="市水务局", theme="供热")
    office.put(
        "cases", number="2", unit="市水务局", what="x", same_as="1", **{**CASE, "received_on": "2024-09-30"}
    )
    units = next(
        block for block in PACK.page(office.desk()) if isinstance(block, Grid) and block.title == "各单位本月"
    )
    assert [cell.text for cell in units.rows[0]][1] == "1"
    office.day = date(2024, 11, 1)
    units = next(
        block for block in PACK.page(office.desk()) if isinstance(block, Grid) and block.title == "各单位本月"
    )
    assert [cell.text for cell in units.rows[0]][1] == "0"
