"""One suite for both databases."""

import itertools

import pytest

from duban.ledger import open_store
from tests.ledger.databases import postgres  # noqa: F401

_numbers = itertools.count()


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request, tmp_path):
    if request.param == "sqlite":
        return str(tmp_path / "book")
    server = request.getfixturevalue("postgres")
    import psycopg

    name = f"book{next(_numbers)}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as db:
        db.execute(f"CREATE DATABASE {name}")
    return f"{server}/{name}"


@pytest.fixture
def store(location):
    opened = open_store(location, create=True)
    yield opened
    opened.close()
