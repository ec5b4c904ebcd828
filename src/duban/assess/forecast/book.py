"""The forecasts of a whole book on its day."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from duban.assess.account import Account, account_of
from duban.assess.forecast.item import forecast_item
from duban.assess.forecast.method import Year
from duban.assess.forecast.record import Record
from duban.assess.forecast.series import Series
from duban.assess.forecast.year_end import Forecast
from duban.ledger import Book

_GROWTHS = ("增速", "增长率", "增长", "同比")
Years = Mapping[int, Year]


class History:
    """Earlier years' series that were given beside the book, as they were known on a day, by indicator or item."""

    def __init__(self, series: Iterable[Series], day: date) -> None:
        self.years: dict[str, Years] = {one.name: one.known(day) for one in series}

    def of(self, account: Account) -> Years:
        """The earlier years of an item: by its key, or by its indicator's name."""
        return self.years.get(account.key) or self.years.get(account.target.indicator) or {}

    def levels_of(self, account: Account) -> Years:
        """The levels behind a growth: those of the indicator of the same name without the word for growth."""
        name = account.target.indicator
        stem = next((name.removesuffix(word) for word in _GROWTHS if name.endswith(word)), name)
        return self.years.get(stem, {}) if account.plan.measure == "growth" else {}


def forecasts(
    book: Book, record: Record, day: date, *, slack: Decimal = Decimal(0), series: Iterable[Series] = ()
) -> dict[str, tuple[Account, Forecast]]:
    """Each item on the table with its account and forecast; `book` is the book as of `day`."""
    history = History(series, day)
    found = {}
    for key, item in book.items.items():
        if not item.removed:
            account = account_of(book, key)
            told = forecast_item(
                account, record, slack=slack, history=history.of(account), levels=history.levels_of(account)
            )
            found[key] = account, told
    return found
