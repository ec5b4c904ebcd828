"""Ways around the rules that are closed: by a file, by a circle, by striking off and entering again, by an alias."""

from dataclasses import replace
from datetime import date

import pytest

from duban.actions.context import Writes
from duban.actions.records import Told, move_record, put_record, put_records, remove_record
from duban.core.problem import Refused
from duban.ledger import Entry
from duban.ledger.book import Book
from duban.ledger.year.filings import Evidence
from duban.ledger.year.people import PersonPlaced
from duban.ledger.year.units import UnitEntered
from duban.packs.clearance.register import LISTS, PROBLEMS
from duban.packs.hotline.register import CASES
from duban.packs.projects.register import PROJECTS
from duban.packs.review.register import RESULTS
from duban.registers.record import reached

TODAY = date(2024, 6, 3)
PROOF = (Evidence("document", "1号"),)
GIVEN = {"list": "pipes", "code": "7", "what": "错接", "found_on": "2024-03-01", "unit": "市住建局", "measure": "分流",
         "due": "2024-05-01"}  # fmt: skip
CASE = {"number": "1", "received_on": "2024-05-28", "channel": "电话", "kind": "求助", "unit": "市住建局"}


class Desk:
    """A book with two units, a reporter of each, a checker of one branch and two of the office."""

    def __init__(self):
        self.book = Book()
        self.write(
            [("unit/zj", UnitEntered("市住建局", aliases=("住建局",))), ("unit/hb", UnitEntered("市环保局"))]
        )
        placed = {"doer": ("zj", "reporter", ""), "other": ("hb", "reporter", ""), "far": ("hb", "checker", "hb"),
                  "near": ("hb", "checker", "zj"), "second": ("hb", "office", "")}  # fmt: skip
        for name, (unit, role, territory) in placed.items():
            self.write([(f"person/{name}", PersonPlaced(name, unit, (role,), territory))])
        self.put(LISTS, code="pipes", name="错接")

    def write(self, writes: Writes, who="office"):
        for account, body in writes:
            entry = Entry(self.book.seq + 1, "", TODAY.isoformat(), who, body.KIND, account, body, "")
            self.book.apply(entry)

    def put(self, register, who="office", *, stages=None, **values):
        told = Told(values, "x!2", stages=stages or {}, source="x 2行")
        self.write(put_record(self.book, who, register, told, TODAY), who)

    def move(self, register, id, stage, who="office", day=TODAY, **more):
        self.write(
            move_record(self.book, who, register, id, stage, day, today=TODAY, evidence=PROOF, **more), who
        )

    def state(self, register, id):
        return self.book.registers[register.name][id]


@pytest.fixture
def desk():
    return Desk()


def _code(call):
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.problems[0].code


def test_what_was_struck_off_comes_back_by_the_office_and_begins_anew(desk):
    desk.put(PROBLEMS, **GIVEN, cause="旧因")
    desk.move(PROBLEMS, "pipes~7", "planned")
    desk.write(remove_record(desk.book, "office", PROBLEMS, "pipes~7", reason="登记错"))
    assert _code(lambda: desk.put(PROBLEMS, "doer", **GIVEN)) == "record.struck_off"
    assert _code(lambda: desk.put(PROBLEMS, "other", **{**GIVEN, "unit": "市环保局"})) == "record.struck_off"
    desk.put(PROBLEMS, **{**GIVEN, "found_on": "2024-05-02", "due": "2024-06-30"})
    state = desk.state(PROBLEMS, "pipes~7")
    assert (state.stage, state.values.get("cause"), state.removed) == ("found", None, "")
    assert reached(PROBLEMS, state) == {"found": date(2024, 5, 2)}


def test_an_import_does_not_confirm_what_it_claims(desk):
    desk.put(PROBLEMS, **GIVEN)
    desk.move(PROBLEMS, "pipes~7", "planned", day=date(2024, 3, 2))
    days = {"claimed": "2024-05-01", "closed": "2024-05-02"}
    assert _code(lambda: desk.put(PROBLEMS, stages=days, **GIVEN)) == "rights.bar_doer"
    desk.put(PROBLEMS, stages={"claimed": "2024-05-01"}, **GIVEN)
    assert _code(lambda: desk.put(PROBLEMS, stages=days, **GIVEN)) == "rights.bar_doer"
    desk.put(PROBLEMS, "second", stages=days, **GIVEN)
    assert desk.state(PROBLEMS, "pipes~7").stage == "closed"


def test_the_history_of_a_new_record_comes_in_whole(desk):
    days = {"planned": "2024-03-02", "claimed": "2024-05-01", "closed": "2024-05-02"}
    desk.put(PROBLEMS, stages=days, **GIVEN)
    assert desk.state(PROBLEMS, "pipes~7").stage == "closed"


