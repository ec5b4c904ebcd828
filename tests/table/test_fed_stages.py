"""Stages in files of other systems: what people could not enter a file cannot bring either, row by row."""

import csv
import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

pytest.importorskip("ibis", reason="the extra `table` is not installed")

from duban.actions.records import weigh_records
from duban.core.problem import Refused
from duban.files.records.read import read_records
from duban.intake import Feeder
from duban.ledger import Book, BookKeeper, open_store
from duban.registers.expression import Constant
from duban.registers.field import day, needed, text
from duban.registers.register import Register, Stage
from duban.table.choose import Engines
from duban.words import say

TODAY = date(2024, 6, 1)


def _until(values, since):
    return since + timedelta(days=10 if values["what"] == "急" else 3)


KEPT = Register(
    "steps", "办件", "Matters",
    (*needed(text("number", "编号", "Number"), day("on", "受理日期", "Received on")),
     text("what", "内容", "What"), text("unit", "单位", "Unit"), text("reply", "答复", "Reply")),
    key=("number",), began="on",
    stages=(
        Stage("received", "受理", "received"),
        Stage("returned", "退回", "returned", after=("assigned",), until=_until),
        Stage("assigned", "派单", "assigned", ("unit",), after=("received", "returned")),
        Stage("done", "办结", "done", ("reply", "unit"), ("办结单", "closing paper"), after=("assigned",)),
        Stage("judged", "定案", "settled", until=_until),
    ),
)  # fmt: skip
FED = replace(KEPT, kind="fed")
HEADS = "编号,受理日期,内容,单位,答复,阶段,派单日期,办结日期,定案日期,办结单编号"
GOOD = "1,2024-01-01,,甲,好,定案,2024-01-02,2024-01-05,2024-01-07,办1"


@pytest.fixture
def feeder(tmp_path):
    keeper = BookKeeper(open_store(str(tmp_path / "ledger.db"), create=True))
    yield Feeder(keeper, tmp_path, "office", datetime(2024, 6, 1, tzinfo=UTC), TODAY, say)
    keeper.store.close()


def fed(feeder, *lines, heads=HEADS):
    path = feeder.folder / "x.csv"
    path.write_text("\n".join([heads, *lines]) + "\n", "utf-8")
    return feeder.file(FED, path)


def rows(feeder):
    engine = Engines(feeder.folder).of(feeder.keeper.book(), FED)
    return {row["id"]: row for row in engine.rows(Constant(True), {}, 9999)}


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("2,2024-01-01,,甲,好,搁置,,,,", "records.stage_unknown", "搁置"),
        ("2,2024-01-01,,甲,好,受理,2024-01-02,,,", "records.stage_without_day", "派单"),
        ("2,2024-01-01,,甲,好,,,2024-01-05,,办1", "feed.skipped", "受理"),
        ("2,2024-01-01,,甲,好,,2024-01-02,,2024-01-07,", "feed.skipped", "定案"),
        ("2,2024-01-03,,甲,好,,2024-01-02,,,", "record.day_before", "2024-01-03"),
        ("2,2024-01-01,,甲,好,,2024-01-06,2024-01-05,,办1", "record.day_before", "2024-01-06"),
        ("2,2024-01-01,,甲,好,,2024-06-02,,,", "record.day_ahead", "2024-06-02"),
        ("2,2024-06-02,,甲,好,,,,,", "record.day_ahead", "2024-06-02"),
        ("2,2024-01-01,,,好,,2024-01-02,,,", "record.stage_needs", "单位"),
        ("2,2024-01-01,,甲,,,2024-01-02,2024-01-05,,办1", "record.stage_needs", "答复"),
        ("2,2024-01-01,,甲,,办结,,,,办1", "record.stage_needs", "答复"),
        ("2,2024-01-01,,甲,好,,2024-01-02,2024-01-05,, ", "record.no_proof", "办结单"),
        ("2,2024-01-01,,甲,好,办结,,,,", "record.no_proof", "办结单"),
        ("2,2024-01-01,,甲,好,,2024-01-02,2024-01-05,2024-01-09,办1", "record.too_late", "2024-01-08"),
        (",2024-01-01,,甲,好,,,,,", "record.missing", "编号"),
    ],
)  # fmt: skip
def test_a_row_is_refused_by_name_with_its_row_and_the_mend(line, code, told, feeder):
    found = fed(feeder, GOOD, line)
    assert (found.rows, found.refused) == (1, 1)
    assert [(fault.code, fault.place) for fault in found.faults] == [(code, "x.csv!3")]
    for language in ("zh", "en"):
        sentence = say(found.faults[0], language)
        assert code not in sentence
        assert "{" not in sentence
    assert told in say(found.faults[0], "zh")
    assert set(rows(feeder)) == {"1"}


