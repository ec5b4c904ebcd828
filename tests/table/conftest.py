"""A PostgreSQL server for the tests of feeds that need one."""

from tests.ledger.databases import postgres  # noqa: F401
