"""A large shelf of the book: a mapping in order of arrival that is copied without touching what it holds.

A dict of a million entries takes 10 to 30 ms to copy, most of it for fresh memory. A book is copied whenever
news come, since what was handed out never changes; so large shelves are kept in pages, and a copy shares all
pages but those that it writes to. Small shelves, as every city's year has them, stay plain dicts.
"""

from collections.abc import Iterator, MutableMapping
from itertools import chain
from typing import TypeVar

V = TypeVar("V")
PAGE = 512
LARGE = 20_000  # entries; a dict below is copied in half a millisecond


class Shelf(MutableMapping[str, V]):
    """A mapping whose `copy` costs a page list, and a write after it one page.

    `_where` tells on which page a key is. Copies share it, so it may know keys that this shelf does not hold.
    One thread at a time may write to a shelf or its copies; reading is free.
    """

    __slots__ = ("_count", "_own", "_pages", "_where")

    def __init__(self, pages: list[dict[str, V]], where: dict[str, int], count: int) -> None:
        self._pages, self._where, self._count = pages, where, count
        self._own: set[int] = set()  # the pages that no copy shares

    @classmethod
    def of(cls, plain: MutableMapping[str, V]) -> "Shelf[V]":
        """The same in pages."""
        shelf: Shelf[V] = cls([], {}, 0)
        shelf.update(plain)
        return shelf

    def copy(self) -> "Shelf[V]":
        """A shelf of its own that holds the same; neither sees what is written to the other from now on."""
        self._own.clear()
        return Shelf(self._pages.copy(), self._where, self._count)

    def __getitem__(self, key: str) -> V:
        at = self._where[key]
        if at >= len(self._pages):
            raise KeyError(key)
        return self._pages[at][key]

    def __setitem__(self, key: str, value: V) -> None:
        page = self._page(self._where.get(key, -1), key)
        self._count += key not in page
        page[key] = value

    def __delitem__(self, key: str) -> None:
        self[key]  # KeyError where there is none
        del self._page(self._where[key], key)[key]
        self._count -= 1

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self._pages)

    def __len__(self) -> int:
        return self._count

    def _page(self, at: int, key: str) -> dict[str, V]:
        """The page `at` to write `key` to (-1: the last), this shelf's own."""
        pages = self._pages
        if at < 0:
            at = len(pages) - 1 if pages and len(pages[-1]) < PAGE else len(pages)
            self._where[key] = at
        while at >= len(pages):  # another copy gave the key its page
            self._own.add(len(pages))
            pages.append({})
        if at not in self._own:
            pages[at] = pages[at].copy()
            self._own.add(at)
        return pages[at]


def paged(shelf: MutableMapping[str, V]) -> MutableMapping[str, V]:
    """The shelf in pages where it has grown large, else as it is."""
    return Shelf.of(shelf) if isinstance(shelf, dict) and len(shelf) > LARGE else shelf


def values_of(shelf: MutableMapping[str, V]) -> Iterator[V]:
    """What a shelf holds, in order of arrival: for a large one much quicker than its `values`."""
    pages = [shelf] if isinstance(shelf, dict) else shelf._pages  # type: ignore[attr-defined]
    return chain.from_iterable(page.values() for page in pages)
