"""Meetings: decisions with who and by when, followed up until done; five things on top of the wall."""

import pytest

from duban.actions import meetings
from duban.ledger.year.meetings import is_done
from tests.actions.city import KEY, OUTSIDERS, TODAY

WHAT = {"told": "倒排工期", "unit": "zhujian", "due": "2024-03-15", "items": (KEY,), "today": TODAY}


@pytest.fixture
def held(city):
    city.do("clerk", meetings.hold_meeting, title="第一次调度会", agenda=(f"item/{KEY}",))
    city.do("clerk", meetings.record_decision, "1", **WHAT)
    return city


def test_a_decision_is_followed_up_until_it_is_done(held):
    held.do("clerk", meetings.hold_meeting, title="第二次调度会", agenda=("decision/1", "decision/1"))
    assert held.book.meetings["2"].body.agenda == ("decision/1",)
    held.do("clerk", meetings.follow_up, "1", told="已排到周", done=False, meeting="2")
    assert not is_done(held.book.decisions["1"])
    held.do("clerk", meetings.follow_up, "1", told="已完成", done=True)
    assert is_done(held.book.decisions["1"])
    assert held.refusal("clerk", meetings.follow_up, "1", told="又", done=True) == "decision.done_already"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"told": ""}, "field.missing"),
        ({"unit": "nobody"}, "unit.unknown"),
        ({"due": "2024-02-01"}, "date.not_later"),
        ({"items": ("A1.1-01/9",)}, "item.unknown"),
    ],
)
def test_what_cannot_be_recorded(held, fields, code):
    assert held.refusal("clerk", meetings.record_decision, "1", **{**WHAT, **fields}) == code


def test_what_is_not_there(held):
    assert held.refusal("clerk", meetings.record_decision, "9", **WHAT) == "meeting.unknown"
    assert held.refusal("clerk", meetings.follow_up, "9", told="无", done=True) == "decision.unknown"
    assert (
        held.refusal("clerk", meetings.follow_up, "1", told="无", done=True, meeting="9") == "meeting.unknown"
    )
    for account in ("item/none", "matter/1", "unit/zhujian", "x"):
        refusal = held.refusal("clerk", meetings.hold_meeting, title="会", agenda=(account,))
        assert refusal == "meeting.agenda_unknown"


@pytest.mark.parametrize("who", ["wang", "li", "zhou", "leader", *OUTSIDERS])
def test_only_the_office_writes_the_minutes_and_chooses_what_is_on_top(held, who):
    for action, args, fields in (
        (meetings.hold_meeting, (), {"title": "会", "agenda": ()}),
        (meetings.record_decision, ("1",), WHAT),
        (meetings.follow_up, ("1",), {"told": "办了", "done": True}),
        (meetings.set_priority, ((KEY,),), {"reason": "要紧"}),
    ):
        assert held.refusal(who, action, *args, **fields).startswith("rights.")


def test_five_things_on_top_by_hand_or_the_rule(city):
    assert city.refusal("clerk", meetings.set_priority, (KEY,)) == "field.missing"  # without a reason
    assert city.refusal("clerk", meetings.set_priority, ("none/1",), reason="要紧") == "item.unknown"
    city.do("clerk", meetings.set_priority, (KEY, KEY), reason="要紧")
    assert city.book.priority == (KEY,)
    assert city.do("clerk", meetings.set_priority, (KEY,), reason="要紧") == []
    city.do("clerk", meetings.set_priority, ())
    assert city.book.priority == ()


def test_no_more_than_five(city):
    item = city.book.items[KEY].item
    for n in range(2, 8):
        city.write("office", [(f"item/A1.1-01/{n}", item)])
    some = tuple(f"A1.1-01/{n}" for n in range(1, 7))
    assert city.refusal("clerk", meetings.set_priority, some, reason="要紧") == "priority.too_many"
