"""Records through the actions: what is refused, by whom, and what the ledger then says."""

from dataclasses import replace
from datetime import date

import pytest

from duban.actions.records import (
    Told,
    move_record,
    put_record,
    put_records,
    record_thing,
    remove_record,
    weigh_records,
)
from duban.core.problem import Refused
from duban.ledger import Entry
from duban.ledger.book import Book
from duban.ledger.year.filings import Evidence
from duban.ledger.year.people import PersonPlaced
from duban.ledger.year.units import UnitEntered
from duban.packs.motions.register import MOTIONS
from duban.registers.expression import Column, F
from duban.registers.field import reference, text
from duban.registers.pack import Pack
from duban.registers.record import row, standing
from duban.registers.register import Check, Register

TODAY = date(2024, 6, 1)
GIVEN = {
    "number": "12",
    "kind": "代表建议",
    "subject": "修路",
    "received_on": "2024年1月20日",
    "unit": "市教育局",
}


def _applied(book, writes, actor="office", on="2024-06-01"):
    for account, body in writes:
        book.apply(Entry(book.seq + 1, "2024-06-01T00:00:00.000Z", on, actor, body.KIND, account, body, ""))
    return book


@pytest.fixture
def book():
    book = Book()
    for code, name in (("edu", "市教育局"), ("tax", "市税务局")):
        _applied(book, [(f"unit/{code}", UnitEntered(name=name))])
    for username, unit in (("teacher", "edu"), ("taxman", "tax")):
        _applied(book, [(f"person/{username}", PersonPlaced(name=username, unit=unit, roles=("reporter",)))])
    return book


def _put(book, username="office", **values):
    told = Told({**GIVEN, "kind": "人大代表建议", **values}, "sheet!2")
    return put_record(book, username, MOTIONS, told, TODAY)


def _codes(call):
    with pytest.raises(Refused) as refusal:
        call()
    return [(p.code, p.place) for p in refusal.value.problems]


def test_a_record_is_made_once_and_changed_after(book):
    _applied(book, _put(book))
    assert _put(book) == []
    _applied(book, _put(book, theme="教育"))
    state = book.registers["motions"]["12"]
    assert state.values["theme"] == "教育"
    assert (state.stage, len(state.moves)) == ("received", 1)
    assert row(MOTIONS, state)["received_on"] == date(2024, 1, 20)


def test_all_faults_are_told_at_their_places(book):
    told = Told(
        {**GIVEN, "received_on": "2024-02-30"}, "sheet!2", {"received_on": "sheet!D2", "kind": "sheet!B2"}
    )
    assert _codes(lambda: put_record(book, "office", MOTIONS, told, TODAY)) == [
        ("record.unknown_code", "sheet!B2"), ("record.no_such_day", "sheet!D2"),
    ]  # fmt: skip
    assert (
        _codes(lambda: put_record(book, "office", MOTIONS, Told({"number": "1"}, "x"), TODAY))[0][0]
        == "record.missing"
    )
    assert _codes(lambda: _put(book, partners="市教育局")) == [("record.check", "sheet!2")]


def test_no_stage_is_skipped_and_none_goes_without_proof(book):
    _applied(book, _put(book))
    move = lambda stage, day=TODAY, **more: move_record(  # noqa: E731
        book, "office", MOTIONS, "12", stage, day, today=TODAY, **more
    )
    assert _codes(lambda: move("answered"))[0][0] == "record.skipped"
    assert _codes(lambda: move("assigned", date(2024, 6, 2)))[0][0] == "record.day_ahead"
    assert _codes(lambda: move("assigned", date(2023, 6, 2)))[0][0] == "record.day_before"
    _applied(book, move("assigned"))
    assert _codes(lambda: move("answered"))[0][0] == "record.stage_needs"
    _applied(book, _put(book, result="A类"))
    assert _codes(lambda: move("answered"))[0][0] == "record.no_proof"
    _applied(book, move("answered", evidence=(Evidence("document", "答复函1号"),)))
    assert book.registers["motions"]["12"].stage == "answered"


