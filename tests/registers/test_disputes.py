"""Disputes on records: raised by those whom a record concerns, decided by another, marked until put right."""

from dataclasses import replace
from datetime import date

import pytest

from duban.actions.records import (
    Told,
    decide_record_dispute,
    dispute_record,
    move_record,
    put_record,
    remove_record,
)
from duban.cli.records_shown import show_records
from duban.core.problem import Refused
from duban.ledger import Entry
from duban.ledger.book import Book, fold
from duban.ledger.year.filings import Evidence
from duban.ledger.year.people import PersonPlaced
from duban.ledger.year.units import UnitEntered
from duban.packs.clearance.register import LISTS, PROBLEMS
from duban.packs.motions.register import MOTIONS
from duban.registers.record import disputed, row

TODAY = date(2024, 6, 3)
PEOPLE = {"teacher": ("edu", "reporter", ""), "taxman": ("tax", "reporter", ""), "helper": ("fin", "head", ""),
          "checker": ("tax", "checker", "edu"), "clerk": ("", "office", ""), "second": ("", "office", ""),
          "inside": ("edu", "office", "")}  # fmt: skip


class Desk:
    def __init__(self):
        self.book, self.entries = Book(), []
        for code, name in (("edu", "市教育局"), ("tax", "市税务局"), ("fin", "市财政局")):
            self.write([(f"unit/{code}", UnitEntered(name=name))])
        for name, (unit, role, territory) in PEOPLE.items():
            self.write([(f"person/{name}", PersonPlaced(name, unit, (role,), territory))])
        given = {"number": "12", "kind": "人大代表建议", "subject": "修路", "received_on": "2024-01-20",
                 "unit": "市教育局", "partners": "市财政局、市某局", "theme": "交通"}  # fmt: skip
        self.write(put_record(self.book, "clerk", MOTIONS, Told(given, "x!2"), TODAY), "clerk")
        self.made = self.book.seq

    def write(self, writes, who="clerk", on=TODAY):
        for account, body in writes:
            self.entries.append(
                Entry(self.book.seq + 1, "", on.isoformat(), who, body.KIND, account, body, "")
            )
            self.book.apply(self.entries[-1])
        return self.book.seq

    @property
    def state(self):
        return self.book.registers["motions"]["12"]

    def raised(self, who, column="theme", about=0, value="", **more):
        more = {"reason": "来文写的是教育", "source": "来文第1页", **more}
        return dispute_record(
            self.book, who, MOTIONS, "12", column, about=about or self.made, value=value, **more
        )

    def decided(self, who, column="theme", upheld=True, about=0, reason="核对来文属实"):
        return decide_record_dispute(
            self.book,
            who,
            MOTIONS,
            "12",
            column,
            TODAY,
            about=about or self.made,
            upheld=upheld,
            reason=reason,
        )

    def marked(self):
        return set(disputed(MOTIONS, self.state))


@pytest.fixture
def desk():
    return Desk()


def code(call):
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.problems[0].code


@pytest.mark.parametrize("who", ["teacher", "helper", "checker"])
def test_its_unit_those_named_in_it_and_its_checker_may_dispute(desk, who):
    desk.write(desk.raised(who), who)
    assert desk.marked() == {"theme"}
    assert [state.id for state in desk.book.registers.disputed("motions")] == ["12"]


@pytest.mark.parametrize("who", ["taxman", "clerk", "nobody", ""])
def test_others_may_not(desk, who):
    assert code(lambda: desk.raised(who)).startswith("rights.")


def test_a_unit_named_by_the_record_that_it_points_to_is_concerned(desk):
    for register, given in (
        (LISTS, {"code": "pipes", "name": "错接", "unit": "市财政局"}),
        (
            PROBLEMS,
            {"list": "pipes", "code": "7", "what": "错接", "found_on": "2024-03-01", "unit": "市税务局"},
        ),
    ):
        desk.write(put_record(desk.book, "clerk", register, Told(given, "x!2"), TODAY))
    (state,) = desk.book.registers.of("problems")
    asked = {"about": state.seq, "reason": "不在此处", "source": "现场照片"}
    args = (desk.book, "helper", PROBLEMS, state.id, "what")
    assert dispute_record(*args, **asked, others={"lists": LISTS})
    assert code(lambda: dispute_record(*args, **asked)).startswith("rights.")


def test_nobody_decides_their_own_dispute_nor_on_what_they_entered(desk):
    desk.write(desk.raised("teacher", value="教育"), "teacher")
    assert code(lambda: desk.decided("teacher")) == "rights.role"
    assert code(lambda: desk.decided("clerk")) == "rights.bar_doer"  # entered it
    assert code(lambda: desk.decided("inside")) == "rights.bar_doer_unit"  # works for the unit
    desk.write([("person/teacher", PersonPlaced("teacher", "", ("office",)))])
    assert code(lambda: desk.decided("teacher")) == "rights.bar_doer"  # raised it, whatever they are now
    assert desk.decided("second")


