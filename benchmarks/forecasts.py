"""Forecasts: 5,000 items of a simulated year, alone and with five earlier years each. The floor only reads the figures."""

import tempfile
from decimal import Decimal

from benchmarks.lights import DAY, ITEMS, multiplied, simulated, timed
from duban.assess.account import account_of
from duban.assess.forecast import forecast_item, forecasts, shipped
from duban.ledger import Book, BookKeeper

EARLIER = {
    2019 + n: {month: Decimal(month * (90 + 7 * n) + month * month) for month in range(2, 13)}
    for n in range(5)
}


def with_history(book: Book) -> None:
    """Every item with the same five years before it."""
    for key in book.items:
        forecast_item(account_of(book, key), shipped(), history=EARLIER)


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as place:
        store = simulated(place)
        book = multiplied(BookKeeper(store).as_of(DAY), ITEMS)
        told = sum(one.end is not None for _account, one in forecasts(book, shipped(), DAY).values())
        floor = timed(lambda: [account_of(book, key) for key in book.items])
        for name, seconds in (
            ("alone", timed(forecasts, book, shipped(), DAY)),
            ("5 earlier years", timed(with_history, book)),
        ):
            print(
                f"{ITEMS:,} items ({told:,} with a forecast), {name:<16} {seconds:>6.2f} s"
                f"  {seconds / floor:.2f} times reading the figures"
            )
        store.close()


if __name__ == "__main__":
    main()
