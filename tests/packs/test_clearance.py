"""Clearance lists: one problem is one record, nobody closes their own work, what comes back is seen."""

import csv
from datetime import date
from importlib.resources import files

import pytest

from duban.actions.records import Told, move_record, put_record
from duban.core.period import period
from duban.core.problem import Refused
from duban.ledger import Entry
from duban.ledger.book import Book
from duban.ledger.year.filings import Evidence
from duban.ledger.year.people import PersonPlaced
from duban.ledger.year.units import UnitEntered
from duban.packs.clearance import PACK
from duban.registers.indicator import Plain, reckon
from duban.registers.record import rows

PROBLEMS, LISTS = PACK.registered["problems"], PACK.registered["lists"]
GIVEN = {"list": "pipes", "code": "7", "what": "雨水管接入污水管", "found_on": "2024-03-01",
         "unit": "市住建局", "measure": "分流", "due": "2024-05-01"}  # fmt: skip
PROOF = (Evidence("document", "验收表7号"),)


class Year:
    """A book with a list, a doing unit and a checking one."""

    def __init__(self):
        self.book = Book()
        self.write("office", [("unit/zj", UnitEntered("市住建局")), ("unit/hb", UnitEntered("市生态环境局"))])
        people = {"doer": ("zj", "reporter"), "checker": ("hb", "checker")}
        for name, (unit, role) in people.items():
            self.write("office", [(f"person/{name}", PersonPlaced(name, unit, (role,)))])
        self.put("office", LISTS, code="pipes", name="雨污混接")

    def write(self, actor, writes, day=date(2024, 6, 1)):
        for account, body in writes:
            self.book.apply(
                Entry(self.book.seq + 1, "", day.isoformat(), actor, body.KIND, account, body, "")
            )

    def put(self, who, register=PROBLEMS, **values):
        self.write(who, put_record(self.book, who, register, Told(values, register.name), date(2024, 6, 1)))

    def move(self, who, stage, day, proof=PROOF):
        today = date(2024, 12, 31)
        self.write(
            who, move_record(self.book, who, PROBLEMS, "pipes~7", stage, day, today=today, evidence=proof)
        )

    def figure(self, name, code="2024"):
        engine = Plain(PROBLEMS, list(rows(PROBLEMS, self.book.registers.of("problems"))))
        return reckon(PACK.indicated[name], engine, period(code), date(2024, 12, 31))[()].value


@pytest.fixture
def year():
    one = Year()
    one.put("office", **GIVEN)
    one.move("office", "planned", date(2024, 3, 5))
    return one


def _refusal(call):
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.problems[0].code


def test_whoever_did_the_work_does_not_close_it(year):
    assert _refusal(lambda: year.move("doer", "claimed", date(2024, 4, 1), ())) == "record.no_proof"
    year.move("doer", "claimed", date(2024, 4, 1))
    assert _refusal(lambda: year.move("doer", "closed", date(2024, 4, 9))) in (
        "rights.role",
        "rights.bar_doer",
    )
    assert _refusal(lambda: year.move("checker", "closed", date(2024, 4, 9), ())) == "record.no_proof"
    year.move("checker", "closed", date(2024, 4, 9))
    assert (year.figure("closed"), year.figure("open"), year.figure("in_time")) == (1, 0, 100)


def test_the_same_problem_found_twice_is_one_and_is_seen_to_be_back(year):
    year.move("doer", "claimed", date(2024, 4, 1))
    year.move("checker", "closed", date(2024, 4, 9))
    year.put("office", **{**GIVEN, "found_on": "2024-08-01", "due": "2024-09-01"})
    assert len(year.book.registers["problems"]) == 1
    assert (year.figure("found"), year.figure("again")) == (1, 1)
    year.move("office", "reopened", date(2024, 8, 2))
    assert (year.figure("again"), year.figure("closed"), year.figure("overdue")) == (0, 0, 1)


def test_a_list_that_is_not_there_is_named():
    assert _refusal(lambda: Year().put("office", **{**GIVEN, "list": "holes"})) == "record.unknown_reference"


def test_deadline_before_finding_is_refused():
    assert _refusal(lambda: Year().put("office", **{**GIVEN, "due": "2024-02-01"})) == "record.check"


def test_our_examples_are_records_of_the_register():
    """Every row of the example files has the fields that the register asks for, under heads that it knows."""
    heads = {h for f in PROBLEMS.fields for h in (f.zh, *f.also)}
    with (files("duban.packs.clearance") / "problems.csv").open(encoding="utf-8") as file:
        found = csv.DictReader(file)
        assert len(list(found)) > 50
        assert {h.partition("（")[0] for h in found.fieldnames or () if "日期" not in h} <= heads
