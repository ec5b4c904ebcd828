"""What a list, board, map and chart are drawn from: the records asked for, as counts and as parts of them."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from itertools import compress, islice
from typing import Any, Protocol, TypeVar

from duban.registers.field import LEVELS
from duban.registers.register import Register
from duban.registers.veil import Veil
from duban.web.kept import Kept
from duban.web.registers.drawer import Record
from duban.web.registers.index import Index, both, either, index, without
from duban.web.registers.question import Question, same
from duban.web.registers.sight import Shown, Sight

_ALL = 1_000_000_000  # records: no limit
_masks: Kept[bytes] = Kept(80)  # of questions, a byte for each record
_counts: Kept[Any] = Kept(500)
M = TypeVar("M")


class Found(Protocol):
    """`total` records the reader sees, `count` of them are asked for; `by_stage` and `late` are whatever the stage."""

    @property
    def total(self) -> int: ...

    @property
    def count(self) -> int: ...

    @property
    def late(self) -> int: ...

    @property
    def by_stage(self) -> Mapping[str, int]: ...

    def part(self, skip: int, limit: int) -> list[Shown]:
        """Some of the records asked for, in the order asked for."""

    def occurring(self, name: str, most: int) -> Mapping[str, int] | None:
        """How many of all records have each value of a field; None where there are more values than so many."""

    def cards(self, stage: str, limit: int) -> tuple[int, list[Shown]]:
        """How many at a stage are late, and the first of those there: the latest ones, then the oldest."""

    def amounts(self, by: str, of: str) -> Mapping[str, Decimal]:
        """By each value of a field ("" where there is none): how many records, or the total of a number `of` them."""

    def days(self, by: str, of: str) -> Mapping[str, Decimal]:
        """The same by each day ("2024-03-01") of a column of dates."""

    def placed(self, name: str, limit: int) -> tuple[int, list[Shown]]:
        """How many records have a point in this field, and the first of them."""


class Listed:
    """What a question finds in a kept register, for one reader."""

    def __init__(self, sight: Sight, asked: Question) -> None:
        self.sight, self.asked, self.register = sight, asked, asked.register
        self.index: Index = index(sight.book, asked.register)
        self.veil: Veil | None = None if sight.whole(asked.register) else sight.veil(asked.register)

    @cached_property
    def visible(self) -> bytes:
        """The records of which the reader sees something."""
        if self.veil is None:
            return self.index.stands
        return self._kept("visible", lambda: both(self.index.stands, self._of_units(bool)))

    @cached_property
    def staged(self) -> bytes:
        """The records asked for, whatever their stage."""
        if not self.asked.filtered:
            return self.visible
        day = self.sight.day if self.asked.late or self.asked.behind else None
        return self._kept(("staged", self.asked.filters, day), self._filtered)

    @cached_property
    def some(self) -> bytes:
        """The records asked for."""
        stage = self.asked.stage
        return both(self.staged, self.index.same("stage", stage)) if stage else self.staged

    def _filtered(self) -> bytes:
        asked, masks = self.asked, [self.visible]
        for name, text in asked.values.items():
            masks += [self.index.same(name, text), *self._seen(name)]
        for name, (low, high) in asked.spans.items():
            masks += [self.index.between(name, low, high), *self._seen(name)]
        if asked.late:
            masks.append(self.index.late(self.sight.day))
        if asked.disputed:
            masks.append(self._disputed())
        if asked.behind:
            masks.append(self._behind())
        if asked.q:
            masks.append(self._saying(asked.q.casefold()))
        return both(*masks)

    def _disputed(self) -> bytes:
        """The records of which a value is disputed that the reader sees."""
        ever = self.sight.book.registers.disputed(self.register.name)
        ids = {
            one.id for state in ever if (one := self.sight.record(self.register, state.id)) and one.disputed
        }
        return bytes(map(ids.__contains__, self.index.column("id")))

    def _behind(self) -> bytes:
        """The records behind a figure, by the very engine that gives the reader the figure."""
        behind, day = self.asked.behind, self.sight.day
        assert behind is not None
        where = (
            behind.condition & same(self.register, behind.by, behind.group) if behind.by else behind.condition
        )
        engine = self.sight.engine(self.register)
        ids = {row["id"] for row in engine.rows(where, self.asked.parameters(day), _ALL, names=("id",))}
        return bytes(map(ids.__contains__, self.index.column("id")))

    def _saying(self, words: str) -> bytes:
        found = [self.index.saying("id", words)]
        for level in LEVELS:
            fields = {field.name for field in self.register.fields if field.seen == level}
            if fields & set(self.register.searched):
                found.append(both(self.index.saying(level, words), *self._seen(min(fields))))
        return either(*found)

    def _seen(self, name: str) -> list[bytes]:
        """The records of which the reader sees a field, where those are not all."""
        veil = self.veil
        if veil is None or name not in self.register.named or (not veil.other(name) and name in veil.rest):
            return []
        return [self._kept(("seen", name), lambda: self._of_units(lambda fields: name in fields))]

    def _of_units(self, holds: Callable[[frozenset[str]], bool]) -> bytes:
        veil = self.veil
        assert veil is not None
        if not self.register.unit:
            return bytes([holds(veil.rest)]) * len(self.index.states)
        return self.index.of(self.register.unit, lambda unit: holds(veil.of(unit)))

    def _kept(self, what: object, make: Callable[[], bytes]) -> bytes:
        key, cause = self.sight.eyes(self.register)
        return _masks.get((self.register.name, what, *key), (self.index, *cause), make)

    @cached_property
    def total(self) -> int:
        """How many records the reader sees."""
        return self.visible.count(1)

    @cached_property
    def count(self) -> int:
        """How many of them are asked for."""
        return self.some.count(1)

    @cached_property
    def late(self) -> int:
        """How many of those asked for, whatever their stage, are over their deadline."""
        if not any(stage.due for stage in self.register.stages):
            return 0
        return both(self.staged, self.index.late(self.sight.day)).count(1)

    @cached_property
    def by_stage(self) -> Mapping[str, int]:
        """How many are asked for by stage, whatever the stage that is asked for."""
        if self.veil is None and not self.asked.filtered:
            return self.index.counts("stage")
        return self._counted(
            "stage", "stage", "", lambda: Counter(compress(self.index.column("stage"), self.staged))
        )

    def ids(self) -> list[str]:
        """The ids of the records asked for, in the order asked for."""
        states = self.index.states
        return [states[at].id for at in self._numbers()]

    def part(self, skip: int, limit: int) -> list[Shown]:
        """Some of the records asked for, in the order asked for."""
        return self._shown(islice(self._numbers(), skip, skip + limit))

    def last(self, limit: int) -> list[Shown]:
        """The records that came last."""
        return self.part(max(0, self.count - limit), limit)

    def _numbers(self) -> Iterator[int]:
        """The numbers of the records asked for, in the order asked for; what has no value in it comes last."""
        name, down = self.asked.sort.removeprefix("-"), self.asked.sort.startswith("-")
        if not name:
            return self.index.numbers(self.some)
        return self._late_ones(down) if name == "late" else self._by(name, down)

    def _by(self, name: str, down: bool) -> Iterator[int]:
        there = both(self.some, *self._seen(name))
        yield from self.index.sorted(there, name, down)
        yield from self.index.numbers(without(self.some, both(there, self.index.given(name))))

    def _late_ones(self, down: bool) -> Iterator[int]:
        late = both(self.some, self.index.late(self.sight.day))
        yield from self.index.sorted(late, "due", not down)
        yield from self.index.numbers(without(self.some, late))

    def _shown(self, numbers: Iterator[int]) -> list[Shown]:
        return [shown_of(self.register, self.veil, self.index.record(at)) for at in numbers]

    def occurring(self, name: str, most: int) -> Mapping[str, int] | None:
        """How many of all records have each value of a field; None where there are more values than so many."""

        def counted() -> Counter[str] | None:
            if self.veil is None:
                every = self.index.counts(name).copy()
            else:
                every = Counter(compress(self.index.column(name), both(self.visible, *self._seen(name))))
            del every[""]
            return every if len(every) <= most else None

        key, cause = self.sight.eyes(self.register)
        return _counts.get((self.register.name, name, most, *key), (self.index, *cause), counted)

    def cards(self, stage: str, limit: int) -> tuple[int, list[Shown]]:
        """How many at a stage are late, and the first of those there: the latest ones, then the oldest."""
        there = both(self.some, self.index.same("stage", stage))
        late = (
            both(there, self.index.late(self.sight.day))
            if self.register.staged[stage].due
            else bytes(len(there))
        )
        first = list(islice(self.index.sorted(late, "due"), limit)) if any(late) else []
        rest = islice(self.index.sorted(without(there, late), "since"), limit - len(first))
        return late.count(1), self._shown(iter([*first, *rest]))

    def amounts(self, by: str, of: str) -> Mapping[str, Decimal]:
        """By each value of a field: how many records, or the total of a number of them."""

        def added() -> Mapping[str, Decimal]:
            seen, column = self._seen(by), self.index.column(by)
            if seen:
                column = [text if sees else "" for text, sees in zip(column, seen[0], strict=True)]
            return self._added(column, self.some, of)

        return self._counted("amounts", by, of, added)

    def days(self, by: str, of: str) -> Mapping[str, Decimal]:
        """The same by each day of a column of dates."""

        def added() -> Mapping[str, Decimal]:
            return self._added(
                self.index.column(by), both(self.some, *self._seen(by), self.index.given(by)), of
            )

        return self._counted("days", by, of, added)

    def _counted(self, what: str, by: str, of: str, make: Callable[[], M]) -> M:
        """Counts of the records asked for, kept as long as these stay as they are."""
        key, cause = self.sight.eyes(self.register)
        day = self.sight.day if self.asked.late or self.asked.behind else None
        asked = (what, by, of, self.asked.filters, self.asked.stage, day)
        found: M = _counts.get((self.register.name, asked, *key), (self.index, *cause), make)
        return found

    def _added(self, names: list[str], mask: bytes, of: str) -> Mapping[str, Decimal]:
        if not of:
            return {name: Decimal(many) for name, many in Counter(compress(names, mask)).items()}
        mask, found = both(mask, *self._seen(of)), dict[str, Decimal]()
        for name, text in zip(compress(names, mask), compress(self.index.column(of), mask), strict=True):
            if text:
                found[name] = found.get(name, Decimal(0)) + Decimal(text)
        return found

    def placed(self, name: str, limit: int) -> tuple[int, list[Shown]]:
        """How many records have a point in this field, and the first of them."""
        there = both(self.some, self.index.given(name), *self._seen(name))
        return there.count(1), self._shown(islice(self.index.numbers(there), limit))


def shown_of(register: Register, veil: Veil | None, record: Record) -> Shown:
    """A record as a reader sees it."""
    if veil is None:
        return Shown(record, register.fields, frozenset())
    names = veil.of(record.state.values.get(register.unit, "") if register.unit else "")
    fields = tuple(field for field in register.fields if field.name in names)
    return Shown(record, fields, frozenset(register.named) - names)
