"""Ladders keep their own tables of cases; what they ask for is asked once for one cause."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duban.actions import matters, tasks
from duban.actions.profiles import set_profile
from duban.actions.rules import set_rules
from duban.assess.asked import asked_on, marks_of, month_ends
from duban.assess.ladder import FACTS, Trouble, ladder_of, read_ladder, shipped_ladders
from duban.assess.passed import passed
from duban.core.period import month_end
from duban.core.problem import Refused
from duban.ledger.year.matters import LEVELS, MatterOpened
from duban.ledger.year.rules import ProfileSet, RulesSet
from duban.words import say
from tests.actions.city import KEY

JUNE, JULY = date(2024, 6, 30), date(2024, 7, 31)
CASES = [(name, case) for name, ladder in shipped_ladders().items() for case in ladder.cases]


@pytest.mark.parametrize(("name", "case"), CASES)
def test_the_cases_of_a_ladder(name, case):
    step = shipped_ladders()[name].asks(Trouble(**case["facts"]))
    assert (step.level if step else "") == case["level"]


def test_the_named_ladders_are_there_with_source_words_and_cases():
    assert set(shipped_ladders()) == {"default", "sanming", "guangyuan", "longchang", "13710"}
    assert set(FACTS) == set(Trouble.__dataclass_fields__)
    for ladder in shipped_ladders().values():
        assert "http" in ladder.source or ladder.source.startswith("本项目自定")
        assert len(ladder.cases) >= 2
        assert all(set(step.says) == {"zh", "en"} for step in ladder.steps)


levels = st.sampled_from(["", *LEVELS])
troubles = st.builds(
    Trouble, colour=st.sampled_from(["green", "yellow", "red"]), run=st.integers(0, 12), times=st.integers(0, 12),
    reason_accepted=st.booleans(), matter=levels, overdue=st.booleans(),
)  # fmt: skip


@given(troubles, st.sampled_from(sorted(shipped_ladders())))
def test_a_ladder_only_leads_up(trouble, name):
    step = shipped_ladders()[name].asks(trouble)
    if step is not None and trouble.matter:
        assert LEVELS.index(step.level) > LEVELS.index(trouble.matter)


def test_13710_in_days():
    sheet = MatterOpened("supervise", "批示事项", "zhujian", "领导批示")
    ladder = shipped_ladders()["13710"]
    told = [ladder.day_of(time, date(2024, 1, 31)) for time in ("study", "answer", "solve", "solve_major")]
    assert told == [date(2024, 2, 1), date(2024, 2, 3), date(2024, 2, 7), date(2024, 2, 29)]
    assert shipped_ladders()["default"].day_of("answer", date(2024, 1, 31)) is None
    assert not sheet.major


def test_13710_sets_the_deadline_and_what_passed_is_told(desk):
    desk.city.do("office", set_rules, {"ladder": "13710"})
    day = desk.city.today
    for major in (False, True):
        sheet = MatterOpened("remind", "批示事项", "zhujian", "领导批示", major=major)
        desk.city.do("office", matters.open_matter, sheet, today=day)
    assert desk.book.matters["1"].deadline == "2024-03-04"
    ladder = ladder_of(desk.book)
    told = [(p.code, p.account, p.due) for p in passed(desk.book, date(2024, 3, 9), ladder)]
    assert told == [
        ("passed.answer", "matter/1", "2024-03-04"),
        ("passed.answer", "matter/2", "2024-03-04"),
        ("passed.solve", "matter/1", "2024-03-08"),
    ]
    desk.city.do("wang", matters.reply, "1", told="已办")
    desk.city.do("office", matters.conclude, "2", told="已结", resolved=True, today=day)
    assert [p.code for p in passed(desk.book, date(2024, 4, 9), ladder)] == ["passed.solve"]


class Year:
    """A city's months: `at` gives what the rules ask for, `tick` enters it."""

    def __init__(self, desk, **rules):
        self.desk, self.city = desk, desk.city
        self.city.do("office", set_rules, rules)

    def as_of(self, day):
        return getattr(self.desk, "past", {}).get(day, self.city.book)

    def at(self, day):
        found = asked_on(self.city.book, day, marks_of(self.city.book, day, self.as_of))
        return [(one.step.level, one.key, one.number, one.since) for one in found]

    def tick(self, day):
        self.city.today = day
        return len(self.city.do("office", matters.take_up, day, marks_of(self.city.book, day, self.as_of)))


