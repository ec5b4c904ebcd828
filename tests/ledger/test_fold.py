"""Folding: in one go, in pieces, caught up and as of a day, the book is the same."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duban.ledger import BookKeeper, Draft, open_store
from duban.ledger.bodies import ClaimDecided, ClaimDropped, ClaimRead, CommitmentRead, ItemAdded, ItemRemoved
from duban.ledger.book import fold

DAYS = [f"2024-0{m}-15" for m in range(1, 7)]
CLAIMS = st.sampled_from(["c1", "c2", "c3"])
WORDS = st.text(max_size=20).filter(lambda t: t.isprintable() and t.strip())


def claim(name, words):
    return f"claim/{name}", ClaimRead(1, name, 0, 1, "1", "claim", indicator=words)


STEPS = st.one_of(
    st.builds(claim, CLAIMS, WORDS),
    st.builds(lambda c, w: (f"claim/{c}", ClaimDecided("indicator", w, "", None)), CLAIMS, WORDS),
    st.builds(lambda c: (f"claim/{c}", ClaimDropped(2)), CLAIMS),
    st.builds(lambda w: ("commitment/p1", CommitmentRead(1, "p1", "work", w, 0, 1, w)), WORDS),
    st.builds(lambda n, w: (f"item/p1/{n}", ItemAdded("p1", w)), st.integers(1, 3), WORDS),
    st.builds(lambda n: (f"item/p1/{n}", ItemRemoved("p1")), st.integers(1, 3)),
)
HISTORY = st.lists(st.tuples(STEPS, st.sampled_from(DAYS)), min_size=1, max_size=25)


def drafts(history):
    return [Draft(f"{day}T08:00:00.000Z", day, "office", account, body) for (account, body), day in history]


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    return lambda: tmp_path_factory.mktemp("fold")


@given(history=HISTORY, cut=st.integers(0, 25), day=st.sampled_from(DAYS))
@settings(max_examples=40, deadline=None)
def test_every_way_of_folding_gives_the_same_book(folders, history, cut, day):
    store = open_store(folders(), create=True)
    keeper = BookKeeper(store)
    made = drafts(history)
    if made[:cut]:
        store.append(made[:cut])
    early = keeper.book()
    before = fold(store.entries())
    if made[cut:]:
        store.append(made[cut:])
    whole = fold(store.entries())
    assert keeper.book() == whole == BookKeeper(store).book()
    assert early == before  # a book once handed out never changes
    counted = [e for e in store.entries() if e.on <= day]
    assert (
        keeper.as_of(date.fromisoformat(day))
        == fold(counted)
        == fold(store.entries(), date.fromisoformat(day))
    )
    store.close()
