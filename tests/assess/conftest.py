"""Items with targets, plans and figures, in the small city."""

from decimal import Decimal

import pytest

from duban.actions.filings import Report, countersign_filing, post_reading, submit_filing
from duban.ledger.year.filings import ReadingPosted
from duban.ledger.year.tasks import PlanSet, Target, TargetSet
from tests.actions.city import KEY, peopled, small_book


@pytest.fixture(scope="session")
def plain_book(tmp_path_factory):
    return small_book(tmp_path_factory.mktemp("small") / "book")


class Desk:
    """An item's year in few words: `target`, `plan`, `says` (the unit, countersigned), `statistics`."""

    def __init__(self, city):
        self.city = city

    @property
    def book(self):
        return self.city.book

    def target(self, value, measure="increment", comparator="ge", key=KEY, **fields):
        fields = {name: Decimal(str(v)) if name in ("high", "base") else v for name, v in fields.items()}
        body = TargetSet(Target("公园", measure, Decimal(str(value)), comparator=comparator, **fields))
        self.city.write("office", [(f"item/{key}", body)])
        return self

    def plan(self, kind, key=KEY, **fields):
        self.city.write("office", [(f"item/{key}", PlanSet(kind, **fields))])
        return self

    def says(self, period, value=None, *, signed=True, **fields):
        self.city.do(
            "wang",
            submit_filing,
            KEY,
            Report(period, None if value is None else Decimal(str(value)), **fields),
        )
        if signed:
            self.city.do("li", countersign_filing, KEY, max(self.city.task.filings))
        return self

    def statistics(self, period, value, **fields):
        reading = ReadingPosted(period, Decimal(str(value)), source="月报", **fields)
        return self.city.do("zhou", post_reading, KEY, reading)[0]

    def register(self, period, value):
        reading = ReadingPosted(period, Decimal(str(value)), source="系统", origin="register")
        return self.city.do("zhou", post_reading, KEY, reading)[0]


@pytest.fixture
def desk(plain_book):
    return Desk(peopled(plain_book.copy()))
