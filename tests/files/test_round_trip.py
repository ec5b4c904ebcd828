"""Whatever the book says goes out and comes back as nothing to change; whatever is edited comes back as that."""

import io
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duban.files import read_table, write_csv, write_json, write_word, write_workbook
from duban.files.columns import COLUMNS, FILLED, GOALS, STATES
from duban.files.plain import computes, guarded, unguarded
from duban.files.rows import item_cells, settled
from duban.ledger import fold
from duban.ledger.bodies import TABLED, Item, ItemAdded, ItemChanged
from duban.read import read_text
from tests.files.conftest import SMALL, opened
from tests.files.sheet import AT

NASTY = (
    "=1+1", "=cmd|' /C calc'!A0", "+甲", "-乙", "@SUM(A1)", "＝1", "\t=1", "\r=1", "\n=1", " =1", "'丁", "''", "'=1", "a\nb\r\nc",
    '"', '","', "，,;；、", "[red]x[/red]", "TRUE", "007", "1e5", "2024-01-02", "#REF!", "#N/A", "_x000D_", "_x005F_x0041_", "x_x0041_y",
    "🏗️👨‍👩‍👧", "\x00\x01\x1f\x7f", "\ufffe\uffff", "\u2028\u2029\x85", "\u202e逆", "&lt;<b>&amp;", "长" * 17_000, "_x0041_" * 5_000, "nan", "—",
    "\u3000", "编号", "0.5%", "{place}",
)  # fmt: skip
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(NASTY)


def seen(text):
    """Whether a person sees anything of this text in a cell."""
    return any(c.isprintable() and not c.isspace() for c in settled(text))


ITEMS = st.builds(
    Item,
    commitment=st.just(""),
    head=TEXT.filter(seen),
    lead=TEXT,
    partners=st.lists(TEXT, max_size=3).map(tuple),
    leader=TEXT,
    due=st.none() | TEXT | st.dates().map(str),
    note=TEXT,
    quarters=st.lists(TEXT, max_size=6).map(tuple),
    person=TEXT,
    source=TEXT,
    evidence=TEXT,
)


@pytest.fixture(scope="module")
def entries(tmp_path_factory):
    return list(opened(read_text(SMALL), tmp_path_factory.mktemp("trip")).entries())


def book_of(entries, items):
    """The book after these items were entered, whatever they say: the ledger may hold what no table may write."""
    entries = list(entries)
    for number, (owner, item) in enumerate(items, 1):
        body = ItemAdded(**{name: item[name] for name in item.keys()} | {"commitment": owner})  # noqa: SIM118
        entries.append(later(entries, f"item/{owner}/{number}", body))
    return fold(entries), entries


def later(entries, account, body):
    last = entries[-1]
    return replace(last, seq=last.seq + 1, kind=body.KIND, account=account, body=body)


def owners(entries):
    return [e.body.id for e in entries if e.kind == "commitment.read"]


@given(data=st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_the_book_says_comes_back_unchanged(entries, tmp_path, data):
    pairs = st.tuples(st.sampled_from(owners(entries)), ITEMS)
    book, _ = book_of(entries, data.draw(st.lists(pairs, min_size=1, max_size=3)))
    for name, writer in (("t.xlsx", write_workbook), ("t.csv", write_csv)):
        (tmp_path / name).write_bytes(writer(book))
        found = read_table(tmp_path / name, book, remove_missing=True)
        assert (found.changes, found.edits, found.missing) == ([], [], [])
    write_word(book)
    write_json(book)


@given(data=st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_exactly_the_edited_cells_come_back(entries, tmp_path, data):
    """Free text, edited in one table while the book changes another cell of the same item."""
    owner = owners(entries)[0]
    before, known = book_of(entries, [(owner, data.draw(ITEMS))])
    free = ["head", "person", "source", "cadence", "evidence", "checker", "note", "q1", "q4"]
    edited = data.draw(st.sets(st.sampled_from(free[1:]), min_size=1))
    texts = {name: data.draw(TEXT.filter(lambda t: len(t) < 2000), name) for name in sorted(edited)}
    workbook = openpyxl.load_workbook(io.BytesIO(write_workbook(before)))
    row = next(r for r in range(4, 20) if workbook.active.cell(r, AT["id"]).value == owner)
    for name, text in texts.items():
        cell = workbook.active.cell(row, AT[name])
        cell.value = "".join(c for c in text if c.isprintable() or c == "\n")
        cell.data_type = "s"
    workbook.save(tmp_path / "t.xlsx")
    shown = {name: workbook.active.cell(row, AT[name]).value for name in texts}
    item = before.commitments[owner].items[0].item
    moved = ItemChanged(**{n: item[n] for n in item.keys()} | {"leader": "另改"})  # noqa: SIM118
    book = fold([*known, later(known, f"item/{owner}/1", moved)])

    found = read_table(tmp_path / "t.xlsx", book)
    cells = item_cells(item)
    told = {n: as_excel(t) for n, t in shown.items() if as_excel(t) != settled(cells[n])}
    assert {e.field: e.after for e in found.edits} == told
    for change in found.changes:
        assert change.leader == "另改"
        assert item_cells(change_item(change)) == item_cells(moved) | told


def as_excel(text):
    from duban.files.escape import unescaped

    return settled(unescaped(text or ""))


def change_item(change):
    return Item(**{name: getattr(change, name) for name in TABLED})


@given(st.text() | TEXT)
def test_the_guard_of_csv_cells_comes_off_again(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert not guarded(text).startswith(("\t", "\r", "\n"))
    assert guarded(text) == text or computes(text)


def test_every_column_is_either_the_offices_or_the_books():
    assert {c.field for c in COLUMNS} == {*FILLED, "id", "n", "stamp", "text", "place", "kind", "category"} | {
        "indicator", "measure", "base", "target", *GOALS, *STATES,
    }  # fmt: skip
    assert len({name for c in COLUMNS for name in (c.name, *c.also)}) == sum(1 + len(c.also) for c in COLUMNS)


def test_a_cell_too_long_for_a_spreadsheet_is_cut_plainly_and_kept_whole(entries, tmp_path):
    owner = owners(entries)[0]
    book, _ = book_of(entries, [(owner, Item(owner, "长" * 40_000, note="旧"))])
    workbook = openpyxl.load_workbook(io.BytesIO(write_workbook(book)))
    row = next(r for r in range(4, 20) if workbook.active.cell(r, AT["id"]).value == owner)
    assert workbook.active.cell(row, AT["head"]).value.endswith("全文见账本）")
    workbook.active.cell(row, AT["note"]).value = "新"
    workbook.save(tmp_path / "t.xlsx")
    (change,) = read_table(tmp_path / "t.xlsx", book).changes
    assert (len(change.head), change.note) == (40_000, "新")


def test_what_is_cut_and_begins_with_a_blank_line_comes_back_unchanged(entries, tmp_path):
    owner = owners(entries)[0]
    book, _ = book_of(entries, [(owner, Item(owner, "甲", partners=("\n", "长" * 17_000)))])
    for name, writer in (("t.xlsx", write_workbook), ("t.csv", write_csv)):
        (tmp_path / name).write_bytes(writer(book))
        assert read_table(tmp_path / name, book).changes == []
