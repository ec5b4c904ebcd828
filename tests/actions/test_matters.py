"""One matter, one sheet: opened once for one lateness, raised, answered, concluded, appealed, reviewed by others."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duban.actions import matters
from duban.actions.people import place_person
from duban.actions.rules import set_rules
from duban.ledger.year.matters import LEVELS, MatterOpened
from duban.ledger.year.people import PersonPlaced
from tests.actions.city import KEY, OUTSIDERS, TODAY, peopled

SHEET = MatterOpened(
    "remind", "口袋公园进度滞后", "zhujian", "连续两月低于序时", (KEY,), "2024-03-08", since="2024-02-29"
)


def changed(**fields):
    return msgspec.structs.replace(SHEET, **fields)


@pytest.fixture
def opened(city):
    city.do("clerk", matters.open_matter, SHEET, today=TODAY)
    return city


def test_from_a_reminder_to_a_talk_and_an_appeal_that_others_uphold(opened):
    for level, day in (("supervise", "2024-03-20"), ("notice", ""), ("talk", "2024-04-30")):
        opened.do(
            "clerk", matters.raise_matter, "1", level=level, reason="未按期答复", deadline=day, today=TODAY
        )
    matter = opened.book.matters["1"]
    assert (matter.level, matter.deadline, matter.answered) == ("talk", "2024-04-30", False)
    assert (matter.overdue("2024-04-30"), matter.overdue("2024-05-01")) == (False, True)
    opened.do("wang", matters.reply, "1", told="已倒排工期", evidence=("住建字3号",))
    opened.do("clerk", matters.conclude, "1", told="整改不到位", resolved=False, today=TODAY)
    opened.do("li", matters.appeal, "1", reason="数据有误", today=TODAY + timedelta(days=30))
    assert opened.refusal("clerk", matters.review, "1", upheld=True, reason="可") == "rights.bar_concluder"
    opened.do("office", matters.review, "1", upheld=False, reason="数据确有误")
    assert opened.book.matters["1"].open
    opened.do("office", matters.conclude, "1", told="已办结", resolved=True, today=TODAY)
    assert not opened.book.matters["1"].open


def test_an_upheld_conclusion_stands_and_is_appealed_once(opened):
    opened.do("clerk", matters.conclude, "1", told="未办结", resolved=False, today=TODAY)
    opened.do("li", matters.appeal, "1", reason="不服", today=TODAY)
    opened.do("office", matters.review, "1", upheld=True, reason="维持")
    assert not opened.book.matters["1"].open
    assert (
        opened.refusal("li", matters.appeal, "1", reason="再申请", today=TODAY) == "matter.appealed_already"
    )


def test_the_days_for_an_appeal_are_those_of_the_rule(opened):
    opened.do("clerk", set_rules, {"appeal_days": "10"})
    opened.do("clerk", matters.conclude, "1", told="未办结", resolved=False, today=TODAY)
    late, last = TODAY + timedelta(days=11), TODAY + timedelta(days=10)
    assert opened.refusal("li", matters.appeal, "1", reason="不服", today=late) == "rights.need_returnable"
    assert opened.refusal("li", matters.appeal, "1", reason="不服", today=last) == ""


def test_an_appeal_is_to_be_decided_within_the_days_of_the_law(opened):
    opened.do("clerk", matters.conclude, "1", told="未办结", resolved=False, today=TODAY)
    assert matters.review_due(opened.book, opened.book.matters["1"]) == ""  # nobody has appealed
    opened.do("li", matters.appeal, "1", reason="不服", today=TODAY)
    appealed = opened.book.matters["1"].appeal.on
    due = date.fromisoformat(appealed) + timedelta(days=30)
    assert matters.review_due(opened.book, opened.book.matters["1"]) == due.isoformat()
    opened.do("office", matters.review, "1", upheld=True, reason="维持")
    assert matters.review_due(opened.book, opened.book.matters["1"]) == ""


def test_the_same_lateness_is_never_taken_up_twice(opened):
    again = {"matter": SHEET, "today": TODAY}
    assert opened.refusal("clerk", matters.open_matter, **again) == "matter.there_already"
    later = {"matter": changed(since="2024-03-31"), "today": TODAY}
    assert opened.refusal("clerk", matters.open_matter, **later) == "matter.there_already"  # still open
    opened.do("clerk", matters.conclude, "1", told="已办结", resolved=True, today=TODAY)
    assert opened.refusal("clerk", matters.open_matter, **again) == "matter.there_already"  # concluded
    assert opened.refusal("clerk", matters.open_matter, **later) == ""  # late anew


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"level": "shout"}, "matter.level_unknown"),
        ({"unit": "nobody"}, "unit.unknown"),
        ({"unit": "jiaoyu"}, "matter.item_not_theirs"),
        ({"items": ("A1.1-01/9",)}, "item.unknown"),
        ({"title": " "}, "field.missing"),
        ({"title": "长" * 201}, "field.long"),
        ({"reason": ""}, "field.missing"),
        ({"deadline": "2024-03-01"}, "date.not_later"),
        ({"deadline": "soon"}, "date.wrong"),
    ],
)
def test_what_cannot_be_opened(city, fields, code):
    assert city.refusal("clerk", matters.open_matter, changed(**fields), today=TODAY) == code


def test_without_a_deadline_the_city_s_own_rule_gives_it_or_none(city):
    city.do("clerk", matters.open_matter, changed(deadline=""), today=TODAY)
    assert city.book.matters["1"].deadline == ""
    city.do("clerk", set_rules, {"supervise_days": "5"})
    city.do("clerk", matters.raise_matter, "1", level="supervise", reason="未办", today=TODAY)
    assert city.book.matters["1"].deadline == "2024-03-06"


def test_only_upwards_and_only_while_open(opened):
    up = {"reason": "未办", "today": TODAY}
    opened.do("clerk", matters.raise_matter, "1", level="notice", **up)
    for level, code in (
        ("remind", "matter.not_higher"),
        ("notice", "matter.not_higher"),
        ("x", "matter.level_unknown"),
    ):
        assert opened.refusal("clerk", matters.raise_matter, "1", level=level, **up) == code
    opened.do("clerk", matters.conclude, "1", told="已办结", resolved=True, today=TODAY)
    assert opened.refusal("clerk", matters.raise_matter, "1", level="talk", **up) == "matter.closed_already"
    assert opened.refusal("wang", matters.reply, "1", told="迟到的答复") == "matter.closed_already"
    assert opened.refusal("wang", matters.reply, "77", told="答复") == "matter.unknown"


@pytest.mark.parametrize("who", ["wang", "li", "zhou", "leader", *OUTSIDERS])
def test_only_the_office_takes_up_raises_and_concludes(opened, who):
    for action, fields in (
        (matters.open_matter, {"matter": changed(items=(), since=""), "today": TODAY}),
        (matters.raise_matter, {"number": "1", "level": "talk", "reason": "未办", "today": TODAY}),
        (matters.conclude, {"number": "1", "told": "已办", "resolved": True, "today": TODAY}),
        (matters.review, {"number": "1", "upheld": True, "reason": "可"}),
    ):
        assert opened.refusal(who, action, **fields).startswith("rights.")


@pytest.mark.parametrize("who", ["clerk", "zhou", "leader", *OUTSIDERS])
def test_only_the_unit_answers_and_only_its_head_appeals(opened, who):
    assert opened.refusal(who, matters.reply, "1", told="答复").startswith("rights.")
    opened.do("clerk", matters.conclude, "1", told="未办结", resolved=False, today=TODAY)
    for person in (who, "wang"):
        assert opened.refusal(person, matters.appeal, "1", reason="不服", today=TODAY).startswith("rights.")


def test_an_office_clerk_of_the_unit_itself_does_not_conclude(opened):
    opened.do("office", place_person, "sun", PersonPlaced("孙借调", "zhujian", ("office",)))
    refusal = opened.refusal("sun", matters.conclude, "1", told="已办", resolved=True, today=TODAY)
    assert refusal == "rights.bar_doer_unit"


people = st.sampled_from(["wang", "li", "clerk", "office", "qian", ""])
STEPS = {
    "open": (matters.open_matter, lambda n: {"matter": changed(since=f"2024-0{n}-01"), "today": TODAY}),
    "raise": (matters.raise_matter, lambda n: {"number": str(n), "level": LEVELS[n % 4], "reason": "因", "today": TODAY}),
    "reply": (matters.reply, lambda n: {"number": str(n), "told": "答"}),
    "conclude": (matters.conclude, lambda n: {"number": str(n), "told": "结", "resolved": n > 1, "today": TODAY}),
    "appeal": (matters.appeal, lambda n: {"number": str(n), "reason": "因", "today": date(2024, 3, 9)}),
    "review": (matters.review, lambda n: {"number": str(n), "upheld": n > 1, "reason": "因"}),
}  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(people, st.sampled_from(sorted(STEPS)), st.integers(1, 3)), max_size=30))
def test_whatever_is_tried_one_lateness_has_one_sheet_and_no_one_reviews_themselves(plain_book, tries):
    city = peopled(plain_book.copy())
    for who, step, n in tries:
        action, fields = STEPS[step]
        if not city.refusal(who, action, **fields(n)):
            city.do(who, action, **fields(n))
    found = city.book.matters.values()
    assert len({m.opened.body.since for m in found}) == len(found)
    assert sum(m.open for m in found) <= 1 or any(s.kind == "matter.reviewed" for m in found for s in m.steps)
    for matter in found:
        steps = [(s.kind, s.actor) for s in matter.steps]
        for place, (kind, actor) in enumerate(steps):
            if kind == "matter.reviewed":
                concluded = [a for k, a in steps[:place] if k == "matter.concluded"]
                assert actor != concluded[-1]
