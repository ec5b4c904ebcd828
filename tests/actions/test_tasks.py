"""Splits, assignments, targets, plans, explanations and judgements: each from both sides."""

from decimal import Decimal

import pytest

from duban.actions import splits, tasks
from duban.actions.rules import KNOWN, rule, set_rules
from duban.core.problem import Refused
from duban.core.workdays import after_workdays
from duban.ledger.bodies import Item
from duban.ledger.year.tasks import PlanSet, Target, TargetSet
from tests.actions.city import KEY, OUTSIDERS, TODAY

OWNER = "A1.1-01"
LATER = "2024-05-01"


def item(head, lead="市住房和城乡建设局", **fields):
    return Item(OWNER, head, lead, leader="孙副市长", **fields)


TWO = (item("新建口袋公园6座", partners=("市财政局",)), item("东区新建2座", "东区人民政府"))


def test_a_lead_proposes_a_split_and_the_leader_approves_it(city):
    city.do("wang", splits.propose_split, OWNER, TWO)
    city.do("leader", splits.decide_split, OWNER, approved=True, today=TODAY)
    assert {i.n: (i.item.head, i.item.lead) for i in city.book.commitments[OWNER].items} == {
        1: ("新建口袋公园6座", "市住房和城乡建设局"),
        2: ("东区新建2座", "东区人民政府"),
    }
    assert city.book.tasks[f"{OWNER}/2"].assignment.opened.body.lead == "东区人民政府"
    assert city.refusal("leader", splits.decide_split, OWNER, approved=True, today=TODAY) == "split.none_open"


def test_a_split_goes_back_with_a_reason(city):
    city.do("wang", splits.propose_split, OWNER, TWO)
    assert city.refusal("leader", splits.decide_split, OWNER, approved=False, today=TODAY) == "field.missing"
    city.do("leader", splits.decide_split, OWNER, approved=False, reason="东区没有用地", today=TODAY)
    assert len(city.book.commitments[OWNER].items) == 1


@pytest.mark.parametrize("who", OUTSIDERS)
def test_outsiders_neither_propose_nor_decide_a_split(city, who):
    assert city.refusal(who, splits.propose_split, OWNER, TWO).startswith("rights.")
    city.do("wang", splits.propose_split, OWNER, TWO)
    assert city.refusal(who, splits.decide_split, OWNER, approved=True, today=TODAY).startswith("rights.")


def test_who_proposes_does_not_approve(city):
    city.do("clerk", splits.propose_split, OWNER, TWO)
    assert city.refusal("clerk", splits.decide_split, OWNER, approved=True, today=TODAY) == "rights.bar_doer"
    assert city.refusal("office", splits.decide_split, OWNER, approved=True, today=TODAY) == ""


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ((), "split.empty"),
        ((item("甲", lead=""),), "split.no_lead"),
        ((item("甲", lead="没有的局"),), "split.unit_unknown"),
        ((item("甲", partners=("市住房和城乡建设局",)),), "split.lead_twice"),
        ((item("甲", due="2024-02-30"),), "split.due_wrong"),
        ((item(" "),), "field.missing"),
        ((Item("A2.1-01", "甲", "市教育局"),), "split.other_commitment"),
    ],
)
def test_what_is_no_split(city, items, code):
    assert city.refusal("wang", splits.propose_split, OWNER, items) == code


def test_a_split_never_drops_an_item(city):
    city.do("wang", splits.propose_split, OWNER, TWO)
    city.do("leader", splits.decide_split, OWNER, approved=True, today=TODAY)
    city.do("wang", splits.propose_split, OWNER, TWO[:1])
    assert (
        city.refusal("leader", splits.decide_split, OWNER, approved=True, today=TODAY) == "split.loses_items"
    )


@pytest.fixture
def assigned(city):
    city.write("office", [(f"item/{KEY}", tasks.assigned(city.book, city.book.items[KEY].item, TODAY))])
    return city


