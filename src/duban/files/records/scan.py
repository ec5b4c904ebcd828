"""What the XML of a workbook says that a fast reader does not: formulas, error values, hidden rows, formats.

Everything is looked for in the bytes, before any of it is parsed, so that a file made to exhaust memory is refused.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from duban.core.problem import Problem, Refused

LARGEST = 60_000_000  # bytes of a file
UNPACKED = 500_000_000  # bytes of all its parts: 200,000 rows of 20 columns take some 200 MB
MOST_ROWS = 200_000
MOST_COLUMNS = 200
MOST_MERGED = 4 * MOST_ROWS  # cells that merged ones cover

_PARSED = re.compile(r"xl/(worksheets/[^/]+|sharedStrings|workbook|styles|_rels/workbook)\.xml(\.rels)?")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_AT = rb"<(?:\w+:)?c\b[^>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']"
_FORMULA_AT = re.compile(_AT + rb"[^>]*>\s*<(?:\w+:)?f[ >/]")
_ERROR_AT = re.compile(
    rb"<(?:\w+:)?c\b(?=[^>]*\bt=[\"']e[\"'])[^>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*>(?:\s*<(?:\w+:)?v>([^<]*))?"
)
_HIDDEN_ROW = re.compile(
    rb"<(?:\w+:)?row\b(?=[^>]*\bhidden=[\"'](?:1|true)[\"'])[^>]*?\br=[\"'](\d{1,7})[\"']"
)
_FAR = re.compile(rb"r=[\"'][A-Z]{0,3}(\d{6,7})[\"']")
_WIDE = re.compile(rb"r=[\"'](?:[A-Z]{3}|G[S-Z]|[H-Z][A-Z])\d")
_XF = re.compile(rb"<(?:\w+:)?xf\b[^>]*?\bnumFmtId=[\"'](\d+)[\"']")
_XFS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.S)
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b[^>]*>")
_PER_CENT, _CHINESE_DATES = (
    {9, 10},
    {*range(27, 37), *range(50, 59)},
)  # built-in formats that have no code in a file


@dataclass(slots=True)
class Marks:
    """What is special about a sheet's cells, by (row, column) from 0."""

    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    per_cents: set[tuple[int, int]] = field(default_factory=set)
    dates: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)


def check_archive(name: str, raw: bytes) -> None:
    """Raise `Refused` unless `raw` is an .xlsx archive of sensible size without any document type."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & 1 for part in parts):
                raise Refused(Problem("sheet.protected", name))
            if sum(part.file_size for part in parts) > UNPACKED:
                raise Refused(Problem("sheet.bomb", name, {"limit": UNPACKED // 1_000_000}))
            if "xl/workbook.xml" not in archive.namelist():
                raise Refused(Problem("sheet.not_a_table", name))
            for part in parts:
                if _PARSED.fullmatch(part.filename):
                    _check_part(name, archive.read(part))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError):
        raise Refused(Problem("sheet.damaged", name)) from None


def _check_part(name: str, raw: bytes) -> None:
    """Whether a part declares nothing, and reaches no further than may be read: a reader makes every cell up to its last."""
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:  # no office program writes one; attacks do
        raise Refused(Problem("sheet.damaged", name))
    rows = raw.split(b":row" if b":row" in raw else b"<row")
    if len(rows) - 1 > MOST_ROWS or any(int(found[1]) > MOST_ROWS for found in _FAR.finditer(raw)):
        raise _too_long(name)
    if _WIDE.search(raw) or any(
        _cells(row) > MOST_COLUMNS for row in rows[1:] if len(row) > 4 * MOST_COLUMNS
    ):
        raise _too_long(name)


def _cells(row: bytes) -> int:
    return row.count(b"<c ") + row.count(b"<c>") + row.count(b"<c/") + row.count(b":c ") + row.count(b":c>")


def _too_long(name: str) -> Refused:
    return Refused(Problem("sheet.too_long", name, {"rows": MOST_ROWS, "columns": MOST_COLUMNS}))


def marks_of(name: str, raw: bytes, styles: dict[int, str]) -> Marks:
    """The marks of a sheet from its XML; `styles` as `styles_of` gives them. Raises `Refused` where none can be placed."""
    found = Marks()
    if any(sign in raw for sign in (b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/")):
        found.formulas = {_at(m[1], m[2]) for m in _FORMULA_AT.finditer(raw)}
        if len(_FORMULA.findall(raw)) > len(found.formulas):
            raise Refused(Problem("sheet.formula", name))
    if b't="e"' in raw or b"t='e'" in raw:
        found.errors = {
            _at(m[1], m[2]): (m[3] or b"").decode("utf-8", "replace") for m in _ERROR_AT.finditer(raw)
        }
    if b"hidden=" in raw:
        found.hidden_rows = {int(m[1]) - 1 for m in _HIDDEN_ROW.finditer(raw)}
    for at, kind in _styled(raw, styles):
        (found.per_cents if kind == "per_cent" else found.dates).add(at)
    return found


def _styled(raw: bytes, styles: dict[int, str]) -> Iterator[tuple[tuple[int, int], str]]:
    """The cells that have one of these styles."""
    if not styles:
        return
    wanted = b"|".join(str(number).encode() for number in styles)
    pattern = (
        rb"<(?:\w+:)?c\b(?=[^>]*\bs=[\"'](" + wanted + rb")[\"'])[^>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']"
    )
    for m in re.finditer(pattern, raw):
        yield _at(m[2], m[3]), styles[int(m[1])]


def styles_of(raw: bytes) -> dict[int, str]:
    """Which cell styles show per cents, and which the dates of Chinese Excel, by number: "per_cent" or "date"."""
    per_cent = set(_PER_CENT)
    for tag in _FORMAT.findall(raw):
        number, code = (re.search(name + rb"=[\"']([^\"']*)", tag) for name in (rb"numFmtId", rb"formatCode"))
        if number and code and b"%" in code[1]:
            per_cent.add(int(number[1]))
    listed = _XFS.search(raw)
    found = {}
    for at, m in enumerate(_XF.finditer(listed[0] if listed else b"")):
        form = int(m[1])
        if form in per_cent:
            found[at] = "per_cent"
        elif form in _CHINESE_DATES:
            found[at] = "date"
    return found


def _at(letters: bytes, row: bytes) -> tuple[int, int]:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return int(row) - 1, column - 1
