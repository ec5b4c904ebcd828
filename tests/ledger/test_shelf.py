"""A large shelf behaves as a dict does, and its copies are their own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.ledger import Book, BookKeeper, Draft, shelf
from duban.ledger.bodies import ClaimDecided, ClaimRead
from duban.ledger.shelf import Shelf, paged

KEYS = st.sampled_from([f"k{n}" for n in range(9)])
STEPS = st.lists(st.tuples(st.sampled_from(["set", "del", "copy", "turn"]), KEYS, st.integers(0, 99)))


@pytest.fixture(autouse=True)
def small_pages(monkeypatch):
    monkeypatch.setattr(shelf, "PAGE", 3)
    monkeypatch.setattr(shelf, "LARGE", 5)


@given(STEPS)
def test_it_holds_what_dicts_would_hold_in_every_copy(steps):
    """`copy` makes a twin of the last pair, `turn` goes on writing to an older one."""
    pairs = [(Shelf.of({}), {})]
    for how, key, value in steps:
        real, plain = pairs[-1]
        if how == "copy":
            pairs.append((real.copy(), plain.copy()))
        elif how == "turn":
            pairs.insert(0, pairs.pop())
        elif how == "set":
            real[key] = plain[key] = value
        else:
            assert real.pop(key, None) == plain.pop(key, None)
    for real, plain in pairs:
        assert real == plain
        assert (len(real), sorted(real), real.get("k0")) == (len(plain), sorted(plain), plain.get("k0"))


def test_what_only_comes_keeps_its_order():
    keys = [f"k{n}" for n in range(50)]
    whole = Shelf.of(dict.fromkeys(keys, 0))
    whole["k3"] = 1
    twin = whole.copy()
    twin["last"] = 2
    assert list(whole) == keys
    assert list(twin.items())[-1] == ("last", 2)
    assert next(iter(twin.items())) == ("k0", 0)


def test_a_copy_shares_every_page_that_it_does_not_write_to():
    whole = Shelf.of({f"k{n}": n for n in range(30)})
    twin = whole.copy()
    twin["k4"] = -1
    shared = [one is other for one, other in zip(whole._pages, twin._pages, strict=True)]
    assert shared.count(False) == 1
    assert whole["k4"] == 4


def test_only_large_shelves_are_put_into_pages():
    assert isinstance(paged({f"k{n}": n for n in range(5)}), dict)
    large = paged({f"k{n}": n for n in range(6)})
    assert isinstance(large, Shelf)
    assert paged(large) is large
    with pytest.raises(KeyError):
        large["none"]


def test_a_large_book_catches_up_beside_its_readers(store):
    def entries(first, last):
        bodies = [ClaimRead(1, f"c{n}", n, n + 1, "1", "claim") for n in range(first, last)]
        return [Draft("2024-01-12T08:00:00.000Z", "2024-01-12", "office", f"claim/{b.id}", b) for b in bodies]

    store.append(entries(0, 20))
    keeper = BookKeeper(store)
    early = keeper.book()
    assert isinstance(early.claims, Shelf)
    decided = ClaimDecided("unit", "个", "", "家")
    store.append(
        [*entries(20, 22), Draft("2024-01-12T08:00:00.000Z", "2024-01-12", "o", "claim/c3", decided)]
    )
    late = keeper.book()
    assert (len(early.claims), len(late.claims)) == (20, 22)
    assert (early.claims["c3"].decisions, late.claims["c3"].claim.unit) == ((), "个")
    plain = Book()
    for page in store.postings():
        plain.post(page)
    assert late == plain
