"""The quarterly review: sheet as data, recusal on every way in, ranking and what moved it, objections, acts."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given as examples_of
from hypothesis import strategies as st

from duban.actions.acts import perform_act
from duban.actions.records import Told, move_record, put_record, put_records
from duban.core.problem import Refused
from duban.ledger.book import Book
from duban.ledger.year.filings import Evidence
from duban.ledger.year.people import PersonPlaced
from duban.ledger.year.units import UnitEntered
from duban.packs.review import PACK
from duban.packs.review.register import FIGURES, MARKS, OBJECTIONS, RESULTS, REVIEWERS, SHEET
from duban.packs.review.rules import Line, before, moved, quarters, review, trimmed
from duban.registers.page import Bars, Grid
from duban.words import say
from tests.packs.desks import DAY, applied, desk, example_book

D = Decimal
Q3 = {"year": "2024", "quarter": "3"}
RATE = {
    **Q3,
    "item": "完成率",
    "source": "数据",
    "better": "越多越好",
    "weight": "60",
    "zero": "50",
    "full": "100",
}
SITE = {
    **Q3,
    "item": "现场",
    "source": "评委打分",
    "better": "越多越好",
    "weight": "40",
    "zero": "0",
    "full": "100",
}
HOMES = {"甲评": "东山区", "乙评": "西河区", "丙评": "", "丁评": "", "戊评": "", "己评": ""}


def _put(book, register, username="office", day=DAY, **values):
    return applied(book, put_record(book, username, register, Told(values, "x"), day), username)


def _codes(call):
    with pytest.raises(Refused) as refusal:
        call()
    return [p.code for p in refusal.value.problems]


def _act(book, name, day=DAY, username="office", year=2024, quarter=3, **more):
    act, answers = PACK.acted[name], {"year": year, "quarter": quarter, **more}
    writes = perform_act(book, username, PACK, act, desk(PACK, book, day), answers, today=day)
    return applied(book, writes, username, day.isoformat())


@pytest.fixture
def book():
    """Two districts; reviewers of both and four from outside; the figures are there, the marks are not."""
    book = Book()
    for code, name in (("east", "东山区"), ("west", "西河区"), ("tj", "市统计局")):
        applied(book, [(f"unit/{code}", UnitEntered(name=name))])
    for username, unit, role in (("east.r", "east", "reporter"), ("tongji", "tj", "checker")):
        applied(book, [(f"person/{username}", PersonPlaced(name=username, unit=unit, roles=(role,)))])
    for line in (RATE, SITE):
        _put(book, SHEET, **line)
    for name, home in HOMES.items():
        _put(book, REVIEWERS, **Q3, reviewer=name, home=home)
    for district, value in (("东山区", "90"), ("西河区", "80")):
        _put(book, FIGURES, **Q3, district=district, item="完成率", value=value, origin="台账")
    return book


@pytest.fixture
def marked(book):
    """With marks: 东山区 80 from everybody else, 西河区 90."""
    for district, mark in (("东山区", "80"), ("西河区", "90")):
        for name in (n for n, home in HOMES.items() if home != district):
            _put(book, MARKS, **Q3, district=district, reviewer=name, mark=mark)
    return book


@pytest.fixture(scope="module")
def given():
    return desk(PACK, example_book(PACK))


def test_a_line_earns_straight_between_its_lines_within_nought_and_cap():
    more = Line("a", "a", False, D(20), D(60), D(100), D("1.1"))
    assert [more.score(D(v)) for v in (50, 60, 80, 100, 102, 200)] == [0, 0, 10, 20, 21, 22]
    less = Line("b", "b", False, D(10), D(6), D(0))
    assert [less.score(D(v)) for v in (8, 6, 3, 0)] == [0, 0, 5, 10]
    assert less.score(None) is None


def test_marks_without_the_highest_and_lowest():
    marks = [D(n) for n in (60, 80, 84, 88, 100)]
    assert trimmed(marks, 1, 5) == D("84.00")
    assert trimmed(marks, 0, 5) == D("82.40")
    assert trimmed(marks, 2, 5) == D("84.00")
    assert trimmed(marks[:4], 1, 5) is None, "too few"
    assert trimmed(marks, 3, 5) is None, "none left"


def test_the_office_alone_keeps_sheet_figures_and_marks(book):
    for register, values in (
        (SHEET, RATE),
        (FIGURES, {**Q3, "district": "东山区", "item": "完成率", "value": "99"}),
    ):
        assert _codes(lambda register=register, values=values: _put(book, register, "east.r", **{**values, "weight": "61"}
                      if register is SHEET else values))[0].startswith("rights.")  # fmt: skip


@pytest.mark.parametrize(
    ("register", "values", "codes"),
    [
        (SHEET, {**RATE, "full": "40"}, ["record.check"]),
        (SHEET, {**RATE, "better": "越少越好"}, ["record.check"]),
        (SHEET, {**SITE, "full": "10"}, ["record.check"]),
        (SHEET, {**RATE, "weight": "120"}, ["record.too_large"]),
        (SHEET, {**RATE, "cap": "90"}, ["record.too_small"]),
        (SHEET, {**RATE, "quarter": "5"}, ["record.too_large"]),
        (SHEET, {**RATE, "better": "看情况"}, ["record.unknown_code"]),
        (FIGURES, {**Q3, "district": "东山区", "item": "没有的项", "value": "1"}, ["record.unknown_reference"]),
        (FIGURES, {**Q3, "district": "东山区", "item": "现场", "value": "99"}, ["record.check"]),
        (FIGURES, {**Q3, "district": "西河区", "item": "完成率", "value": ""}, ["record.check"]),
        (FIGURES, {**Q3, "district": "东山区", "item": "完成率", "value": "九十"}, ["record.not_a_number"]),
        (FIGURES, {**Q3, "district": "东山区", "item": "完成率", "marked": "99"}, ["record.no_such_field"]),
        (MARKS, {**Q3, "district": "东山区", "reviewer": "丙评", "mark": "101"}, ["record.too_large"]),
        (MARKS, {**Q3, "district": "东山区", "reviewer": "路人", "mark": "90"}, ["record.unknown_reference"]),
        (MARKS, {**Q3, "district": "东山区", "reviewer": "甲评", "mark": "90"}, ["record.check"]),
        (RESULTS, {**Q3, "district": "东山区", "score": "100"}, ["record.no_such_field"] * 4),
        (OBJECTIONS, {**Q3, "district": "东山区", "item": "完成率", "raised_on": "2024-10-19", "reason": "算错"},
         ["record.unknown_reference"]),
    ],
)  # fmt: skip
def test_wrong_input_is_refused(book, register, values, codes):
    assert _codes(lambda: _put(book, register, **values)) == codes


def test_a_file_of_marks_is_refused_where_a_reviewer_marks_at_home(book):
    rows = [
        Told({**Q3, "district": d, "reviewer": "甲评", "mark": "90"}, f"打分!{n}")
        for n, d in enumerate(("西河区", "东山区"), 2)
    ]
    with pytest.raises(Refused) as refusal:
        put_records(book, "office", MARKS, rows, DAY)
    assert [(p.code, p.place) for p in refusal.value.problems] == [("record.check", "打分!3")]


def test_who_moved_home_after_marking_no_longer_counts_there(marked):
    assert review(desk(PACK, marked), (2024, 3)).values["东山区"]["现场"] == 80
    _put(marked, MARKS, **Q3, district="东山区", reviewer="丙评", mark="20")
    _put(marked, REVIEWERS, **Q3, reviewer="丙评", home="东山区")
    found = review(desk(PACK, marked), (2024, 3))
    assert [row["reviewer"] for row in found.recused] == ["丙评"]
    assert found.values["东山区"]["现场"] is None, "four marks are too few"
    assert "review.recused" in _codes(lambda: _act(marked, "announce"))


def test_totals_ranks_and_missing_ones(marked):
    """东山区 60×0.8+40×0.8=80; 西河区 60×0.6+40×0.9=72; another without a figure is not ranked."""
    found = review(desk(PACK, marked), (2024, 3))
    assert found.totals == {"东山区": D("80.00"), "西河区": D("72.00")}
    assert found.ranks == {"东山区": 1, "西河区": 2}
    for name in HOMES:
        _put(marked, MARKS, **Q3, district="南湾旗", reviewer=name, mark="100")
    later = review(desk(PACK, marked), (2024, 3))
    assert later.totals["南湾旗"] is None
    assert "南湾旗" not in later.ranks
    assert later.missing == [("南湾旗", "完成率")]


ID = "2024~3~东山区~完成率~2024-10-21"
AFTER = date(2024, 10, 24)
OBJECTION = {
    **Q3,
    "district": "东山区",
    "item": "完成率",
    "raised_on": "2024-10-21",
    "reason": "少算一个项目",
}


def _stands(book):
    states = book.registers.of("review_results")
    return {s.values["district"]: (s.values["score"], s.values["rank"], s.stage) for s in states}


@pytest.fixture
def objected(marked):
    """Announced, with an objection of 东山区."""
    _act(marked, "announce")
    _put(marked, OBJECTIONS, "east.r", date(2024, 10, 21), **OBJECTION)
    return marked


def _decide(book, who):
    proof = (Evidence("document", "复核1"),)
    writes = move_record(book, who, OBJECTIONS, ID, "decided", AFTER, today=AFTER, evidence=proof)
    return applied(book, writes, who)


def test_a_ranking_is_announced_and_waits_for_objections(marked):
    with pytest.raises(Refused):
        _act(marked, "announce", username="east.r")
    assert _codes(lambda: _act(marked, "publish")) == ["review.not_announced"]
    _act(marked, "announce")
    assert _stands(marked) == {"东山区": ("80", "1", "announced"), "西河区": ("72", "2", "announced")}
    assert _codes(lambda: _act(marked, "announce")) == ["act.nothing"]
    _put(marked, OBJECTIONS, "east.r", date(2024, 10, 21), **OBJECTION)
    assert marked.registers["review_objections"][ID].values["due_on"] == "2024-10-26"
    assert _codes(lambda: _act(marked, "publish", date(2024, 10, 23))) == ["review.too_early"]
    assert _codes(lambda: _act(marked, "publish", AFTER)) == ["review.undecided"]


def test_an_objection_is_decided_by_another_then_recounted_and_published_with_a_reason(objected):
    assert _codes(lambda: _decide(objected, "office")) == ["record.stage_needs"]
    _put(objected, OBJECTIONS, day=AFTER, **OBJECTION, ruling="成立", answer="补计一个项目")
    assert _codes(lambda: _decide(objected, "east.r"))[0].startswith("rights.")
    _decide(objected, "office")
    _put(objected, FIGURES, **Q3, district="东山区", item="完成率", value="95")
    doubts = [b for b in PACK.page(desk(PACK, objected, AFTER)) if isinstance(b, Grid)][-1]
    assert any("80 → 86.00" in row[1].text for row in doubts.rows)
    with pytest.raises(Refused) as refusal:
        _act(objected, "publish", AFTER)
    (problem,) = refusal.value.problems
    assert problem.code == "review.differs"
    assert "东山区 80.00（第1名） → 86.00（第1名）" in say(problem, "zh")
    assert "西河区" not in say(problem, "zh")
    _act(objected, "publish", AFTER, why="异议成立，补计一个项目")
    assert _stands(objected)["东山区"] == ("86", "1", "published")
    result = objected.registers["review_results"]
    assert result["2024~3~东山区"].values["announced"] == "80"
    assert result["2024~3~东山区"].values["why"] == "异议成立，补计一个项目"
    assert "announced" not in result["2024~3~西河区"].values
    bar = next(b for b in PACK.page(desk(PACK, objected, AFTER)) if isinstance(b, Bars)).every[0]
    assert "公示时 80.00（第1名），异议成立，补计一个项目" in bar.note
    again = (
        _codes(lambda: _act(objected, "publish", AFTER)),
        _codes(lambda: _act(objected, "announce", AFTER)),
    )
    assert again == (["review.published"], ["review.published"])


def test_what_was_announced_is_published_without_a_reason(marked):
    """Also where only another district's figure moves the rank, the announced one is named."""
    _act(marked, "announce")
    after = date(2024, 10, 24)
    _put(marked, FIGURES, **Q3, district="西河区", item="完成率", value="99")
    with pytest.raises(Refused) as refusal:
        _act(marked, "publish", after)
    told = say(refusal.value.problems[0], "en")
    assert all(district in told for district in ("东山区", "西河区")), "one by its total, one by its rank"
    _put(marked, FIGURES, **Q3, district="西河区", item="完成率", value="80")
    _act(marked, "publish", after)
    assert {s.values.get("why", "") for s in marked.registers.of("review_results")} == {""}


