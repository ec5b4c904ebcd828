"""Shares are asked for by their parts and reckoned; a zero stays zero and empty is not zero."""

from decimal import Decimal

import pytest

from duban.actions import filings
from duban.actions.filings import Report
from duban.assess import account_of
from duban.core.measure import share_of
from duban.ledger.year.filings import ReadingPosted
from duban.ledger.year.tasks import Target, TargetSet
from tests.actions.city import KEY


@pytest.fixture
def city_with_share(city):
    city.write("office", [(f"item/{KEY}", TargetSet(Target("绿色建筑占比", "share", Decimal(70), unit="%")))])
    return city


def test_the_value_is_what_the_parts_come_to(city_with_share):
    city = city_with_share
    city.do(
        "wang", filings.submit_filing, KEY, Report("2024-C02", numerator=Decimal(2), denominator=Decimal(3))
    )
    city.do("li", filings.countersign_filing, KEY, 1)
    assert city.task.filings[1].opened.body.value == Decimal("66.6667")
    assert account_of(city.book, KEY).latest.value == Decimal("66.6667")


def test_none_of_many_is_zero_and_counts(city_with_share):
    city = city_with_share
    city.do(
        "wang", filings.submit_filing, KEY, Report("2024-C02", numerator=Decimal(0), denominator=Decimal(9))
    )
    city.do("li", filings.countersign_filing, KEY, 1)
    latest = account_of(city.book, KEY).latest
    assert latest is not None
    assert latest.value == 0
    assert str(latest.value) == "0"


def test_nothing_said_is_no_zero(city_with_share):
    city = city_with_share
    city.do("wang", filings.submit_filing, KEY, Report("2024-C02", progress="正在核对"))
    city.do("li", filings.countersign_filing, KEY, 1)
    assert account_of(city.book, KEY).latest is None


def test_a_share_that_its_parts_do_not_give(city_with_share):
    report = Report("2024-C02", Decimal(80), numerator=Decimal(2), denominator=Decimal(3))
    assert city_with_share.refusal("wang", filings.submit_filing, KEY, report) == "reading.share_differs"
    near = Report("2024-C02", Decimal("66.7"), numerator=Decimal(2), denominator=Decimal(3))
    assert city_with_share.refusal("wang", filings.submit_filing, KEY, near) == ""


def test_statistics_by_parts(city_with_share):
    posted = ReadingPosted("2024-C02", numerator=Decimal(1), denominator=Decimal(4), source="月报")
    city_with_share.do("office", filings.post_reading, KEY, posted)
    assert city_with_share.task.readings[0].body.value == 25
    bare = ReadingPosted("2024-C02", source="月报")
    assert city_with_share.refusal("office", filings.post_reading, KEY, bare) == "field.missing"


@pytest.mark.parametrize(
    ("top", "bottom", "unit", "value"),
    [("1", "4", "%", "25"), ("0", "7", "%", "0"), ("3", "2000", "‰", "1.5"), ("1", "3", "%", "33.3333"),
     ("100", "1", "%", "10000")],
)  # fmt: skip
def test_a_share_in_its_unit(top, bottom, unit, value):
    found = share_of(Decimal(top), Decimal(bottom), unit)
    assert (found, f"{found:f}") == (Decimal(value), value)
