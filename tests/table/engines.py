"""The engines that one suite runs on, and how they differ from the plain one where they do."""

import os
import shutil
from contextlib import contextmanager
from importlib.util import find_spec

import pytest

pytest.importorskip("ibis", reason="the extra `table` is not installed")

from duban.table.engine import duckdb
from duban.table.spark import spark

NO_SPARK = (
    "switched off (DUBAN_SPARK=0)"
    if os.environ.get("DUBAN_SPARK") == "0"
    else "pyspark is not installed (the extra `spark`)"
    if find_spec("pyspark") is None
    else "no Java on this machine"
    if shutil.which("java") is None
    else ""
)
MARKS = ("notimpl", "notyet", "never")
# (case, engine) -> (mark, reason). notimpl: we could; notyet: the engine cannot yet; never: it will not. A marked
# case must still fail: a mark that is no longer needed fails the suite.
DIGITS = "decimals of databases end at 38 digits, Python's do not"
DIFFERENCES = {
    ("product of three amounts", "duckdb"): ("never", DIGITS),
    ("product of three amounts", "spark"): ("never", DIGITS),
}


@contextmanager
def one_duckdb():
    yield duckdb(threads=2)


@contextmanager
def spark_cluster():
    """Two workers of one core each, as processes of their own."""
    connection = spark("local-cluster[2,1,1024]")
    try:
        yield connection
    finally:
        connection.disconnect()


OPEN = {"duckdb": one_duckdb, "spark": spark_cluster}
ENGINES = ["duckdb", pytest.param("spark", marks=pytest.mark.skipif(bool(NO_SPARK), reason=NO_SPARK))]


def marked(cases):
    """Every case on every engine, with the mark where they differ."""
    for engine in ENGINES:
        name, skips = (engine, []) if isinstance(engine, str) else (engine.values[0], list(engine.marks))
        for case in cases:
            kind, reason = DIFFERENCES.get((case, name), ("", ""))
            expected = [pytest.mark.xfail(strict=True, reason=f"{kind}: {reason}")] if kind else []
            yield pytest.param(name, case, marks=[*skips, *expected], id=f"{name}-{case}")
