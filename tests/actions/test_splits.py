"""Splits: parts add up by their measure or the proposal says why not; targets follow; dates are told."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from duban.actions import splits, tasks
from duban.actions.rules import set_rules
from duban.actions.splits import decide_split, propose_split, split_until
from duban.core.problem import Refused
from duban.ledger.bodies import Item
from duban.ledger.year.tasks import Part
from duban.words import LOCALES, say
from tests.actions.city import KEY, TODAY

OWNER = "A1.1-01"


def items(*dues):
    return tuple(
        Item(OWNER, f"第{n}批", lead, (), "孙副市长", due)
        for n, (lead, due) in enumerate(zip(("市住建局", "东区人民政府"), dues, strict=False), 1)
    )


TWO = items("2024-12-31", None)


@pytest.fixture
def claim(city):
    """The commitment's one number, made an increment of 20."""
    id, *others = city.book.commitments[OWNER].read.claims
    for other in others:
        city.book.claims[other] = msgspec.structs.replace(city.book.claims[other], dropped=True)
    state = city.book.claims[id]
    read = msgspec.structs.replace(
        state.read, measure="increment", value=Decimal(20), comparator="ge", due=""
    )
    city.book.claims[id] = msgspec.structs.replace(state, read=read)
    return id


def parts(claim, *values):
    return tuple(Part(claim, None if v is None else Decimal(v)) for v in values)


def codes(city, *given):
    with pytest.raises(Refused) as refused:
        propose_split(city.book, "wang", OWNER, *given)
    for problem in refused.value.problems:
        for locale in LOCALES:
            assert problem.code not in say(problem, locale)
    return [p.code for p in refused.value.problems]


def test_parts_that_add_up_become_targets(city, claim):
    city.do("wang", propose_split, OWNER, TWO, "", parts(claim, 12, 8))
    city.do("leader", decide_split, OWNER, approved=True, today=TODAY)
    found = [city.book.tasks[f"{OWNER}/{n}"] for n in (1, 2)]
    assert [t.target.value for t in found] == [12, 8]
    assert found[0].target.due == "2024-12-31"
    assert [t.begun.body.claim for t in found] == [claim, claim]
    assert city.book.tasks[f"{OWNER}/2"].assignment.opened.body.lead == "东区人民政府"


def test_parts_that_do_not_add_up_need_a_word(city, claim):
    assert codes(city, TWO, "", parts(claim, 12, 7)) == ["split.not_added_up"]
    city.do("wang", propose_split, OWNER, TWO, "市级直接承担一座", parts(claim, 12, 7))
    city.do("leader", decide_split, OWNER, approved=True, today=TODAY)
    assert city.task.target.value == 12


def test_a_rate_is_taken_by_each_and_never_added(city, claim):
    state = city.book.claims[claim]
    city.book.claims[claim] = msgspec.structs.replace(
        state, read=msgspec.structs.replace(state.read, measure="growth")
    )
    assert city.refusal("wang", propose_split, OWNER, TWO, "", parts(claim, 15, 15)) == ""


def test_a_ceiling_must_not_be_passed(city, claim):
    state = city.book.claims[claim]
    city.book.claims[claim] = msgspec.structs.replace(
        state, read=msgspec.structs.replace(state.read, comparator="le")
    )
    assert codes(city, TWO, "", parts(claim, 12, 9)) == ["split.not_added_up"]
    assert city.refusal("wang", propose_split, OWNER, TWO, "", parts(claim, 12, 7)) == ""


def test_no_number_is_left_without_an_item(city, claim):
    assert codes(city, TWO, "", (Part(), Part())) == ["split.claim_left"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ((Part("C99", Decimal(1)), Part()), "split.claim_unknown"),
        ((Part("", Decimal(1)), Part()), "split.value_of_nothing"),
        ((Part(),), "split.parts_differ"),
    ],
)
def test_parts_of_nothing(city, given, code):
    assert codes(city, TWO, "", given)[0] == code


def test_an_item_due_after_its_promise_needs_a_word(city):
    state = city.book.commitments[OWNER]
    city.book.commitments[OWNER] = msgspec.structs.replace(
        state, read=msgspec.structs.replace(state.read, due="2024-06-30")
    )
    late = items("2024-12-31", "2024-06-30")
    assert codes(city, late) == ["split.due_later"]
    assert city.refusal("wang", propose_split, OWNER, late, "设备年底到货") == ""


def test_a_target_that_began_is_adjusted_by_the_decision_with_its_authority(city, claim):
    city.do("office", tasks.begin_target, KEY, claim)
    city.do("wang", propose_split, OWNER, TWO, "", parts(claim, 12, 8))
    city.do("leader", decide_split, OWNER, approved=True, today=TODAY)
    (adjusted,) = city.task.adjustments
    assert (city.task.original.value, city.task.target.value) == (20, 12)
    assert "孙副市长" in adjusted.body.authority


def test_a_promise_is_not_lowered_by_a_split(city, claim):
    city.do("office", tasks.begin_target, KEY, claim)
    city.do("wang", propose_split, OWNER, TWO, "完不成", parts(claim, 10, 5))
    assert city.refusal("leader", decide_split, OWNER, approved=True, today=TODAY) == "split.adjust_first"
    assert city.refusal("leader", decide_split, OWNER, approved=False, reason="补足", today=TODAY) == ""


@pytest.mark.parametrize("who", ["qian", "zhou", "wu", "zheng", "zhao", ""])
def test_outsiders_neither_propose_nor_decide(city, claim, who):
    given = (TWO, "", parts(claim, 12, 8))
    assert city.refusal(who, propose_split, OWNER, *given).startswith("rights.")
    city.do("wang", propose_split, OWNER, *given)
    assert city.refusal(who, decide_split, OWNER, approved=True, today=TODAY).startswith("rights.")
    assert splits.open_split(city.book, OWNER) is not None


def test_until_when_only_where_the_city_says(city):
    assert split_until(city.book, "2024-03-01") is None
    city.do("office", set_rules, {"split_days": "10"})
    assert split_until(city.book, "2024-03-01") == date(2024, 3, 11)
