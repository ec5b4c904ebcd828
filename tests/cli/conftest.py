"""What every test of the command begins with."""

import pytest


@pytest.fixture(autouse=True)
def language(monkeypatch):
    """The command speaks Chinese until it is told otherwise, and what one test tells it is forgotten by the next."""
    monkeypatch.setenv("DUBAN_LANG", "zh")