def test_only_a_checker_of_the_territory_and_of_another_unit_closes(desk):
    desk.put(PROBLEMS, **GIVEN)
    desk.move(PROBLEMS, "pipes~7", "planned")
    desk.move(PROBLEMS, "pipes~7", "claimed", "doer")
    desk.write([("person/mate", PersonPlaced("mate", "zj", ("checker",), "zj"))])
    assert _code(lambda: desk.move(PROBLEMS, "pipes~7", "closed", "far")) == "rights.relation"
    assert _code(lambda: desk.move(PROBLEMS, "pipes~7", "closed", "mate")) == "rights.bar_doer_unit"
    desk.move(PROBLEMS, "pipes~7", "closed", "near")


def test_an_act_does_not_confirm_what_its_asker_did(desk):
    desk.put(PROBLEMS, **GIVEN)
    desk.move(PROBLEMS, "pipes~7", "planned")
    desk.move(PROBLEMS, "pipes~7", "claimed")
    assert _code(lambda: desk.move(PROBLEMS, "pipes~7", "closed", by_act=True)) == "rights.bar_doer"


def test_a_unit_is_kept_by_the_name_that_the_tree_has(desk):
    desk.put(PROBLEMS, **{**GIVEN, "unit": "住建局"})
    assert desk.state(PROBLEMS, "pipes~7").values["unit"] == "市住建局"


def test_a_return_too_late_is_not_made_in_time_by_another_day(desk):
    desk.put(CASES, **CASE)
    desk.move(CASES, "1", "assigned", day=date(2024, 5, 28))
    early = date(2024, 5, 29)
    assert _code(lambda: desk.move(CASES, "1", "returned", "doer", early)) == "record.too_late"
    back = {"returned": early.isoformat()}
    assert _code(lambda: desk.put(CASES, "doer", stages=back, number="1")) == "record.too_late"
    desk.move(CASES, "1", "returned", day=early)


def test_cases_do_not_join_in_a_circle(desk):
    for number in "123":
        desk.put(CASES, **{**CASE, "number": number})
    desk.put(CASES, **{**CASE, "number": "1"}, same_as="2")
    desk.put(CASES, **{**CASE, "number": "2"}, same_as="3")
    assert _code(lambda: desk.put(CASES, **{**CASE, "number": "3"}, same_as="1")) == "record.in_a_circle"
    assert _code(lambda: desk.put(CASES, **{**CASE, "number": "3"}, same_as="3")) == "record.in_a_circle"
    rows = [Told({**CASE, "number": number, "same_as": to}, number) for number, to in (("8", ""), ("9", "8"))]
    desk.write(put_records(desk.book, "office", CASES, rows, TODAY))
    around = [Told({**CASE, "number": "8", "same_as": "9"}, "a")]
    assert _code(lambda: put_records(desk.book, "office", CASES, around, TODAY)) == "record.in_a_circle"


def test_a_file_does_not_make_a_circle_either_and_may_point_within_itself(desk):
    project = {"name": "甲", "district": "甲区", "listed": "2024", "kind": "新建", "sector": "产业类"}
    two = [Told({**project, "code": "A/1"}, "1"), Told({**project, "code": "A/2", "phase_of": "A／1"}, "2")]
    desk.write(put_records(desk.book, "office", PROJECTS, two, TODAY))
    assert desk.state(PROJECTS, "A∕2").values["phase_of"] == "A∕1"
    desk.put(PROJECTS, **project, code="B")
    desk.put(PROJECTS, **project, code="C")
    around = [
        Told({**project, "code": "B", "phase_of": "C"}, "1"),
        Told({**project, "code": "C", "phase_of": "B"}, "2"),
    ]
    assert _code(lambda: put_records(desk.book, "office", PROJECTS, around, TODAY)) == "record.in_a_circle"


def test_nothing_points_to_what_is_struck_off_unless_it_did_before(desk):
    for number in "12":
        desk.put(CASES, **{**CASE, "number": number})
    desk.put(CASES, **{**CASE, "number": "1"}, same_as="2")
    desk.write(remove_record(desk.book, "office", CASES, "2", reason="x"))
    desk.put(CASES, **{**CASE, "number": "1"}, theme="水")
    assert (
        _code(lambda: desk.put(CASES, **{**CASE, "number": "3"}, same_as="2")) == "record.unknown_reference"
    )


@pytest.mark.parametrize("key", ["new", "import", "..", "a\nb", "甲" * 200, "a.json", "x.CSV"])
def test_what_no_address_can_hold_is_no_key(desk, key):
    assert _code(lambda: desk.put(CASES, **{**CASE, "number": key})) == "record.key_wrong"


def test_a_record_has_all_of_its_key(desk):
    assert _code(lambda: desk.put(RESULTS)) == "record.missing"


def test_dates_before_a_rule_and_beyond_the_calendar_are_told(desk):
    desk.put(CASES, **{**CASE, "received_on": "2019-05-28"})
    assert "contact_due" not in desk.state(CASES, "1").values
    far = {**CASE, "number": "2", "received_on": "9999-12-31"}
    assert _code(lambda: desk.put(CASES, **far)) in ("record.day_too_far", "record.day_ahead")


def test_a_deadline_of_a_rule_that_overflows_is_refused(desk):
    far = replace(
        CASES, complete=lambda values, today: {"contact_due": date.max.replace() + (date.max - date.min)}
    )
    assert _code(lambda: desk.put(far, **CASE)) == "record.day_too_far"
