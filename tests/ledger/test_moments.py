"""The books of many days in one walk are those of each day by itself."""

from datetime import date

import pytest
from hypothesis import given, settings

from duban.ledger import BookKeeper, open_store
from duban.ledger.moments import moments
from tests.ledger.test_fold import DAYS, HISTORY, drafts


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    return lambda: tmp_path_factory.mktemp("moments")


@given(history=HISTORY)
@settings(max_examples=8, deadline=None)
def test_each_moment_is_the_book_as_of_its_day(folders, history):
    """Whatever was entered late for an earlier day."""
    store = open_store(folders(), create=True)
    store.append(drafts(history))
    days = [date(2023, 12, 31), *map(date.fromisoformat, DAYS)]
    postings = [posting for page in store.postings() for posting in page]
    found = moments(postings, days[::-1])
    keeper = BookKeeper(store)
    for day in days:
        alone = keeper.as_of(day)
        assert found[day] == alone
        assert (found[day].as_of, found[day].waiting) == (alone.as_of, alone.waiting)
    store.close()
