"""Files of other systems: what is taken, what is refused and why, and that ledger and lake agree whatever happens."""

import csv
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

pytest.importorskip("ibis", reason="the extra `table` is not installed")

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from duban.actions.feeds import freshness
from duban.core.problem import Refused
from duban.intake import Feeder
from duban.ledger import BookKeeper, open_store
from duban.registers.amount import count, total
from duban.registers.expression import Constant, F
from duban.registers.field import choice, day, integer, money, needed, text, yes
from duban.registers.register import Check, Register
from duban.registers.typed import read, typed
from duban.table.choose import Engines
from duban.table.decode import Decoder
from duban.table.lake import Lake
from duban.words import say

KINDS = (("a", "甲类", "class A", "甲"), ("b", "乙类", "class B"))
PAID = Register(
    "paid", "拨付", "Payments",
    (*needed(text("number", "编号", "Number", also=("单号",)), day("on", "日期", "Date")),
     choice("kind", "类别", "Kind", KINDS), money("amount", "金额", "Amount"), integer("times", "次数", "Times"),
     yes("done", "已付", "Paid"), day("until", "期限", "Until")),
    key=("number",), kind="fed",
    checks=(Check("order", F.until >= F.on, "期限早于日期", "the limit is before the date"),),
)  # fmt: skip
HEADS = "单号,日期,类别,金额（元）,次数,已付,期限,经办人\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "book").mkdir()
    return tmp_path / "book"


@pytest.fixture
def feeder(folder):
    keeper = BookKeeper(open_store(str(folder / "ledger.db"), create=True))
    yield Feeder(keeper, folder, "office", datetime(2024, 6, 1, tzinfo=UTC), date(2024, 6, 1), say)
    keeper.store.close()


