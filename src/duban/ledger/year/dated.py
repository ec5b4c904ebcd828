"""A body with the outside of its entry, as states keep it; and a case: an opening and the steps since."""

from typing import Generic, Self, TypeVar

import msgspec

from duban.ledger.entries import Body
from duban.ledger.store import Posting

B = TypeVar("B", bound=Body, covariant=True)
T = TypeVar("T", bound=Body)


class Dated(msgspec.Struct, Generic[B], frozen=True, gc=False):
    """What an entry said, who said it, when it was written (`at`) and for which date (`on`)."""

    seq: int
    at: str
    on: str
    actor: str
    body: B

    @staticmethod
    def of(posting: Posting, body: T) -> "Dated[T]":
        """The body with its posting's number, instant, date and actor."""
        return Dated(posting[0], posting[1], posting[2], posting[3], body)

    @property
    def kind(self) -> str:
        """The kind of entry it was."""
        return self.body.KIND


class Case(msgspec.Struct, Generic[B], frozen=True, gc=False):
    """Something that is opened and then goes step by step; nothing of it is ever taken back."""

    opened: Dated[B]
    steps: tuple[Dated[Body], ...] = ()

    def then(self, step: Dated[Body]) -> Self:
        """The case with one more step."""
        return msgspec.structs.replace(self, steps=(*self.steps, step))

    @property
    def last(self) -> Dated[Body]:
        """The latest step, or the opening."""
        return self.steps[-1] if self.steps else self.opened

    def actors(self, *kinds: str) -> frozenset[str]:
        """Who took steps of these kinds (all kinds when none is named), the opening included."""
        every: tuple[Dated[Body], ...] = (self.opened, *self.steps)
        return frozenset(step.actor for step in every if not kinds or step.kind in kinds)