def test_what_a_ranking_lacks_is_told_all_at_once(book):
    _put(book, SHEET, **{**SITE, "weight": "30"})
    assert _codes(lambda: _act(book, "announce", date(2024, 9, 30))) == [
        "review.not_ended", "review.weights", "review.missing",
    ]  # fmt: skip
    assert _codes(lambda: _act(book, "announce", quarter=2)) == ["review.nothing"]
    assert _codes(lambda: _act(book, "announce", quarter=7)) == ["review.no_quarter"]


def test_the_public_sees_the_announced_ranking_without_the_marks(marked):
    """Marks and reviewers are kept closer; once announced, their mean stands in the figures."""
    _act(marked, "announce")
    seen = desk(PACK, marked)
    hidden = {"review_marks", "review_reviewers"}
    public = type(seen)(
        PACK, seen.day, seen.engines, lambda name: [] if name in hidden else seen.records(name)
    )
    assert review(public, (2024, 3)).totals == review(seen, (2024, 3)).totals
    assert {MARKS.seen, REVIEWERS.seen} == {"inner"}


def test_change_of_the_examples_adds_up_for_every_district(given):
    every = quarters(given)
    assert every == [(2024, 1), (2024, 2), (2024, 3)]
    for quarter in every[1:]:
        now, then = review(given, quarter), review(given, before(quarter))
        assert now.weight == then.weight == 100
        for district in now.values:
            change = moved(now, then, district)
            assert change.total == change.weights + sum(change.items.values())
            assert change.total == now.totals[district] - then.totals[district]


