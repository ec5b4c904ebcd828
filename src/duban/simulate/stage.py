"""The stage: a book in memory on which actions are played by date, and the entries they would write."""

import heapq
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from duban.actions.context import Writes
from duban.core.problem import Refused
from duban.ledger import Body, Book, Draft, Entry, Store, instant

_BETWEEN = timedelta(milliseconds=700)  # from one entry of a day to the next
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Stage:
    """Plays actions in order of time; every entry gets its own instant within working hours of its day.

    `later` puts something off to a day; `run` plays what was put off, day by day, up to its `until`.
    """

    def __init__(self, book: Book) -> None:
        self.book = book.copy()
        self.drafts: list[Draft] = []
        self.refusals: list[str] = []
        self._clock: dict[date, datetime] = {}
        self._busy: dict[str, datetime] = {}  # until when somebody fills in forms
        self._agenda: list[tuple[date, int, Callable[[date], None]]] = []
        self._put_off = 0

    def later(self, day: date, what: Callable[[date], None]) -> None:
        """Do `what` on `day`, after everything else that was put off to that day before."""
        self._put_off += 1
        heapq.heappush(self._agenda, (day, self._put_off, what))

    def run(self, until: date, progress: Callable[[date], None] | None = None) -> None:
        """Play everything put off to before `until`; what comes later is never played."""
        while self._agenda and self._agenda[0][0] < until:
            day, _, what = heapq.heappop(self._agenda)
            what(day)
            if progress is not None:
                progress(day)

    def write(self, day: date, actor: str, writes: Writes) -> list[int]:
        """Fold the writes in and keep them; returns their numbers."""
        return [self._one(day, actor, account, body) for account, body in writes]

    def play(
        self, day: date, actor: str, action: Callable[..., Writes], *args: Any, **fields: Any
    ) -> list[int]:
        """Run an action as `actor`. A refusal is kept to be looked at and writes nothing."""
        try:
            return self.write(day, actor, action(self.book, actor, *args, **fields))
        except Refused as refused:
            self.refusals.append(refused.problems[0].code)
            return []

    def opened(self, day: date, actor: str, seconds: int) -> str:
        """The instant at which `actor` opens a form that takes so long: what it plays next is the form's end.

        Nobody fills in two forms at once.
        """
        end = max(self._next(day), self._busy.get(actor, _LONG_AGO) + timedelta(seconds=seconds))
        self._clock[day], self._busy[actor] = end - _BETWEEN, end
        return instant(end - timedelta(seconds=seconds))

    def _next(self, day: date) -> datetime:
        return self._clock.get(day, datetime.combine(day, time(1), UTC)) + _BETWEEN

    def keep(self, store: Store, expect: int) -> None:
        """Write everything that was played, in one transaction."""
        store.append(self.drafts, expect=expect)

    def _one(self, day: date, actor: str, account: str, body: Body) -> int:
        self._clock[day] = now = self._next(day)
        draft = Draft(instant(now), day.isoformat(), actor, account, body)
        self.drafts.append(draft)
        seq = self.book.seq + 1
        self.book.apply(Entry(seq, draft.at, draft.on, actor, draft.kind, account, body, ""))
        return seq