def test_a_lead_returns_within_the_days_and_the_office_gives_it_to_another(assigned):
    until = after_workdays(TODAY, 7)
    assigned.do("li", tasks.return_assignment, KEY, reason="属园林部门职责", today=until)
    decide = {"stands": False, "reason": "理由成立", "today": TODAY}
    assert (
        assigned.refusal("office", tasks.decide_assignment, KEY, lead="没有的局", **decide)
        == "split.unit_unknown"
    )
    assigned.do("office", tasks.decide_assignment, KEY, lead="市财政局", **decide)
    now = assigned.book.items[KEY].item
    assert (now.lead, now.partners) == ("市财政局", ())


def test_after_the_days_the_assignment_stands(assigned):
    late = after_workdays(TODAY, 8)
    assert (
        assigned.refusal("li", tasks.return_assignment, KEY, reason="晚了", today=late)
        == "rights.need_returnable"
    )


@pytest.mark.parametrize("who", ["wang", "zhao", "qian", "zhou", "wu", "zheng", ""])
def test_nobody_but_the_lead_s_head_returns_and_nobody_passes_on(assigned, who):
    assert assigned.refusal(who, tasks.return_assignment, KEY, reason="不是我的", today=TODAY).startswith(
        "rights."
    )
    assert assigned.refusal(
        who, tasks.decide_assignment, KEY, stands=False, reason="给他", lead="市教育局", today=TODAY
    ).startswith("rights.")


def test_a_target_changes_only_by_an_adjustment_and_the_original_stays(city):
    claim = city.book.commitments[OWNER].read.claims[0]
    city.do("office", tasks.begin_target, KEY, claim)
    assert city.task.target.value == 8
    lower = Target("新建口袋公园", "increment", Decimal(6), unit="座", comparator="ge")
    assert city.refusal("office", tasks.begin_target, KEY, claim) == "target.begun"
    why = {"authority": "云府办函〔2024〕9号", "reason": "用地调整"}
    city.do("office", tasks.adjust_target, KEY, lower, **why)
    assert (city.task.target.value, city.task.original.value) == (6, 8)
    assert city.task.adjustments[0].body.authority == "云府办函〔2024〕9号"
    assert city.refusal("office", tasks.adjust_target, KEY, lower, **why) == "target.same"


@pytest.mark.parametrize("missing", ["authority", "reason"])
def test_no_adjustment_without_authority_and_reason(city, missing):
    city.do("office", tasks.begin_target, KEY, city.book.commitments[OWNER].read.claims[0])
    why = {"authority": "文号", "reason": "理由"} | {missing: " "}
    assert (
        city.refusal("office", tasks.adjust_target, KEY, Target(value=Decimal(1)), **why) == "field.missing"
    )


@pytest.mark.parametrize("who", ["wang", "li", "leader", *OUTSIDERS])
def test_nobody_else_adjusts_a_target(city, who):
    why = {"authority": "文号", "reason": "理由"}
    refusal = city.refusal(who, tasks.adjust_target, KEY, Target(value=Decimal(1)), **why)
    assert refusal.startswith("rights.")


def test_a_new_plan_needs_a_reason_and_keeps_the_old(city):
    city.do("wang", tasks.set_plan, KEY, PlanSet("linear"))
    assert city.do("wang", tasks.set_plan, KEY, PlanSet("linear", reason="又一次")) == []
    steps = {"2024-08-31": "3", "2024-11-30": "10"}
    assert city.refusal("wang", tasks.set_plan, KEY, PlanSet("milestone", steps)) == "field.missing"
    city.do("wang", tasks.set_plan, KEY, PlanSet("milestone", steps, reason="施工期在下半年"))
    assert [p.body.kind for p in city.task.plans] == ["linear", "milestone"]


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (PlanSet("guess"), "plan.kind_unknown"),
        (PlanSet("milestone"), "plan.data_missing"),
        (PlanSet("milestone", {"2024-06-30": "公园"}), "plan.data_wrong"),
        (PlanSet("milestone", {"steps": {"2024-06-30": "3"}}), "plan.data_wrong"),
        (PlanSet("milestone", {"2024-06-30": "9", "2024-08-31": "8"}), "plan.data_back"),
        (PlanSet("seasonal", {"13": "1"}), "plan.data_wrong"),
        (PlanSet("seasonal", {"5": "0"}), "plan.weights_wrong"),
        (PlanSet("profile", {"2023-C06": "5"}), "plan.profile_short"),
        (PlanSet("stage", {"2024-06-30": " "}), "plan.data_wrong"),
        (PlanSet("linear", frequency="hour"), "plan.frequency_wrong"),
        (PlanSet("linear", lag=-1), "plan.lag_wrong"),
        (PlanSet("linear", lag=400), "plan.lag_wrong"),
    ],
)
def test_a_plan_that_cannot_be_reckoned_with_is_refused(city, plan, code):
    assert city.refusal("wang", tasks.set_plan, KEY, plan) == code


