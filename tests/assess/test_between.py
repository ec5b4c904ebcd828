"""Two days compared: lights, figures, targets, what came and what went."""

from datetime import date
from decimal import Decimal

import pytest

from duban.actions import filings, tasks
from duban.actions.filings import Report
from duban.assess.between import between
from duban.assess.lights import lights
from duban.assess.profile import shipped_profiles
from duban.ledger.bodies import ItemAdded, ItemRemoved
from duban.ledger.year.filings import ReadingPosted
from duban.ledger.year.tasks import Target
from tests.actions.city import KEY, peopled, small_book


@pytest.fixture(scope="module")
def plain_book(tmp_path_factory):
    return small_book(tmp_path_factory.mktemp("small") / "book")


@pytest.fixture
def city(plain_book):
    city = peopled(plain_book.copy())
    claim = city.book.commitments["A1.1-01"].read.claims[0]
    city.do("office", tasks.begin_target, KEY, claim)
    return city


def stand(city, day):
    return lights(city.book.copy(), day, shipped_profiles()["default"])


MARCH, JUNE = date(2024, 3, 1), date(2024, 6, 30)


def test_nothing_happened(city):
    found = between(stand(city, MARCH), stand(city, MARCH))
    assert found.compared == 1
    assert not any((found.lights, found.figures, found.targets, found.added, found.removed, found.done))


def test_a_zero_is_a_change_from_nothing(city):
    then = stand(city, MARCH)
    city.do("office", filings.post_reading, KEY, ReadingPosted("2024-C05", Decimal(0), source="月报"))
    (change,) = between(then, stand(city, JUNE)).figures
    assert (change.figures[0], change.figures[1].value) == (None, 0)


def test_the_same_figure_said_again_is_no_change(city):
    city.do("office", filings.post_reading, KEY, ReadingPosted("2024-C05", Decimal(2), source="月报"))
    then = stand(city, JUNE)
    again = ReadingPosted("2024-C05", Decimal(2), source="年鉴", vintage="2024-06-30")
    city.do("office", filings.post_reading, KEY, again)
    assert between(then, stand(city, JUNE)).figures == ()


def test_an_adjusted_target(city):
    then = stand(city, MARCH)
    now = city.task.target
    lower = Target(now.indicator, now.measure, Decimal(1), None, now.unit, now.comparator, now.due)
    city.do("office", tasks.adjust_target, KEY, lower, authority="市政府常务会议", reason="资金调减")
    (change,) = between(then, stand(city, MARCH)).targets
    assert change.targets == (now, lower)


def test_items_come_and_go_and_are_cleared(city):
    then = stand(city, MARCH)
    city.write("office", [("item/A1.1-01/2", ItemAdded("A1.1-01", "另一件", "市财政局"))])
    city.write("office", [(f"item/{KEY}", ItemRemoved("A1.1-01", "并入"))])
    found = between(then, stand(city, MARCH))
    assert ([x.key for x in found.added], [x.key for x in found.removed]) == (["A1.1-01/2"], [KEY])


def test_an_item_said_to_be_done(city):
    city.write("office", [("item/A1.1-01/2", ItemAdded("A1.1-01", "没有数的一件", "市住房和城乡建设局"))])
    then = stand(city, MARCH)
    city.do("wang", filings.submit_filing, "A1.1-01/2", Report("2024-C02", progress="完成", claims_done=True))
    found = between(then, stand(city, MARCH))
    assert [change.key for change in found.done] == ["A1.1-01/2"]
    assert found.cleared == ()
