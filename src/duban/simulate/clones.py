"""More records after the pattern of the examples: another number, another place, a name that says 模拟."""

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import msgspec

from duban.ledger.year.records import account_of
from duban.registers.record import id_of
from duban.registers.register import Register
from duban.simulate.lives import Life

_LAST = re.compile(r"\d+(?=\D*$)")
_MADE_UP = re.compile(r"（示例\d*）$")
_DISTRICT = "district"  # the field of every register that says in which district a record is
_NUMBERED = 4  # digits by which a text that no two records share is a number of its own
_NEARBY = 0.02  # degrees


def may_be_cloned(register: Register, registers: Mapping[str, Register]) -> bool:
    """Whether a record's key is one text, or points to a record of which that is so."""
    named = [register.named[name] for name in register.key]
    if [one.type for one in named] == ["text"]:
        return True
    return any(one.type == "reference" and may_be_cloned(registers[one.to], registers) for one in named)


@dataclass(frozen=True, slots=True)
class Place:
    """A district and a point in it; "" where a register has none."""

    district: str
    point: str


@dataclass(slots=True)
class Cloner:
    """Makes records like others. `known` are the example records by account, by which references are followed."""

    known: Mapping[str, Life]
    chance: random.Random
    _high: dict[tuple[str, str], int] = field(default_factory=dict)
    _own: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def clone(self, life: Life, place: Place | None = None) -> Iterator[Life]:
        """A record like this one in a place of another, after those like the records that its key points to."""
        register, values = life.register, dict(life.put.values)
        place = place or self._place(register)
        for name in register.key:
            told = register.named[name]
            if told.type == "reference":
                *before, last = self.clone(self.known[account_of(told.to, values[name])], place)
                yield from (replace(one, since=life.since) for one in (*before, last))
                values[name] = last.id
        for name in self._numbers(register):
            if values.get(name):
                values[name] = self._next(register, name, values[name])
        values |= self._placed(register, values, place)
        values |= _titled(register, values)
        put = msgspec.structs.replace(life.put, values=values, source=f"{life.put.source}（模拟增补）")
        yield replace(life, account=account_of(register.name, id_of(register, values)), put=put)

    def _place(self, register: Register) -> Place:
        """The district and point of any of the examples."""
        every = [life.put.values for life in self.known.values() if life.register is register]
        values = self.chance.choice(every)
        points = [values.get(name, "") for name, told in register.named.items() if told.type == "point"]
        return Place(values.get(_DISTRICT, ""), next(iter(points), ""))

    def _placed(self, register: Register, values: Mapping[str, str], place: Place) -> Mapping[str, str]:
        """What tells where the record is: its district, wherever texts name it, and a point near the place's."""
        old = values.get(_DISTRICT, "")
        found = {}
        for name, told in register.named.items():
            value = values.get(name, "")
            if told.type == "point" and value:
                found[name] = self._near(place.point or value)
            elif told.type in ("text", "unit") and old and place.district and old in value:
                found[name] = value.replace(old, place.district)
        return found

    def _numbers(self, register: Register) -> tuple[str, ...]:
        """The fields with which a record is numbered: texts of its key, and such as no two records share."""
        if register.name not in self._own:
            every = [life.put.values for life in self.known.values() if life.register is register]
            texts = [name for name, told in register.named.items() if told.type == "text"]
            own = (
                register.key if len(register.key) == 1 else ()
            )  # else what it points to makes it another one
            self._own[register.name] = tuple(
                name for name in texts
                if name in own or (name not in register.key and _numbering([v[name] for v in every if v.get(name)]))
            )  # fmt: skip
        return self._own[register.name]

    def _next(self, register: Register, name: str, value: str) -> str:
        """The next number of a field after the highest of the examples, in the form of `value`."""
        found = _LAST.search(value)
        if found is None:
            return value
        key = (register.name, name)
        if key not in self._high:
            texts = (
                life.put.values.get(name, "") for life in self.known.values() if life.register is register
            )
            self._high[key] = max(int(last[0]) for text in texts if (last := _LAST.search(text)))
        self._high[key] += 1
        return _LAST.sub(f"{self._high[key]:0{len(found[0])}d}", value)

    def _near(self, point: str) -> str:
        return ",".join(
            f"{float(part) + self.chance.uniform(-_NEARBY, _NEARBY):.4f}" for part in point.split(",")
        )


def _numbering(values: list[str]) -> bool:
    return len(values) > 1 and len(set(values)) == len(values) and all(
        (last := _LAST.search(value)) and len(last[0]) >= _NUMBERED for value in values
    )  # fmt: skip


def _titled(register: Register, values: Mapping[str, str]) -> Mapping[str, str]:
    """The name with the record's number and the word that it is simulated, where the title is a text of its own."""
    title = register.named.get(register.title)
    if title is None or title.type != "text" or title.name in register.key or not values.get(title.name):
        return {}
    number = _LAST.search(id_of(register, values))
    return {title.name: f"{_MADE_UP.sub('', values[title.name])}（模拟{number[0] if number else ''}）"}
