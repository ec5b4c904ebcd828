"""The records of a fed register: every count and every part of a list is a question to its engine."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from duban.registers.amount import count, distinct, total
from duban.registers.expression import Column, Expression
from duban.registers.indicator import Group, Order
from duban.registers.record import Row
from duban.registers.register import Register
from duban.web.kept import Kept
from duban.web.registers.drawer import record_of
from duban.web.registers.found import Listed, shown_of
from duban.web.registers.question import Question
from duban.web.registers.sight import Shown, Sight

DEEP = 10_000  # records through which a list is turned; beyond them an engine would have to sort all
_FEW = 100  # records of an answer that is kept
V = TypeVar("V")
_answers: Kept[object] = Kept(500)


class Fed:
    """What a question finds in a fed register, for one reader. Raises `Refused` where its file cannot be read."""

    def __init__(self, sight: Sight, asked: Question) -> None:
        self.sight, self.asked, self.register = sight, asked, asked.register
        self.engine = sight.veiled(asked.register)
        self.veil = None if sight.whole(asked.register) else sight.veil(asked.register)
        self.where = asked.where()
        self.late = 0  # deadlines are worked out record by record: they are seen in the list, and not counted

    @cached_property
    def total(self) -> int:
        """How many records the reader sees."""
        return int(self._counted("total", None, ()).get((), 0))

    @cached_property
    def count(self) -> int:
        """How many of them are asked for."""
        if self.asked.stage:
            return self.by_stage.get(self.asked.stage, 0)
        return int(self._counted("count", self.where, ()).get((), 0))

    @cached_property
    def by_stage(self) -> Mapping[str, int]:
        """How many are asked for by stage, whatever the stage that is asked for."""
        if not self.register.stages:
            return {"": self.count}
        every = self._counted("stages", self.asked.where(stages=False), ("stage",))
        return {stage: int(many) for (stage,), many in every.items()}

    def part(self, skip: int, limit: int) -> list[Shown]:
        """Some of the records asked for, in the order asked for, of the first `DEEP`."""
        limit = max(0, min(limit, DEEP - skip))
        return self._shown("part", self.where, limit, self.asked.order, skip)

    def those(self, where: Expression, limit: int) -> list[Shown]:
        """The records that meet a condition, not kept."""
        rows = self.engine.rows(where, {}, limit)
        return [shown_of(self.register, self.veil, record_of(self.register, row)) for row in rows]

    def occurring(self, name: str, most: int) -> Mapping[str, int] | None:
        """How many of all records have each value of a field; None where there are more values than so many."""
        field = self.register.named[name]

        def different() -> bool:
            found = self.engine.found([distinct(Column(name))], {}, ())
            return int(found.get((), [Decimal(0)])[0] or 0) > most

        if self._kept(("many", name, most), different):
            return None
        every = self._counted("occurring", None, (name,))
        told = {"True": "yes", "False": "no"} if field.type == "yes" else {}
        return {told.get(value, value): int(many) for (value,), many in every.items() if many}

    def cards(self, stage: str, limit: int) -> tuple[int, list[Shown]]:
        """The first at a stage, the oldest first; how many are late is not counted."""
        where = self.where & (Column("stage") == stage)
        return 0, self._shown(f"cards-{stage}", where, limit, ((f"at_{stage}", False),), 0)

    def amounts(self, by: str, of: str) -> Mapping[str, Decimal]:
        """By each value of a field: how many records, or the total of a number of them."""
        told = {"True": "yes", "False": "no"} if self.register.named[by].type == "yes" else {}
        every = self._counted("amounts", self.where, (by,), of)
        without = self._counted("without", self.where & ~Column(by).given, (), of).get((), Decimal(0))
        found = {told.get(name, name): many for (name,), many in every.items() if many}
        return found | ({"": without} if without else {})

    def days(self, by: str, of: str) -> Mapping[str, Decimal]:
        """The same by each day of a column of dates."""
        return {day: many for (day,), many in self._counted("days", self.where, (by,), of).items() if many}

    def placed(self, name: str, limit: int) -> tuple[int, list[Shown]]:
        """How many records have a point in this field, and the first of them."""
        where = self.where & Column(name).given
        many = self._counted("placed", where, ()).get((), Decimal(0))
        return int(many), self._shown("points", where, limit, (), 0)

    def _counted(
        self, what: str, where: Expression | None, by: Sequence[str], of: str = ""
    ) -> Mapping[Group, Decimal]:
        """How many records meet a condition, or the total of a number of them, by group."""
        base = total(Column(of), where) if of else count(where)

        def ask() -> Mapping[Group, Decimal]:
            found = self.engine.found([base], self.asked.parameters(self.sight.day), by)
            return {group: value for group, (value,) in found.items() if value is not None}

        return self._kept((what, of, tuple(by)), ask)

    def _shown(self, what: str, where: Expression, limit: int, order: Order, skip: int) -> list[Shown]:
        def ask() -> list[Row]:
            told = self.asked.parameters(self.sight.day)
            return self.engine.rows(where, told, limit, order, skip) if limit else []

        found = self._kept((what, limit, skip), ask) if limit <= _FEW else ask()
        return [shown_of(self.register, self.veil, record_of(self.register, row)) for row in found]

    def _kept(self, what: Hashable, ask: Callable[[], V]) -> V:
        """An answer, kept until another file is fed, or for those who see a part until the next entry."""
        key, cause = self.sight.eyes(self.register)
        day = self.sight.day if self.asked.behind else None
        found: V = _answers.get((self.register.name, what, self.asked.key, day, *key), cause, ask)  # type: ignore[assignment]
        return found


def found_by(sight: Sight, asked: Question) -> Fed | Listed:
    """What a question finds. Raises `Refused` for a fed register whose file cannot be read."""
    return Fed(sight, asked) if asked.register.kind == "fed" else Listed(sight, asked)


def one_of(sight: Sight, register: Register, id: str) -> Shown | None:
    """One record, where the reader sees it. Raises `Refused` for a fed register whose file cannot be read."""
    if register.kind == "kept":
        return sight.record(register, id)
    found = Fed(sight, Question(register)).those(Column("id") == id, 1)
    return found[0] if found else None