def test_upheld_puts_the_value_and_both_stay(desk):
    dispute = desk.write(desk.raised("teacher", value="教育"), "teacher")
    assert desk.state.values["theme"] == "交通"
    writes = desk.decided("second")
    assert [body.KIND for _, body in writes] == ["record.decided", "record.put"]
    assert writes[1][1].source == f"#{dispute}"
    desk.write(writes, "second")
    assert (desk.state.values["theme"], desk.marked()) == ("教育", set())
    told = [entry.body for entry in desk.book.timeline("record/motions/12")]
    assert [body.KIND for body in told] == ["record.put", "record.disputed", "record.decided", "record.put"]
    assert (told[0].values["theme"], told[1].value) == ("交通", "教育")
    assert code(lambda: desk.decided("second")) == "record.dispute_none"


def test_dismissed_takes_the_mark_away_and_upheld_without_a_value_keeps_it_until_corrected(desk):
    desk.write(desk.raised("helper"), "helper")
    desk.write(desk.decided("second", upheld=False, reason="与来文一致"), "second")
    assert desk.marked() == set()
    desk.write(desk.raised("teacher"), "teacher")
    desk.write(desk.decided("second"), "second")
    assert desk.marked() == {"theme"}
    assert code(lambda: desk.raised("helper")) == "record.dispute_there"
    desk.write(put_record(desk.book, "clerk", MOTIONS, Told({"theme": "教育"}, "x!2", id="12"), TODAY))
    assert desk.marked() == set()


def test_only_a_value_that_stands_and_is_seen_is_disputed(desk):
    assert code(lambda: desk.raised("teacher", about=1)) == "record.dispute_stale"
    assert code(lambda: desk.raised("teacher", column="result")) == "record.dispute_stale"
    assert code(lambda: desk.raised("teacher", column="nope")) == "record.dispute_stale"
    assert code(lambda: desk.raised("teacher", value="交通")) == "record.dispute_same"
    assert (
        code(lambda: desk.raised("teacher", column="received_on", value="2024-13-01")) == "record.no_such_day"
    )
    assert code(lambda: desk.raised("teacher", reason=" ")) == "field.missing"
    desk.write(put_record(desk.book, "clerk", MOTIONS, Told({"theme": "城建"}, "x!2", id="12"), TODAY))
    assert code(lambda: desk.raised("teacher")) == "record.dispute_stale"
    desk.write(remove_record(desk.book, "clerk", MOTIONS, "12", reason="重复"))
    assert code(lambda: desk.raised("teacher", about=desk.book.seq - 1)) == "record.unknown"
    assert list(desk.book.registers.disputed("motions")) == []


def test_what_is_kept_closer_than_one_sees_is_not_disputed(desk):
    shy = replace(
        MOTIONS, fields=tuple(replace(f, seen="own") if f.name == "theme" else f for f in MOTIONS.fields)
    )
    asked = {"about": desk.made, "reason": "错", "source": "来文"}
    assert dispute_record(desk.book, "teacher", shy, "12", "theme", **asked)
    assert (
        code(lambda: dispute_record(desk.book, "helper", shy, "12", "theme", **asked))
        == "record.dispute_stale"
    )


def test_the_day_of_a_stage_is_disputed_until_it_is_reached_anew(desk):
    move = lambda stage, day=TODAY: desk.write(  # noqa: E731
        move_record(
            desk.book,
            "clerk",
            MOTIONS,
            "12",
            stage,
            day,
            today=TODAY,
            evidence=(Evidence("document", "1号"),),
        )
    )
    about = move("assigned")
    assert code(lambda: desk.raised("teacher", "at_assigned", about, "昨天")) == "form.not_a_day"
    desk.write(desk.raised("teacher", "at_assigned", about, "2024-06-01"), "teacher")
    assert desk.marked() == {"at_assigned"}
    assert [body.KIND for _, body in desk.decided("second", "at_assigned", about=about)] == ["record.decided"]
    desk.write(desk.decided("second", "at_assigned", about=about), "second")
    assert desk.marked() == {"at_assigned"}
    assert row(MOTIONS, desk.state)["at_assigned"] == TODAY


def test_a_book_of_an_earlier_day_knows_no_later_dispute(desk):
    desk.write(desk.raised("teacher"), "teacher", on=date(2024, 6, 10))
    for day, marked in ((date(2024, 6, 9), set()), (date(2024, 6, 10), {"theme"})):
        book = fold(desk.entries, day)
        assert set(disputed(MOTIONS, book.registers["motions"]["12"])) == marked
        assert len(list(book.registers.disputed("motions"))) == len(marked)


def test_a_copy_of_the_book_is_disputed_alone(desk):
    twin = desk.book.copy()
    desk.write(desk.raised("teacher"), "teacher")
    assert list(twin.registers.disputed("motions")) == []


def test_the_command_marks_it_in_its_list(desk, capsys):
    told = {"stage": "", "find": "", "most": 20}
    show_records(desk.book, MOTIONS, "second", **told)
    assert "有异议" not in capsys.readouterr().out
    desk.write(desk.raised("teacher", column="subject"), "teacher")
    show_records(desk.book, MOTIONS, "second", **told)
    assert "修路（有异议）" in capsys.readouterr().out
