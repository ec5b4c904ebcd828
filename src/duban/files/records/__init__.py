"""Records of registers as files, from the declaration alone: the template, out, and in again as offices keep them."""

from duban.files.records.changes import Change, changes_of, kept_back
from duban.files.records.read import RecordsRead, read_loaded, read_records
from duban.files.records.sheet import load_bytes, load_sheets
from duban.files.records.template import write_template
from duban.files.records.write import WRITERS

__all__ = [
    "WRITERS",
    "Change",
    "RecordsRead",
    "changes_of",
    "kept_back",
    "load_bytes",
    "load_sheets",
    "read_loaded",
    "read_records",
    "write_template",
]
