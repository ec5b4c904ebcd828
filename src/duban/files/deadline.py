"""What people write as a deadline: a date in any of the usual forms, or words that are no date (雨季前, 长期)."""

import calendar
import re
import unicodedata
from datetime import date, timedelta

from duban.ledger.values import is_due
from duban.read.due import find_due

_BEFORE = r"(?:之?前|以前|止)?"
_DAY = re.compile(rf"(\d{{4}})[年./-](\d{{1,2}})[月./-](\d{{1,2}})[日号]?{_BEFORE}")
_MONTH = re.compile(rf"(\d{{4}})[年./-](\d{{1,2}})月?(?:底|末|份)?{_BEFORE}")
_SHORT = re.compile(rf"(\d{{1,2}})[./-](\d{{1,2}}){_BEFORE}")
_CLOCK = re.compile(r"[T\s]\d{1,2}:\d\d(:\d\d(\.\d+)?)?$")
_ANY_MONTH = re.compile(r"(\d+)月(?:(\d+)[日号])?")
_ANY_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)")
_SERIALS = range(36526, 73051)  # a day of 2000 to 2099, as a spreadsheet counts days
_EPOCH = date(1899, 12, 30)


def deadline(text: str, year: int) -> str | None:
    """A deadline as YYYY-MM-DD, or its own words; None when it is an impossible date or no deadline at all.

    `year` is the one that a day or a month without a year belongs to.
    """
    whole = _CLOCK.sub("", unicodedata.normalize("NFKC", text).strip())
    bare = re.sub(r"\s+", "", whole)
    try:
        found = _written(bare, year) or _spoken(bare, year)
        if found is not None:
            return date.fromisoformat(found).isoformat()
    except (ValueError, OverflowError):
        return None
    words = re.sub(r"\s+", " ", text.strip())
    return words if _are_words(words) and _possible(bare, year) else None


def _written(bare: str, year: int) -> str | None:
    """A date in digits; raises `ValueError` where there is no such day."""
    if bare.isascii() and bare.isdigit():
        if len(bare) == 5 and int(bare) in _SERIALS:
            return (_EPOCH + timedelta(int(bare))).isoformat()
        return _iso(bare[:4], bare[4:6], bare[6:]) if len(bare) == 8 else None
    if day := _DAY.fullmatch(bare):
        return _iso(*day.groups())
    if month := _MONTH.fullmatch(bare):
        return _iso(month[1], month[2], None)
    if short := _SHORT.fullmatch(bare):
        return _iso(str(year), *short.groups())
    return None


def _iso(year: str, month: str, day: str | None) -> str:
    """The day, or the last day of the month."""
    last = calendar.monthrange(int(year), int(month))[1]  # its own error for month 13 is a ValueError
    return date(int(year), int(month), int(day) if day else last).isoformat()


def _spoken(bare: str, year: int) -> str | None:
    """The date of a phrase that is nothing but a deadline (年内, 3月底前, 2025年二季度); None for other words."""
    bare = re.sub(r"[Qq]([1-4])(?!\d)", r"\1季度", bare)
    tries = [(bare, year)]
    if found := re.match(r"(20\d\d)年(?=\D)", bare):
        tries.append((bare[found.end() :], int(found[1])))
    for words, of in tries:
        for phrase in (words, words + "前"):
            due = find_due(phrase, of)
            if due and (due.start, due.end) == (0, len(phrase)) and re.fullmatch(r"[\d-]{10}", due.value):
                return due.value
    return None


def _are_words(text: str) -> bool:
    """Words that the ledger takes: with a letter in them, and no time of day."""
    return is_due(text) and any(c.isalpha() for c in text) and not re.search(r"\d:\d\d", text)


def _possible(bare: str, year: int) -> bool:
    """False when a date inside the words does not exist (13月, 2月30日)."""
    try:
        for month, day in _ANY_MONTH.findall(bare):
            _iso("2024" if day == "29" else str(year), month, day or None)
        for own, month, day in _ANY_DATE.findall(bare):
            _iso(own, month, day or None)
    except ValueError:
        return False
    return True
