"""What is kept for the readers is what a whole look at the book gives, after every entry."""

from datetime import date

from duban.actions.doubts import judge_doubt
from duban.assess.doubts import doubts
from duban.ledger import BookKeeper, open_store
from duban.web.doubting import doubts_on
from tests.actions.city import KEY, peopled, small_book
from tests.assess.conftest import Desk


def test_kept_doubts_are_the_book_s(tmp_path):
    desk = Desk(peopled(small_book(tmp_path / "book")))
    day = date(2024, 8, 1)
    desk.target(100)
    for period, value, words in (
        ("2024-C05", 50, ""),
        ("2024-C06", 40, "已全部完成"),
        ("2024-C07", 100, "已全部完成"),
    ):
        desk.says(period, value, progress=words)
        book = desk.book.copy()
        assert doubts_on(book, day) == doubts(book) == doubts_on(book, day)
    assert [d.code for d in doubts_on(desk.book.copy(), day)] == ["falls"]
    assert BookKeeper(open_store(tmp_path / "book")).book().items.keys() <= {KEY}
    assert judge_doubt(desk.book, "office", doubts(desk.book)[0].id, verdict="confirmed", reason="属实")
