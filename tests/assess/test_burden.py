"""Minutes, fields asked and known, by unit and month; what a demand would cost."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from duban.assess.burden import by_month, by_unit, costs, sessions
from duban.ledger import Book
from duban.ledger.entries import Entry
from duban.ledger.year.filings import FilingSubmitted

D = Decimal


def book_of(*filings):
    """A book of filings, each (unit, actor, began, at, asked, known); began and at are times of a day or instants."""
    book = Book()
    for n, (unit, actor, began, at, asked, known) in enumerate(filings, 1):
        instant = at if "T" in at else f"2024-03-05T{at}.000Z"
        opened = began if not began or "T" in began else f"2024-03-05T{began}.000Z"
        body = FilingSubmitted("2024-C02", D(1), n=n, unit_code=unit, began=opened, asked=asked, known=known)
        book.apply(Entry(n, instant, instant[:10], actor, "filing.submitted", f"item/a/{n}", body, ""))
    return book


def test_minutes_from_opening_to_filing():
    book = book_of(("jy", "a", "08:00:00", "08:04:30", 2, 6))
    [row] = by_unit(book)
    assert (row.month, row.minutes, row.asked, row.known, row.timed, row.dropped) == (
        "2024-03",
        D("4.5"),
        2,
        6,
        1,
        0,
    )


def test_many_filings_from_one_page_are_not_counted_twice():
    book = book_of(
        ("jy", "a", "08:00:00", "08:02:00", 1, 7), ("jy", "a", "08:00:00", "08:05:00", 1, 7),
        ("jy", "a", "08:00:00", "08:06:00", 1, 7),
    )  # fmt: skip
    assert by_unit(book)[0].minutes == 6


def test_a_form_left_open_is_dropped_and_counted():
    book = book_of(("jy", "a", "08:00:00", "12:00:00", 1, 7), ("jy", "b", "08:00:00", "08:03:00", 1, 7))
    [row] = by_unit(book)
    assert (row.minutes, row.timed, row.dropped) == (3, 1, 1)
    assert by_unit(book, cut=300)[0].dropped == 0


def test_no_opening_or_one_after_the_filing_is_no_time():
    book = book_of(("jy", "a", "", "08:00:00", 1, 7), ("jy", "b", "09:00:00", "08:00:00", 1, 7),
                   ("jy", "c", "gestern T", "08:00:00", 1, 7))  # fmt: skip
    [row] = by_unit(book)
    assert (row.filings, row.timed, row.dropped, row.minutes) == (3, 0, 0, 0)
    [month] = by_month([row])
    assert (month.units, month.median) == (0, None)


def test_the_median_unit_is_of_units_that_were_timed():
    book = book_of(
        ("jy", "a", "08:00:00", "08:02:00", 1, 7), ("mz", "b", "08:00:00", "08:12:00", 3, 5),
        ("ny", "c", "08:00:00", "08:20:00", 4, 4), ("sw", "d", "", "08:20:00", 4, 4),
    )  # fmt: skip
    [month] = by_month(by_unit(book), target=10)
    assert (month.units, month.median, month.most, month.over, month.asked) == (3, 12, 20, 2, 12)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 59), st.integers(0, 59)), max_size=12))
def test_a_person_is_never_credited_more_than_the_time_that_passed(forms):
    book = book_of(
        *(
            ("jy", who, f"08:{a:02d}:00", f"08:{max(a, b):02d}:{n:02d}", 1, 1)
            for n, (who, a, b) in enumerate(forms)
        )
    )
    for who in "abc":
        spent = [
            s.minutes
            for s, f in zip(sessions(book), _ordered(book), strict=True)
            if f.actor == who and s.minutes
        ]
        assert sum(spent) <= 60


def _ordered(book):
    every = [f.opened for task in book.tasks.values() for f in task.filings.values()]
    return sorted(every, key=lambda f: (f.at, f.seq))


def test_a_demand_costs_each_unit_its_own_pace():
    book = book_of(
        ("jy", "a", "08:00:00", "08:02:00", 2, 6), ("jy", "a", "09:00:00", "09:06:00", 2, 6),
        ("mz", "b", "08:00:00", "08:10:00", 1, 7),
    )  # fmt: skip
    found = {c.unit: c for c in costs(book, [("jy", 3), ("jy", 2), ("mz", 1), ("new", 4)])}
    assert (found["jy"].items, found["jy"].fields, found["jy"].each, found["jy"].minutes) == (2, 5, 2, 10)
    assert (found["mz"].minutes, found["mz"].own) == (10, True)
    assert (found["new"].each, found["new"].own) == (6, False)  # the median of 2 and 10
    [unknown] = costs(Book(), [("new", 4)])
    assert (unknown.each, unknown.minutes) == (None, None)
