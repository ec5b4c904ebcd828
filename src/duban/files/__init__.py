"""Files that people send around: the decomposition table out as Excel, Word, CSV and JSON, and in again."""

from duban.files.back import TableRead, read_table
from duban.files.columns import COLUMNS, NAMES, Column
from duban.files.plain import write_csv, write_json
from duban.files.standing import Day
from duban.files.word import write_word
from duban.files.workbook import write_workbook

__all__ = [
    "COLUMNS",
    "NAMES",
    "WRITERS",
    "Column",
    "Day",
    "TableRead",
    "read_table",
    "write_csv",
    "write_json",
    "write_word",
    "write_workbook",
]

# By suffix, so that command and pages offer the same formats.
WRITERS = {".xlsx": write_workbook, ".docx": write_word, ".csv": write_csv, ".json": write_json}
