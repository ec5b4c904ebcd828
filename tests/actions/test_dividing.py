"""A number divided by rule is a draft whose parts make the whole; a line that cannot be read is named."""

from decimal import Decimal

import pytest

from duban.actions.dividing import divided
from duban.actions.splits import propose_split, shortfalls
from tests.actions.city import peopled, small_book

PARKS, MARKETS = 0, 1


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return small_book(tmp_path_factory.mktemp("small") / "book")


@pytest.fixture
def city(plain):
    return peopled(plain.copy())


def draft(city, by, among, commitment="A1.1-01", n=PARKS):
    return divided(city.book, commitment, city.book.commitments[commitment].read.claims[n], by, among)


def test_by_last_years_figures(city):
    made = draft(city, "last_year", "东区人民政府 300\n市财政局，100\n市教育局\t 1,000")
    assert [(i.lead, p.value) for i, p in zip(made.items, made.parts, strict=True)] == [
        ("东区人民政府", 2), ("市财政局", 0), ("市教育局", 6)]  # fmt: skip
    assert made.reason == "按去年数的比例分解：东区人民政府 300、市财政局 100、市教育局 1000"


def test_to_each_the_same_whatever_stands_after_the_name(city):
    made = draft(city, "equal", "东区人民政府 9\n市财政局")
    assert [p.value for p in made.parts] == [4, 4]
    assert made.reason == "平均分解"


def test_growth_is_given_to_each_as_it_is(city):
    made = draft(city, "capacity", "东区人民政府 3\n市财政局 1", "A2.1-02", 0)
    assert [p.value for p in made.parts] == [11, 11]


def test_a_draft_can_be_proposed_and_leaves_only_the_other_numbers_open(city):
    made = draft(city, "equal", "东区人民政府\n市财政局")
    open_ = [p.code for p in shortfalls(city.book, "A1.1-01", made.items, made.parts)]
    assert open_ == ["split.claim_left"]  # the markets; the parks add up
    city.do("wang", propose_split, "A1.1-01", made.items, made.reason, made.parts)
    assert city.book.splits["A1.1-01"][-1].opened.body.parts[0].value == Decimal(4)


@pytest.mark.parametrize(
    ("by", "among", "code"),
    [
        ("lots", "东区人民政府", "division.rule_unknown"),
        ("equal", " \n", "division.lines"),
        ("equal", "东区人民政府\n" * 41, "division.lines"),
        ("equal", "东区人民政府\n东区人民政府", "division.twice"),
        ("equal", "无此单位", "division.unit_unknown"),
        ("last_year", "东区人民政府", "division.weight"),
        ("last_year", "东区人民政府 -1", "division.weight"),
        ("last_year", "东区人民政府 0", "division.no_weights"),
    ],
)
def test_what_cannot_be_divided(city, by, among, code):
    number = city.book.commitments["A1.1-01"].read.claims[PARKS]
    assert city.refusal("A1.1-01", _as_action, number, by, among) == code


def _as_action(book, commitment, number, by, among):
    return divided(book, commitment, number, by, among)


def test_a_number_of_another_commitment_is_refused(city):
    other = city.book.commitments["A2.1-02"].read.claims[0]
    assert city.refusal("A1.1-01", _as_action, other, "equal", "东区人民政府") == "split.claim_unknown"
