"""What one reader sees of a table, page by page: the same as in plain Python, in registers of units and of none."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

pytest.importorskip("ibis", reason="the extra `table` is not installed")

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from duban.registers.amount import count, distinct
from duban.registers.expression import F
from duban.registers.indicator import Plain
from duban.registers.veil import veiled as veiled_rows
from duban.table.compile import TooManyDigits
from duban.table.engine import duckdb, over_parquet, veiled
from duban.table.snapshot import write_rows
from tests.table.things import DAYS, THINGS, conditions, orders, rows, veils

CONNECTION = duckdb(threads=1)


@seed(6)
@settings(max_examples=25, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))  # fmt: skip
@given(rows, veils, conditions, orders, st.integers(0, 2), st.booleans())
def test_a_reader_sees_the_same_of_a_table(every, veil, where, order, skip, of_units):
    register = replace(THINGS, unit="place" if of_units else "")
    figures = [count(), distinct(F.amount), count(F.hard)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.parquet"
        write_rows(register, every, path)
        one = veiled(over_parquet(register, path, connection=CONNECTION), veil)
        full = [{name: row.get(name) for name in register.columns} for row in every]
        plain = Plain(register, veiled_rows(register, veil, full))
        for by in ((), ("place",), ("kind",)):
            assert one.found(figures, DAYS, by) == plain.found(figures, DAYS, by)
        try:
            told = one.rows(where, DAYS, 9, order, skip)
        except TooManyDigits:
            return  # the plain engine is asked then
        assert told == plain.rows(where, DAYS, 9, order, skip)
        some = one.rows(where, DAYS, 9, order, skip, names=("id", "kind"))
        assert some == [{"id": row["id"], "kind": row["kind"]} for row in told]
