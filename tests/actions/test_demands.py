"""A demand is counted before it is sent, and refused where what it asks for is known, with the place."""

from datetime import date
from decimal import Decimal

import pytest

from duban.actions.demands import Demand, missing, open_demands, preview, send_demand
from duban.actions.filings import Report, countersign_filing, post_reading, return_filing, submit_filing
from duban.assess.burden import by_unit
from duban.core.problem import Refused
from duban.ledger.year.filings import ReadingPosted
from duban.ledger.year.tasks import Target, TargetSet
from duban.words import say
from tests.actions.city import KEY, OUTSIDERS

TODAY = date(2024, 6, 3)
ASK = Demand("汛前进度", (KEY,), ("value", "progress"), "2024-C05", "2024-06-10", "云政办函〔2024〕8号")


@pytest.fixture
def asked(city):
    city.write("office", [(f"item/{KEY}", TargetSet(Target("公园", "increment", Decimal(12), unit="座")))])
    return city


def refusal(city, demand=ASK, who="office"):
    try:
        send_demand(city.book, who, demand, today=TODAY)
    except Refused as refused:
        return refused.problems
    return ()


def change(**fields):
    told = {name: getattr(ASK, name) for name in ASK.__slots__}
    return Demand(**{**told, **fields})


def test_a_demand_for_what_nobody_knows_is_sent(asked):
    [entry] = asked.do("office", send_demand, ASK, today=TODAY)
    assert (entry.account, entry.body.units, entry.body.period) == ("demand/1", ("zhujian",), "2024-C05")
    assert missing(asked.book, "1", KEY) == ("value", "progress")
    [row] = by_unit(asked.book)
    assert (row.unit, row.month, row.demanded, row.filings, row.timed) == ("zhujian", "2024-03", 2, 0, 0)


def test_what_is_known_is_refused_with_its_place(asked):
    asked.do("wang", submit_filing, KEY, Report("2024-C05", Decimal(5)))
    asked.do("li", countersign_filing, KEY, 1)
    entry = asked.book.seq - 1
    [problem] = refusal(asked)
    assert (problem.code, problem.place) == ("demand.known", f"item/{KEY}")
    assert (problem.data["entry"], problem.data["period"], problem.data["said"]) == (entry, "2024-C05", "5座")
    told = say(problem)
    assert f"第 {entry} 条" in told
    assert "数值" in told


def test_statistics_for_the_same_days_are_known_whatever_their_code(asked):
    asked.do("zhou", post_reading, KEY, ReadingPosted("2024-Q1", Decimal(3), source="月报"))
    assert refusal(asked, change(period="2024年一季度", fields=("value",)))[0].code == "demand.known"
    assert refusal(asked, change(period="2024-C03", fields=("value",)))[0].data["period"] == "2024-Q1"
    assert refusal(asked, change(period="2024-C04", fields=("value",))) == ()


def test_what_is_on_its_way_is_known_and_what_was_returned_is_not(asked):
    asked.do("wang", submit_filing, KEY, Report("2024-C05", Decimal(5), progress="推进中"))
    assert [p.data["field"] for p in refusal(asked)] == ["field.value", "field.progress"]
    asked.do("office", return_filing, KEY, 1, reason="口径")
    assert refusal(asked) == ()


def test_what_the_table_and_the_units_say_is_known(asked):
    found = refusal(asked, change(fields=("contact", "phone", "target", "person")))
    assert [(p.code, p.data["field"], p.data["said"]) for p in found] == [
        ("demand.known_fact", "field.contact", "刘敏"), ("demand.known_fact", "field.phone", "0100-1"),
        ("demand.known_fact", "field.target", "12座"),
    ]  # fmt: skip


def test_the_same_is_not_asked_twice(asked):
    asked.do("office", send_demand, ASK, today=TODAY)
    found = refusal(asked, change(title="再要一次"))
    assert [(p.code, p.data["demand"]) for p in found] == [("demand.asked", "1"), ("demand.asked", "1")]


def test_an_answer_fills_the_demand(asked):
    asked.do("office", send_demand, ASK, today=TODAY)
    [told] = open_demands(asked.book, "zhujian")
    assert (told.number, told.items) == ("1", ((KEY, ("value", "progress")),))
    asked.do("wang", submit_filing, KEY, Report("2024-C05", Decimal(5)))
    assert missing(asked.book, "1", KEY) == ("progress",)
    assert open_demands(asked.book, "caizheng") == ()
    asked.do("office", return_filing, KEY, 1, reason="口径")
    asked.do("wang", submit_filing, KEY, Report("2024-C05", Decimal(5), progress="推进中"))
    assert open_demands(asked.book, "zhujian") == ()


def test_the_preview_counts_only_what_is_not_known(asked):
    asked.do(
        "wang", submit_filing, KEY, Report("2024-C05", Decimal(5), began="2024-03-01T07:58:00.000Z", asked=1)
    )
    told = preview(asked.book, "office", ASK)
    assert (told.costs[0].fields, told.costs[0].minutes, told.left) == (1, 2, ())
    assert [(p.key, p.field) for p in told.known] == [(KEY, "value")]


@pytest.mark.parametrize("who", ["wang", "li", "zhou", "leader", *OUTSIDERS])
def test_who_sends_no_demand(asked, who):
    assert refusal(asked, who=who)[0].code == "rights.role"
    with pytest.raises(Refused):
        preview(asked.book, who, ASK)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"items": ()}, "demand.no_items"), ({"fields": ()}, "demand.field_unknown"),
        ({"fields": ("photo",)}, "demand.field_unknown"), ({"period": "五月份左右"}, "demand.period_wrong"),
        ({"items": ("A1.1-01/9",)}, "item.unknown"), ({"title": " "}, "field.missing"),
        ({"authority": ""}, "field.missing"), ({"due": "2024-06-03"}, "date.not_later"), ({"due": "下周"}, "date.wrong"),
    ],
)  # fmt: skip
def test_what_a_demand_needs(asked, fields, code):
    assert refusal(asked, change(**fields))[0].code == code
