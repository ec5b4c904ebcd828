"""Whether a file may be opened as a workbook at all; looked at before anything of it is parsed."""

import io
import re
import zipfile
import zlib

from openpyxl.utils import range_boundaries

from duban.core.problem import Problem, Refused

LARGEST = 20_000_000  # bytes of a file
UNPACKED = 80_000_000  # bytes of all its parts
SHEETS = 12_000_000  # bytes of what is parsed, some 8,000 full rows; it takes thirty times that in memory
MOST_ROWS = 10_000
MOST_COLUMNS = 200
MOST_MERGED = 4 * MOST_ROWS * MOST_COLUMNS  # cells, those merged twice too
Span = tuple[int, int, int, int]  # left, top, right, bottom; from 0, the last ones within
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})[\"']"
)
_ROW = re.compile(rb"<(?:\w+:)?row[ />]")
_PARSED = re.compile(r"xl/(worksheets/[^/]+|sharedStrings|workbook|styles)\.xml")


def check_workbook(name: str, raw: bytes) -> None:
    """Raise `Refused` unless `raw` is an .xlsx archive of sensible size without any document type."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            _check(name, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError):
        raise Refused(Problem("sheet.damaged", name)) from None


def _check(name: str, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(Problem("sheet.protected", name))
    if sum(part.file_size for part in parts) > UNPACKED:
        raise Refused(Problem("sheet.bomb", name, {"limit": UNPACKED // 1_000_000}))
    if "xl/workbook.xml" not in archive.namelist():
        raise Refused(Problem("sheet.not_a_table", name))
    parsed = [part for part in parts if _PARSED.fullmatch(part.filename)]
    if sum(part.file_size for part in parsed) > SHEETS:
        raise Refused(Problem("sheet.bomb", name, {"limit": SHEETS // 1_000_000}))
    for part in parsed:
        _check_part(name, archive.read(part))


def _check_part(name: str, raw: bytes) -> None:
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:  # no office program writes one; attacks do
        raise Refused(Problem("sheet.damaged", name))
    if len(_ROW.findall(raw)) > MOST_ROWS:
        raise Refused(Problem("sheet.too_long", name, {"rows": MOST_ROWS, "columns": MOST_COLUMNS}))


def merged_spans(archive: zipfile.ZipFile, part: str) -> list[Span]:
    """The merged cells of a sheet, cut to what may be read.

    openpyxl finds them too, but only after it made every cell that they cover, of which a file may claim billions.
    """
    spans: list[Span] = []
    for found in _MERGED.finditer(archive.read(part)):
        left, top, right, bottom = (n or 1 for n in range_boundaries(found[1].decode()))
        if top <= MOST_ROWS and left <= MOST_COLUMNS:
            spans.append((left - 1, top - 1, min(right, MOST_COLUMNS) - 1, min(bottom, MOST_ROWS) - 1))
    if sum((right - left + 1) * (bottom - top + 1) for left, top, right, bottom in spans) > MOST_MERGED:
        data: dict[str, str | int] = {"rows": MOST_ROWS, "columns": MOST_COLUMNS}
        raise Refused(Problem("sheet.too_long", part, data))
    return spans
