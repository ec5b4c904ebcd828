"""Opening an account, opening it again, and what a corrected text changes."""

from datetime import UTC, datetime

import pytest

from duban.actions import decide_field, open_account
from duban.core.problem import Problem, Refused
from duban.ledger import BookKeeper, open_store
from duban.read import read_text
from tests.files.conftest import SMALL

NOW = datetime(2024, 1, 20, tzinfo=UTC)


def open_text(store, text, government="云川市", year=2024):
    return open_account(
        store, read_text(text), government=government, year=year, actor="office", at=NOW, on=NOW.date()
    )


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "book", create=True)
    open_text(opened, SMALL)
    return opened


def book_of(store):
    return BookKeeper(store).book()


def decide(store, claim, field, value):
    book = book_of(store)
    return decide_field(
        store, book, claim, field, value, reason="核对", actor="office", at=NOW, on=NOW.date()
    )


def claim_of(store, number):
    return next(
        s for s in book_of(store).claims.values() if s.read.number == number and s.read.tense == "target"
    )


def test_the_same_text_again_adds_nothing(store):
    before = store.head()
    assert not open_text(store, SMALL).wrote
    assert store.head() == before


def test_a_corrected_text_is_a_new_version_that_says_what_changed(store):
    done = open_text(store, SMALL.replace("新建口袋公园8座", "新建口袋公园9座"))
    book = book_of(store)
    assert done.version == book.document.version == 2
    changed = {c.how for c in book.document.versions[-1].changed}
    assert {"added", "dropped"} <= changed
    assert "8" in [s.read.number for s in book.claims.values() if s.dropped]
    assert claim_of(store, "9").read.indicator == "新建口袋公园"


def test_a_decision_stays_when_another_sentence_is_corrected(store):
    claim = claim_of(store, "11").read.id
    decide(store, claim, "indicator", "快递业务总量")
    open_text(store, SMALL.replace("新建口袋公园8座", "新建口袋公园9座"))
    state = book_of(store).claims[claim]
    assert (state.claim.indicator, state.dropped) == ("快递业务总量", False)


@pytest.mark.parametrize(("government", "year"), [("青石县", 2024), ("云川市", 2025)])
def test_a_book_belongs_to_one_government_and_year(store, government, year):
    before = store.head()
    with pytest.raises(Refused) as refused:
        open_text(store, SMALL, government, year)
    assert refused.value.problems[0].code == "account.other_book"
    assert store.head() == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("measure", "height"),
        ("value", "NaN"),
        ("value", "1e5"),
        ("due", "2024-13-01"),
        ("role", None),
        ("id", "x"),
    ],
)
def test_a_value_that_a_field_cannot_hold_is_not_entered(store, field, value):
    before = store.head()
    assert isinstance(decide(store, claim_of(store, "11").read.id, field, value), Problem)
    assert isinstance(decide(store, "c0", "unit", "个"), Problem)
    assert store.head() == before


def test_only_the_office_opens_an_account_or_enters_a_corrected_text(store):
    from duban.actions.context import perform
    from duban.actions.people import close_person, place_person
    from duban.ledger.year.people import PersonPlaced

    done = {"actor": "office", "at": NOW, "on": NOW.date()}
    for name, role in (("clerk", "office"), ("wu", "auditor")):
        perform(
            BookKeeper(store),
            lambda b, n=name, r=role: place_person(b, "office", n, PersonPlaced(n, "", (r,))),
            **done,
        )
    perform(BookKeeper(store), lambda b: close_person(b, "office", "office", reason="启用实名账户"), **done)
    corrected, head = read_text(SMALL.replace("8座", "9座")), store.head()
    where = {"government": "云川市", "year": 2024, "at": NOW, "on": NOW.date()}
    for who in ("wu", "office", "nobody", ""):
        with pytest.raises(Refused) as refused:
            open_account(store, corrected, actor=who, **where)
        assert refused.value.problems[0].code == "rights.role", who
    assert store.head() == head
    assert open_account(store, corrected, actor="clerk", **where).version == 2
