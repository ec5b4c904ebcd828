"""Numbers as people type them into a sheet: full-width digits, thousands set apart, a per cent sign, the unit behind."""

import re
import unicodedata
from decimal import Decimal

_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{4}/\d{1,2}/\d{1,2}|\d{1,2}:\d\d(:\d\d)?")


class NotANumberError(ValueError):
    """The text is no number; its argument is the code that says why."""


def typed_number(text: str, unit: str = "") -> Decimal | None:
    """The number that `text` states in `unit`; None for an empty cell. Raises `NotANumberError`.

    "１，２００" is 1200; "9.5%" is 9.5 where the unit is %, and no number of anything else.
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("−", "-")
    if not plain:
        return None
    if _DATE.fullmatch(plain):
        raise NotANumberError("sheet.date_for_number")
    bare = unicodedata.normalize("NFKC", unit)
    if bare and plain.endswith(bare):
        plain = plain[: -len(bare)]
    elif plain.endswith("%"):
        raise NotANumberError("sheet.per_cent_of_what")
    if not _NUMBER.fullmatch(plain):
        raise NotANumberError("sheet.not_a_number")
    return Decimal(plain.replace(",", ""))