@pytest.fixture
def red(desk):
    """An item far behind since 1—4月, by figures that counted in their own months."""
    desk.city.today = date(2024, 1, 31)
    desk.target(100).plan("", lag=20)
    desk.past = {date(2024, 1, 31): desk.book.copy()}  # the book as it was at month ends
    for month, value in ((2, 17), (3, 25), (4, 1), (5, 2), (6, 3)):
        desk.past[month_end(2024, month)] = desk.book.copy()
        desk.city.today = date(2024, month + 1, 15)
        desk.says(f"2024-C{month:02d}", value)
    return desk


def test_the_default_ladder_from_a_red_to_a_talk_each_step_once(red):
    year = Year(red, remind_days="5", supervise_days="5", notice_days="5", talk_days="5")
    assert year.at(JULY) == [("remind", KEY, "", "2024-04-30")]
    steps = []
    for day in (1, 2, 3, 7, 8, 9, 10, 14, 15, 20, 27, 28):
        on = date(2024, 8, day)
        while year.tick(on):
            steps.append((day, red.book.matters["1"].level))
        assert year.at(on) == []
    assert steps == [(1, "remind"), (7, "supervise"), (14, "talk")]
    assert len(red.book.matters) == 1


def test_without_days_of_its_own_nothing_goes_up_for_lateness(red):
    year = Year(red)
    assert year.tick(JULY) == 1
    assert red.book.matters["1"].deadline == ""
    assert year.at(date(2024, 8, 19)) == []


def test_an_answer_or_an_accepted_reason_holds_it(red):
    year = Year(red, ladder="sanming", remind_days="5")
    sheet = MatterOpened("remind", "滞后", "zhujian", "低于序时", (KEY,))
    red.city.do("office", matters.open_matter, sheet, today=JULY)
    after = date(2024, 8, 8)
    assert year.at(after) == [("supervise", KEY, "1", "")]
    red.city.do("wang", tasks.explain_delay, KEY, reason="汛期", until="2024-08-31", today=JULY)
    red.city.do("office", tasks.decide_delay, KEY, accepted=True, today=JULY)
    assert year.at(after) == []
    assert year.at(date(2024, 9, 1)) == [("supervise", KEY, "1", "")]
    red.city.do("wang", matters.reply, "1", told="已倒排")
    assert year.at(date(2024, 9, 1)) == []


def test_a_concluded_lateness_is_not_taken_up_again_but_a_new_one_is(red):
    year = Year(red)
    year.tick(JULY)
    red.city.do("office", matters.conclude, "1", told="已约定", resolved=True, today=JULY)
    assert year.at(JULY) == []
    red.city.today = date(2024, 8, 15)
    red.says("2024-C07", 60)
    assert year.at(date(2024, 8, 31)) == []  # on pace now
    red.city.today = date(2024, 9, 20)
    red.statistics("2024-C08", 20)
    assert year.at(date(2024, 9, 21)) == [("remind", KEY, "", "2024-08-31")]


def test_three_reds_in_a_row_are_those_of_month_ends_as_they_stood_then(red):
    year = Year(red, ladder="longchang")
    assert year.at(date(2024, 6, 29)) == []  # red at the end of May only
    assert year.at(JULY) == [("talk", KEY, "", "2024-04-30")]
    assert year.at(date(2024, 7, 30)) == []  # May and June: two


def test_two_yellows_by_guangyuan_bring_a_letter(red):
    year = Year(red, ladder="guangyuan", light_profile="guangyuan")
    assert year.at(date(2024, 5, 31)) == []
    assert year.at(JUNE) == [("supervise", KEY, "", "2024-04-30")]