def test_a_plan_s_last_step_must_reach_the_target(city):
    city.write("office", [(f"item/{KEY}", TargetSet(Target("公园", "increment", Decimal(10))))])
    short = {"2024-06-30": "3", "2024-11-30": "9"}
    assert city.refusal("wang", tasks.set_plan, KEY, PlanSet("batch", short)) == "plan.data_short"
    city.do("wang", tasks.set_plan, KEY, PlanSet("batch", {**short, "2024-12-20": "10"}))
    assert city.task.plan.body.kind == "batch"


def test_an_explanation_is_decided_by_someone_else(city):
    city.do("wang", tasks.explain_delay, KEY, reason="冬季停工", until=LATER, today=TODAY)
    for who in ("wang", "li", *OUTSIDERS):
        assert city.refusal(who, tasks.decide_delay, KEY, accepted=True, today=TODAY).startswith("rights.")
    assert city.refusal("office", tasks.decide_delay, KEY, accepted=False, today=TODAY) == "field.missing"
    city.do("office", tasks.decide_delay, KEY, accepted=True, until=LATER, today=TODAY)
    assert city.refusal("office", tasks.decide_delay, KEY, accepted=True, today=TODAY) == "delay.none_open"


@pytest.mark.parametrize(
    ("until", "code"),
    [("2024-02-30", "date.wrong"), ("2024-03-01", "date.not_later"), ("2030-01-01", "date.not_later")],
)
def test_a_reason_does_not_count_for_ever(city, until, code):
    assert city.refusal("wang", tasks.explain_delay, KEY, reason="因", until=until, today=TODAY) == code


def test_a_judgement_is_the_leader_s_or_the_office_s(city):
    city.do("leader", tasks.judge, KEY, step="doubtful", told="用地没有落实")
    assert city.task.judgements[-1].body.step == "doubtful"
    assert city.refusal("leader", tasks.judge, KEY, step="amber") == "judgement.unknown"
    for who in ("wang", "li", *OUTSIDERS):
        assert city.refusal(who, tasks.judge, KEY, step="sure").startswith("rights.")


def test_halting_has_a_reason_and_an_end(city):
    city.do("office", tasks.halt, KEY, how="waiting", reason="等统计", until=LATER, today=TODAY)
    assert (
        city.refusal("office", tasks.halt, KEY, how="suspended", reason="再停", today=TODAY)
        == "item.halt_wrong"
    )
    city.do("office", tasks.resume, KEY)
    assert city.task.halt is None
    assert city.refusal("office", tasks.resume, KEY) == "item.not_halted"


def test_rules_are_set_by_the_office_and_never_invented(city):
    with pytest.raises(Refused) as refused:
        rule(city.book, "publicity_days")
    assert refused.value.problems[0].code == "rules.unset"
    city.do(
        "office", set_rules, {"publicity_days": "7", "sample_share": "0.2"}, authority="云督办〔2024〕1号"
    )
    assert rule(city.book, "publicity_days") == "7"
    assert city.do("office", set_rules, {"publicity_days": "7"}) == []
    for values, code in (({"x": "1"}, "rules.unknown"), ({"sample_share": "2"}, "rules.wrong")):
        assert city.refusal("office", set_rules, values) == code
    assert city.refusal("wang", set_rules, {"publicity_days": "1"}) == "rights.role"


def test_a_default_has_its_source():
    assert all(known.source for known in KNOWN.values() if known.default)
