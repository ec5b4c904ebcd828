"""Parts against the whole: piled up, left to nobody, held twice; rates by each and by the median, never by adding."""

import dataclasses
from decimal import Decimal

import pytest

from duban.actions.tasks import adjust_target
from duban.assess.account import account_of
from duban.assess.cascade import cascades, unowned
from duban.ledger.bodies import ItemAdded
from duban.ledger.year.filings import ReadingPosted
from duban.ledger.year.tasks import Target, TargetSet

D = Decimal


def whole_of(desk):
    claim = desk.book.commitments["A1.1-01"].read.claims[0]
    return claim, desk.book.claims[claim].claim.value


def divided(desk, values, leads, measure="increment", comparator="ge"):
    claim, _whole = whole_of(desk)
    for n, (value, lead) in enumerate(zip(values, leads, strict=True), 1):
        account = f"item/A1.1-01/{n}"
        desk.city.write("office", [(account, ItemAdded("A1.1-01", f"分项{n}", lead, checker="市统计局"))])
        body = TargetSet(Target("公园", measure, D(value), comparator=comparator), claim)
        desk.city.write("office", [(account, body)])
    return one(desk)


def accounts(desk):
    return {key: account_of(desk.book, key) for key in desk.book.items}


def one(desk):
    [found] = cascades(desk.book, accounts(desk))
    return found


EAST, HOUSING, MONEY = "东区人民政府", "市住房和城乡建设局", "市财政局"
PAPER = "区政府常务会议纪要〔2024〕7号"


def test_parts_that_ask_more_than_the_whole_are_piled_up(desk):
    _claim, whole = whole_of(desk)
    found = divided(desk, [whole / 2, whole * D("0.7")], [EAST, MONEY])
    assert (found.coefficient, found.piled, found.gap) == (D("1.2"), whole * D("0.2"), 0)
    assert found.findings == ("piled",)


def test_what_nobody_took_is_a_gap_and_not_where_one_holds_it_all(desk):
    _claim, whole = whole_of(desk)
    found = divided(desk, [whole / 2, whole * D("0.4")], [EAST, MONEY])
    assert (found.coefficient, found.gap, found.findings) == (D("0.9"), whole * D("0.1"), ("gap",))
    desk.city.write("office", [("item/A1.1-01/3", ItemAdded("A1.1-01", "全部", HOUSING))])
    body = TargetSet(Target("公园", "increment", whole, comparator="ge"), whole_of(desk)[0])
    desk.city.write("office", [("item/A1.1-01/3", body)])
    found = one(desk)
    assert [a.key for a in found.owners] == ["A1.1-01/3"]
    assert (found.gap, found.total, len(found.shares)) == (0, whole * D("0.9"), 2)


def test_a_ceiling_is_piled_up_where_the_parts_leave_less_room(desk):
    _claim, whole = whole_of(desk)
    found = divided(desk, [whole / 2, whole / 4], [EAST, MONEY])
    ceiling = dataclasses.replace(found, less_is_better=True)
    assert (found.piled, found.gap) == (0, whole / 4)
    assert (ceiling.piled, ceiling.gap, ceiling.findings) == (whole / 4, 0, ("piled",))


def test_a_unit_with_two_parts_and_a_part_without_a_unit_are_told(desk):
    _claim, whole = whole_of(desk)
    found = divided(desk, [whole / 2, whole / 4, whole / 4], [EAST, EAST, ""])
    assert found.twice == (EAST,)
    assert [s.key for s in found.nobody] == ["A1.1-01/3"]
    assert found.findings == ("twice", "nobody")


@pytest.mark.parametrize("measure", ["growth", "rank", "share", "duration", "change"])
def test_what_never_adds_is_held_against_the_whole_one_by_one(desk, measure):
    _claim, whole = whole_of(desk)
    found = divided(desk, [whole, whole + 3, whole - 1], [HOUSING, EAST, EAST], measure)
    assert (found.total, found.coefficient, found.gap, found.piled) == (None, None, 0, 0)
    assert [a.state.item.lead for a in found.owners] == [HOUSING]  # no territory: it holds the city's own
    stricter, looser = [s.value for s in found.stricter], [s.value for s in found.looser]
    more, less = ([whole + 3], [whole - 1]) if measure != "rank" else ([whole - 1], [whole + 3])
    assert (stricter, looser) == (more, less)
    assert found.middle == whole + 1


def test_the_median_of_figures_waits_for_all_and_one_far_off_does_not_move_it(desk):
    _claim, whole = whole_of(desk)
    divided(desk, [whole] * 4, [HOUSING, EAST, EAST, EAST], "growth")
    for n, value in ((2, 5), (3, 6)):
        post(desk, n, value)
    assert one(desk).middle_reached is None  # missing is not zero
    post(desk, 4, 900)
    assert one(desk).middle_reached == 6
    assert one(desk).reached is None


def test_figures_of_different_periods_are_not_put_together(desk):
    _claim, whole = whole_of(desk)
    divided(desk, [whole / 2, whole / 2 - 1], [EAST, MONEY])
    post(desk, 1, 5, "2024-C06")
    post(desk, 2, 6, "2024-C07")
    assert one(desk).reached is None
    post(desk, 2, 4, "2024-C06")
    assert (one(desk).reached, one(desk).common.code) == (9, "2024-C06")


def post(desk, n, value, period="2024-C06"):
    desk.city.write("zhou", [(f"item/A1.1-01/{n}", ReadingPosted(period, D(value), source="月报"))])


def test_who_added_what_and_on_whose_paper_stays_beside_the_part(desk):
    _claim, whole = whole_of(desk)
    divided(desk, [whole / 2, whole / 2], [EAST, MONEY])
    now = account_of(desk.book, "A1.1-01/1").target
    more = Target(now.indicator, now.measure, now.value + 5, comparator="ge")
    desk.city.do("office", adjust_target, "A1.1-01/1", target=more, authority=PAPER, reason="自我加压")
    first, second = one(desk).shares
    assert (first.added, second.added) == (5, 0)
    assert (first.steps[-1].authority, first.steps[-1].reason) == (PAPER, "自我加压")
    assert one(desk).findings == ("piled",)


def test_numbers_that_no_item_took(desk):
    assert left(desk) == [8, 3]
    divided(desk, [1, 2], [EAST, MONEY])
    assert left(desk) == [3]


def left(desk):
    """The numbers of the first commitment that nobody took."""
    return [c.value for id, c in unowned(desk.book, accounts(desk)) if id == "A1.1-01"]


def test_items_of_different_units_are_held_against_nothing(desk):
    claim, whole = whole_of(desk)
    divided(desk, [whole / 2, whole / 2], [EAST, MONEY])
    desk.city.write("office", [("item/A1.1-01/3", ItemAdded("A1.1-01", "别的", MONEY)),
                               ("item/A1.1-01/3", TargetSet(Target("公园", "growth", D(3), unit="%"), claim))])  # fmt: skip
    assert cascades(desk.book, accounts(desk)) == []
