"""Major projects: stages with proof, date gates, money by month, blockers, one project counted once, open data."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from duban.actions.records import Told, move_record, put_record
from duban.core.period import period
from duban.core.problem import Refused
from duban.ledger.book import Book
from duban.ledger.year.filings import Evidence
from duban.ledger.year.people import PersonPlaced
from duban.ledger.year.units import UnitEntered
from duban.packs.projects import PACK
from duban.packs.projects.oc4ids import STATUS
from duban.packs.projects.register import BRANCHES, ELEMENTS, INVESTMENT, NATURES, PROJECTS
from duban.packs.projects.twins import bare
from duban.read import read_text
from duban.registers.near import metres
from duban.registers.pack import Publisher
from duban.registers.page import Grid, Lines, Steps
from duban.registers.record import standing
from tests.packs.desks import DAY, applied, desk, example_book

ROOT = Path(__file__).parents[2]
GIVEN = {
    "code": "1",
    "name": "宏川叶片项目",
    "district": "东山区",
    "listed": "2024",
    "kind": "新建",
    "sector": "产业类",
}


def _put(book, register=PROJECTS, username="office", day=DAY, **values):
    return applied(book, put_record(book, username, register, Told(values, "x"), day), username)


def _codes(call):
    with pytest.raises(Refused) as refusal:
        call()
    return [p.code for p in refusal.value.problems]


def _said(call):
    with pytest.raises(Refused) as refusal:
        call()
    return str(refusal.value.problems[0].data)


def _move(book, stage, day, register=PROJECTS, id="1", username="office", proof="号1"):
    evidence = (Evidence("document", proof),) if proof else ()
    writes = move_record(book, username, register, id, stage, day, today=DAY, evidence=evidence)
    return applied(book, writes, username)


@pytest.fixture
def book():
    """The office, a district's reporter, and a checker of the statistics office."""
    book = Book()
    for code, name in (("east", "东山区"), ("stat", "市统计局"), ("land", "市自然资源局")):
        applied(book, [(f"unit/{code}", UnitEntered(name=name, parent="city"))])
    applied(book, [("unit/city", UnitEntered(name="示例市"))])
    for username, unit, role in (
        ("east.r", "east", "reporter"),
        ("tongji", "stat", "checker"),
        ("land.r", "land", "reporter"),
    ):
        applied(book, [(f"person/{username}", PersonPlaced(username, unit, (role,), "city"))])
    return _put(book, **GIVEN, unit="东山区")


@pytest.fixture(scope="module")
def examples():
    return example_book(PACK)


@pytest.fixture(scope="module")
def given(examples):
    return desk(PACK, examples)


def test_a_project_goes_its_whole_way_and_skips_nothing(book):
    assert _codes(lambda: _move(book, "started", date(2024, 3, 1))) == ["record.skipped"]
    assert _codes(lambda: _move(book, "signed", date(2024, 1, 5))) == ["record.day_before"]
    assert _codes(lambda: _move(book, "signed", DAY)) == ["record.stage_needs"]
    _put(book, code="1", enterprise="宏川公司（示例）", investment="1.2亿元")
    assert book.registers["projects"]["1"].values["investment"] == "12000"
    assert _codes(lambda: _move(book, "signed", DAY, proof="")) == ["record.no_proof"]
    _move(book, "signed", DAY)
    _put(book, code="1", platform_code="2401-150299-04-01-000001", place="109.84, 40.66")
    _move(book, "started", DAY)
    _put(book, code="1", base_code="TJ1")
    for stage in ("entered", "completed"):
        assert _codes(lambda stage=stage: _move(book, stage, DAY)) == ["rights.bar_doer"], "who did the work"
        _move(book, stage, DAY, username="tongji")
    for stage in ("producing", "capacity"):
        _move(book, stage, DAY)
    _put(book, code="1", company_code="91150299000000001X")
    assert _codes(lambda: _move(book, "counted", DAY, username="east.r")) == ["rights.role"]


def test_the_gate_follows_from_kind_and_year(book):
    gates = lambda: book.registers["projects"]["1"].values.get("gate_on")  # noqa: E731
    assert gates() == "2024-04-30"
    _put(book, code="1", kind="续建")
    assert gates() == "2024-03-31"
    _put(book, code="1", listed="2019")
    assert gates() is None, "no gate was set for that year"
    assert _codes(lambda: _put(book, code="1", gate_on="2024-12-31")) == ["record.no_such_field"]


