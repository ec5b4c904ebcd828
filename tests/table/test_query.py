"""Results of queries as feeds: from a real PostgreSQL with its own types, and one sentence for whatever is wrong."""

import sqlite3
import sys
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

pytest.importorskip("ibis", reason="the extra `table` is not installed")

import pyarrow as pa
import pyarrow.parquet as pq

from duban.core.problem import Refused
from duban.intake import Feeder
from duban.ledger import BookKeeper, open_store
from duban.registers.expression import Constant
from duban.registers.field import choice, day, integer, money, needed, text, yes
from duban.registers.register import Register
from duban.table.choose import Engines
from duban.words import say

CALLS = Register(
    "calls", "来电", "Calls",
    (*needed(text("number", "编号", "Number"), day("on", "日期", "Date")), choice("kind", "类别", "Kind", (("a", "甲", "A"),)),
     money("paid", "金额", "Paid"), integer("times", "次数", "Times"), yes("done", "办结", "Done"), day("until", "期限", "Until")),
    key=("number",), kind="fed",
)  # fmt: skip
ROWS = """
INSERT INTO calls VALUES
 ('1', '2024-01-01 15:59:59.5+00', '甲', 12345678901.120000, 3, true, '2024-03-01'),
 ('2', '2024-01-01 16:00:00+00', NULL, 100.50, NULL, false, NULL),
 ('3', '2024-01-01 00:00:00+08', '甲', 1e3, 0, NULL, 'infinity'),
 ('4', '2024-01-01 00:00:00+08', '甲', 'NaN', 0, NULL, NULL)
"""
QUERY = """SELECT number AS "编号", on_ AS "日期", kind AS "类别", paid AS "金额（元）", times AS "次数", done AS "办结", until AS "期限"
           FROM calls ORDER BY number"""


@pytest.fixture
def feeder(tmp_path):
    keeper = BookKeeper(open_store(str(tmp_path / "ledger.db"), create=True))
    yield Feeder(keeper, tmp_path, "office", datetime(2024, 6, 1, tzinfo=UTC), date(2024, 6, 1), say)
    keeper.store.close()


@pytest.fixture
def calls(postgres):
    """The address of a database in which another system has its calls, its clock in Greenwich."""
    import psycopg

    address = f"{postgres}/postgres"
    with psycopg.connect(address, autocommit=True) as db:
        db.execute("DROP TABLE IF EXISTS calls")
        db.execute(
            "CREATE TABLE calls (number text, on_ timestamptz, kind text, paid numeric, times int, done boolean, until date)"
        )
        db.execute(ROWS)
    return address


def rows(feeder):
    engine = Engines(feeder.folder).of(feeder.keeper.book(), CALLS)
    return {row["id"]: row for row in engine.rows(Constant(True), {}, 99)}


def refusal(call):
    with pytest.raises(Refused) as found:
        call()
    problem = found.value.problems[0]
    for language in ("zh", "en"):
        assert problem.code not in say(problem, language)
    return problem.code, problem.place


def test_types_of_postgresql_are_read_as_people_write_them(calls, feeder):
    fed = feeder.query(CALLS, calls, QUERY, name="热线库")
    assert (fed.state, fed.rows, fed.refused) == ("taken", 2, 2)
    assert {(fault.place, fault.code) for fault in fed.faults} == {
        ("热线库!4", "record.not_a_date"), ("热线库!5", "record.not_a_number"),
    }  # fmt: skip
    told = rows(feeder)
    assert [told[id]["on"] for id in "12"] == [date(2024, 1, 1), date(2024, 1, 2)], (
        "days of China, not of Greenwich"
    )
    assert told["1"]["paid"] == Decimal("1234567.890112")
    assert (told["1"]["times"], told["1"]["done"], told["1"]["until"]) == (3, True, date(2024, 3, 1))
    assert (told["2"]["kind"], told["2"]["times"], told["2"]["done"], told["2"]["until"]) == (
        None,
        None,
        False,
        None,
    )


def test_the_same_rows_change_nothing(calls, feeder):
    feeder.query(CALLS, calls, QUERY, name="热线库")
    assert feeder.query(CALLS, calls, QUERY, name="热线库").state == "same"


@pytest.mark.parametrize(
    "query", ["DELETE FROM calls", "SELECT * FROM nowhere", "", "SELECT 1 AS 编号; SELECT 2", "SELECT '\x00'"]
)
def test_what_postgresql_refuses_is_one_sentence_and_changes_nothing(query, calls, feeder):
    import psycopg

    assert refusal(lambda: feeder.query(CALLS, calls, query, name="热线库")) == ("feed.query", "热线库")
    with psycopg.connect(calls) as db:
        assert db.execute("SELECT count(*) FROM calls").fetchone() == (4,)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "feed.no_result"), ("BEGIN", "feed.no_result"), ("DELETE FROM calls", "feed.query"), ("SELECT 1; SELECT 2", "feed.query"),
        ("SELECT '\x00'", "feed.query"), ("SELECT * FROM nowhere", "feed.query"), ("SELECT 1", "feed.no_heads"),
    ],
)  # fmt: skip
def test_what_sqlite_refuses_is_one_sentence(query, code, feeder):
    path = feeder.folder / "other?.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE calls (number)")
        other.execute("INSERT INTO calls VALUES ('1')")
    other.close()
    assert refusal(lambda: feeder.query(CALLS, f"sqlite:///{path}", query, name="热线库")) == (code, "热线库")
    assert sqlite3.connect(path).execute("SELECT count(*) FROM calls").fetchone() == (1,)


@pytest.mark.parametrize("address", ["postgresql://127.0.0.1:1/x", "postgresql://[x", "sqlite:////nowhere/x.db", "mysql://x", "x"])  # fmt: skip
def test_a_database_that_cannot_be_reached_is_one_sentence(address, feeder):
    assert refusal(lambda: feeder.query(CALLS, address, "SELECT 1", name="热线库"))[0] in (
        "feed.query",
        "feed.database",
    )


def test_without_the_driver_it_says_what_to_install(feeder, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert (
        refusal(lambda: feeder.query(CALLS, "postgresql://x/y", "SELECT 1", name="热线库"))[0]
        == "feed.no_driver"
    )


def test_times_of_day_in_a_date_are_left_out_in_every_kind_of_file(feeder):
    path = feeder.folder / "x.csv"
    path.write_text("编号,日期,期限\n1,2024-01-05 13:45:22,2024/3/1 8:00\n2,2024-01-05T23:59:59.123+08:00,2024年3月1日\n3,2024-01-05 25,\n", "utf-8")  # fmt: skip
    fed = feeder.file(CALLS, path)
    assert (fed.rows, [fault.code for fault in fed.faults]) == (2, ["record.not_a_date"])
    assert {(row["on"], row["until"]) for row in rows(feeder).values()} == {
        (date(2024, 1, 5), date(2024, 3, 1))
    }
    instants = pa.array([datetime(2024, 1, 1, 16, tzinfo=UTC)], pa.timestamp("ms", "UTC"))
    pq.write_table(pa.table({"编号": ["9"], "日期": instants}), feeder.folder / "x.parquet")
    feeder.file(CALLS, feeder.folder / "x.parquet", accepted="换了格式")
    assert rows(feeder)["9"]["on"] == date(2024, 1, 2)
