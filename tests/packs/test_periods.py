"""Figures of a past period say how things stood at its end, whenever they are asked; addresses hold any signs."""

from datetime import date
from pathlib import Path

import pytest

import duban.packs
from duban.actions.records import put_records
from duban.core.period import period
from duban.core.problem import Refused
from duban.files.records import read_records
from duban.ledger.book import Book
from duban.packs import installed
from duban.packs.clearance import PACK as CLEARANCE
from duban.packs.hotline import PACK as HOTLINE
from duban.packs.ladder.levels import BY_NAME, stand
from duban.packs.projects import PACK as PROJECTS
from duban.packs.review import PACK as REVIEW
from duban.packs.review.acts import announce
from duban.registers.indicator import Plain, reckon
from duban.registers.page import Grid, address
from duban.registers.record import told_row
from tests.packs.desks import applied
from tests.packs.desks import desk as examples
from tests.packs.office import Office

LATER = date(2024, 12, 1)
_P = {"name": "甲", "listed": "2024", "kind": "new", "sector": "industry", "gate_on": "2024-04-30"}
_OLD = {**_P, "kind": "continuing", "gate_on": "2024-03-31", "stage": "started", "at_started": "2023-05-01"}
PROJECT_ROWS = (
    {**_P, "code": "1", "stage": "started", "at_started": "2024-06-10"},
    {**_P, "code": "2", "stage": "started", "at_started": "2024-03-01"},
    {**_OLD, "code": "3", "resumed_on": "2024-05-20"},
)


@pytest.mark.parametrize(
    ("name", "code", "value"),
    [("start_rate", "2024-M03", 50), ("start_rate", "2024", 100), ("resume_rate", "2024-M04", 0), ("resume_rate", "2024", 100),
     ("late", "2024-M03", 0), ("late", "2024-M05", 1), ("late", "2024", 0)],
)  # fmt: skip
def test_projects_of_a_past_month(name, code, value):
    register = PROJECTS.registered["projects"]
    rows = [told_row(register, row) for row in PROJECT_ROWS]
    found = reckon(PROJECTS.indicated[name], Plain(register, rows), period(code), LATER)
    assert found[()].value == value


def test_what_was_not_due_in_march_was_not_overdue_in_march():
    register = CLEARANCE.registered["problems"]
    row = {
        "list": "p",
        "code": "1",
        "what": "x",
        "found_on": "2024-02-01",
        "due": "2024-06-30",
        "stage": "planned",
    }
    engine = Plain(register, [told_row(register, row)])
    late = [
        reckon(CLEARANCE.indicated["overdue"], engine, period(code), LATER)[()].value
        for code in ("2024-M03", "2024-M09")
    ]
    assert late == [0, 1]


def test_an_address_holds_whatever_a_key_is_written_with():
    assert address("cases", "A#1?b&c/50%") == "/r/cases/A%231%3Fb%26c%2F50%25"
    assert address("cases", unit="甲&乙 局", stage="done") == "/r/cases?unit=甲%26乙%20局&stage=done"
    pages = Path(duban.packs.__file__).parent.glob("*/*.py")
    assert not [page for page in pages if '"/r/' in page.read_text("utf-8")]


def test_as_many_themes_as_cases_do_not_make_as_many_columns():
    office = Office(HOTLINE, date(2024, 3, 4))
    register = HOTLINE.registered["cases"]
    rows = [told_row(register, {"number": str(n), "received_on": "2024-03-01", "district": f"区{n % 3}", "theme": f"题{n}",
                                "unit": "甲局", "stage": "received"}) for n in range(3000)]  # fmt: skip
    desk = office.desk()
    desk = type(desk)(HOTLINE, desk.day, lambda name: Plain(register, rows), lambda name: rows)
    grids = [block for block in HOTLINE.page(desk) if isinstance(block, Grid)]
    assert max(len(grid.heads) for grid in grids) <= 13
    assert any("2988" in grid.note for grid in grids)


@pytest.mark.parametrize(
    ("level", "firm", "condition", "met"),
    [("high_tech", {"ip_first": 0}, "has core rights", None), ("high_tech", {"ip_first": 0, "ip_second": 0}, "has core rights", False),
     ("high_tech", {"ip_second": 1}, "has core rights", True), ("srdi", {"equity": 99999}, "revenue or new equity", True),
     ("srdi", {"equity": 0}, "revenue or new equity", None), ("srdi", {"equity": 0, "revenue": 1}, "revenue or new equity", False),
     ("tech_sme", {"staff": 100, "rd_staff": 30, "revenue": 1000, "rd": 1, "ip_first": 0, "ip_second": 0}, "points", None)],
)  # fmt: skip
def test_what_one_figure_cannot_tell_is_unknown_and_not_missed(level, firm, condition, met):
    found = stand(BY_NAME[level], firm, LATER)
    by_name = {one.en: one.met for one in BY_NAME[level].findings(firm, LATER)}
    assert by_name[condition] is met
    assert (condition in [one.en for one in found.unknown]) is (met is None)


def test_a_ranking_that_changes_after_it_was_announced_is_open_to_objections_anew():
    office = Office(REVIEW, date(2024, 10, 10))
    line = {"year": "2024", "quarter": "3", "item": "完成率", "source": "数据", "better": "越多越好", "weight": "100", "zero": "0",
            "full": "100"}  # fmt: skip
    office.put("review_sheet", **line)

    def figure(value):
        told = {"year": "2024", "quarter": "3", "district": "甲区", "item": "完成率"}
        office.put("review_figures", **told, value=value)

    figure("80")
    office.act("announce", year=2024, quarter=3)
    office.day = date(2024, 10, 12)
    figure("70")
    office.act("announce", year=2024, quarter=3)
    row = office.rows("review_results")[0]
    assert (row["score"], row["until"]) == (70, date(2024, 10, 15))
    assert not [c for c in announce(office.desk(), {"year": 2024, "quarter": 3}) if c.values.get("until") != "2024-10-15"
                and c.register == "review_results"]  # fmt: skip


def _filled(pack):
    book = Book()
    for register in pack.registers:
        path = Path(duban.packs.__file__).parent / pack.name / f"{register.name}.csv"
        rows = read_records(path, register).rows if path.exists() and register.kind == "kept" else ()
        applied(book, put_records(book, "office", register, rows, LATER))
    return book


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2023, 6, 1), date(9999, 12, 31)])
@pytest.mark.parametrize("name", list(installed()))
def test_a_page_of_any_day_is_a_page(name, day):
    """On days before the first of a rule's numbers too: whoever looks back finds a sentence and no fault."""
    pack = installed()[name]
    desk = examples(pack, _filled(pack), day)
    assert pack.blocks(desk)
    for register in pack.registers:
        for row in desk.rows(register.name)[:1]:
            assert isinstance(pack.suggestions(desk, register.name, row), tuple)
            assert isinstance(pack.blocks_beside(desk, register.name, row), tuple)


def test_an_act_on_a_day_before_its_numbers_is_refused():
    with pytest.raises(Refused) as refusal:
        Office(HOTLINE, date(2020, 1, 1)).act("raise_topics")
    assert refusal.value.problems[0].code == "act.no_number"
