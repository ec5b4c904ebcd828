"""What the book suggests for a meeting: what was decided and not done first, then what is late, red, contradictory."""

from datetime import date

from duban.actions import matters, meetings
from duban.assess import profile_of
from duban.assess.agenda import agenda
from duban.assess.doubts import Doubt
from duban.assess.lights import lights
from duban.ledger.year.matters import MatterOpened
from tests.actions.city import KEY

JUNE = date(2024, 6, 30)
DOUBTS = (Doubt("jump", KEY, "2024-C06"), Doubt("bunching", ""), Doubt("falls", "A9.9-99/1"))


def told(desk, day=JUNE, doubts=()):
    found = lights(desk.book, day, profile_of(desk.book))
    return [(point.account, point.code) for point in agenda(desk.book, day, found, doubts)]


def decide(desk, words, due=""):
    desk.city.do("clerk", meetings.record_decision, "1", told=words, due=due, today=desk.city.today)


def test_in_the_order_of_what_cannot_wait_each_once(desk):
    desk.target(12).says("2024-C06", 1)
    desk.city.do("clerk", meetings.hold_meeting, title="会", agenda=())
    for words, due in (("甲", ""), ("乙", "2024-07-31"), ("丙", "2024-05-31")):
        decide(desk, words, due)
    sheet = MatterOpened("remind", "滞后", "zhujian", "低于序时", deadline="2024-06-10")
    desk.city.do("clerk", matters.open_matter, sheet, today=desk.city.today)
    assert told(desk, doubts=DOUBTS) == [
        ("decision/3", "agenda.decision_late"),
        ("decision/2", "agenda.decision"),
        ("decision/1", "agenda.decision"),
        ("matter/1", "agenda.matter_late"),
        (f"item/{KEY}", "agenda.red"),  # its contradiction does not list it twice
    ]


def test_what_is_done_or_answered_is_not_on_it(desk):
    desk.target(12).says("2024-C06", 6)
    desk.city.do("clerk", meetings.hold_meeting, title="会", agenda=())
    decide(desk, "甲")
    desk.city.do("clerk", meetings.follow_up, "1", told="办了", done=True)
    sheet = MatterOpened("remind", "滞后", "zhujian", "低于序时", deadline="2024-06-10")
    desk.city.do("clerk", matters.open_matter, sheet, today=desk.city.today)
    desk.city.do("wang", matters.reply, "1", told="已办")
    assert told(desk) == []
    assert told(desk, doubts=DOUBTS) == [(f"item/{KEY}", "doubt.jump")]