def test_deadline_follows_from_the_stage(book):
    _applied(book, _put(book))
    _applied(book, move_record(book, "office", MOTIONS, "12", "assigned", TODAY, today=TODAY))
    found = standing(MOTIONS, book.registers["motions"]["12"], date(2024, 9, 3))
    assert (found.due, found.late) == (date(2024, 9, 1), 2)


def test_rights_by_unit_and_by_field(book):
    _applied(book, _put(book))
    assert _put(book, "teacher", theme="教育")
    assert _codes(lambda: _put(book, "taxman", theme="教育")) == [("rights.relation", "record/motions/12")]
    assert _codes(lambda: _put(book, "teacher", satisfaction="满意"))[0][0] == "rights.field"
    assert _codes(lambda: _put(book, "teacher", unit="市税务局"))[0][0] == "rights.field"
    assert _codes(lambda: _put(book, "", theme="教育"))[0][0].startswith("rights.")
    assert _codes(lambda: remove_record(book, "teacher", MOTIONS, "12", reason="x"))[0][0] == "rights.role"
    with pytest.raises(Refused):
        move_record(book, "teacher", MOTIONS, "12", "assigned", TODAY, today=TODAY)


def test_a_file_is_taken_whole_or_not_at_all(book):
    rows = [Told({**GIVEN, "kind": "提案", "number": str(n)}, f"sheet!{n}") for n in (1, 2, 1)]
    assert _codes(lambda: put_records(book, "office", MOTIONS, rows, TODAY)) == [("record.twice", "sheet!1")]
    assert len(put_records(book, "office", MOTIONS, rows[:2], TODAY)) == 2


def test_stage_days_of_a_file_keep_the_order_and_the_rights(book):
    stages = {"received": "2024-01-20", "assigned": "2024-02-01"}
    told = Told({**GIVEN, "kind": "提案", "number": "7"}, "sheet!2", stages=stages, source="交办表")
    assert _codes(lambda: put_record(book, "teacher", MOTIONS, told, TODAY))[0][0] == "rights.field"
    _applied(book, put_record(book, "office", MOTIONS, told, TODAY))
    state = book.registers["motions"]["7"]
    assert [(m.stage, m.day) for m in state.moves] == list(stages.items())


def test_stage_days_of_a_file_follow_each_other_and_lie_in_the_past(book):
    def put(**stages):
        told = Told(
            {**GIVEN, "kind": "提案"}, "s!2", {"at_assigned": "s!F2"}, stages=stages, source="交办表 2行"
        )
        return lambda: put_record(book, "office", MOTIONS, told, TODAY)

    assert _codes(put(received="2024-03-01", assigned="2024-02-01")) == [("record.day_before", "s!F2")]
    assert _codes(put(received="2024-03-01", assigned="2024-06-02")) == [("record.day_ahead", "s!F2")]
    assert _codes(put(received="2024-06-02")) == [("record.day_ahead", "s!2")]
    _applied(book, put(assigned="2024-02-01")())
    assert [m.day for m in book.registers["motions"]["12"].moves] == ["2024-01-20", "2024-02-01"]


def test_a_file_with_a_column_for_the_proof_must_fill_it(book):
    stages = {"received": "2024-01-20", "assigned": "2024-02-01", "answered": "2024-03-01"}

    def put(**proofs):
        told = Told(
            {**GIVEN, "kind": "提案", "result": "A"}, "s!2", stages=stages, source="表 2行", proofs=proofs
        )
        return lambda: put_record(book, "office", MOTIONS, told, TODAY)

    assert _codes(put(answered="")) == [("record.no_proof", "s!2")]
    _applied(book, put(answered="函〔2024〕3号")())
    assert [e.reference for e in book.registers["motions"]["12"].moves[-1].evidence] == ["函〔2024〕3号"]


