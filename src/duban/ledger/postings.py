"""What each kind of entry does to the book: one small function per kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from duban.ledger.states import ClaimState, CommitmentState, Decision, DocumentState, ItemState, Version
from duban.ledger.store import Posting

if TYPE_CHECKING:
    from duban.ledger.book import Book

Handler = Callable[["Book", Posting, Any], None]
HANDLERS: dict[str, Handler] = {}


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Decorator: this function folds entries of `kind`. A kind without one only stands in timelines."""

    def register(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        return handler

    return register


@handles("account.opened")
def _opened(book: Book, posting: Posting, body: Any) -> None:
    book.government, book.year, book.algorithm = body.government, body.year, body.algorithm


@handles("document.read")
def _document(book: Book, posting: Posting, body: Any) -> None:
    seq, _, on, actor = posting[:4]
    version = Version(body.version, body.name, body.sha256, seq, on, actor, body.changed)
    before = book.document.versions if book.document else ()
    book.document = DocumentState(body, (*before, version))


@handles("claim.read")
def _claim(book: Book, posting: Posting, body: Any) -> None:
    known = book.claims.get(body.id)
    book.claims[body.id] = ClaimState(body, False, known.decisions if known else ())
    if book.waiting and not known:
        _post_waiting(book, posting[5])


@handles("claim.dropped")
def _claim_dropped(book: Book, posting: Posting, body: Any) -> None:
    state = book.claims.get(posting[5][6:])
    if state is not None:
        book.claims[posting[5][6:]] = ClaimState(state.read, True, state.decisions)


@handles("claim.decided")
def _claim_decided(book: Book, posting: Posting, body: Any) -> None:
    seq, at, on, actor, _, account, _ = posting
    state = book.claims.get(account[6:])
    if state is None:
        _wait(book, account, posting, body)
        return
    decision = Decision(seq, at, on, actor, body.field, body.value, body.was, body.reason)
    book.claims[account[6:]] = ClaimState(state.read, state.dropped, (*state.decisions, decision))


@handles("commitment.read")
def _commitment(book: Book, posting: Posting, body: Any) -> None:
    known = book.commitments.get(body.id)
    book.commitments[body.id] = replace(known, read=body, dropped=False) if known else CommitmentState(body)
    if book.waiting and not known:
        _post_waiting(book, posting[5])


@handles("commitment.dropped")
def _commitment_dropped(book: Book, posting: Posting, body: Any) -> None:
    state = book.commitments.get(posting[5][11:])
    if state is not None:
        book.commitments[posting[5][11:]] = replace(state, dropped=True)


@handles("finding.read")
def _finding(book: Book, posting: Posting, body: Any) -> None:
    book.findings[body.id] = body


@handles("finding.dropped")
def _finding_dropped(book: Book, posting: Posting, body: Any) -> None:
    book.findings.pop(posting[5][8:], None)


@handles("link.read")
def _link(book: Book, posting: Posting, body: Any) -> None:
    book.links[posting[5][5:]] = body


@handles("link.dropped")
def _link_dropped(book: Book, posting: Posting, body: Any) -> None:
    book.links.pop(posting[5][5:], None)


@handles("item.added")
@handles("item.changed")
def _item(book: Book, posting: Posting, body: Any) -> None:
    _put_item(book, posting, body, lambda n: ItemState(body.commitment, n, body))


@handles("item.removed")
def _item_removed(book: Book, posting: Posting, body: Any) -> None:
    known = book.items.get(posting[5][5:])
    if known is not None:
        _put_item(book, posting, body, lambda n: ItemState(body.commitment, n, known.item, True))


def _put_item(book: Book, posting: Posting, body: Any, state: Callable[[int], ItemState]) -> None:
    account = posting[5]
    commitment = book.commitments.get(body.commitment)
    if commitment is None:
        _wait(book, f"commitment/{body.commitment}", posting, body)
        return
    item = state(int(account.rpartition("/")[2]))
    book.items[account[5:]] = item
    book.commitments[body.commitment] = commitment.with_item(item)


def _wait(book: Book, account: str, posting: Posting, body: Any) -> None:
    """Hold an entry that counts before the thing it speaks of does; only an as-of book sees this."""
    book.waiting.setdefault(account, []).append((posting, body))


def _post_waiting(book: Book, account: str) -> None:
    for posting, body in book.waiting.pop(account, ()):
        HANDLERS[posting[4]](book, posting, body)