def test_where_a_record_stands_and_since_when(feeder):
    assert fed(feeder, GOOD, "2,2024-01-01,,甲,好, 办结 ,,,,办2", "3,2024-01-03,,,,,,,,", "4,2024-01-01,急,甲,好,,2024-01-02,2024-01-05,2024-01-15,办3").refused == 0  # fmt: skip
    told = rows(feeder)
    assert [told[id]["stage"] for id in "1234"] == ["judged", "done", "received", "judged"]
    assert (told["1"]["at_received"], told["1"]["at_done"]) == (date(2024, 1, 1), date(2024, 1, 5))
    assert told["2"]["at_done"] is None


def test_a_file_without_a_column_for_the_paper_is_the_paper(feeder):
    assert fed(feeder, GOOD.rpartition(",")[0], heads=HEADS.rpartition(",")[0]).refused == 0


def test_a_file_without_the_column_of_its_key_is_refused(feeder):
    keyed = replace(FED, fields=tuple(replace(f, status="optional") for f in FED.fields))
    (feeder.folder / "x.csv").write_text("受理日期\n2024-01-01\n", "utf-8")
    with pytest.raises(Refused) as refusal:
        feeder.file(keyed, feeder.folder / "x.csv")
    assert refusal.value.problems[0].code == "feed.column_missing"


def _line(chance, number):
    """A row that is right, or wrong in one or two ways."""
    start = date(2024, 1, chance.randint(1, 20))
    days = [start + timedelta(days=n) for n in (0, 1, 2, 4)]
    reach = chance.randint(0, 3)
    cells = {"编号": str(number), "受理日期": days[0].isoformat(), "内容": chance.choice(["", "急"]), "单位": "甲", "答复": "好",
             "阶段": "", "派单日期": "", "办结日期": "", "定案日期": "", "办结单编号": "办1"}  # fmt: skip
    for name, on in zip(("派单日期", "办结日期", "定案日期")[:reach], days[1:], strict=False):
        cells[name] = on.isoformat()
    if reach and chance.random() < 0.5:
        cells["阶段"] = ("派单", "办结", "定案")[reach - 1]
    for _ in range(chance.choice([0, 0, 1, 2])):
        name = chance.choice(["单位", "答复", "派单日期", "办结日期", "定案日期", "办结单编号", "阶段"])
        other = (start + timedelta(days=chance.choice([-3, 6, 200]))).isoformat()
        cells[name] = (
            chance.choice(["", other])
            if "日期" in name
            else chance.choice(["", "办结"])
            if name == "阶段"
            else ""
        )
    if cells["阶段"] and not any(cells[name] for name in ("派单日期", "办结日期", "定案日期")):
        cells["阶段"] = ""  # a form would ignore it
    return cells


def test_a_file_brings_what_people_could_enter_and_nothing_else(feeder):
    """The same rows entered as kept records and fed: the same ones are refused, for the same reason."""
    chance = random.Random(4)
    lines = [_line(chance, number) for number in range(2, 602)]
    found = fed(feeder, *(",".join(line.values()) for line in lines))
    path = feeder.folder / "x.csv"
    told = read_records(path, KEPT)
    weighed = weigh_records(Book(), "office", KEPT, told.rows, TODAY)
    mine = {
        int(line["row"]): line["code"] for line in csv.DictReader(found.report.open(encoding="utf-8-sig"))
    }
    theirs = {_row(fault.place): fault.code for fault in reversed([*told.faults, *weighed.faults])}
    other = {"record.skipped": "feed.skipped"}
    assert mine == {row: other.get(code, code) for row, code in theirs.items()}
    assert 100 < len(mine) < 400
    assert len(set(mine.values())) >= 6


def _row(place):
    digits = "".join(c for c in place.rpartition("!")[2] if c.isdigit())
    return int(digits)