def written(folder, text, name="x.csv", encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def lines(*numbers):
    return HEADS + "".join(f"{n},2024-01-0{n % 9 + 1},甲,{n}0000,1,是,2024-03-01,张三\n" for n in numbers)


def refusal(call):
    with pytest.raises(Refused) as found:
        call()
    return [(p.code, p.place) for p in found.value.problems]


def engine(feeder, as_of=None):
    book = feeder.keeper.as_of(as_of) if as_of else feeder.keeper.book()
    return Engines(feeder.folder).of(book, PAID)


def figures(feeder, as_of=None):
    found = engine(feeder, as_of).found([count(), total(F.amount)], {}, ())
    return found.get((), [Decimal(0), None])


def test_a_file_is_taken_by_its_heads_and_units(feeder, folder):
    fed = feeder.file(PAID, written(folder, lines(1, 2, 3)))
    assert (fed.state, fed.vintage, fed.rows, fed.refused) == ("taken", 1, 3, 0)
    assert [n.code for n in fed.notes] == ["feed.column_extra"]
    assert figures(feeder) == [3, 6]  # 元 into 万元
    assert engine(feeder).rows(F.number == "2", {}, 9)[0] == {
        "id": "2", "number": "2", "on": date(2024, 1, 3), "kind": "a", "amount": Decimal(2), "times": 1, "done": True,
        "until": date(2024, 3, 1),
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["gb18030", "excel", "parquet", "sqlite", "tabs"])
def test_every_kind_of_source_gives_the_same(kind, feeder, folder):
    rows = list(csv.reader(lines(1, 2, 3).splitlines()))
    if kind == "sqlite":
        with sqlite3.connect(folder / "other.db") as other:
            other.execute("CREATE TABLE t (number, day, kind, amount, times, done, until)")
            other.executemany("INSERT INTO t VALUES (?,?,?,?,?,?,?)", [row[:7] for row in rows[1:]])
        other.close()
        query = 'SELECT number AS 编号, day AS 日期, kind AS 类别, amount AS "金额（元）" FROM t'
        fed = feeder.query(PAID, f"sqlite:///{folder}/other.db", query, name="财政")
    else:
        fed = feeder.file(PAID, _made(kind, rows, folder))
    assert (fed.state, fed.rows) == ("taken", 3)
    assert figures(feeder) == [3, 6]


def _made(kind, rows, folder):
    if kind == "excel":
        book = openpyxl.Workbook()
        hidden = book.create_sheet("旧表")
        hidden.append(["单号"])
        hidden.sheet_state = "hidden"
        for row in [["拨付台账"], *rows]:
            book.active.append(row)
        for row in range(3, 6):
            book.active.cell(row, 2).value = datetime(2024, 1, row)
        book.save(folder / "x.xlsx")
        return folder / "x.xlsx"
    if kind == "parquet":
        columns = {head: [row[at] for row in rows[1:]] for at, head in enumerate(rows[0])}
        columns["日期"] = pa.array([date(2024, 1, n) for n in (1, 2, 3)])
        columns["已付"] = pa.array([True, False, None])
        pq.write_table(pa.table(columns), folder / "x.parquet")
        return folder / "x.parquet"
    if kind == "tabs":
        return written(folder, "拨付台账\n" + lines(1, 2, 3).replace(",", "\t"))
    return written(folder, lines(1, 2, 3), encoding="gb18030")


BAD = (
    HEADS
    + "1,2024-01-01,甲,10000,1,是,2024-03-01,\n"
    + "2,2024-02-30,丙,abc,1.5,也许,2024-03-01,\n"
    + ",2024-01-01,甲,-5,1,是,2024-03-01,\n"
    + "1,2024-01-01,甲,1,1,是,2024-03-01,\n"
    + "5,2024-01-01,甲,1,1,是,2023-03-01,\n"
    + "6,2024-01-01\n"
    + "\n"
    + ',,,,,,,\n"8\n8",2024-01-01,甲,1万元,1,是,2024-03-01,\n'
    + "9,2024-01-01,甲,12345678901234567,1,是,2024-03-01,\n"
)


def test_refused_rows_say_why_and_where(feeder, folder):
    fed = feeder.file(PAID, written(folder, BAD))
    assert (fed.state, fed.rows, fed.refused) == ("taken", 2, 6)
    told = {(p.place, p.code) for p in fed.faults}
    assert told == {
        ("x.csv!3", "record.no_such_day"), ("x.csv!3", "record.unknown_code"), ("x.csv!3", "record.not_a_number"),
        ("x.csv!3", "record.not_whole"), ("x.csv!3", "record.not_yes_or_no"), ("x.csv!4", "record.missing"),
        ("x.csv!4", "record.too_small"), ("x.csv!5", "record.twice"), ("x.csv!6", "record.check"),
        ("x.csv!7", "feed.uneven"), ("x.csv!11", "feed.too_many_digits"),
    }  # fmt: skip
    report = list(csv.DictReader(fed.report.open(encoding="utf-8-sig")))
    assert {(f"x.csv!{line['row']}", line["code"]) for line in report} == told
    assert all(line["what"] and line["what"] != line["code"] for line in report)
    assert figures(feeder) == [2, 2]


def test_ten_thousand_faults_are_all_in_the_file_and_a_hundred_shown(feeder, folder):
    text = HEADS + "1,2024-01-01,甲,1,1,是,,\n" + "".join(f"{n},x,甲,1,1,是,,\n" for n in range(2, 10_002))
    fed = feeder.file(PAID, written(folder, text))
    assert (fed.rows, fed.refused, len(fed.faults)) == (1, 10_000, 100)
    assert len(fed.report.read_text("utf-8").splitlines()) == 10_001


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "feed.empty"), ("\n\n", "feed.empty"), ("甲,乙\n1,2\n", "feed.no_heads"),
        ("编号,金额\n1,2\n", "feed.column_missing"), ("编号,单号,日期\n1,2,2024-01-01\n", "feed.head_twice"),
        ("编号,日期,金额（吨）\n1,2024-01-01,5\n", "feed.head_unit"), (HEADS, "feed.no_rows"),
        (HEADS + "1,x,,,,,,\n", "feed.no_rows"),
    ],
)  # fmt: skip
def test_what_is_refused_as_a_whole_changes_nothing(text, code, feeder, folder):
    feeder.file(PAID, written(folder, lines(1, 2)))
    before, seq = sorted(p.name for p in (folder / "lake/paid").glob("*.parquet")), feeder.keeper.book().seq
    assert refusal(lambda: feeder.file(PAID, written(folder, text, "bad.csv")))[0] == (code, "bad.csv")
    assert (sorted(p.name for p in (folder / "lake/paid").glob("*.parquet")), feeder.keeper.book().seq) == (before, seq)  # fmt: skip
    assert figures(feeder) == [2, 3]


def test_the_same_file_changes_nothing_and_a_later_one_is_a_vintage(feeder, folder):
    path = written(folder, lines(1, 2, 3))
    feeder.file(PAID, path)
    assert feeder.file(PAID, path).state == "same"
    later = Feeder(feeder.keeper, folder, "office", datetime(2024, 7, 1, tzinfo=UTC), date(2024, 7, 1), say)
    assert later.file(PAID, written(folder, lines(1, 2, 3, 4))).vintage == 2
    assert figures(feeder) == [4, 10]
    assert figures(feeder, date(2024, 6, 30)) == [3, 6]
    assert figures(feeder, date(2024, 5, 1)) == [0, None]
    assert [p.name for p in sorted((folder / "lake/paid").glob("*.parquet"))] == ["v0001.parquet", "v0002.parquet"]  # fmt: skip


def test_figures_get_stale(feeder, folder):
    monthly = replace(PAID, fresh=30)
    assert freshness(feeder.keeper.book(), monthly, date(2024, 6, 1)).fed_on is None
    feeder.file(PAID, written(folder, lines(1, 2)))
    found = freshness(feeder.keeper.book(), monthly, date(2024, 7, 3))
    assert (found.fed_on, found.days, found.stale) == (date(2024, 6, 1), 32, 2)
    assert freshness(feeder.keeper.book(), monthly, date(2024, 7, 1)).stale == 0
    assert freshness(feeder.keeper.book(), PAID, date(2025, 7, 1)).stale == 0


