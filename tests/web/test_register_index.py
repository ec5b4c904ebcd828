"""The index of a kept register: caught up from the version before, it is the same as one made from nothing."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from duban.ledger import Entry
from duban.ledger.book import Book
from duban.ledger.shelf import LARGE, paged, values_of
from duban.ledger.year.records import RecordMoved, RecordPut, RecordRemoved
from duban.packs.hotline.register import CASES
from duban.web.registers.index import Index, both, either, index, without

NAMES = (
    "unit",
    "redone",
    "received_on",
    "stage",
    "since",
    "due",
    "at_done",
    "id",
    "text.open",
    "text.own",
    "text.id",
)
DAY = date(2024, 6, 1)


def post(book, id, body):
    account = f"record/cases/{id}"
    book.apply(Entry(book.seq + 1, "2024-06-01T00:00:00.000Z", "2024-06-01", "office", body.KIND, account, body, ""))  # fmt: skip


def put(id, unit, redone, day):
    return RecordPut(
        {"number": id, "unit": unit, "redone": redone, "received_on": day, "what": f"修路Ab{unit}"},
        "received",
        day,
    )


acts = st.tuples(
    st.sampled_from([f"{n:02d}" for n in range(30)]), st.sampled_from(["", "甲局", "乙局"]), st.sampled_from(["", "3", "10", "2"]),
    st.sampled_from(["2024-03-01", "2024-05-20", "2024-04-02"]), st.sampled_from(["put", "put", "assigned", "done", "removed"]),
)  # fmt: skip


def done(book, told):
    for id, unit, redone, day, how in told:
        if how == "put" or id not in book.registers.get("cases", {}):
            post(book, id, put(id, unit, redone, day))
        else:
            post(book, id, RecordRemoved("重复") if how == "removed" else RecordMoved(how, day))


def everything(found):
    orders = [list(found.order(name, down)) for name in NAMES for down in (False, True)]
    counts = [found.counts(name) for name in NAMES]
    return [
        [found.column(name) for name in NAMES],
        orders,
        counts,
        found.stands,
        found.late(DAY),
        found.rows(),
    ]


@seed(8)
@settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(acts, min_size=8, max_size=40), st.lists(acts, max_size=4), st.lists(acts, max_size=3))
def test_caught_up_it_is_as_if_made_from_nothing(first, then, last):
    book = Book()
    done(book, first)
    found = Index(CASES, None, list(values_of(book.registers["cases"])))
    everything(found)  # so that there is something to catch up
    for more in (then, last):
        book = book.copy()
        done(book, more)
        states = list(values_of(book.registers["cases"]))
        found = found.caught_up(None, states)
        assert everything(found) == everything(Index(CASES, None, states))


def test_orders_and_spans_are_those_of_typed_values():
    book = Book()
    for n, (redone, day) in enumerate(
        [("10", "2024-05-01"), ("2", "2024-03-01"), ("", "2024-04-01"), ("9", "2024-03-01")]
    ):
        post(book, f"{n}", put(f"{n}", "甲局", redone, day))
    found = index(book, CASES)
    assert list(found.order("redone")) == [1, 3, 0]
    assert list(found.order("redone", down=True)) == [0, 3, 1]
    assert list(found.order("received_on", down=True)) == [0, 2, 1, 3]  # of the same day as they came
    assert list(found.numbers(found.between("redone", Decimal(9), None))) == [0, 3]
    assert list(found.numbers(found.between("received_on", date(2024, 3, 1), date(2024, 4, 1)))) == [1, 2, 3]
    assert list(found.numbers(found.saying("own", "ab甲"))) == [0, 1, 2, 3]
    assert index(book.copy(), CASES) is found
    post(book, "2", RecordRemoved("重复"))
    assert list(index(book, CASES).numbers(index(book, CASES).stands)) == [0, 1, 3]
    assert list(found.numbers(found.stands)) == [0, 1, 2, 3]  # whoever holds the older one still reads it


def test_masks_join():
    one, other = bytes([1, 1, 0, 0]), bytes([1, 0, 1, 0])
    assert (both(one, other), either(one, other), without(one, other)) == (
        bytes([1, 0, 0, 0]),
        bytes([1, 1, 1, 0]),
        bytes([0, 1, 0, 0]),
    )
    assert both(one) == one


@pytest.mark.parametrize("size", [5, LARGE + 7])
def test_what_a_shelf_holds_in_order(size):
    plain = {f"{n}": n for n in range(size)}
    shelf = paged(plain).copy()
    shelf["3"], shelf["new"] = 33, -1
    assert list(values_of(shelf)) == list(shelf.values()) == [0, 1, 2, 33, *range(4, size), -1]
