"""Livelihood items: a ballot with more candidates than places, ties, and acceptance by another."""

from datetime import date

import pytest

from duban.core.problem import Refused
from duban.ledger.year.filings import Evidence
from duban.ledger.year.people import PersonPlaced
from duban.packs.livelihood import PACK
from tests.packs.office import Office

DAY = date(2024, 12, 20)


@pytest.fixture
def office():
    one = Office(PACK, DAY)
    one.people(edu="市教育局")
    for number, votes in enumerate((90, 80, 70, 49), 1):
        _candidate(one, str(number), votes)
    return one


def _candidate(office, number, votes):
    office.put("wishes", number=number, subject=f"项目{number}", origin="群众", year="2025", collected_on="2024-09-01",
               unit="市教育局", cost="100", votes=str(votes))  # fmt: skip
    for stage in ("reviewed", "candidate"):
        office.move("wishes", number, stage)


def _tally(office, places=2, present=100):
    office.act("tally", year="2025", places=places, present=present)


def _refusal(call):
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.problems[0].code


def test_the_most_votes_over_half_become_items(office):
    _tally(office, places=3)
    assert {row["id"]: row["stage"] for row in office.rows("wishes")} == {
        "1": "chosen",
        "2": "chosen",
        "3": "chosen",
        "4": "lost",
    }
    assert [(row["id"], row["subject"], row["wish"]) for row in office.rows("livelihood_items")] == [
        ("2025~1", "项目1", "1"), ("2025~2", "项目2", "2"), ("2025~3", "项目3", "3")]  # fmt: skip


def test_half_is_not_more_than_half(office):
    _tally(office, places=3, present=140)
    assert [row["id"] for row in office.rows("wishes") if row["stage"] == "chosen"] == ["1", "2"]


def test_there_must_be_more_candidates_than_places(office):
    assert _refusal(lambda: _tally(office, places=4)) == "livelihood.too_few"
    assert _refusal(lambda: _tally(office, places=0)) == "livelihood.too_few"


def test_more_votes_than_deputies_are_refused_whole(office):
    before = office.book.seq
    assert _refusal(lambda: _tally(office, present=89)) == "livelihood.votes_wrong"
    assert office.book.seq == before


def test_a_tie_at_the_border_needs_another_ballot(office):
    _candidate(office, "5", 80)
    assert _refusal(lambda: _tally(office, places=2)) == "livelihood.tie"
    _tally(office, places=3)


def test_a_second_ballot_of_the_year_overwrites_no_item(office):
    _tally(office)
    before = {row["id"]: row["subject"] for row in office.rows("livelihood_items")}
    for number, votes in (("8", 77), ("9", 60)):
        _candidate(office, number, votes)
    _tally(office, places=1)
    after = {row["id"]: row["subject"] for row in office.rows("livelihood_items")}
    assert after == {**before, "2025~3": "项目8"}


def test_only_the_office_counts(office):
    assert _refusal(lambda: office.act("tally", "edu", year="2025", places=2, present=100)).startswith(
        "rights."
    )


def test_whoever_did_the_work_does_not_accept_it(office):
    _tally(office)
    proof = (Evidence("document", "完工报告1号"),)
    office.move("livelihood_items", "2025~1", "started", "edu")
    office.put("livelihood_items", "edu", year="2025", number="1", done="10")
    office.move("livelihood_items", "2025~1", "claimed", "edu", evidence=proof)
    office.write([("person/edu", PersonPlaced("edu", "edu", ("checker",), "edu"))])
    accept = lambda who: office.move("livelihood_items", "2025~1", "accepted", who, evidence=proof)  # noqa: E731
    assert _refusal(lambda: accept("edu")) in ("rights.bar_doer", "rights.field", "rights.role")
    accept("office")
    assert office.rows("livelihood_items")[0]["stage"] == "accepted"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_keeps_the_two_marks_apart(office, language):
    _tally(office)
    office.put("opinions", item="2025~1", who="人大代表", number="1", mark="满意", given_on="2024-12-01")
    office.put("opinions", item="2025~1", who="群众", number="1", mark="不满意", given_on="2024-12-01")
    assert (office.figure("deputies", "2024"), office.figure("citizens", "2024")) == (100, 0)
    assert list(PACK.page(office.desk(language)))


def test_a_slip_that_is_read_twice_counts_once_and_a_mended_one_replaces_it(office):
    _tally(office)
    slip = {"item": "2025~1", "who": "群众", "number": "W001", "given_on": "2024-12-01"}
    office.put("opinions", **slip, mark="满意")
    before = office.book.seq
    office.put("opinions", **slip, mark="满意")
    assert office.book.seq == before
    full_width = {**slip, "number": "Ｗ001"}  # the same number
    office.put("opinions", **full_width, mark="不满意")
    office.put("opinions", **{**slip, "who": "人大代表"}, mark="满意")  # deputies' slips are numbered apart
    assert [row["mark"] for row in office.rows("opinions")] == ["not", "satisfied"]
    assert office.figure("citizens", "2024") == 0


def test_a_mark_without_a_slip_number_is_refused(office):
    _tally(office)
    unnumbered = {"item": "2025~1", "who": "群众", "mark": "满意", "given_on": "2024-12-01"}
    assert _refusal(lambda: office.put("opinions", **unnumbered)) == "record.missing"
