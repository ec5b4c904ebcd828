"""Clearing goes its seven steps by the right hands: whoever did the work never closes it, by person and by unit."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duban.actions import clearing, filings
from duban.actions.filings import Report
from duban.actions.people import place_person
from duban.actions.rules import set_rules
from duban.ledger.year.clearing import clearing_stage, look_back_on, notice_until
from duban.ledger.year.filings import Evidence
from duban.ledger.year.people import PersonPlaced
from tests.actions.city import KEY, OUTSIDERS, TODAY, peopled

PROOF = (Evidence("acceptance", "验收单3号"),)
RULES = {"publicity_days": "7", "look_back_months": "3", "sample_share": "0.5"}
AFTER = TODAY + timedelta(days=8)
LOOK = date(2024, 6, 9)

CLAIM = (clearing.claim, (), {"told": "全部建成", "evidence": PROOF})
SIGN = (clearing.countersign, (), {})
BACK = (clearing.send_back, (), {"reason": "材料不全"})
CHECK = (clearing.check, (), {"passed": True, "told": "属实"})
FAIL = (clearing.check, (), {"passed": False, "told": "只建了两座"})
VERIFY = (clearing.verify, (), {"passed": True, "told": "现场核验"})
PUBLISH = (clearing.publish, (), {"today": TODAY})
OBJECT = (
    clearing.object_to,
    (),
    {"who": "群众甲", "told": "公园还没开放", "published": True, "today": TODAY},
)
CLOSE = (clearing.close, (), {"today": AFTER})
HOLDS = (clearing.look_back, (), {"holds": True, "told": "仍在使用", "today": LOOK})
FALSE = (clearing.look_back, (), {"holds": False, "told": "已拆除", "today": AFTER})


def go(city, who, step):
    action, args, fields = step
    return city.do(who, action, KEY, *args, **fields)


def stop(city, who, step):
    action, args, fields = step
    return city.refusal(who, action, KEY, *args, **fields)


def stage(city):
    return clearing_stage(city.task.clearing)


@pytest.fixture
def ruled(city):
    city.do("office", set_rules, RULES)
    return city


def up_to(city, name):
    """The claim brought to a stage by the right hands."""
    steps = [("wang", CLAIM), ("li", SIGN), ("zhou", CHECK), ("clerk", None), ("clerk", VERIFY), ("clerk", PUBLISH),
             ("clerk", CLOSE)]  # fmt: skip
    for who, step in steps:
        if city.book.tasks.get(KEY) and city.task.clearing and stage(city) == name:
            return city
        if step is None:
            city.do(who, clearing.make_draw, seed="2024031")
        else:
            go(city, who, step)
    assert stage(city) == name
    return city


def test_the_seven_steps(ruled):
    up_to(ruled, "closed")
    case = ruled.task.clearing
    assert (notice_until(case), look_back_on(case)) == ("2024-03-08", "2024-06-09")
    early = (clearing.look_back, (), {"holds": True, "told": "好", "today": LOOK - timedelta(days=1)})
    assert stop(ruled, "office", early) == "clearing.look_back_early"
    go(ruled, "office", HOLDS)
    assert stage(ruled) == "confirmed"
    assert stop(ruled, "office", HOLDS) == "clearing.confirmed_already"


def test_a_look_back_that_finds_it_false_opens_it_again_and_a_new_claim_follows(ruled):
    up_to(ruled, "closed")
    go(ruled, "zhou", FALSE)
    assert stage(ruled) == "reopened"
    go(ruled, "wang", CLAIM)
    assert (stage(ruled), len(ruled.task.clearings)) == ("claimed", 2)


@pytest.mark.parametrize(("at", "who", "step"), [
    ("claimed", "li", BACK), ("countersigned", "zhou", FAIL),
    ("checked", "clerk", (clearing.verify, (), {"passed": False, "told": "现场不符"})),
])  # fmt: skip
def test_a_failed_check_sends_it_back(ruled, at, who, step):
    up_to(ruled, at)
    if at == "checked":
        ruled.do("clerk", clearing.make_draw, seed="1")
    go(ruled, who, step)
    assert stage(ruled) == "refused"
    go(ruled, "wang", CLAIM)
    assert stage(ruled) == "claimed"


def test_nothing_closes_before_the_notice_ended_or_with_an_objection_open(ruled):
    up_to(ruled, "published")
    last = (clearing.close, (), {"today": TODAY + timedelta(days=7)})
    assert stop(ruled, "clerk", last) == "clearing.notice_stands"
    (objection,) = go(ruled, "", OBJECT)
    (other,) = ruled.do(
        "qian", clearing.object_to, KEY, who="", told="面积不足", published=False, today=TODAY
    )
    assert other.body.who == "钱外人"
    told = {"upheld": False, "told": "已开放"}
    ruled.do("clerk", clearing.answer, KEY, objection.seq, **told)
    assert stop(ruled, "clerk", CLOSE) == "clearing.stage_wrong"  # the other is still open
    assert ruled.refusal("clerk", clearing.answer, KEY, objection.seq, **told) == "clearing.no_objection"
    ruled.do("clerk", clearing.answer, KEY, other.seq, **told)
    go(ruled, "clerk", CLOSE)
    assert stage(ruled) == "closed"


def test_an_upheld_objection_opens_the_item_again(ruled):
    up_to(ruled, "published")
    (objection,) = go(ruled, "", OBJECT)
    ruled.do("clerk", clearing.answer, KEY, objection.seq, upheld=True, told="属实，退回")
    assert stage(ruled) == "reopened"


def test_who_may_object_and_when(ruled):
    up_to(ruled, "verified")
    assert stop(ruled, "", OBJECT) == "clearing.stage_wrong"
    go(ruled, "clerk", PUBLISH)
    closed_door = (clearing.object_to, (), {**OBJECT[2], "published": False})
    assert stop(ruled, "", closed_door) == "rights.need_published"
    nameless = (clearing.object_to, (), {**OBJECT[2], "who": " "})
    assert stop(ruled, "", nameless) == "field.missing"
    late = (clearing.object_to, (), {**OBJECT[2], "today": AFTER})
    assert stop(ruled, "", late) == "clearing.notice_over"
    go(ruled, "", OBJECT)
    assert stop(ruled, "", OBJECT) == "clearing.said_already"


STEPS = [("claimed", SIGN), ("countersigned", CHECK), ("checked", VERIFY), ("verified", PUBLISH),
         ("published", CLOSE), ("closed", HOLDS)]  # fmt: skip


@pytest.mark.parametrize(("at", "step"), STEPS)
@pytest.mark.parametrize("who", ["wang", "leader", *OUTSIDERS])
def test_who_has_no_part_in_a_step_does_not_take_it(ruled, at, step, who):
    up_to(ruled, at)
    assert stop(ruled, who, step).startswith("rights.")


@pytest.mark.parametrize(("at", "step"), STEPS[1:])
@pytest.mark.parametrize("unit", ["zhujian", "caizheng"])
def test_nobody_of_a_unit_that_did_it_checks_or_closes_it_whatever_their_role(ruled, at, step, unit):
    ruled.do("office", place_person, "sun", PersonPlaced("孙借调", unit, ("office", "checker"), "yc"))
    up_to(ruled, at)
    assert stop(ruled, "sun", step) == "rights.bar_doer_unit"


def test_who_reported_on_it_and_moved_to_the_office_does_not_close_it(ruled):
    ruled.do("wang", filings.submit_filing, KEY, Report("2024-C02", progress="在建"))
    ruled.do("office", place_person, "wang", PersonPlaced("王填报", "yc", ("office",)))
    ruled.do("office", place_person, "wang2", PersonPlaced("王二", "zhujian", ("reporter",)))
    go(ruled, "wang2", CLAIM)
    for who, step in (("li", SIGN), ("zhou", CHECK)):
        go(ruled, who, step)
    ruled.do("clerk", clearing.make_draw, seed="1")
    assert stop(ruled, "wang", VERIFY) == "rights.bar_doer"


def test_the_first_checker_is_not_the_second(ruled):
    ruled.do("office", place_person, "zhou", PersonPlaced("周两用", "tongji", ("checker", "office"), "yc"))
    up_to(ruled, "checked")
    ruled.do("clerk", clearing.make_draw, seed="1")
    assert stop(ruled, "zhou", VERIFY) == "rights.bar_doer"
    go(ruled, "clerk", VERIFY)


def test_who_claimed_does_not_sign(ruled):
    go(ruled, "li", CLAIM)
    assert stop(ruled, "li", SIGN) == "rights.bar_doer"


def test_a_claim_needs_proof_and_is_made_once(ruled):
    bare = (clearing.claim, (), {"told": "建成"})
    assert stop(ruled, "wang", bare) == "field.missing"
    assert stop(ruled, "wang", SIGN) == "rights.role"
    assert stop(ruled, "li", SIGN) == "clearing.none"
    go(ruled, "wang", CLAIM)
    assert stop(ruled, "wang", CLAIM) == "clearing.there_already"


def test_a_claim_waits_for_the_draw_where_the_city_draws(ruled):
    up_to(ruled, "checked")
    assert stop(ruled, "clerk", VERIFY) == "clearing.not_drawn_yet"
    ruled.do("clerk", clearing.make_draw, seed="20240301")
    assert ruled.book.draws["1"].body.drawn == (f"{KEY}#1",)
    go(ruled, "clerk", VERIFY)
    assert ruled.task.clearing.last.body.draw == "1"


def test_nobody_draws_again_until_the_lot_suits(ruled):
    up_to(ruled, "checked")
    ruled.do("clerk", clearing.make_draw, seed="1")
    assert ruled.refusal("clerk", clearing.make_draw, seed="2") == "clearing.none_to_draw"
    for who in ("wang", "zhou", "leader", *OUTSIDERS):
        assert ruled.refusal(who, clearing.make_draw, seed="2").startswith("rights.")


def test_what_the_city_has_not_set_is_asked_for_never_invented(city):
    up_to_checked = [("wang", CLAIM), ("li", SIGN), ("zhou", CHECK)]
    for who, step in up_to_checked:
        go(city, who, step)
    assert city.refusal("clerk", clearing.make_draw, seed="1") == "rules.unset"
    go(city, "clerk", VERIFY)  # on paper: no share is drawn here
    assert stop(city, "clerk", PUBLISH) == "rules.unset"
    city.do("office", set_rules, {"publicity_days": "7"})
    go(city, "clerk", PUBLISH)
    assert stop(city, "clerk", CLOSE) == "rules.unset"


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("claimed", ("head", "市住房和城乡建设局")),
        ("countersigned", ("checker", "市统计局")),
        ("checked", ("office", "")),
        ("published", ("office", "")),
    ],
)
def test_whom_it_waits_for(ruled, at, told):
    assert clearing.waits_for(up_to(ruled, at).book, KEY) == told


ALL = [CLAIM, SIGN, BACK, CHECK, FAIL, VERIFY, PUBLISH, OBJECT, CLOSE, HOLDS, FALSE]
people = st.sampled_from(["wang", "li", "zhao", "qian", "zhou", "leader", "office", "clerk", "sun", ""])


RIGHT = [
    ("wang", CLAIM),
    ("li", SIGN),
    ("zhou", CHECK),
    ("clerk", VERIFY),
    ("clerk", PUBLISH),
    ("clerk", CLOSE),
]
intrusions = st.lists(st.tuples(people, st.sampled_from(range(len(ALL)))), max_size=6)


@settings(max_examples=40, deadline=None)
@given(st.lists(intrusions, min_size=len(RIGHT), max_size=len(RIGHT)))
def test_whatever_is_tried_no_one_who_did_it_closes_it(plain_book, tries):
    city = peopled(plain_book.copy())
    city.do("office", set_rules, {**RULES, "sample_share": ""})
    city.do(
        "office", place_person, "sun", PersonPlaced("孙借调", "zhujian", ("office", "checker", "head"), "yc")
    )
    for tried, right in zip(tries, RIGHT, strict=True):
        for who, step in [*((who, ALL[n]) for who, n in tried), right]:
            if not stop(city, who, step):
                go(city, who, step)
    for case in city.task.clearings:
        kinds = [step.kind for step in case.steps]
        others = case.actors("clearing.checked", "clearing.verified", "clearing.closed", "clearing.confirmed")
        assert not others & {"wang", "li", "zhao", "sun"}
        if "clearing.closed" in kinds:
            way = [k for k in kinds[: kinds.index("clearing.closed")] if k != "clearing.objected"]
            assert way == [
                f"clearing.{step}" for step in ("countersigned", "checked", "verified", "published")
            ]