@examples_of(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(-5, 130), st.integers(-5, 130)),
        min_size=1,
        max_size=6,
    )
)
def test_parts_of_a_change_add_up_whatever_the_sheets(rows):
    """Items may come, go and change their weight; the parts are the whole."""
    book = Book()
    sheets = {"1": [], "2": []}
    for n, (old, new, was, value) in enumerate(rows):
        for quarter, weight, told in (("1", old, was), ("2", new, value)):
            head = {"year": "2024", "quarter": quarter, "item": f"项{n}"}
            if weight or n == 0:
                sheets[quarter].append(head["item"])
                _put(
                    book,
                    SHEET,
                    **head,
                    source="数据",
                    better="越多越好",
                    weight=str(weight),
                    zero="0",
                    full="100",
                )
                _put(book, FIGURES, **head, district="东山区", value=str(told))
    now, then = (review(desk(PACK, book), (2024, q)) for q in (2, 1))
    change = moved(now, then, "东山区")
    assert (
        change.total
        == now.totals["东山区"] - then.totals["东山区"]
        == change.weights + sum(change.items.values())
    )


def test_page_of_the_examples(given):
    blocks = list(PACK.page(given))
    ranking = next(b for b in blocks if isinstance(b, Bars))
    totals = [bar.value for bar in ranking.every]
    assert len(totals) == 10
    assert totals == sorted(totals, reverse=True)
    assert all(bar.mark is not None for bar in ranking.every)
    titles = [b.title for b in blocks if isinstance(b, Grid)]
    assert titles == ["排名为什么变", "各项得分", "历次名次（总分）", "异议", "公布以前要看的"]
    assert next(b for b in blocks if isinstance(b, Grid) and b.title == titles[-1]).rows == ()
