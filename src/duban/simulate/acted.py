"""What is done to example records in the simulated year, by the file `examples.toml` in their pack's folder.

[[act]]                     # an act of the pack, as the office asks for it on a day (the last day where none is told)
name = "draw"
on = 2024-03-06
answers = { plan = "2024-01", nonce = "1503150227" }

[[step]]                    # what happens to records that an act has made, some days after they came to a stage
register = "inspections"
after = "drawn"
stage = "inspected"
days = [12, 45]             # from and to
day = "done_on"             # the field that says when, where there is one
values = [{ result = "fine" }, { result = "mended", found = "…" }]  # one of these
"""

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from duban.actions.acts import perform_act
from duban.actions.context import Writes
from duban.actions.records import Told, move_record, put_record
from duban.ledger import Book
from duban.ledger.year.records import account_of
from duban.packs import folder_of
from duban.registers.indicator import Plain
from duban.registers.pack import Desk, Pack
from duban.registers.plain import Row
from duban.registers.record import rows
from duban.registers.typed import typed
from duban.simulate.stage import Stage

FILE = "examples.toml"
_Script = Mapping[str, Sequence[Mapping[str, Any]]]


def read_script(pack: Pack) -> _Script:
    """The pack's file; empty where it has none."""
    file = folder_of(pack) / FILE
    return tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}


@dataclass(frozen=True, slots=True)
class Script:
    """Plays a pack's file on the stage, as the office."""

    stage: Stage
    chance: random.Random
    pack: Pack

    def begin(self, script: _Script, until: date) -> None:
        """Put the acts off to their days; their steps follow."""
        for one in script.get("act", ()):
            self.stage.later(one.get("on", until), partial(self._act, one, script.get("step", ())))

    def _act(self, told: Mapping[str, Any], steps: Sequence[Mapping[str, Any]], day: date) -> None:
        act = self.pack.acted[told["name"]]
        answers = {field.name: typed(field, told["answers"].get(field.name, "")) for field in act.asks}
        desk = _desk(self.stage.book, self.pack, day)
        before = {name: set(self.stage.book.registers.get(name, ())) for name in self.pack.registered}
        self.stage.play(day, "office", perform_act, self.pack, act, desk, answers, today=day)
        for register in dict.fromkeys(step["register"] for step in steps):
            for state in list(self.stage.book.registers.of(register)):
                if state.id not in before[register]:
                    self._follow(register, state.id, steps, day)

    def _follow(self, register: str, id: str, steps: Sequence[Mapping[str, Any]], day: date) -> None:
        """Put the next step of a record off, by the stage at which it is."""
        stage = self.stage.book.registers[register][id].stage
        step = next((one for one in steps if (one["register"], one["after"]) == (register, stage)), None)
        if step is not None:
            later = day + timedelta(days=self.chance.randint(*step["days"]))
            self.stage.later(later, partial(self._step, step, id, steps))

    def _step(self, step: Mapping[str, Any], id: str, steps: Sequence[Mapping[str, Any]], day: date) -> None:
        if self.stage.play(day, "office", stepped, self.pack, step, id, self._values(step, day), day):
            self._follow(step["register"], id, steps, day)

    def _values(self, step: Mapping[str, Any], day: date) -> Mapping[str, str]:
        values: Mapping[str, str] = self.chance.choice(step["values"]) if step.get("values") else {}
        return {**values, step["day"]: day.isoformat()} if step.get("day") else values


def stepped(
    book: Book, username: str, pack: Pack, step: Mapping[str, Any], id: str, values: Mapping[str, str], day: date
) -> Writes:  # fmt: skip
    """What a step writes: the fields filled in, then the stage reached. Raises `Refused`."""
    register = pack.registered[step["register"]]
    writes, trial = Writes(), Stage(book)
    if values:
        told = Told(values, account_of(register.name, id), id=id, source="模拟")
        writes += put_record(trial.book, username, register, told, day)
        trial.write(day, username, writes)
    return writes + move_record(trial.book, username, register, id, step["stage"], day, today=day)


def _desk(book: Book, pack: Pack, day: date) -> Desk:
    """The pack's desk over all records of the book as it stands."""
    found: dict[str, list[Row]] = {r.name: list(rows(r, book.registers.of(r.name))) for r in pack.registers}
    return Desk(pack, day, lambda name: Plain(pack.registered[name], found[name]), found.__getitem__)
