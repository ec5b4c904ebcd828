"""Clearance lists: one problem is one record, nobody closes their own work, what comes back is seen."""

import csv
from datetime import date
from importlib.resources import files

import pytest

from duban.core.problem import Refused
from duban.ledger.year.filings import Evidence
from duban.ledger.year.people import PersonPlaced
from duban.ledger.year.units import UnitEntered
from duban.packs.clearance import PACK
from duban.registers.record import standing
from tests.packs.office import Office

PROBLEMS = PACK.registered["problems"]
GIVEN = {"list": "pipes", "code": "7", "what": "雨水管接入污水管", "found_on": "2024-03-01",
         "unit": "市住建局", "measure": "分流", "due": "2024-05-01"}  # fmt: skip
PROOF = (Evidence("document", "验收表7号"),)


class Year(Office):
    """A book with a list, a doing unit and a checking one."""

    def __init__(self):
        super().__init__(PACK, date(2024, 12, 31))
        self.people(doer="市住建局")
        self.write(
            [
                ("unit/hb", UnitEntered("市生态环境局")),
                ("person/checker", PersonPlaced("核查", "hb", ("checker",), "doer")),
            ]
        )
        self.put("lists", code="pipes", name="雨污混接")


@pytest.fixture
def year():
    one = Year()
    one.put("problems", **GIVEN)
    one.move("problems", "pipes~7", "planned", day=date(2024, 3, 5))
    return one


def _refusal(call):
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.problems[0].code


def test_whoever_did_the_work_does_not_close_it(year):
    assert (
        _refusal(lambda: year.move("problems", "pipes~7", "claimed", "doer", date(2024, 4, 1)))
        == "record.no_proof"
    )
    year.move("problems", "pipes~7", "claimed", "doer", date(2024, 4, 1), PROOF)
    assert _refusal(lambda: year.move("problems", "pipes~7", "closed", "doer", date(2024, 4, 9), PROOF)) in (
        "rights.role",
        "rights.bar_doer",
    )
    assert (
        _refusal(lambda: year.move("problems", "pipes~7", "closed", "checker", date(2024, 4, 9)))
        == "record.no_proof"
    )
    year.move("problems", "pipes~7", "closed", "checker", date(2024, 4, 9), PROOF)
    assert (year.figure("closed", "2024"), year.figure("open", "2024"), year.figure("in_time", "2024")) == (
        1,
        0,
        100,
    )


def test_the_same_problem_found_twice_is_one_and_is_seen_to_be_back(year):
    year.move("problems", "pipes~7", "claimed", "doer", date(2024, 4, 1), PROOF)
    year.move("problems", "pipes~7", "closed", "checker", date(2024, 4, 9), PROOF)
    year.put("problems", **{**GIVEN, "found_on": "2024-08-01", "due": "2024-09-01"})
    assert len(year.book.registers["problems"]) == 1
    assert (year.figure("found", "2024"), year.figure("again", "2024")) == (1, 1)
    year.move("problems", "pipes~7", "reopened", "office", date(2024, 8, 2), PROOF)
    assert (year.figure("again", "2024"), year.figure("closed", "2024"), year.figure("overdue", "2024")) == (
        0,
        0,
        1,
    )


def test_what_was_claimed_and_not_closed_by_its_day_is_late_as_the_figure_says(year):
    year.move("problems", "pipes~7", "claimed", day=date(2024, 4, 20), evidence=PROOF)
    late = standing(PROBLEMS, year.book.registers["problems"]["pipes~7"], date(2024, 5, 11)).late
    assert (late, year.figure("overdue", "2024")) == (10, 1)


def test_a_list_that_is_not_there_is_named():
    assert (
        _refusal(lambda: Year().put("problems", **{**GIVEN, "list": "holes"})) == "record.unknown_reference"
    )


def test_deadline_before_finding_is_refused():
    assert _refusal(lambda: Year().put("problems", **{**GIVEN, "due": "2024-02-01"})) == "record.check"


def test_our_examples_are_records_of_the_register():
    """Every row of the example files has the fields that the register asks for, under heads that it knows."""
    heads = {h for f in PROBLEMS.fields for h in (f.zh, *f.also)}
    with (files("duban.packs.clearance") / "problems.csv").open(encoding="utf-8") as file:
        found = csv.DictReader(file)
        assert len(list(found)) > 50
        assert {h.partition("（")[0] for h in found.fieldnames or () if "日期" not in h} <= heads


def _suggested(year, code):
    row = next(row for row in year.rows("problems") if row["code"] == code)
    return {one.field: one.value for one in PACK.suggestions(year.desk(), "problems", row)}


def test_one_problem_under_two_numbers_is_suggested_joined_and_counted_once(year):
    """By its words at one place of one list; never across lists, of another building, or by itself."""
    given = {**GIVEN, "found_on": "2024-04-01"}
    year.put("problems", **{**given, "code": "8", "site": "友谊路1号", "what": "3号楼井盖缺失"})
    year.put(
        "problems",
        **{**given, "code": "9", "site": "友谊路1号", "what": "3号楼的井盖缺失", "found_on": "2024-04-02"},
    )
    year.put("problems", **{**given, "code": "10", "what": "雨水管接入了污水管", "found_on": "2024-04-02"})
    year.put(
        "problems",
        **{**given, "code": "11", "site": "友谊路1号", "what": "13号楼井盖缺失", "found_on": "2024-04-03"},
    )
    year.put("lists", code="other", name="另一张")
    year.put(
        "problems", **{**given, "list": "other", "code": "1", "site": "友谊路1号", "found_on": "2024-05-01"}
    )
    assert _suggested(year, "9") == {"same_as": "pipes~8"}
    assert _suggested(year, "10") == {"same_as": "pipes~7"}
    assert _suggested(year, "8") == _suggested(year, "11") == _suggested(year, "1") == {}
    grid = next(
        block for block in PACK.page(year.desk()) if getattr(block, "title", "") == "一处是否记了两次"
    )
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["3号楼的井盖缺失", "3号楼井盖缺失", "友谊路1号"]
    ]


def test_joined_problems_count_once_and_point_to_one_that_stands(year):
    for code in ("8", "9", "10"):
        year.put("problems", **{**GIVEN, "code": code, "found_on": "2024-04-01"})
    before = year.figure("found", "2024")
    assert _refusal(lambda: year.move("problems", "pipes~9", "joined")) == "record.stage_needs"
    year.put("problems", list="pipes", code="9", same_as="pipes~8")
    year.move("problems", "pipes~9", "joined")
    assert year.figure("found", "2024") == before - 1
    assert (
        _refusal(lambda: year.put("problems", list="pipes", code="10", same_as="pipes~9")) == "record.check"
    )
    assert _refusal(lambda: year.put("problems", list="pipes", code="8", same_as="pipes~9")) in (
        "record.in_a_circle",
        "record.check",
    )
    assert _refusal(
        lambda: year.put("problems", "doer", list="pipes", code="7", same_as="pipes~8")
    ).startswith("rights.")
    assert _suggested(year, "9") == {}


def test_places_near_each_other_are_one(year):
    for code, at in (
        ("20", "109.84000,40.66000"),
        ("21", "109.84010,40.66000"),
        ("22", "109.85000,40.66000"),
    ):
        year.put(
            "problems",
            list="pipes",
            code=code,
            what=f"问题{code}",
            found_on="2024-06-01",
            at=at,
            district=f"区{code}",
        )
    assert _suggested(year, "21") == {"same_as": "pipes~20"}
    assert _suggested(year, "22") == {}
