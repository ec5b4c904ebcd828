"""Issuing a document: by the office, once under each number, kept as it went out."""

import pytest

from duban.actions.papers import issue_paper, paper_thing
from duban.core.rights import may
from duban.ledger.year.matters import MatterOpened
from tests.actions.city import OUTSIDERS

FIELDS = {"kind": "sheet", "number": "云政督〔2024〕3号", "day": "2024-03-01", "paper": "{}", "about": "D-1"}


@pytest.fixture
def desk(city):
    city.write("office", [("matter/D-1", MatterOpened("remind", "进度", "市住建局", "落后"))])
    return city


def test_an_issued_paper_is_kept_for_its_unit(desk):
    desk.do("clerk", issue_paper, **FIELDS)
    kept = desk.book.papers["1"].body
    assert (kept.number, kept.words, kept.unit) == ("云政督〔2024〕3号", "{}", "zhujian")
    assert desk.refusal("clerk", issue_paper, **FIELDS) == "papers.number_taken"
    desk.do("clerk", issue_paper, **FIELDS | {"number": " 云政督〔2024〕4号 ", "kind": "notice", "about": ""})
    assert (desk.book.papers["2"].body.number, desk.book.papers["2"].body.unit) == ("云政督〔2024〕4号", "")


@pytest.mark.parametrize("who", [*OUTSIDERS, "wang", "li", "leader", "zhou"])
def test_nobody_else_issues(desk, who):
    assert desk.refusal(who, issue_paper, **FIELDS).startswith("rights.")


def test_a_number_is_needed(desk):
    assert desk.refusal("clerk", issue_paper, **FIELDS | {"number": "  "}) == "field.missing"
    assert desk.refusal("clerk", issue_paper, **FIELDS | {"number": "号" * 61}) == "field.long"
    assert desk.refusal("clerk", issue_paper, **FIELDS | {"number": "a\x07"}) == "field.unprintable"


def test_who_reads_the_sheet_of_a_matter(desk):
    from duban.actions.context import actor_of

    def readers(thing):
        return {who for who in ("wang", "li", "qian", "zhao", "wu", "zheng", "zhou", "leader", "clerk", "")
                if may(actor_of(desk.book, who), "paper.read", thing)}  # fmt: skip

    assert readers(paper_thing(desk.book, "D-1", issued=True)) == {"wang", "li", "wu", "leader", "clerk"}
    assert readers(paper_thing(desk.book, "D-1", issued=False)) == {"wu", "leader", "clerk"}
    assert readers(paper_thing(desk.book, "", issued=True)) == {"wu", "leader", "clerk"}
