"""No secret matters: a text with the mark of a state secret is refused by every way of writing; plain talk passes."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from duban.actions import apply_table, decide_field, open_account
from duban.actions.context import perform
from duban.actions.filings import Report, submit_filing
from duban.actions.tasks import explain_delay
from duban.core.problem import Problem, Refused
from duban.ledger import BookKeeper, open_store
from duban.ledger.bodies import Item
from duban.ledger.items import ItemChange
from duban.ledger.year.tasks import PlanSet
from duban.read import read_text
from duban.words import say
from tests.actions.city import KEY, TODAY
from tests.files.conftest import NOW, SMALL

SECRET, PLAIN = "见机密★20年的附件", "配合市保密局做好商业秘密保护"


def test_words_of_an_action(city):
    assert city.refusal("wang", explain_delay, KEY, reason=SECRET, today=TODAY) == "field.secret"
    assert city.refusal("wang", explain_delay, KEY, reason=PLAIN, today=TODAY) == ""
    secret = Report("2024-C02", Decimal(1), progress="（秘密）已完成")
    assert city.refusal("wang", submit_filing, KEY, secret) == "field.secret"


def test_the_sentence_says_where_and_what_to_do(city):
    with pytest.raises(Refused) as refused:
        explain_delay(city.book, "wang", KEY, reason=SECRET, today=TODAY)
    sentence = say(refused.value.problems[0])
    for word in ("理由", "第 2 个字", "机密★20年", "请删去"):
        assert word in sentence


@pytest.fixture
def store(tmp_path):
    store = open_store(tmp_path / "book", create=True)
    open_account(
        store, read_text(SMALL), government="云川市", year=2024, actor="office", at=NOW, on=NOW.date()
    )
    yield store
    store.close()


@pytest.mark.parametrize("text", [SECRET, "密级：绝密"])
def test_whatever_an_action_forgets_to_look_at_is_looked_at_where_it_is_written(store, text):
    head = store.head().seq
    plan = PlanSet("milestone", {"steps": {"2024-06-30": text}})
    item = Item("A1.1-01", "新建口袋公园", note=text)
    for action in (lambda book: [(f"item/{KEY}", plan)], lambda book: [("x", item)]):
        with pytest.raises(Refused) as refused:
            perform(BookKeeper(store), action, actor="office", at=NOW, on=TODAY)
        assert refused.value.problems[0].code == "field.secret"
    assert store.head().seq == head


def test_a_table_and_a_decision_on_a_number(store):
    book = BookKeeper(store).book()
    secret, plain = (
        ItemChange("add", "A1.1-01", head="公园", note=n, place="表!C7") for n in (SECRET, PLAIN)
    )
    with pytest.raises(Refused) as refused:
        apply_table(store, book, [secret], actor="office", at=NOW, on=TODAY)
    assert refused.value.problems[0].code == "field.secret"
    assert len(apply_table(store, book, [plain], actor="office", at=NOW, on=TODAY)) == 1
    book = BookKeeper(store).book()
    claim = next(iter(book.claims))
    now = datetime.now(UTC)
    told = decide_field(store, book, claim, "unit", "个", reason=SECRET, actor="office", at=now, on=TODAY)
    assert isinstance(told, Problem)
    assert told.code == "field.secret"


def test_a_report_that_carries_a_mark_opens_no_account(tmp_path):
    store = open_store(tmp_path / "book", create=True)
    marked = read_text("机密★启用前\n" + SMALL)
    with pytest.raises(Refused) as refused:
        open_account(store, marked, government="云川市", year=2024, actor="office", at=NOW, on=NOW.date())
    assert refused.value.problems[0].code == "field.secret"
    assert store.head().seq == 0
