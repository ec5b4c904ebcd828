"""Values that are made anew only when what they were made from is another: lights, rows, pieces of pages.

States of the book are never changed in place, so "the very same objects" means "the same facts". A new entry
touches one item or two, and everything else on a page is taken from here.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

V = TypeVar("V")
Cause = tuple[
    object, ...
]  # the very objects that a value was made from; texts and numbers count by what they say


class Kept(Generic[V]):
    """The last value for each key, at most `most` of them. Safe to use from several threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, tuple[Cause, V]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, cause: Cause, make: Callable[[], V]) -> V:
        """The value for `key` if it was made from the same cause, else a new one."""
        known = self._values.get(key)
        if known is not None and _same(known[0], cause):
            return known[1]
        value = make()
        with self._lock:
            self._values[key] = (cause, value)
            self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return value


def _same(one: Cause, other: Cause) -> bool:
    if len(one) != len(other):
        return False
    return all(a is b or (isinstance(a, str | int) and a == b) for a, b in zip(one, other, strict=True))
