"""Claims: one own sentence for each construction of the language."""

import pytest

from duban.core.span import Span
from duban.read.claims import read_sentence
from duban.read.model import Section, Sentence
from tests.read import sentences, sentences_elsewhere, sentences_more

ROWS = [*sentences.ROWS, *sentences_elsewhere.ROWS, *sentences_more.ROWS]
ROLES = [*sentences.ROLES, *sentences_elsewhere.ROLES, *sentences_more.ROLES]


def mentions(part, text):
    return read_sentence(Sentence(Span(0, len(text)), text, 0, Section(part=part)), 2026)


@pytest.mark.parametrize(("part", "text", "expected"), ROWS, ids=[row[1] for row in ROWS])
def test_a_construction_is_read(part, text, expected):
    found = {m.token.text: m for m in mentions(part, text) if m.role == "claim"}
    for number, indicator, measure, value, high, unit, comparator in expected:
        m = found[number]
        assert indicator in m.indicator
        assert m.measure == measure
        assert float(m.value) == value
        assert (None if m.token.high is None else float(m.token.high)) == high
        assert (m.unit, m.comparator) == (unit, comparator)


@pytest.mark.parametrize(("part", "text", "number", "role"), ROLES, ids=[row[1] for row in ROLES])
def test_a_number_that_claims_nothing(part, text, number, role):
    assert {m.token.text: m.role for m in mentions(part, text)}[number] == role


def test_the_base_of_a_rise_is_background():
    base, reached = mentions("review", "绿电占比由12%提高到18%。")
    assert (base.tense, reached.tense) == ("background", "actual")


@pytest.mark.parametrize(("text", "bases"), sentences_elsewhere.BASES)
def test_what_only_sets_the_ground_is_background(text, bases):
    found = {m.token.text for m in mentions("review", text) if m.tense == "background"}
    assert found == bases


@pytest.mark.parametrize(("text", "standing"), sentences_more.STANDING)
def test_what_stands_already_is_no_target(text, standing):
    found = {m.token.text for m in mentions("plan", text) if m.tense == "background"}
    assert found == standing


@pytest.mark.parametrize(("text", "dues"), sentences_more.DUES)
def test_a_date_that_opens_a_sentence_holds_for_its_later_clauses(text, dues):
    assert [m.due for m in mentions("plan", text) if m.role == "claim"] == dues


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("3月底前改造厂房6座。", "2026-03-31"),
        ("上半年建成驿站9个。", "2026-06-30"),
        ("二季度末完成清淤12公里。", "2026-06-30"),
        ("到2030年森林覆盖率达到40%。", "2030-12-31"),
        ("雨季前疏浚河道30公里。", "雨季前"),
        ("新建厂房3座。", "2026-12-31"),
    ],
)
def test_when_it_is_due(text, due):
    claims = [m for m in mentions("plan", text) if m.role == "claim"]
    assert [m.due for m in claims] == [due]


def test_every_field_names_its_rule():
    for m in mentions("plan", "新增瞪羚企业8家以上，产值突破60亿元。"):
        assert all(getattr(m, f"{name}_rule").startswith(f"{name}.") for name in ("tense", "measure", "due"))
