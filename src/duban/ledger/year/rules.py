"""The city's own rules: which profile colours the lights, how many days for what. Data, never code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from duban.ledger.entries import Body, registered
from duban.ledger.postings import handles
from duban.ledger.store import Posting

if TYPE_CHECKING:
    from duban.ledger.book import Book


@registered("rules.set")
class RulesSet(Body, frozen=True, gc=False):
    """These rules hold from now on; the names are those of `duban.actions.rules.KNOWN`, "" unsets one."""

    values: Mapping[str, str]
    authority: str = ""
    reason: str = ""


@registered("profile.set")
class ProfileSet(Body, frozen=True, gc=False):
    """The city's own light profile, as the text of its file (docs/lights.md)."""

    name: str
    text: str
    reason: str = ""


@handles("rules.set")
def _rules(book: Book, posting: Posting, body: RulesSet) -> None:
    book.rules |= body.values


@handles("profile.set")
def _profile(book: Book, posting: Posting, body: ProfileSet) -> None:
    book.profiles[body.name] = body.text