def test_entry_into_the_base_is_due_a_month_after_the_start(book):
    """Yinchuan's rule of 2025: what started before has no such date."""
    _put(book, code="1", enterprise="宏川", investment="12000", platform_code="p", place="109.8,40.6")
    for day, due in ((date(2024, 12, 31), None), (date(2025, 3, 10), date(2025, 4, 10))):
        stages = {"planned": "2024-01-01", "signed": "2024-02-01", "started": day.isoformat()}
        told = Told({**GIVEN, "code": day.isoformat(), "enterprise": "宏川", "investment": "1", "platform_code": "p",
                     "place": "1,1"}, stages=stages, source="表")  # fmt: skip
        applied(book, put_record(book, "office", PROJECTS, told, date(2025, 5, 1)))
        assert standing(PROJECTS, book.registers["projects"][day.isoformat()], date(2025, 5, 1)).due == due


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"kind": "在建"}, "record.unknown_code"),
        ({"investment": "-5"}, "record.too_small"),
        ({"investment": "50000平方米"}, "record.other_unit"),
        ({"place": "40.66"}, "record.not_a_point"),
        ({"start_planned": "2024-05-01", "finish_planned": "2024-04-01"}, "record.check"),
        ({"investment": "100", "year_plan": "200"}, "record.check"),
        ({"phase_of": "1"}, "record.in_a_circle"),
        ({"phase_of": "9"}, "record.unknown_reference"),
        ({"listed": "24"}, "record.too_small"),
        ({"name": ""}, "record.missing"),
    ],
)
def test_wrong_input_of_a_project_is_refused(book, values, code):
    assert _codes(lambda: _put(book, **{**GIVEN, **values})) == [code]


def test_only_the_office_lists_a_project(book):
    _put(book, username="east.r", code="1", site="甲园区")
    for name, value in (("listed", "2025"), ("kind", "续建"), ("separate", "是")):
        assert _codes(
            lambda name=name, value=value: _put(book, username="east.r", code="1", **{name: value})
        ) == ["rights.field"]
    assert _codes(lambda: _put(book, username="land.r", code="1", site="乙园区")) == ["rights.relation"]


def test_a_month_counts_once_from_its_end_and_for_its_own_district(book):
    month = {"project": "1", "year": "2024", "month": "10", "district": "东山区"}
    _put(book, INVESTMENT, **month, planned="800", actual="0.05亿元")
    _put(book, INVESTMENT, **month, actual="600")
    assert len(book.registers["project_investment"]) == 1
    before, after = (
        desk(PACK, book, day).one("invested", period("2024")).value for day in (DAY, date(2024, 10, 31))
    )
    assert (before, after) == (None, Decimal("0.06"))
    assert "不一致" in _said(lambda: _put(book, INVESTMENT, **{**month, "month": "9", "district": "西河区"}))
    assert _codes(lambda: _put(book, INVESTMENT, **{**month, "month": "13"})) == ["record.too_large"]
    assert _codes(lambda: _put(book, INVESTMENT, **{**month, "project": "99"})) == [
        "record.unknown_reference"
    ]


def test_a_blocker_is_cleared_by_another_with_proof_and_may_come_back(book):
    blocker = {"project": "1", "element": "用电", "blocker": "线路未定", "district": "东山区", "owner": "市自然资源局",
               "since": "2024-08-01", "due": "2024-09-01"}  # fmt: skip
    _put(book, ELEMENTS, "land.r", **blocker)
    id = "1~energy~2024-08-01"
    assert standing(ELEMENTS, book.registers["project_elements"][id], DAY).late == 49
    found = desk(PACK, book)
    assert [found.one(name, period("2024")).value for name in ("blocked", "overdue_blockers")] == [1, 1]
    clear = lambda who, proof="批复1": _move(book, "cleared", DAY, ELEMENTS, id, who, proof)  # noqa: E731
    _put(book, ELEMENTS, "land.r", **blocker, measure="改接二号线")
    assert _codes(lambda: clear("land.r")) == ["rights.role"]
    assert _codes(lambda: clear("tongji", "")) == ["record.no_proof"]
    clear("tongji")
    assert desk(PACK, book).one("blocked", period("2024")).value == 0
    _move(book, "blocked", DAY, ELEMENTS, id)
    assert desk(PACK, book).one("blocked", period("2024")).value == 1
    wrong = {**blocker, "since": "2024-08-02", "due": "2024-08-01"}
    assert _codes(lambda: _put(book, ELEMENTS, **wrong)) == ["record.check"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("宏川叶片项目", "宏川叶片（二期）项目"),
        ("甲园区道路工程", "甲园区道路改扩建工程"),
        ("宏川叶片第2期", "宏川 叶片"),
    ],
)
def test_names_without_their_phase(one, other):
    assert bare(one) == bare(other)


def test_distance_of_two_points():
    assert metres("109.84,40.66", "109.84,40.67") == pytest.approx(1112, abs=1)


def test_a_later_phase_is_suggested_and_a_person_decides(book):
    """Same name and developer: suggested; same developer and site alone: another project. Decided: no more asked."""
    same = {**GIVEN, "enterprise": "宏川（示例）", "site": "甲园区"}
    _put(book, **same)
    _put(book, **{**same, "code": "2", "name": "宏川叶片二期项目", "site": "乙园区"})
    _put(book, **{**same, "code": "3", "name": "宏川轴承项目"})
    suggested = lambda id: PACK.suggests(found := desk(PACK, book), "projects",  # noqa: E731
                                         next(r for r in found.rows("projects") if r["id"] == id))  # fmt: skip
    told = suggested("2")[0]
    assert (told.field, told.value, told.sure) == ("phase_of", "1", 0.6)
    assert "项目单位" in told.why_zh
    assert suggested("1") == suggested("3") == []
    _put(book, code="2", separate="是")
    assert suggested("2") == []
    assert desk(PACK, book).one("listed", period("2024")).value == 3
    _put(book, code="2", phase_of="1")
    assert desk(PACK, book).one("listed", period("2024")).value == 2


