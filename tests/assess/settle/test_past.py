"""An earlier year's settlement behind this one's."""

import pytest

from duban.actions.settlement import bring_history, settle_book
from duban.assess.settle.account import by_action, by_unit, lines_in, onward_in, tally
from duban.assess.settle.books import aims_in, source_of_outcomes
from duban.assess.settle.halves import aims_of, outcomes_of
from duban.assess.settle.past import before, history_of
from duban.core.problem import Refused
from duban.ledger.year.settlements import PastNumber, SettlementHistory
from duban.read import read_text
from tests.actions.city import peopled, small_book
from tests.files.conftest import SMALL

NEXT = (
    SMALL.replace("2024", "2025")
    .replace("2023", "2024")
    .replace("公园6座", "公园9座")
    .replace("公园8座", "公园10座")
)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return small_book(tmp_path_factory.mktemp("past") / "book")


@pytest.fixture
def city(small):
    return peopled(small.copy())


def report():
    reading = read_text(NEXT)
    return source_of_outcomes(
        "2025.txt", "e" * 64, "report", outcomes_of(reading, 0), aims_of(reading), "报告"
    )


def test_the_next_report_settles_the_small_year(city):
    city.do("clerk", settle_book, [report()])
    lines = lines_in(city.book)
    assert [line.text for line in lines] == [c.read.text for c in city.book.commitments.values()]
    counts = tally(lines)
    # parks exceeded, markets unreported, delivery grew 9 % instead of 11 %; two steps that no review's words are read on
    assert dict(counts.counts) == {"missed": 1, "unclear": 3}
    assert (counts.all, counts.judged, counts.kept) == (4, 1, 0)
    assert sum(t.all for t in by_action(lines).values()) == 4
    assert {unit: t.all for unit, t in by_unit(lines).items()} == {"市住房和城乡建设局": 1}
    moves = {o.settled.aim.indicator: o.move for o in onward_in(city.book)}
    assert moves == {"新建口袋公园": "raised", "改造菜市场": "moved_on", "快递业务量": "moved_on"}


def test_an_earlier_year_is_taken_in_once_and_found_by_indicator(city):
    assert history_of(city.book, "1 x") is None
    city.do("clerk", settle_book, [report()])
    past = history_of(city.book, "9 seal")
    assert (past.year, past.counts["missed"], len(past.numbers)) == (2024, 1, 3)
    with pytest.raises(Refused, match="not_before"):
        bring_history(city.book, "clerk", past)  # the same year
    old = SettlementHistory(2023, "云川市", "7 seal", {"met": 3},
                            (PastNumber("快递业务量增速", "growth", "%", "≥8%", "9%", "met"),))  # fmt: skip
    assert len(city.do("clerk", bring_history, old)) == 1
    assert city.do("clerk", bring_history, old) == []
    aims = aims_in(city.book)
    found = before(city.book, aims)
    [delivery] = [a.id for a in aims if a.indicator == "快递业务量"]
    assert found == {delivery: [(2023, old.numbers[0])]}
    with pytest.raises(Refused, match="not_before"):
        bring_history(city.book, "clerk", SettlementHistory(2023, "别的市", "7 seal", {}))
    with pytest.raises(Refused, match="rights"):
        bring_history(city.book, "wang", old)
