"""The small city for the tests of actions."""

import pytest

from tests.actions.city import peopled, small_book


@pytest.fixture(scope="session")
def plain_book(tmp_path_factory):
    return small_book(tmp_path_factory.mktemp("small") / "book")


@pytest.fixture
def city(plain_book):
    return peopled(plain_book.copy())