def test_one_approval_code_is_one_project(book):
    _put(book, code="1", platform_code="2401-1")
    _put(book, **{**GIVEN, "code": "2", "name": "别的名称", "platform_code": "2401-1"})
    found = desk(PACK, book)
    row = next(r for r in found.rows("projects") if r["id"] == "2")
    assert [s.sure for s in PACK.suggests(found, "projects", row)] == [1.0]


def test_page_of_the_examples(given):
    blocks = list(PACK.page(given))
    steps = next(b for b in blocks if isinstance(b, Steps))
    assert sum(step.count for step in steps.every) == given.one("listed", period("2024")).value
    lines = next(b for b in blocks if isinstance(b, Lines))
    planned, actual, _ = (line.values for line in lines.lines)
    assert planned[11] is not None
    assert actual[9:] == [None, None, None], "October has not ended"
    grids = [b for b in blocks if isinstance(b, Grid)]
    districts, late, blockers, twins = grids
    assert len(districts.rows) == 10
    assert [row[1].text for row in districts.rows] == [str(n) for n in range(1, 11)]
    assert len(late.rows) == given.one("late", period("2024")).value
    assert len(twins.rows) == 2
    waits = [int(row[4].text) for row in blockers.rows]
    assert waits == sorted(waits, reverse=True)


def test_open_data_of_the_examples_keeps_the_standard(given):
    """Required fields, closed code lists and date formats of OC4IDS 0.9; unique ids; nothing empty."""
    made = PACK.exported["oc4ids"].make(
        given, Publisher("示例市发展和改革委员会", "https://example.org/oc4ids.json")
    )
    assert {"uri", "publisher", "publishedDate", "projects", "version"} == set(made)
    projects = made["projects"]
    assert len({p["id"] for p in projects}) == len(projects) == 62
    types = {"construction", "rehabilitation", "replacement", "expansion", "decommissioning"}
    assert {code[0] for code in NATURES} <= types
    assert {p["status"] for p in projects} <= {
        "identification",
        "preparation",
        "implementation",
        "completion",
        "maintenance",
    }
    assert set(STATUS) == set(PROJECTS.staged)
    sectors = {code[0] for code in BRANCHES}
    for project in projects:
        assert set(project["sector"]) <= sectors
        assert {m["status"] for m in project["milestones"]} <= {"scheduled", "met", "notMet"}
        assert not _hollow(project)
    first = next(p for p in projects if p["id"] == "2024-001")
    assert first["budget"]["amount"]["currency"] == "CNY"
    assert first["updated"] == "2024-10-20T00:00:00+08:00"
    assert first["locations"][0]["geometry"]["coordinates"][0] == pytest.approx(109.9, abs=0.2)


def _hollow(value):
    """Whether something empty stands in plain data."""
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return not value or any(map(_hollow, inner))
    return value is None or value == ""


def test_amounts_in_yuan_are_exact(book):
    _put(book, code="1", investment="12345.6789")
    made = PACK.exported["oc4ids"].make(desk(PACK, book), Publisher("市", "https://example.org"))
    assert made["projects"][0]["budget"]["amount"]["amount"] == 123456789


def test_indicators_fit_what_a_report_says():
    """The report's numbers have the unit and measure of the indicators that are to be bound to them."""
    claims = read_text((ROOT / "examples/report-2024.txt").read_text("utf-8")).claims
    said = {(c.indicator, c.measure, c.unit) for c in claims if c.tense == "target"}
    fits = {(word, i.measure, i.unit) for i in PACK.indicators for word in (i.zh, *i.words)}
    assert {
        ("年度投资", "increment", "亿元"),
        ("竣工项目", "increment", "个"),
        ("10亿元以上项目", "increment", "个"),
    } <= said & fits


def test_a_project_shows_its_own_money_and_blockers(given):
    rows = {row["id"]: row for row in given.rows("projects")}
    blocked = next(row["project"] for row in given.rows("project_elements") if row["stage"] == "blocked")
    lines, waiting = PACK.beside(given, "projects", rows[blocked])
    months = [
        row
        for row in given.rows("project_investment")
        if row["project"] == blocked and row["planned"] is not None
    ]
    assert lines.lines[0].values[-1] == (sum(row["planned"] for row in months) / 10_000).quantize(
        Decimal("0.01")
    )
    assert all(row[1].text == rows[blocked]["name"] for row in waiting.rows)
    assert list(PACK.beside(given, "project_elements", {})) == []


def test_a_year_for_which_nothing_was_set_has_no_floor(examples):
    early = desk(PACK, examples, date(2023, 12, 1))
    numbers = [n for b in PACK.page(early) if type(b).__name__ == "Numbers" for n in b.every]
    assert [n.note for n in numbers if n.indicator.endswith("_share")] == ["", ""]
