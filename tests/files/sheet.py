"""An exported table that a test writes into, as people do in a spreadsheet."""

import io
from itertools import islice

import openpyxl
import pytest

from duban.actions import apply_table
from duban.core.problem import Refused
from duban.files import COLUMNS, read_table, write_workbook
from duban.ledger import BookKeeper
from tests.files.conftest import NOW

AT = {column.field: number for number, column in enumerate(COLUMNS, 1)}


class Sheet:
    """The workbook of a book; rows count those of commitments, from 0."""

    def __init__(self, book, folder, raw=None):
        self.path = folder / "表.xlsx"
        self.workbook = openpyxl.load_workbook(io.BytesIO(raw or write_workbook(book)))
        self.sheet = self.workbook.active
        self.rows = [
            r for r in range(4, self.sheet.max_row + 1) if self.sheet.cell(r, 1).value in book.commitments
        ]

    def cell(self, row, field):
        return self.sheet.cell(self.rows[row], AT[field])

    def set(self, row, field, value):
        self.cell(row, field).value = value
        return self.cell(row, field).coordinate

    def insert_copy(self, row, whole=False):
        """A row below `row` with the same commitment: its other cells empty, or the `whole` row copied."""
        below = self.rows[row] + 1
        for span in [s for s in self.sheet.merged_cells.ranges if s.min_row >= below]:
            self.sheet.unmerge_cells(str(span))
            span.shift(row_shift=1)
            self.sheet.merged_cells.add(str(span))
        self.sheet.insert_rows(below)
        for cell in islice(self.sheet[self.rows[row]], None if whole else 1):
            self.sheet.cell(below, cell.column).value = cell.value
        self.rows.insert(row + 1, below)
        self.rows[row + 2 :] = [r + 1 for r in self.rows[row + 2 :]]

    def merge(self, first, last, field):
        self.sheet.merge_cells(
            start_row=self.rows[first], end_row=self.rows[last], start_column=AT[field], end_column=AT[field]
        )

    def save(self):
        self.workbook.save(self.path)
        return self.path


def problems(path, book, **options):
    """What keeps the table from being read."""
    with pytest.raises(Refused) as refused:
        read_table(path, book, **options)
    return refused.value.problems


def write(store, changes):
    """The book after these changes were applied."""
    book = BookKeeper(store).book()
    apply_table(store, book, changes, actor="office", at=NOW, on=NOW.date())
    return BookKeeper(store).book()
