"""The table carries where items stand: the original target beside the adjusted one, figure, status, light, reason."""

import io
import json
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from docx import Document

from duban.files import NAMES, WRITERS, Day, read_table
from duban.ledger import BookKeeper, Draft
from duban.ledger.items import ItemChange
from duban.ledger.year.filings import ReadingPosted
from duban.ledger.year.tasks import Target, TargetAdjusted, TargetSet
from duban.words import say, sentence
from tests.files.sheet import Sheet, problems, write

FIRST = Target("口袋公园", "increment", Decimal(8), unit="座", comparator="ge")
DAY = Day(date(2024, 8, 25), sentence)


def say_of(store, owner, day, body):
    store.append([Draft(f"{day}T02:00:00.000Z", day, "office", f"item/{owner}/1", body)])


@pytest.fixture
def running(store, owner):
    """The small book with one item: a target of 8, adjusted to 6, of which 2 are there in July."""
    write(store, [ItemChange("add", owner, head="新建口袋公园", lead="市园林局")])
    say_of(store, owner, "2024-02-01", TargetSet(FIRST))
    say_of(store, owner, "2024-06-03", TargetAdjusted(
        Target("口袋公园", "increment", Decimal(6), unit="座", comparator="ge"), "市政府常务会议", "用地未批"))  # fmt: skip
    say_of(store, owner, "2024-08-10", ReadingPosted("2024-C07", Decimal(2), source="住建统计"))
    return BookKeeper(store)


def row_of(book, owner, on=DAY):
    return next(r for r in json.loads(WRITERS[".json"](book, on))["rows"] if r["id"] == owner)


def test_the_original_target_stands_beside_the_one_that_counts(running, owner):
    row = row_of(running.book(), owner)
    assert (row["goal"], row["first"]) == ("≥6座", "≥8座")
    assert row["adjusted"] == "2024-06-03 市政府常务会议：用地未批（≥6座）"
    before = row_of(running.as_of(date(2024, 5, 31)), owner)
    assert (before["goal"], before["first"], before["adjusted"]) == ("≥8座", "≥8座", "")


def test_status_and_light_are_of_the_day_with_their_reason(running, owner):
    row = row_of(running.book(), owner)
    assert (row["status"], row["light"]) == ("欠进度", "黄灯")
    assert row["latest"] == "2座（2024年1—7月，住建统计）"
    assert row["why"] == "2024年1—7月 为 2座，按序时进度应到 3.5座。"
    early = row_of(running.as_of(date(2024, 2, 5)), owner, Day(date(2024, 2, 5), sentence))
    assert (early["status"], early["latest"]) == ("未启动", "")
    assert {row_of(running.book(), owner, None)[name] for name in ("status", "light", "why", "latest")} == {
        ""
    }


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_every_file_says_the_same(running, owner, suffix):
    raw = WRITERS[suffix](running.book(), DAY)
    if suffix == ".xlsx":
        text = "\n".join(
            str(c.value) for r in openpyxl.load_workbook(io.BytesIO(raw)).active.iter_rows() for c in r
        )
    elif suffix == ".docx":
        document = Document(io.BytesIO(raw))
        text = "\n".join(c.text for r in document.tables[0].rows for c in r.cells)
        text += document.paragraphs[-1].text
    else:
        text = raw.decode("utf-8-sig")
    for words in ("≥6座", "≥8座", "市政府常务会议", "住建统计", "欠进度", "黄灯", "应到 3.5座"):
        assert words in text, words
    assert "2024-08-25" in text or suffix == ".csv"


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".json"])
def test_what_went_out_with_its_state_comes_back_unchanged_later(running, store, owner, tmp_path, suffix):
    path = tmp_path / f"t{suffix}"
    path.write_bytes(WRITERS[suffix](running.book(), DAY))
    say_of(store, owner, "2024-09-10", ReadingPosted("2024-C08", Decimal(6)))
    found = read_table(path, running.book(), remove_missing=True)
    assert (found.changes, found.edits, found.missing, found.others) == ([], [], [], ())


def test_a_target_is_not_changed_by_a_table(running, tmp_path):
    book = running.book()
    sheet = Sheet(book, tmp_path)
    for name in ("goal", "first"):
        place = sheet.set(0, name, "≥1座")
        (problem,) = problems(sheet.save(), book)
        assert (problem.code, problem.place[-len(place) :]) == ("sheet.goal_changed", place)
        assert NAMES[name] in say(problem)
        sheet.set(0, name, None)


def test_edited_json_is_read_and_what_is_no_text_is_named(running, owner, tmp_path):
    book, path = running.book(), tmp_path / "t.json"
    data = json.loads(WRITERS[".json"](book, DAY))
    at = next(n for n, row in enumerate(data["rows"]) if row["id"] == owner)
    data["rows"][at] |= {"lead": "市水务局", "due": "9月底前"}
    path.write_text(json.dumps(data), "utf-8")
    (change,) = read_table(path, book).changes
    assert (change.lead, change.due, change.place) == ("市水务局", "2024-09-30", f"t.json rows[{at}].head")
    data["rows"][at]["lead"] = ["市水务局"]
    path.write_text(json.dumps(data), "utf-8")
    (problem,) = problems(path, book)
    assert (problem.code, problem.place) == ("sheet.not_text", f"t.json rows[{at}].lead")


@pytest.mark.parametrize(
    "text", ["{", '{"a": 1}', '{"rows": 3}', '{"rows": [3]}', '{"rows": [["x"]]}', "{" * 9999]
)
def test_other_json_is_refused(book, tmp_path, text):
    path = tmp_path / "t.json"
    path.write_text(text, "utf-8")
    assert [p.code for p in problems(path, book)] == ["sheet.json_wrong"]
