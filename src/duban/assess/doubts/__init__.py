"""Contradictions (疑点): what figures and words of a book say against each other, for a person to judge.

Each check is a function of its own that gives `Doubt`s with their figures; docs/doubts.md says what each looks
for, when it stays silent and where its threshold is from. None of them colours a light.
"""

from collections.abc import Iterable, Iterator, Mapping

from duban.assess.account import Account, account_of
from duban.assess.doubts.bunching import bunching
from duban.assess.doubts.model import CODES, Doubt, Limits, place_of, shown
from duban.assess.doubts.parts import parts
from duban.assess.doubts.series import equals_plan, falls, jump
from duban.assess.doubts.sources import growth_of_levels, register_differs, share_of_parts, statistics_differ
from duban.assess.doubts.words import said_behind, said_done
from duban.ledger import Book
from duban.ledger.year.dated import Dated
from duban.ledger.year.doubts import DoubtJudged

__all__ = [
    "CODES", "Doubt", "Limits", "doubts", "fresh", "judgements", "of_book", "of_item", "ordered", "place_of", "shown",
]  # fmt: skip


def doubts(
    book: Book, limits: Limits | None = None, accounts: Mapping[str, Account] | None = None
) -> tuple[Doubt, ...]:
    """Every doubt that the book gives (use an as-of book for an earlier day), by item and period; those of the whole book come first.

    `limits` are the city's (`Limits.of`) when not given; `accounts` saves reckoning them again.
    """
    limits = limits or Limits.of(book.rules)
    if accounts is None:
        accounts = {key: account_of(book, key) for key, item in book.items.items() if not item.removed}
    found = list(of_book(book, accounts, limits))
    for account in accounts.values():
        found += of_item(account, limits)
    return ordered(found)


def ordered(found: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """Doubts as they are listed: those of the whole book first, then by item and period."""
    return tuple(sorted(found, key=lambda doubt: (doubt.key, doubt.period, doubt.code)))


def of_book(book: Book, accounts: Mapping[str, Account], limits: Limits) -> Iterator[Doubt]:
    """The doubts that several items make together."""
    yield from bunching(accounts.values(), limits)
    yield from parts(book, accounts)


def of_item(account: Account, limits: Limits) -> Iterator[Doubt]:
    """The doubts of one item by itself."""
    yield from said_done(account)
    yield from said_behind(account)
    yield from statistics_differ(account)
    yield from register_differs(account)
    yield from growth_of_levels(account)
    yield from share_of_parts(account)
    yield from falls(account)
    yield from jump(account, limits)
    yield from equals_plan(account, limits)


def judgements(book: Book, doubt: Doubt) -> tuple[Dated[DoubtJudged], ...]:
    """What people have said of this doubt, in order, whatever its figures were then."""
    return book.doubts.get(doubt.id, ())


def fresh(book: Book, found: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """The doubts that nobody has judged with the figures that they have now."""
    return tuple(d for d in found if not _judged(judgements(book, d), d))


def _judged(said: tuple[Dated[DoubtJudged], ...], doubt: Doubt) -> bool:
    return bool(said) and dict(said[-1].body.figures) == dict(doubt.figures)
