"""The rows of an Excel file as texts, one after another, however long it is."""

import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from duban.core.problem import Problem, Refused

_LARGEST = 2_000_000_000  # bytes of the unpacked parts: what is larger was made to fill a disk
UNKEPT = "\x07"  # before a formula whose result the file does not hold: no field takes it


def excel_rows(path: Path, name: str) -> Iterator[list[str]]:
    """The rows of the one visible sheet that has any. Raises `Refused`, also where several sheets have rows."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > _LARGEST:
                raise Refused(Problem("feed.too_large", name))
            formulas = any(_has_formula(archive, part) for part in archive.namelist())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not keep: nothing is written back
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            raw = openpyxl.load_workbook(path, read_only=True) if formulas else None
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as fault:
        raise Refused(Problem("feed.broken", name, {"fault": str(fault)[:200]})) from None
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible" and _any(sheet)]
    if len(sheets) != 1:
        raise Refused(
            Problem("feed.sheets", name, {"sheets": "、".join(sheet.title for sheet in sheets) or "—"})
        )
    values = sheets[0].iter_rows(values_only=True)
    if raw is None:
        return (list(map(told, row)) for row in values)
    written = raw[sheets[0].title].iter_rows(values_only=True)
    return (list(map(_result, row, said)) for row, said in zip(values, written, strict=False))


def _has_formula(archive: zipfile.ZipFile, part: str) -> bool:
    if not re.fullmatch(r"xl/worksheets/[^/]+\.xml", part):
        return False
    with archive.open(part) as opened:
        before = b""
        while piece := opened.read(1 << 20):
            if b"<f" in before + piece and re.search(rb"<f[ >/]", before + piece):
                return True
            before = piece[-3:]
    return False


def _any(sheet: Any) -> bool:
    return any(value is not None for row in sheet.iter_rows(max_row=50, values_only=True) for value in row)


def _result(value: Any, written: Any) -> str:
    """A formula's result, where the file holds it."""
    unkept = value is None and isinstance(written, str) and written.startswith("=")
    return f"{UNKEPT}{written}" if unkept else told(value)


def told(value: Any) -> str:
    """A cell as people read it: dates without midnight, numbers without a float's tail."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}".removesuffix(".0")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)
