"""Filing by workbook over HTTP: looked at first, entered on a second click, by the unit itself and nobody else."""

import io
import re
import urllib.request
from datetime import date

import openpyxl
import pytest

from duban.assess import profile_of
from duban.assess.lights import lights
from duban.assess.owed import owed_by
from duban.files.filing_columns import FILING_COLUMNS
from duban.files.filing_out import FIRST_ROW
from duban.ledger import BookKeeper, open_store
from tests.web.people import Session

COLUMN = {column.field: n for n, column in enumerate(FILING_COLUMNS, 1)}


@pytest.fixture(scope="module")
def owing(year_site):
    """The codes of two units that owe something."""
    store = open_store(year_site.folder)
    book = BookKeeper(store).book()
    store.close()
    lit, day = lights(book, date(2024, 10, 20), profile_of(book)), date(2024, 10, 20)
    found = [
        code
        for code, unit in book.units.items()
        if f"{code}.r" in book.people and owed_by(book, lit, unit.name, day)
    ]
    return [code for code in found if code not in ("jiaoyuju", "tiyuju")][:2]


@pytest.fixture(scope="module")
def reporter(year_site, owing):
    return Session(year_site, f"{owing[0]}.r")


def downloaded(session):
    with session.open.open(f"{session.site.url}/filing.xlsx") as answer:
        assert "attachment" in answer.headers["Content-Disposition"]
        return openpyxl.load_workbook(io.BytesIO(answer.read()))


def upload(session, book, name="填报表.xlsx"):
    session.get("/work")
    raw = io.BytesIO()
    book.save(raw)
    token = next((c.value for c in session.jar if c.name == "csrftoken"), "")
    body = (
        f'--x\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        f'--x\r\nContent-Disposition: form-data; name="sheet"; filename="{name}"\r\n\r\n'
    )
    heads = {"Content-Type": "multipart/form-data; boundary=x", "Referer": session.site.url}
    data = body.encode() + raw.getvalue() + b"\r\n--x--\r\n"
    return session._ask(urllib.request.Request(f"{session.site.url}/filing/upload", data, heads))


def test_the_whole_way_and_the_same_file_again(reporter):
    book = downloaded(reporter)
    sheet = book.active
    keys = [sheet.cell(r, 1).value for r in range(FIRST_ROW, sheet.max_row + 1)]
    assert keys
    for row in range(FIRST_ROW, sheet.max_row + 1):
        sheet.cell(row, COLUMN["progress"]).value = "<b>已完成</b>设计"
    status, text = upload(reporter, book)
    assert (status, "确认报送" in text, "<b>已完成</b>" in text) == (200, True, False)
    before = reporter.json("/work.json")["owed"]
    sealed = re.search(r'name="sealed" value="([^"]+)"', text)[1]
    assert reporter.json("/work.json")["owed"] == before  # only looked at
    assert Session(reporter.site, "minzhengju.r").post("/filing/confirm", sealed=sealed)[0] == 400
    assert reporter.post("/filing/confirm", sealed=sealed[:-2] + "xx")[0] == 400
    assert reporter.post("/filing/confirm", sealed=sealed)[0] == 200
    states = {o["key"]: o["state"] for o in reporter.json("/work.json")["owed"]}
    assert {states[key] for key in keys} == {"done"}
    assert "表里没有新的报送" in upload(reporter, book)[1]
    assert reporter.post("/filing/confirm", sealed=sealed)[0] == 400  # already there


@pytest.mark.parametrize("who", ["", "clerk", "auditor", "leader1", "tongji"])
def test_who_reports_for_no_unit_has_no_sheet(year_site, who):
    session = Session(year_site, who)
    assert session.get("/filing.xlsx")[0] == 403
    assert upload(session, openpyxl.Workbook())[0] == 403


def test_faults_are_told_with_their_cells(reporter, owing):
    other = Session(reporter.site, f"{owing[1]}.r")
    book = downloaded(other)
    book.active.cell(FIRST_ROW, COLUMN["value"]).value = 5
    status, text = upload(reporter, book, "../<script>.xlsx")
    assert status == 400
    assert f"A{FIRST_ROW}" in text
    assert "<script>" not in text
