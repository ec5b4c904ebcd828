"""Drafts of filings: kept beside the ledger for the one who writes them, until they are sent."""

from collections.abc import Mapping

from django.http import HttpRequest

from duban.actions.context import item_thing, require, words
from duban.ledger import Book
from duban.web.models import Draft

FIELDS = (
    "period",
    "value",
    "numerator",
    "denominator",
    "reference",
    "progress",
    "problems",
    "next_step",
    "claims_done",
)


def check_draft(book: Book, who: str, key: str, form: Mapping[str, str]) -> None:
    """Raise `Refused` for one who may not report on the item, and for texts that no filing would take."""
    require(book, who, "filing.submit", item_thing(book, key), "progress")
    for field in FIELDS:
        words(form.get(field, ""), field, f"item/{key}", required=False)


def save_draft(request: HttpRequest, key: str, form: Mapping[str, str]) -> None:
    """Keep what is filled in so far; an empty form throws the draft away."""
    told = {field: text for field in FIELDS if (text := form.get(field, "").strip())}
    if set(told) <= {"period"}:
        drop_draft(request, key)
    else:
        Draft.objects.update_or_create(user=request.user, item=key, defaults={"fields": told})


def draft_of(request: HttpRequest, key: str) -> Draft | None:
    """The reader's own draft for an item."""
    return (
        Draft.objects.filter(user=request.user, item=key).first() if request.user.is_authenticated else None
    )


def drop_draft(request: HttpRequest, key: str) -> None:
    """Throw a draft away, because it was sent or emptied."""
    if request.user.is_authenticated:
        Draft.objects.filter(user=request.user, item=key).delete()
