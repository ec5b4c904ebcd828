"""The hotline's cases of another system: fed as a whole, and the same rates as of the cases that are kept here."""

import csv
from collections import Counter
from datetime import date

import pytest

pytest.importorskip("ibis", reason="the extra `table` is not installed")

from duban.core.period import period
from duban.ledger import BookKeeper, open_store
from duban.packs import folder_of
from duban.packs.hotline import PACK
from duban.packs.hotline.register import ARCHIVE
from duban.registers.expression import Constant
from duban.registers.indicator import Plain, reckon
from duban.simulate.fed import fed_examples
from duban.table.choose import Engines
from duban.words import say

RATES = ("response", "resolution", "satisfaction", "total", "called", "excluded", "cases")
YEAR, DAY = period("2024"), date(2024, 12, 31)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A book whose archive has the pack's own example, and its folder."""
    folder = tmp_path_factory.mktemp("archive") / "book"
    folder.mkdir()
    store = open_store(str(folder / "ledger.db"), create=True)
    assert fed_examples(store, folder, date(2024, 10, 20), say) == 240
    yield BookKeeper(store).book(), folder
    store.close()


def test_the_example_is_taken_whole_and_says_that_it_is_made_up(book):
    taken = book[0].feeds["archive"][-1]
    assert (taken.body.rows, taken.body.refused, taken.on) == (240, 0, "2024-10-19")
    assert taken.body.name.startswith("模拟")


def test_rates_by_district_and_month_are_those_of_the_file(book):
    lines = csv.DictReader((folder_of(PACK) / "archive.csv").read_text("utf-8").splitlines())
    top, bottom = Counter(), Counter()
    for line in lines:
        year, month, _ = line["创建时间"].replace("/", "-").split("-")
        if year != "2024" or line["并入"] or not line["主办单位"] or line["剔除原因"]:
            continue
        group = (line["区域"], f"2024-{int(month):02d}")
        bottom[group] += 1
        contact, due = (line[head].replace("/", "-").split("-") for head in ("首次联系时间", "首次联系期限"))
        top[group] += contact != [""] and list(map(int, contact)) <= list(map(int, due))
    engine = Engines(book[1]).of(book[0], ARCHIVE)
    found = reckon(PACK.indicated["archive_response"], engine, YEAR, DAY, ("district", "received_on.month"))
    found = {
        group: (figure.numerator, figure.denominator) for group, figure in found.items() if figure.denominator
    }
    assert found == {group: (top[group], many) for group, many in bottom.items()}
    assert len(found) > 30


@pytest.mark.parametrize("name", RATES)
def test_a_rate_of_the_archive_is_the_one_of_the_kept_cases(name, book):
    engine = Engines(book[1]).of(book[0], ARCHIVE)
    rows = engine.rows(Constant(True), {}, 999)
    for by in ((), ("district",)):
        fed = reckon(PACK.indicated[f"archive_{name}"], engine, YEAR, DAY, by)
        kept = reckon(PACK.indicated[name], Plain(PACK.registered["cases"], rows), YEAR, DAY, by)
        assert fed == kept
    assert reckon(PACK.indicated[f"archive_{name}"], engine, YEAR, DAY)[()].value
