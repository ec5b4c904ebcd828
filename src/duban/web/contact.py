"""Whom to call about something: a unit's name that opens its contact, on whatever page it stands."""

from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from duban.ledger import Book
from duban.ledger.year.units import UnitEntered, unit_named


def contact(book: Book | None, name: str, language: str, *, told: bool, keep: str = "") -> SafeString:
    """The unit's name; where the book knows the unit and the reader is `told` such things, whom to call behind it.

    `keep` is what the address of a page says of the day that is shown.
    """
    found = unit_named(book, name) if told and book is not None and name else None
    if found is None:
        return format_html("{}", name)
    return _drawn(found.code + keep, name, found.unit, language)


@lru_cache(4096)
def _drawn(address: str, name: str, unit: UnitEntered, language: str) -> SafeString:
    person = format_html("<span>{}</span>", unit.contact) if unit.contact else ""
    phone = format_html('<a href="tel:{}">{}</a>', tel(unit.phone), unit.phone) if unit.phone else ""
    missing = "" if person or phone else format_html("<span>{}</span>", gettext("还没有联系人"))
    return format_html(
        '<details class="contact"><summary>{}</summary><span>{} {} {}<a href="/units/{}">{}</a></span></details>',
        name, mark_safe(person), mark_safe(phone), mark_safe(missing), address, unit.name,
    )  # fmt: skip


def tel(phone: str) -> str:
    """The digits of a telephone number, as a link dials them; only the first of several."""
    kept = []
    for letter in phone.strip():
        if letter in "0123456789+*#":
            kept.append(letter)
        elif letter not in " -－—()（）" and kept:
            break
    return "".join(kept)
