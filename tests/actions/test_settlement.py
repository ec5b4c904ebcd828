"""The year settled in the ledger: what is written, what is not, and who may not write it."""

from datetime import date
from decimal import Decimal

import pytest

from duban.actions.people import place_person
from duban.actions.rules import set_rules
from duban.actions.settlement import decide_pair, overrule, settle_book
from duban.assess.settle.books import aims_in, rules_in, settled_in, source_of_outcomes
from duban.assess.settle.figures import Outcome
from duban.core.problem import Refused
from duban.ledger import Book
from duban.ledger.bodies import ItemAdded
from duban.ledger.book import fold
from duban.ledger.year.people import PersonPlaced

LAST, FIRST = date(2024, 12, 31), date(2024, 1, 1)
PARKS, DELIVERY = "A1.1-01", "A2.1-02"


def result(name, value, measure="increment", unit="座", id="A2", **more):
    return Outcome(id, name, measure, FIRST, LAST, Decimal(value), unit, "eq", "统计公报", place=id, **more)


def source(*results, sha="a" * 64, name="统计.csv", kind="table"):
    return source_of_outcomes(name, sha, kind, results)


PARK = source(result("新建口袋公园", 9), result("改造菜市场", 2, unit="个", id="A3"))


def judged(made):
    return {e.account: e.body.verdict for e in made if e.kind == "settlement.judged"}


def test_every_commitment_is_judged_once_and_again_only_when_something_changed(city):
    made = city.do("clerk", settle_book, [PARK])
    found = judged(made)
    assert [e.kind for e in made[:2]] == ["settlement.source", "settlement.begun"]
    assert set(found) == {f"commitment/{c}" for c in city.book.commitments}
    assert found[f"commitment/{PARKS}"] == "partly"
    assert city.do("clerk", settle_book, [PARK]) == []
    better = source(result("新建口袋公园", 9), result("改造菜市场", 3, unit="个", id="A3"), sha="b" * 64)
    again = city.do("clerk", settle_book, [better])
    assert judged(again) == {f"commitment/{PARKS}": "met"}
    known = city.book.verdicts[PARKS]
    assert [j.body.verdict for j in known.judged] == ["partly", "met"]  # both stay
    assert set(city.book.sources) == {"a" * 64, "b" * 64}


def test_a_judgement_says_figures_sources_and_both_places(city):
    city.do("clerk", settle_book, [PARK])
    body = city.book.verdicts[PARKS].judged[-1].body
    first = body.numbers[0]
    assert (first.verdict, first.goal, first.start) == ("exceeded", "8座", aims_in(city.book)[0].start)
    [answer] = first.answers
    assert (answer.value, answer.source, answer.place, answer.file) == ("9座", "统计公报", "A2", "统计.csv")
    assert len(body.rules) == 16


def test_rules_come_from_the_city_s_own_page_with_their_authority(city):
    made = city.do(
        "clerk",
        set_rules,
        {"about_growth": "0.5", "source_order": "统计公报、部门"},
        authority="云政办〔2024〕9号",
    )
    rules = rules_in(fold(made))
    assert rules.tolerance.about == {"growth": Decimal("0.5")}
    assert (rules.authority.order, rules.authority.source) == (("统计公报", "部门"), "云政办〔2024〕9号")
    for wrong in ("-1", "很多", "NaN"):
        with pytest.raises(Refused, match="wrong"):
            set_rules(city.book, "clerk", {"about_growth": wrong})
    with pytest.raises(Refused, match="wrong"):
        set_rules(city.book, "clerk", {"source_order": "统计公报、"})


def test_other_rules_that_find_the_same_add_no_verdict(city):
    city.do("clerk", settle_book, [PARK])
    city.do("clerk", set_rules, {"about_growth": "0.5"})
    assert [e.kind for e in city.do("clerk", settle_book, [PARK])] == ["settlement.begun"]


NEAR = source(result("新建口袋公园及绿道", 9))


def near_pair(city):
    [pair] = [p for s in settled_in(city.book) for p in s.ranked if s.aim.commitment == PARKS and p.outcome.unit == "座"]  # fmt: skip
    return {"number": pair.aim.id, "result": pair.outcome.key}


