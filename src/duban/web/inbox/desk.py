"""The notices of this server's book, caught up with the ledger before each look."""

from datetime import date
from functools import cache
from threading import Lock

from duban.core.rights import Actor
from duban.ledger import Book
from duban.notices import News, Notice
from duban.web.inbox.models import Reader
from duban.web.shelf import keeper

_lock = Lock()


@cache
def _news() -> News:
    return News()


def news(book: Book) -> News:
    """The notices of all entries that `book`, the book as it is now, knows."""
    found = _news()
    if found.seq < book.seq:
        with _lock:
            for page in keeper().store.postings(found.seq):
                found.add(book, page)
    return found


def unseen(book: Book, who: Actor) -> list[Notice]:
    """What concerns the person since they last looked, the newest first."""
    reader = Reader.objects.filter(pk=who.username).first() if who.username else None
    return news(book).since(who, reader.seen if reader else 0)


def look(who: Actor, seq: int) -> None:
    """The person has seen everything up to this entry; never back."""
    reader, _ = Reader.objects.get_or_create(pk=who.username)
    if seq > reader.seen:
        Reader.objects.filter(pk=who.username, seen__lt=seq).update(seen=seq)


def mailed(username: str, seq: int, day: date) -> None:
    """A letter went out that told of everything up to this entry."""
    Reader.objects.update_or_create(pk=username, defaults={"mailed": seq, "mailed_on": day})
