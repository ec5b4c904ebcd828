"""What a ledger that could not be begun leaves behind: nothing of its own, and all that is another's."""

from contextlib import closing

import pytest

from duban.ledger import open_store
from duban.ledger.fresh import leaving_nothing
from tests.ledger.test_store import drafts


class Trouble(Exception):
    """What goes wrong in these tests."""


def begin(folder, then=lambda: None):
    """Lay out a ledger, let `then` happen, and fail."""
    with leaving_nothing(folder):
        open_store(folder, create=True).close()
        then()
        raise Trouble


def test_a_failed_beginning_leaves_nothing(tmp_path):
    with pytest.raises(Trouble):
        begin(tmp_path / "a" / "b")
    assert list(tmp_path.iterdir()) == []


def test_what_another_wrote_meanwhile_stays(tmp_path):
    def write():
        with closing(open_store(tmp_path / "book")) as other:
            other.append(drafts(1))

    with pytest.raises(Trouble):
        begin(tmp_path / "book", write)
    with closing(open_store(tmp_path / "book")) as store:
        assert store.head().seq == 1


def test_a_ledger_that_another_has_open_stays(tmp_path):
    others = []
    with pytest.raises(Trouble):
        begin(tmp_path / "book", lambda: others.append(open_store(tmp_path / "book")))
    others[0].append(drafts(1))
    others[0].close()
    with closing(open_store(tmp_path / "book")) as store:
        assert store.verify().entries == 1


def test_a_ledger_that_was_there_stays(tmp_path):
    open_store(tmp_path, create=True).close()
    with pytest.raises(Trouble):
        begin(tmp_path)
    open_store(tmp_path).close()