def test_a_file_that_halved_waits_for_a_reason(feeder, folder):
    feeder.file(PAID, written(folder, lines(*range(1, 9))))
    assert feeder.file(PAID, written(folder, lines(1, 2))).state == "held"
    assert figures(feeder)[0] == 8
    assert refusal(lambda: feeder.accept(PAID, ""))
    fed = feeder.accept(PAID, "年中清理，确实减少")
    assert (fed.state, fed.vintage) == ("taken", 2)
    assert figures(feeder)[0] == 2
    assert refusal(lambda: feeder.accept(PAID, "x"))[0][0] == "feed.none_held"


def test_a_column_that_is_gone_is_refused_unless_accepted(feeder, folder):
    feeder.file(PAID, written(folder, lines(1, 2)))
    fewer = written(folder, "编号,日期\n1,2024-01-01\n2,2024-01-02\n", "fewer.csv")
    assert refusal(lambda: feeder.file(PAID, fewer)) == [("feed.column_gone", "fewer.csv")]
    assert feeder.file(PAID, fewer, accepted="平台改版").vintage == 2
    assert figures(feeder) == [2, None]


def test_only_who_may_feeds(feeder, folder):
    path = written(folder, lines(1, 2))
    other = Feeder(feeder.keeper, folder, "", feeder.at, feeder.on, say)
    assert refusal(lambda: other.file(PAID, path))[0][0].startswith("rights.")
    assert not (folder / "lake").exists()


class Killed(BaseException):
    """The process ends here."""


def test_cut_off_before_the_entry_nothing_has_happened(feeder, folder, monkeypatch):
    feeder.file(PAID, written(folder, lines(1, 2)))
    monkeypatch.setattr(feeder.keeper.store, "append", _killed)
    with pytest.raises(Killed):
        feeder.file(PAID, written(folder, lines(1, 2, 3)))
    monkeypatch.undo()
    assert figures(feeder)[0] == 2
    assert feeder.file(PAID, written(folder, lines(1, 2, 3, 4))).vintage == 2
    assert figures(feeder)[0] == 4
    assert not list((folder / "lake/paid").glob("waiting-*.parquet"))


def _killed(*args, **more):
    raise Killed


def test_cut_off_after_the_entry_the_reader_finishes(feeder, folder, monkeypatch):
    monkeypatch.setattr(Lake, "settle", _killed)
    with pytest.raises(Killed):
        feeder.file(PAID, written(folder, lines(1, 2, 3)))
    monkeypatch.undo()
    assert not (folder / "lake/paid/v0001.parquet").exists()
    assert figures(feeder)[0] == 3
    assert (folder / "lake/paid/v0001.parquet").exists()


def test_a_formula_whose_result_is_not_kept_is_refused(feeder, folder):
    book = openpyxl.Workbook()
    for row in (["编号", "日期", "金额"], ["1", "2024-01-01", 5], ["2", "2024-01-01", "=C2*2"]):
        book.active.append(row)
    book.save(folder / "x.xlsx")
    fed = feeder.file(PAID, folder / "x.xlsx")
    assert (fed.rows, fed.refused, fed.faults[0].place) == (1, 1, "x.xlsx!3")


TEXTS = st.lists(
    st.sampled_from(["", " ", "-", "1", "1.5", "-3", "1,000", "1万元", "2亿元", "１２", "0.0000001", "99999999999999",
                     "2024-01-02", "2024年1月2日", "20240102", "2024-02-30", "是", "否", "甲类", "甲", "class a", "丙",
                     "a\x07", "a\nb", " x ", "1e5"]),
    min_size=1, max_size=30,
)  # fmt: skip


@settings(max_examples=60, deadline=None, database=None)
@given(TEXTS, st.sampled_from(PAID.fields), st.sampled_from(["", "元", "亿元"]), st.booleans())
def test_a_column_is_read_as_one_text_is(texts, column, unit, many):
    unit = unit if column.name == "amount" else ""
    values, faults = Decoder(column, unit, many=many).decode(pa.array(texts))
    wrong = dict(faults)
    for at, told in enumerate(texts):
        stored, fault = read(column, told, "", unit=unit)
        if at in wrong and wrong[at].code == "feed.too_many_digits":
            assert fault is None
        else:
            assert (wrong[at].code if at in wrong else None) == (fault.code if fault else None), told
            assert values[at].as_py() == typed(column, stored), told


def test_everything_of_a_kept_file_can_be_listed(feeder, folder):
    feeder.file(PAID, written(folder, lines(*range(1, 9))))
    assert len(engine(feeder).rows(Constant(True), {}, 100)) == 8
