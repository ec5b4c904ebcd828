"""What stages ask of fed rows, batch by batch: the same as of records that people keep, and as said in a file.

A stage that is not known, a day in the future or before the step before it, a step left out, a field or a paper that
the stage asks for: each refuses the row. A file without a column for a stage's paper is the paper itself.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from duban.core.problem import Problem, both
from duban.registers.record import day_by
from duban.registers.register import Register, Stage
from duban.table.sources import Batch

Fault = tuple[int, Problem]
Columns = Mapping[str, pa.Array]
_TEXT = pa.string()


class Stages:
    """The stages of a register as a batch of its rows tells them. `day` is the day of feeding."""

    def __init__(self, register: Register, day: date) -> None:
        self.register, self.stages, self.day = register, register.stages, day
        self.words = {word.strip(): s.name for s in self.stages for word in (s.name, s.zh, s.en)}
        self.known = both("、".join(s.zh for s in self.stages), ", ".join(s.en for s in self.stages))

    def begun(self, columns: Columns) -> dict[str, pa.Array]:
        """The day of the first stage: as the file has it, else as the field that tells when records began."""
        first, began = f"at_{self.stages[0].name}", columns.get(self.register.began)
        if began is None:
            return {}
        return {first: pc.coalesce(columns[first], began) if first in columns else began}

    def said(self, batch: Batch) -> tuple[pa.Array, list[Fault]]:
        """The stage that each row names, missing where it names none, and words that are none."""
        texts = batch.texts.get("stage")
        if texts is None:
            return pa.nulls(len(batch.rows), _TEXT), []
        coded = pc.utf8_trim_whitespace(pc.fill_null(texts, "")).dictionary_encode()
        told = coded.dictionary.to_pylist()
        strange = {at: word for at, word in enumerate(told) if word and word not in self.words}
        names = pa.array([self.words.get(word) for word in told], _TEXT).take(coded.indices)
        rows = pc.indices_nonzero(pc.is_in(coded.indices, pa.array(list(strange), coded.indices.type)))
        return names, [(row, self._unknown(strange[coded.indices[row].as_py()])) for row in rows.to_pylist()]

    def _unknown(self, word: str) -> Problem:
        return Problem("records.stage_unknown", "", {"value": word[:40], "known": self.known})

    def stands(self, said: pa.Array, columns: Columns) -> pa.Array:
        """Where each record stands: as the file says, else at the last stage that has a day."""
        dated = [pc.if_else(pc.is_valid(columns[f"at_{s.name}"]), s.name, pa.scalar(None, _TEXT))
                 for s in reversed(self.stages) if f"at_{s.name}" in columns]  # fmt: skip
        return pc.coalesce(said, *dated, pa.scalar(self.stages[0].name))

    def faults(self, batch: Batch, said: pa.Array, columns: Columns, sound: pa.Array) -> Iterator[Fault]:
        """What is wrong with the stages of the rows that are sound so far; the first fault of each row."""
        walk = _Walk(self, batch, columns, said, sound)
        yield from walk.named()
        yield from walk.first_day()
        for at, stage in enumerate(self.stages):
            yield from walk.passed(at, stage)


class _Walk:
    """Goes with all rows of a batch from stage to stage; a row with a fault goes no further."""

    def __init__(
        self, stages: Stages, batch: Batch, columns: Columns, said: pa.Array, sound: pa.Array
    ) -> None:
        self.of, self.batch, self.columns, self.said, self.going = stages, batch, columns, said, sound
        count = len(batch.rows)
        self.current = pa.array([0] * count, pa.int8())
        self.last = pa.nulls(count, pa.date32())

    def first_day(self) -> Iterator[Fault]:
        """The day on which records began."""
        first = self.columns.get(f"at_{self.of.stages[0].name}")
        if first is not None:
            self.last = first
            yield from self._ahead(first)

    def passed(self, at: int, stage: Stage) -> Iterator[Fault]:
        """The rows that have a day of this stage, and those that say that they stand there."""
        days = self.columns.get(f"at_{stage.name}") if at else None
        here = pc.fill_null(pc.equal(self.said, stage.name), False)
        if days is not None:
            there = pc.is_valid(days)
            yield from self._skipped(stage, there)
            yield from self._ahead(days)
            yield from self._before(days)
            yield from self._too_late(stage, days)
            self.current = pc.if_else(there, pa.scalar(at, pa.int8()), self.current)
            self.last, here = pc.coalesce(days, self.last), pc.or_(here, there)
        if at:
            yield from self._lacking(stage, here)

    def named(self) -> Iterator[Fault]:
        """Rows that name a stage which is not the last of those whose days they give."""
        order, last = self.of.register.order, pa.nulls(len(self.going), pa.int8())
        for at, stage in enumerate(self.of.stages):
            if f"at_{stage.name}" in self.batch.texts:
                there = pc.is_valid(self.columns[f"at_{stage.name}"])
                last = pc.if_else(there, pa.scalar(at, pa.int8()), last)
        coded = self.said.dictionary_encode()
        named = pa.array([order[name] for name in coded.dictionary.to_pylist()], pa.int8()).take(
            coded.indices
        )
        for row in self._stop(pc.not_equal(named, last)):
            stage, reached = self.of.stages[named[row].as_py()], self.of.stages[last[row].as_py()]
            data: dict[str, str | int] = {"stage": _named(stage), "last": _named(reached)}
            yield row, Problem("records.stage_without_day", "", data)

    def _stop(self, wrong: Any) -> list[int]:
        """The rows still going for which this is so; they stop."""
        wrong = pc.and_(self.going, pc.fill_null(wrong, False))
        rows: list[int] = pc.indices_nonzero(wrong).to_pylist()
        if rows:
            self.going = pc.and_not(self.going, wrong)
        return rows

    def _skipped(self, stage: Stage, there: pa.Array) -> Iterator[Fault]:
        """Stages that cannot follow where the row stands."""
        order = self.of.register.order
        may = pa.array([order[name] for name in self.of.register.before(stage.name)], pa.int8())
        for row in self._stop(pc.and_not(there, pc.is_in(self.current, may))):
            at = self.of.stages[self.current[row].as_py()]
            yield row, Problem("feed.skipped", "", {"stage": _named(stage), "at": _named(at)})

    def _ahead(self, days: pa.Array) -> Iterator[Fault]:
        for row in self._stop(pc.greater(days, pa.scalar(self.of.day, pa.date32()))):
            yield row, Problem("record.day_ahead", "", {"day": str(days[row])})

    def _before(self, days: pa.Array) -> Iterator[Fault]:
        for row in self._stop(pc.less(days, self.last)):
            yield row, Problem("record.day_before", "", {"day": str(days[row]), "last": str(self.last[row])})

    def _too_late(self, stage: Stage, days: pa.Array) -> Iterator[Fault]:
        """Stages that may be entered only until some day: worked out row by row, as the pack's rule is."""
        if stage.until is None:
            return
        wrong, ends = [False] * len(days), dict[int, date]()
        for row in pc.indices_nonzero(pc.and_(pc.is_valid(days), pc.is_valid(self.last))).to_pylist():
            values = {name: self.columns[name][row].as_py() if name in self.columns else None
                      for name in self.of.register.named}  # fmt: skip
            end = day_by(stage.until, values, self.last[row].as_py())
            if end is not None and days[row].as_py() > end:
                wrong[row], ends[row] = True, end
        for row in self._stop(pa.array(wrong)):
            yield row, Problem("record.too_late", "", {"stage": _named(stage), "last": ends[row].isoformat()})

    def _lacking(self, stage: Stage, here: pa.Array) -> Iterator[Fault]:
        """Fields and the paper that the stage asks for."""
        register = self.of.register
        lacks = {name: pc.is_null(self.columns[name]) if name in self.columns else pa.array([True] * len(here))
                 for name in stage.requires if name in register.named}  # fmt: skip
        any_lacks = pa.array([False] * len(here))
        for lack in lacks.values():
            any_lacks = pc.or_(any_lacks, lack)
        for row in self._stop(pc.and_(here, any_lacks)):
            missing = [register.named[name] for name, lack in lacks.items() if lack[row].as_py()]
            fields = both("、".join(f.zh for f in missing), ", ".join(f.en for f in missing))
            yield row, Problem("record.stage_needs", "", {"stage": _named(stage), "fields": fields})
        papers = self.batch.texts.get(f"proof_{stage.name}")
        if stage.proof and papers is not None:
            none = pc.equal(pc.utf8_trim_whitespace(pc.fill_null(papers, "")), "")
            for row in self._stop(pc.and_(here, none)):
                yield (
                    row,
                    Problem("record.no_proof", "", {"stage": _named(stage), "proof": both(*stage.proof)}),
                )


def _named(stage: Stage) -> str:
    return both(stage.zh, stage.en)