def test_a_person_s_word_on_a_pair_counts_at_once_and_in_the_next_run(city):
    city.do("clerk", settle_book, [NEAR])
    pair = near_pair(city)
    made = city.do("clerk", decide_pair, **pair, linked=True)
    assert [e.kind for e in made] == ["settlement.paired", "settlement.judged"]
    number = city.book.verdicts[PARKS].judged[-1].body.numbers[0]
    assert (number.verdict, number.answers[0].why) == ("exceeded", "settle.confirmed")
    assert city.do("clerk", decide_pair, **pair, linked=True) == []
    assert city.do("clerk", settle_book, [NEAR]) == []
    city.do("clerk", decide_pair, **pair, linked=False, reason="绿道不是公园")
    assert city.book.verdicts[PARKS].judged[-1].body.numbers[0].answers == ()
    with pytest.raises(Refused, match="pair_unknown"):  # a refused pair is gone
        decide_pair(city.book, "clerk", number=pair["number"], result="x", linked=True)


def test_a_refused_pair_can_be_confirmed_after_all(city):
    city.do("clerk", settle_book, [NEAR])
    pair = near_pair(city)
    city.do("clerk", decide_pair, **pair, linked=False)
    city.do("clerk", decide_pair, **pair, linked=True)
    assert city.book.verdicts[PARKS].judged[-1].body.numbers[0].verdict == "exceeded"


def test_a_person_overrules_for_a_reason_and_both_stay(city):
    city.do("clerk", settle_book, [PARK])
    city.do("clerk", overrule, PARKS, verdict="met", reason="市场改造因审批顺延，已备案")
    known = city.book.verdicts[PARKS]
    assert (known.verdict, known.judged[-1].body.verdict, known.by_person.body.was) == (
        "met",
        "partly",
        "partly",
    )
    for wrong in ({"verdict": "met", "reason": "再"}, {"verdict": "done", "reason": "再"}, {"verdict": "missed", "reason": " "}):  # fmt: skip
        with pytest.raises(Refused):
            overrule(city.book, "clerk", PARKS, **wrong)
    assert city.do("clerk", settle_book, [PARK]) == []  # the rules do not answer back
    other = source(result("新建口袋公园", 7), sha="c" * 64)
    city.do("clerk", settle_book, [other])
    known = city.book.verdicts[PARKS]
    assert known.by_person is None  # other facts: a person looks again
    assert known.overtaken.body.verdict == "met"
    with pytest.raises(Refused, match="commitment_unknown"):
        overrule(city.book, "clerk", DELIVERY[:2] + "9", verdict="met", reason="无")


@pytest.mark.parametrize("who", ["wang", "li", "zhao", "zhou", "leader", "wu", "zheng", ""])
def test_nobody_else_settles_pairs_or_overrules(city, who):
    with pytest.raises(Refused, match="rights"):
        settle_book(city.book, who, [PARK])
    city.do("clerk", settle_book, [NEAR])
    with pytest.raises(Refused, match="rights"):
        decide_pair(city.book, who, **near_pair(city), linked=True)
    with pytest.raises(Refused, match="rights"):
        overrule(city.book, who, PARKS, verdict="met", reason="自认完成")


def test_an_office_clerk_of_the_unit_that_leads_does_not_judge_its_own(city):
    city.do("office", place_person, "own", PersonPlaced("陈科员", "zhujian", ("office",)))
    city.do("clerk", settle_book, [NEAR])
    with pytest.raises(Refused, match="bar_doer_unit"):
        overrule(city.book, "own", PARKS, verdict="met", reason="自认完成")
    with pytest.raises(Refused, match="bar_doer_unit"):
        decide_pair(city.book, "own", **near_pair(city), linked=True)
    city.write("office", [(f"item/{PARKS}/2", ItemAdded(PARKS, "改造菜市场", "市教育局"))])
    city.do(
        "office", place_person, "own", PersonPlaced("陈科员", "jiaoyu", ("office",))
    )  # leads only the second item
    with pytest.raises(Refused, match="bar_doer_unit"):
        overrule(city.book, "own", PARKS, verdict="met", reason="自认完成")


def test_an_earlier_book_knows_only_what_was_judged_by_then(city):
    made = [
        *city.do("clerk", settle_book, [PARK]),
        *city.do("clerk", overrule, PARKS, verdict="met", reason="核后"),
    ]
    early = Book("2024-02-01")
    for entry in made:
        early.apply(entry)
    assert not early.verdicts
    assert not early.sources
    twin = city.book.copy()
    assert twin == city.book
