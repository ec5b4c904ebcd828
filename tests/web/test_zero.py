"""A zero typed into the form is a figure everywhere, and an empty field is none anywhere: neither changes into the other."""

import csv
import io
from urllib.parse import quote

import openpyxl
import pytest

from duban.files import NAMES
from duban.ledger import BookKeeper, open_store
from tests.web.conftest import PERIOD
from tests.web.people import Session, text_of


@pytest.fixture(scope="module")
def zero(year_site, waiting):
    """An item for which its unit has filed a zero and its head has signed."""
    for key, code in waiting:
        reporter, head = Session(year_site, f"{code}.r"), Session(year_site, f"{code}.h")
        if 'name="value"' in reporter.get(f"/i/{key}")[1]:
            assert reporter.act(key, "file", period=PERIOD, value="0", form="full")[0] == 200
            n = max(filings(year_site, key))
            assert head.act(key, "countersign", n=n)[0] == 200
            return key, reporter
    raise AssertionError("nothing is owed")


@pytest.fixture(scope="module")
def empty(year_site, waiting, zero):
    """An item for which its unit has filed words and left the figure empty."""
    for key, code in waiting:
        if key != zero[0]:
            reporter, head = Session(year_site, f"{code}.r"), Session(year_site, f"{code}.h")
            before = Session(year_site).json(f"/i/{key}.json")
            assert (
                reporter.act(key, "file", period=PERIOD, value=" ", form="full")[0] == 400
            )  # nothing is said
            said = {"period": PERIOD, "value": "", "progress": "数据还没有出来"}
            assert reporter.act(key, "file", form="full", **said)[0] == 200
            assert head.act(key, "countersign", n=max(filings(year_site, key)))[0] == 200
            return key, reporter, before
    raise AssertionError("nothing is owed")


def filings(site, key):
    return book_of(site).tasks[key].filings


def book_of(site):
    store = open_store(site.folder)
    book = BookKeeper(store).book()
    store.close()
    return book


def rows(site, suffix, key):
    """The row of an item in a file of the table, by the names of its columns."""
    with Session(site).open.open(f"{site.url}/table.{suffix}", timeout=60) as answer:
        raw = answer.read()
    commitment, n = key.split("/")
    if suffix == "xlsx":
        grid = list(openpyxl.load_workbook(io.BytesIO(raw)).active.iter_rows(values_only=True))
    else:
        grid = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    head = next(i for i, row in enumerate(grid) if NAMES["id"] in row and NAMES["n"] in row)
    at = {field: grid[head].index(name) for field, name in NAMES.items() if name in grid[head]}
    row = next(r for r in grid[head + 1 :] if (str(r[at["id"]]), str(r[at["n"]])) == (commitment, n))
    return {field: str(row[i] or "") for field, i in at.items()}


def test_a_zero_is_stored_and_folded_as_a_zero(year_site, zero):
    key, _reporter = zero
    task = book_of(year_site).tasks[key]
    body = task.filings[max(task.filings)].opened.body
    assert (str(body.value), body.asked > 0) == ("0", True)


def test_a_zero_is_lit_and_shown(year_site, zero):
    key, reporter = zero
    told = Session(year_site).json(f"/i/{key}.json")
    assert (told["figures"][-1]["period"], told["figures"][-1]["value"]) == (PERIOD, "0")
    assert told["status"] == "behind"
    assert told["light"] in ("yellow", "red")
    unit = told["unit"]
    for session, path in ((Session(year_site), f"/i/{key}"), (reporter, f"/i/{key}")):
        assert f"为 0{unit}" in text_of(session.get(path)[1]), path
    owed = {o["key"]: o["state"] for o in reporter.json("/work.json")["owed"]}
    assert owed[key] == "done"  # a zero is not asked for again
    assert "上期 0" in " ".join(text_of(reporter.get("/work")[1]).split())


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_zero_is_exported_as_a_zero(year_site, zero, suffix):
    row = rows(year_site, suffix, zero[0])
    assert row["latest"].startswith("0"), row
    assert row["status"] == "欠进度"


def test_a_zero_is_a_zero_in_the_api(year_site, zero):
    public = Session(year_site)
    one = public.json(f"/api/items/{zero[0]}")
    assert one["figures"][-1]["value"] == "0"
    assert one["light"] == public.json(f"/i/{zero[0]}.json")["light"]


def test_an_empty_field_is_no_figure_anywhere(year_site, empty):
    key, reporter, before = empty
    told = Session(year_site).json(f"/i/{key}.json")
    assert told["figures"] == before["figures"]
    assert (told["light"], told["status"]) == (before["light"], before["status"]) == ("grey", "no_fresh_data")
    task = book_of(year_site).tasks[key]
    assert task.filings[max(task.filings)].opened.body.value is None
    assert PERIOD not in {f["period"] for f in Session(year_site).json(f"/api/items/{key}")["figures"]}
    latest = before["figures"][-1]["value"] if before["figures"] else ""
    for suffix in ("csv", "xlsx"):
        row = rows(year_site, suffix, key)
        assert row["latest"].startswith(latest), suffix
        assert "9月" not in row["latest"], suffix
        assert row["light"] == "未亮灯", suffix
    assert "数据还没有出来" in reporter.get(f"/i/{key}")[1]


def test_an_empty_field_turns_no_light_at_the_units_page(year_site, empty):
    key = empty[0]
    lead = Session(year_site).json(f"/i/{key}.json")["lead"]
    grey = Session(year_site).json(f"/api/items?lead={quote(lead)}&light=grey&limit=500")["items"]
    assert key in {one["key"] for one in grey}


def test_statistics_come_with_their_basis_scope_and_day(year_site, zero):
    """The bureau's figure replaces the unit's zero where both are for the same days; the zero stays to be seen."""
    key, reporter = zero
    bureau = Session(year_site, "tongji")
    said = {"period": PERIOD, "value": "1", "source": "月报", "basis": "nominal", "scope": "<b>规上</b>"}
    assert bureau.act(key, "post", **said, vintage="昨天")[0] == 400
    assert bureau.act(key, "post", **said, vintage="2024-10-19")[0] == 200
    for path in (f"/i/{key}.json", f"/api/items/{key}"):
        figure = Session(year_site).json(path)["figures"][-1]
        assert (figure["value"], figure["basis"], figure["vintage"]) == ("1", "nominal", "2024-10-19"), path
    page = reporter.get(f"/i/{key}")[1]
    assert "现价" in page
    assert "&lt;b&gt;规上" in page
    assert "不采用" in page
