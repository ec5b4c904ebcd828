"""A lower government's book feeds an upper one's, by agreement of both: what is accepted below is taken above.

Each side writes its own half in its own book: above, which item of which book is asked for; below, to which item of which
book the figures may go. Only where the halves name each other does anything pass, and only what is accepted below: official
statistics, what a register counts, and filings that the office there took in. Every figure names the entry that it is from.
"""

from collections.abc import Callable, Iterator

from duban.actions.context import Writes, item_of, item_thing, refused, require, task_of, words
from duban.assess.account import Account, Known, account_of
from duban.core.problem import Problem
from duban.ledger import Book
from duban.ledger.year.filings import ReadingPosted, is_day
from duban.ledger.year.ties import Tie, TieAsked, TieGranted

SEAL = 16  # characters of an entry's seal that stand beside a figure

Seals = Callable[[int], str]  # the seal of an entry of the lower book, by its number


def ask_tie(
    book: Book, username: str, key: str, *, government: str = "", item: str = "", reason: str = ""
) -> Writes:
    """Take an item's figures from an item of a lower government's book; from none where `government` is ""."""
    require(book, username, "tie.ask", item_thing(book, key))
    return _tied(book, key, book.ties.get(key), TieAsked(government.strip(), item.strip(), reason.strip()))


def grant_tie(
    book: Book, username: str, key: str, *, government: str = "", item: str = "", reason: str = ""
) -> Writes:
    """Let an item's accepted figures go to an item of the upper government's book; to none where `government` is ""."""
    require(book, username, "tie.grant", item_thing(book, key))
    return _tied(
        book, key, book.grants.get(key), TieGranted(government.strip(), item.strip(), reason.strip())
    )


def _tied(book: Book, key: str, known: object, body: Tie) -> Writes:
    place = f"item/{key}"
    item_of(book, key)
    now = getattr(known, "body", None)
    if not body.government:
        words(body.reason, "reason", place)
        return [(place, body)] if now is not None else []
    words(body.government, "government", place, limit=80)
    words(body.item, "tie_item", place, limit=40)
    if body.government == book.government:
        raise refused("tie.own", place, government=body.government)
    if task_of(book, key).target is None:
        raise refused("tie.no_target", place)
    same = now is not None and (now.government, now.item) == (body.government, body.item)
    return [] if same else [(place, body)]


def gathered(book: Book, lower: Book, username: str, seal: Seals) -> tuple[Writes, list[Problem]]:
    """What the items of `book` take from `lower`, and which ties let nothing pass and why.

    A figure that was taken already adds nothing; one that changed below comes again, and both stay. Raises `Refused`
    for one who may not ask for ties.
    """
    writes, shut = Writes(), list[Problem]()
    for key, tie in book.ties.items():
        if tie.body.government != lower.government or key not in book.items or book.items[key].removed:
            continue
        require(book, username, "tie.ask", item_thing(book, key))
        problem = _closed(book, lower, key, tie.body)
        if problem is not None:
            shut.append(problem)
            continue
        known = [posted.body for posted in task_of(book, key).readings if posted.body.origin == "book"]
        for body in _figures(lower, tie.body.item, seal):
            if body != next((told for told in reversed(known) if told.period == body.period), None):
                writes.append((f"item/{key}", body))
    return writes, shut


def _closed(book: Book, lower: Book, key: str, tie: Tie) -> Problem | None:
    """Why nothing passes: not granted, granted to another item, or another unit, measure or year."""
    place, data = f"item/{key}", {"government": lower.government, "item": tie.item}
    granted = lower.grants.get(tie.item)
    if granted is None or tie.item not in lower.items or lower.items[tie.item].removed:
        return Problem("tie.not_granted", place, data, "note")
    if (granted.body.government, granted.body.item) != (book.government, key):
        return Problem("tie.granted_elsewhere", place, data | {"to": f"{granted.body.government} {granted.body.item}"}, "note")  # fmt: skip
    ours, theirs = account_of(book, key).target, account_of(lower, tie.item).target
    for field in ("unit", "measure"):
        if getattr(ours, field) != getattr(theirs, field):
            told = {
                "field": f"field.{field}",
                "ours": getattr(ours, field) or "—",
                "theirs": getattr(theirs, field) or "—",
            }
            return Problem("tie.differs", place, data | told, "note")
    if book.year != lower.year:
        return Problem("tie.other_year", place, data | {"ours": book.year, "theirs": lower.year}, "note")
    return None


def _figures(lower: Book, key: str, seal: Seals) -> Iterator[ReadingPosted]:
    account = account_of(lower, key)
    for figure in account.figures:
        if not figure.disputed and _accepted(account, figure):
            yield ReadingPosted(
                period=figure.period.code, value=figure.value, basis=figure.basis, scope=figure.scope,
                vintage=figure.vintage if is_day(figure.vintage) else figure.on,
                source=f"{lower.government} {key}", origin="book", reference=f"{figure.seq}·{seal(figure.seq)[:SEAL]}",
            )  # fmt: skip


def _accepted(account: Account, figure: Known) -> bool:
    """Whether the figure stands in its own book: statistics and registers do, a filing once it is taken in."""
    if figure.origin != "unit":
        return True
    return any(
        filing.stage == "accepted" and filing.opened.seq == figure.seq for filing in account.task.filings.values()
    )  # fmt: skip