def test_a_matter_without_an_item_goes_up_by_its_own_deadline(desk):
    year = Year(desk, ladder="sanming")
    sheet = MatterOpened("remind", "线索", "zhujian", "群众反映", deadline="2024-07-05")
    desk.city.do("office", matters.open_matter, sheet, today=JUNE)
    assert year.at(date(2024, 7, 5)) == []
    assert year.at(date(2024, 7, 6)) == [("supervise", "", "1", "")]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 150), min_size=1, max_size=8))
def test_whenever_it_is_run_one_lateness_has_one_matter(plain_book, days):
    from tests.actions.city import peopled
    from tests.assess.conftest import Desk

    desk = Desk(peopled(plain_book.copy()))
    desk.target(100).plan("", lag=20).says("2024-C02", 1).says("2024-C03", 2)
    desk.says("2024-C04", 2).says("2024-C05", 30).says("2024-C06", 30)
    year = Year(desk, remind_days="3", supervise_days="3", notice_days="3")
    for n in sorted(days):
        year.tick(date.fromordinal(date(2024, 4, 1).toordinal() + n))
    causes = [(m.opened.body.items, m.opened.body.since) for m in desk.book.matters.values()]
    assert len(set(causes)) == len(causes)


def test_month_ends():
    assert month_ends(2024, date(2024, 3, 30), None) == [date(2024, 1, 31), date(2024, 2, 29)]
    assert month_ends(2024, date(2024, 3, 31), 1) == [date(2024, 3, 31)]
    assert month_ends(2024, date(2024, 1, 30), 2) == []
    assert month_ends(2024, date(2024, 5, 1), 0) == []


OWN = """
title = { zh = "本市" }
[colours]
green = { zh = "好" }
[[rule]]
colour = "green"
[times]
answer = { days = 5 }
[[step]]
level = "notice"
when = { colour = ["green"] }
"""


def test_a_city_s_own_ladder_stands_in_its_own_profile(desk):
    desk.city.write("office", [("profile", ProfileSet("own", OWN))])
    desk.city.do("office", set_rules, {"ladder": "own", "light_profile": "own"})
    assert [step.level for step in ladder_of(desk.book).steps] == ["notice"]
    assert matters.deadline_for(desk.book, "notice", JUNE) == "2024-07-05"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[[step", "profile.unreadable"),
        (OWN.replace('"notice"', '"shout"'), "matter.level_unknown"),
        (OWN.replace('when = { colour = ["green"] }', ""), "ladder.no_condition"),
        (OWN.replace("colour = [", "mood = ["), "profile.fact_unknown"),
        (OWN.replace('colour = ["green"]', "run = 3"), "profile.bounds_wrong"),
        (OWN.replace("answer =", "party ="), "ladder.time_wrong"),
        (OWN.replace("days = 5", "days = 0.5"), "ladder.time_wrong"),
    ],
)
def test_what_a_city_may_write_wrong(text, code):
    with pytest.raises(Refused) as refused:
        read_ladder(text, "本市")
    first = refused.value.problems[0]
    assert first.code == code
    assert first.place in say(first)


def test_a_profile_with_a_wrong_ladder_is_not_saved(desk):
    wrong = OWN.replace('"notice"', '"shout"') + '[[case]]\nfacts = { status = "done" }\ncolour = "green"\n'
    refusal = desk.city.refusal("office", set_profile, "own", wrong, reason="试行")
    assert refusal == "matter.level_unknown"
    right = wrong.replace('"shout"', '"notice"')
    desk.city.do("office", set_profile, "own", right, reason="试行")
    desk.city.do("office", set_rules, {"ladder": "own"})
    assert [step.level for step in ladder_of(desk.book).steps] == ["notice"]


def test_a_ladder_that_is_not_there(desk):
    assert desk.city.refusal("office", set_rules, {"ladder": "none"}) == "profile.unknown"
    desk.city.write("office", [("rules", RulesSet({"ladder": "none"}))])
    with pytest.raises(Refused):
        ladder_of(desk.book)