def test_rows_are_weighed_without_those_refused(book):
    rows = [
        Told({**GIVEN, "kind": kind, "number": str(n)}, f"s!{n}")
        for n, kind in ((1, "提案"), (2, "?"), (1, "提案"))
    ]
    found = weigh_records(book, "office", MOTIONS, rows, TODAY)
    assert (found.rows, found.refused, found.same, len(found.writes)) == (3, 2, 0, 1)
    assert [p.code for p in found.faults] == ["record.unknown_code", "record.twice"]
    _applied(book, found.writes)
    again = weigh_records(book, "office", MOTIONS, rows[:1], TODAY)
    assert (again.same, again.writes) == (1, [])


def test_struck_off_stays_in_the_history_and_out_of_the_list(book):
    _applied(book, _put(book))
    _applied(book, remove_record(book, "office", MOTIONS, "12", reason="重复"))
    assert list(book.registers.of("motions")) == []
    assert len(book.timeline("record/motions/12")) == 2


def test_an_earlier_day_knows_less(book):
    late = Book("2024-05-01")
    for entry in _applied(book, _put(book)).timeline("record/motions/12"):
        late.apply(entry)
    assert list(late.registers.of("motions")) == []


SITES = Register(
    "sites", "工地", "Sites", (text("name", "名称", "Name"), text("area", "片区", "Area")), key=("name",)
)
VISITS = Register(
    "visits", "巡查", "Visits",
    (text("number", "编号", "Number"), reference("site", "工地", "Site", "sites"), text("area", "片区", "Area")),
    key=("number",), checks=(Check("area", F.area == Column("site.area"), "片区与工地的不同", "not the site's area"),),
)  # fmt: skip


def test_a_check_reads_the_record_that_a_reference_points_to(book):
    """A visit says another area than its site has: refused; a site without an area is no fault."""
    put = lambda register, **values: put_record(book, "office", register, Told(values, "x"), TODAY)  # noqa: E731
    _applied(book, put(SITES, name="甲", area="东"))
    _applied(book, put(SITES, name="乙"))
    assert _codes(lambda: put(VISITS, number="1", site="甲", area="西")) == [("record.check", "x")]
    assert put(VISITS, number="1", site="甲", area="东")
    assert put(VISITS, number="1", site="乙", area="西")


def test_a_pack_refuses_a_check_of_what_no_reference_has():
    assert Pack("p", "巡", "P", "", "", (SITES, VISITS))
    wrong = replace(VISITS, checks=(Check("x", F.area == Column("site.height"), "错", "wrong"),))
    with pytest.raises(ValueError, match=r"site\.height"):
        Pack("p", "巡", "P", "", "", (SITES, wrong))


def test_entering_and_assigning_is_no_work_but_a_unit_s_stage_is(book):
    _applied(book, _put(book))
    _applied(book, move_record(book, "office", MOTIONS, "12", "assigned", TODAY, today=TODAY))
    state = book.registers["motions"]["12"]
    assert record_thing(book, MOTIONS, state, state.values).doers == frozenset()
    _applied(book, _put(book, result="A类"))
    proof = (Evidence("document", "答复函1号"),)
    moved = move_record(book, "teacher", MOTIONS, "12", "answered", TODAY, today=TODAY, evidence=proof)
    _applied(book, moved, "teacher")
    state = book.registers["motions"]["12"]
    assert record_thing(book, MOTIONS, state, state.values).doers == {"teacher"}


def test_a_motion_is_returned_within_the_days_set_and_stands_after(book):
    _applied(book, _put(book))
    _applied(book, move_record(book, "office", MOTIONS, "12", "assigned", TODAY, today=TODAY))
    last, late = date(2024, 6, 11), date(2024, 6, 12)
    back = lambda day, who="teacher": move_record(book, who, MOTIONS, "12", "returned", day, today=day)  # noqa: E731
    assert back(last)
    assert _codes(lambda: back(late))[0][0] == "record.too_late"
    assert (
        _codes(lambda: move_record(book, "teacher", MOTIONS, "12", "returned", last, today=late))[0][0]
        == "record.too_late"
    )
    assert _codes(lambda: back(last, "taxman"))[0][0].startswith("rights.")
