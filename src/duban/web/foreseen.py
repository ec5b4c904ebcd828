"""The forecast of an item for its page: what it says, what the rest of the year must bring, and how such forecasts did."""

from dataclasses import dataclass
from typing import Any

from duban.assess import Account, Light, account_of, profile_of
from duban.assess.forecast import Forecast, forecast_item, shipped
from duban.ledger import Book
from duban.web import shelf
from duban.words import forecasts as words

ENDED = ("status.cleared", "status.suspended")  # what is finished or halted is not foreseen


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A forecast with its account; sentences are in the language of the page."""

    forecast: Forecast
    account: Account

    @property
    def told(self) -> str:
        """What it says and why."""
        return words.told(self.forecast, shelf.locale())

    @property
    def needed(self) -> str:
        """What would change the light."""
        return words.needed(self.forecast, self.account, shelf.locale())

    @property
    def proved(self) -> str:
        """How such forecasts did on other years."""
        return words.proved(self.forecast, shipped(), shelf.locale())

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        return words.plain(self.forecast, self.account, shipped())


def foreseen_of(book: Book, light: Light) -> Foreseen | None:
    """The forecast of an item that has a number to reach and is running; None for others."""
    account = account_of(book, light.key)  # the light's own may have lost its plan to the profile
    if account.plan.target is None or light.status.code in ENDED:
        return None
    return Foreseen(forecast_item(account, shipped(), slack=profile_of(book).slack), account)
